"""`translate glossary`: what each command prints, writes and returns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from translate.cli.glossary import app
from translate.errors import InputError, OutputError, SettingsError

SHEET = (
    "source\ttarget\tvariants\trule\tcategory\n"
    "技能中国行动\tSkills China Initiative\t\t\tprogramme\n"
    "农民工\trural migrant workers\tmigrant workers\t\tpeople\n"
    "农民工\tpeasant workers\t\tforbid\tpeople\n"
    "12333\t\t\tkeep\thotline\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory with a sheet, and user's settings of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "team.tsv").write_text(SHEET, encoding="utf-8")
    return tmp_path


def call(*arguments: str, stdin: str = "") -> Result:
    result = CliRunner().invoke(app, list(arguments), input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def call_json(*arguments: str) -> Any:
    return json.loads(call(*arguments, "--json").stdout)


ONLY = ("-g", "team.tsv", "--only")


@pytest.mark.usefixtures("folder")
def test_find_in_a_text() -> None:
    (found,) = call_json("find", "实施“技能中国”行动", *ONLY)
    assert {key: found[key] for key in ("start", "end", "text", "source", "target", "rule", "layer", "never")} == {
        "start": 2,
        "end": 10,
        "text": "“技能中国”行动",
        "source": "技能中国行动",
        "target": "Skills China Initiative",
        "rule": "use",
        "layer": "team.tsv",
        "never": [],
    }
    result = call("find", "拨打12333", *ONLY)
    assert "2-7" in result.stdout
    assert "1 found, 1 different" in result.stderr
    assert call_json("find", "4123335", *ONLY) == []


def test_find_in_a_document_and_on_standard_input(folder: Path) -> None:
    (folder / "notice.txt").write_text("通知\n\n农民工拨打12333。\n", encoding="utf-8")
    found = call_json("find", "notice.txt", *ONLY)
    assert [(item["block"], item["start"], item["text"]) for item in found] == [
        ("b0002", 0, "农民工"),
        ("b0002", 5, "12333"),
    ]
    assert found[0]["never"] == ["peasant workers"]
    assert "rural migrant workers" in call("find", "-", *ONLY, stdin="农民工").stdout


def test_find_in_an_aligned_sheet_says_where_the_english_is(folder: Path) -> None:
    rows = "id\tsource\ttarget\treviewed\ns1\t农民工拨打12333。\tPeasant workers call 12,333.\t\n"
    rows += "s2\t农民工\tPeasant workers\tMigrant workers came.\n"
    (folder / "aligned.tsv").write_text(rows, encoding="utf-8")
    found = call_json("find", "aligned.tsv", *ONLY)
    assert [(item["block"], item["target_text"], item["forbidden_spans"]) for item in found] == [
        ("s1", None, [[0, 15]]),
        ("s1", None, []),
        ("s2", "Migrant workers", []),
    ]
    shown = call("find", "aligned.tsv", *ONLY).stdout
    assert shown.count("missing") == 2
    assert shown.count("(forbidden)") == 1


@pytest.mark.usefixtures("folder")
def test_find_names_a_file_that_is_not_there() -> None:
    with pytest.raises(InputError, match=r"notice\.docx: no such file"):
        call("find", "notice.docx")


@pytest.mark.usefixtures("folder")
def test_show() -> None:
    assert [item["rule"] for item in call_json("show", "农民工", *ONLY)] == ["use", "forbid"]
    assert "variants   migrant workers\n" in call("show", "農民工", *ONLY).stdout
    assert [item["source"] for item in call_json("show", "--category", "hotline", *ONLY)] == ["12333"]
    overview = call_json("show", *ONLY)
    assert (overview["terms"], overview["rules"]) == (4, {"use": 2, "forbid": 1, "keep": 1})
    assert call("show", *ONLY).exit_code == 0
    absent = call("show", "没有", *ONLY)
    assert (absent.exit_code, absent.stderr) == (1, "没有 is not in the glossary\n")


def test_lint(folder: Path) -> None:
    assert call("lint", "team.tsv").exit_code == 0
    (folder / "bad.tsv").write_text("source\ttarget\n就业\tjobs\n就业\twork\n服务\t=1\n党\tParty\n", encoding="utf-8")
    result = call("lint", "bad.tsv", "team.tsv")
    assert result.exit_code == 1
    assert [line.split(": ")[:3] for line in result.stdout.splitlines()] == [
        ["error", "one-to-many", "bad.tsv:3"],
        ["error", "unusable", "bad.tsv:4:2"],
        ["warning", "short", "bad.tsv:5"],
    ]
    assert result.stderr == "2 errors, 1 warning, 0 notes\n"
    assert [item["line"] for item in call_json("lint", "bad.tsv")] == [3, 4, 5]
    assert call("lint", "team.tsv", "--fail-on", "note").exit_code == 0
    with pytest.raises(InputError, match="no such file"):
        call("lint", "none.tsv")
    with pytest.raises(SettingsError, match="no severity 'bad'"):
        call("lint", "team.tsv", "--fail-on", "bad")


def test_lint_counts_in_a_corpus(folder: Path) -> None:
    (folder / "short.tsv").write_text("source\ttarget\n工业\tindustry\n", encoding="utf-8")
    (folder / "notice.txt").write_text("发展加工业。\n", encoding="utf-8")
    (folder / "pairs.tsv").write_text("重视工业\tvalue trade\n" * 3, encoding="utf-8")
    result = call("lint", "short.tsv", "-c", "notice.txt", "-c", "pairs.tsv", "--fail-on", "warning")
    assert result.exit_code == 1
    assert "工业: 1 of 4 places cut a word: 加工业" in result.stdout
    assert "'industry' or a variant in 0 of 3 places" in result.stdout


@pytest.mark.parametrize("name", ["terms.tsv", "terms.xlsx", "terms.tbx", "terms.xml"])
def test_export_and_import_bring_the_terms_into_force(folder: Path, name: str) -> None:
    assert call("export", name, *ONLY).stdout == f"4 terms in {name}\n"
    result = call("import", name)
    sheet = folder / "config" / "policy-translate" / "glossary" / "terms.tsv"
    assert result.stdout == f"4 terms in {sheet}\n"
    found = {(item["target"], item["layer"]) for item in call_json("show", "农民工")}
    assert {("rural migrant workers", "user"), ("peasant workers", "user")} <= found
    with pytest.raises(OutputError, match="already exists"):
        call("import", name)
    assert call("import", name, "--force").exit_code == 0


@pytest.mark.usefixtures("folder")
def test_export_of_two_columns_says_what_it_leaves_out() -> None:
    result = call("export", "deepl.csv", *ONLY)
    assert result.stdout == "3 terms in deepl.csv; 1 ban left out, two columns cannot say them\n"
    assert Path("deepl.csv").read_text(encoding="utf-8").splitlines()[-1] == "12333,12333"
    assert call("export", "-", "--format", "csv", *ONLY).stdout_bytes == Path("deepl.csv").read_bytes()
    with pytest.raises(SettingsError, match=r"no glossary format for 'terms\.ods'"):
        call("export", "terms.ods")
    with pytest.raises(SettingsError, match="--only needs --glossary"):
        call("export", "terms.tsv", "--only")


def test_import_joins_renderings_and_can_leave_out_rows(folder: Path) -> None:
    (folder / "many.csv").write_text("就业,jobs\n就业,employment\n服务,=1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"many\.csv:3:2: formula in target"):
        call("import", "many.csv", "-o", "out.tsv")
    result = call("import", "many.csv", "-o", "out.tsv", "--skip-unusable")
    assert result.stdout == "1 term in out.tsv, 1 row joined with another of the same source\n"
    assert [(item["target"], item["variants"]) for item in call_json("show", "就业", "-g", "out.tsv", "--only")] == [
        ("jobs", ["employment"])
    ]


def test_extract_writes_a_sheet_that_loads(folder: Path) -> None:
    pairs = ("推进零工市场建设。\tBuild casual labor markets.", "各地零工市场要规范。\tRegulate casual labor markets.")
    (folder / "pairs.tsv").write_text("\n".join(pairs), encoding="utf-8")
    (first, *_) = call_json("extract", "pairs.tsv", *ONLY)
    assert (first["source"], first["count"], first["target"]) == ("零工市场", 2, "casual labor markets")
    assert "零工市场" in call("extract", "pairs.tsv", *ONLY).stdout
    assert call("extract", "pairs.tsv", "-o", "new.tsv", *ONLY).exit_code == 0
    assert call_json("find", "零工市场", "-g", "new.tsv", "--only")[0]["target"] == "casual labor markets"


@pytest.mark.parametrize("name", ["find", "show", "lint", "import", "export", "extract"])
def test_help_has_examples(name: str) -> None:
    result = call(name, "--help")
    assert result.exit_code == 0
    assert f"translate glossary {name} " in result.stdout
