from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.bilingual.open_sheets import sheet_of
from tests.conftest import invoked
from translate.bilingual.rows import Row
from translate.bilingual.tsv import dumps_rows
from translate.cli.memory import app
from translate.cli.memory.common import day
from translate.errors import InputError, OutputError, PolicyTranslateError, SettingsError
from translate.memory import Memory
from translate.tmx import read_units

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

    Run = Callable[..., Result]

PAIRS = "加强职业技能培训。\tStrengthen vocational skills training.\n2023年新增就业30万人。\tIn 2023, 300,000 jobs.\n"


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in an empty folder with a memory there; a user's mistake is raised."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRANSLATE_MEMORY", str(tmp_path / "memory.sqlite"))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str | Path) -> Result:
        return invoked(app, *arguments)

    return run


@pytest.fixture
def pairs(tmp_path: Path, memory: Run) -> Path:
    """A file of pairs that are in the memory."""
    path = tmp_path / "pairs.tsv"
    path.write_text(PAIRS, encoding="utf-8")
    assert memory("add", path).exit_code == 0
    return path


def listed(memory: Run, *arguments: str | Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(memory("list", *arguments, "--json").stdout)
    return found


def test_add_says_what_it_did_and_the_same_again_adds_nothing(memory: Run, pairs: Path) -> None:
    assert "0 new, 2 known before" in memory("add", pairs).stdout
    done = json.loads(memory("add", pairs, "--json").stdout)
    assert done["entries"] == 2
    assert done["files"] == [{"path": str(pairs), "new": 0, "known": 2, "empty": 0, "not_accepted": 0}]


def test_add_takes_the_accepted_rows_of_a_sheet_and_knows_its_run(memory: Run, tmp_path: Path) -> None:
    rows = [
        Row("b0001.s01", "b0001", "paragraph", "一。", "One.", status="accepted"),
        Row("b0001.s02", "b0001", "paragraph", "二。", "Two."),
        Row("b0001.s03", "b0001", "paragraph", "三。", "Three.", "The third."),
    ]
    (tmp_path / "aligned.tsv").write_bytes(dumps_rows(rows))
    units = [
        {"id": row.id, "block": row.block, "kind": row.kind, "source": row.source, "target": row.target} for row in rows
    ]
    run = {"fingerprint": "ff00", "input": {"path": "in/notice.docx", "sha256": "ab" * 32}, "units": units}
    (tmp_path / "run.json").write_text(json.dumps(run))
    assert "2 new, 0 known before, 1 not accepted" in memory("add", "aligned.tsv").stdout
    third, first = listed(memory)
    assert (first["target"], first["status"], first["next"]) == ("One.", "accepted", "二。")
    assert (third["target"], third["status"], third["segment"]) == ("The third.", "edited", "b0001.s03")
    assert (third["document"], third["sha256"], third["run"]) == ("notice.docx", "ab" * 32, "ff00")
    (tmp_path / "aligned.ods").write_bytes(sheet_of(rows))
    assert "0 new, 2 known before, 1 not accepted" in memory("add", "aligned.ods").stdout
    assert "1 new, 2 known before" in memory("add", "aligned.tsv", "--all").stdout


def test_list_shows_the_newest_first_and_filters(memory: Run, pairs: Path) -> None:
    assert [entry["source"][:2] for entry in listed(memory)] == ["20", "加强"]
    assert [entry["target"] for entry in listed(memory, "skills")] == ["Strengthen vocational skills training."]
    assert [entry["document"] for entry in listed(memory, "--document", "pairs.tsv", "--limit", "1")] == ["pairs.tsv"]
    assert listed(memory, "--since", "2999-01-01") == listed(memory, "--status", "edited") == []
    assert len(listed(memory, "--since", "1")) == 2
    shown = memory("list", "--limit", "1")
    assert "2023年新增就业30万人。" in shown.stdout
    assert "there are more" in shown.stderr
    assert {*listed(memory)[0]} == {
        *("id", "source", "target", "document", "sha256", "segment", "run", "status", "previous", "next", "note"),
        *("created", "changed", "used"),
    }


def test_the_memory_of_the_settings(memory: Run, pairs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRANSLATE_MEMORY")
    (tmp_path / "translate.toml").write_text('memory = "team.sqlite"\n')
    memory("add", pairs)
    assert json.loads(memory("info", "--json").stdout)["path"].endswith("team.sqlite")
    assert memory("info", "--memory", "memory.sqlite", "--json").exit_code == 0


def test_search_finds_the_same_and_the_like(memory: Run, pairs: Path) -> None:
    exact, *_ = json.loads(memory("search", "加强 职业技能培训。", "--json").stdout)
    assert (exact["score"], exact["exact"], exact["target"]) == (1, True, "Strengthen vocational skills training.")
    (like,) = json.loads(memory("search", "2024年新增就业30万人。", "--json").stdout)
    assert not like["exact"]
    assert 0.8 < like["score"] < 0.95
    assert "numbers differ; pairs.tsv, imported" in memory("search", "2024年新增就业30万人。").stdout


def test_search_without_an_answer_exits_with_1(memory: Run, pairs: Path) -> None:
    result = memory("search", "没有这样的句子")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nothing like it" in result.stderr
    assert json.loads(memory("search", "没有这样的句子", "--json").stdout) == []


def test_a_long_sentence_is_found_by_its_text(memory: Run, tmp_path: Path) -> None:
    long = "加强培训" * 1_000
    (tmp_path / "long.tsv").write_text(f"{long}\tlong\n", encoding="utf-8")
    memory("add", "long.tsv")
    assert [match["target"] for match in json.loads(memory("search", long, "--json").stdout)] == ["long"]


def test_info(memory: Run, pairs: Path) -> None:
    facts = json.loads(memory("info", "--json").stdout)
    assert (facts["entries"], facts["sources"], facts["documents"], facts["used"]) == (2, 2, 1, 0)
    assert len(facts["signature"]) == 16
    assert "entries" in memory("info").stdout


@pytest.mark.parametrize("suffix", ["tmx", "tsv"])
def test_what_is_exported_is_imported(memory: Run, pairs: Path, tmp_path: Path, suffix: str) -> None:
    assert f"2 entries in out.{suffix}" in memory("export", f"out.{suffix}").stderr
    memory("import", f"out.{suffix}", "--memory", "other.sqlite")
    mine, others = (
        [(one["source"], one["target"]) for one in listed(memory, "--memory", name)]
        for name in ("memory.sqlite", "other.sqlite")
    )
    assert mine == others
    with pytest.raises(OutputError, match="already exists"):
        memory("export", f"out.{suffix}")
    with pytest.raises(OutputError, match=f"out.{suffix}"):
        memory("export", f"out.{suffix}/below.{suffix}")
    memory("export", f"out.{suffix}", "--force", "--text", "vocational")
    assert json.loads(memory("import", f"out.{suffix}", "--json").stdout)["files"][0]["known"] == 1
    assert not list(tmp_path.glob("*.unfinished"))


def test_export_to_standard_output_is_tmx(memory: Run, pairs: Path) -> None:
    from io import BytesIO

    assert len(list(read_units(BytesIO(memory("export", "-").stdout_bytes), "-"))) == 2


def test_prune_says_what_would_go_and_forgets_it(memory: Run, pairs: Path) -> None:
    result = memory("prune", "--document", "pairs.tsv", "--text", "2023", "--dry-run")
    assert "2023年新增就业30万人。" in result.stdout
    assert "1 entry would be forgotten, 2 in the memory" in result.stderr
    done = json.loads(memory("prune", "--document", "pairs.tsv", "--text", "2023", "--json").stdout)
    assert (done["forgotten"], done["left"]) == (1, 1)
    assert "0 entries forgotten" in memory("prune", "--older-than", "2000-01-01").stderr
    assert "1 entry forgotten, 0 in the memory" in memory("prune", "--unused").stderr


def test_prune_duplicates_keeps_the_newest(memory: Run, tmp_path: Path) -> None:
    (tmp_path / "two.tsv").write_text("培训\teducation\n培训\ttraining\n", encoding="utf-8")
    memory("add", "two.tsv")
    memory("prune", "--duplicates")
    assert [entry["target"] for entry in listed(memory)] == ["training"]


@pytest.mark.parametrize(
    ("text", "days"),
    [("90d", 90), ("90 days", 90), ("1 day", 1), ("30", 30), ("365", 365), ("2020d", 2020), ("3650", 3650)],
)
def test_so_many_days_ago(text: str, days: int) -> None:
    found = day(text, "--since")
    assert found is not None
    assert abs(datetime.now(UTC) - timedelta(days=days) - found) < timedelta(minutes=1)


@pytest.mark.parametrize("text", ["2020-01-31", "20200131", "2020-01-31T00:00", "2020-01-31T08:00+08:00"])
def test_a_day(text: str) -> None:
    assert day(text, "--since") == datetime(2020, 1, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("arguments", "error", "what"),
    [
        (["prune"], SettingsError, "nothing says what to forget"),
        (["prune", "--older-than", "soon"], SettingsError, "--older-than: no day 'soon'"),
        (["list", "--since", "9" * 20], SettingsError, "--since"),
        (["prune", "--older-than", "2020"], SettingsError, "'2020' may be a year.*2020-01-01.*2020d"),
        (["list", "--since", "1999"], SettingsError, "may be a year"),
        (["prune", "--older-than", "2020-13"], SettingsError, "no day"),
        (["prune", "--older-than", "90x"], SettingsError, "90d"),
        (["prune", "--older-than", "9999999d"], SettingsError, "no day"),
        (["export", "memory.docx"], SettingsError, "no format 'docx'"),
        (["list", "--memory", "none.sqlite"], InputError, "no translation memory here"),
        (["add", "none.tsv"], InputError, "none.tsv"),
        (["add", "."], InputError, "folder"),
        (["import", "broken.tmx"], InputError, "not valid XML"),
        (["add", "report.docx"], InputError, "docx"),
    ],
)
def test_mistakes_are_told(
    memory: Run, pairs: Path, tmp_path: Path, arguments: list[str], error: type[PolicyTranslateError], what: str
) -> None:
    (tmp_path / "broken.tmx").write_text("<tmx><body><tu>")
    (tmp_path / "report.docx").write_text("x")
    with pytest.raises(error, match=what):
        memory(*arguments)


def test_terminal_commands_in_texts_are_not_sent_on(memory: Run, tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.sqlite") as opened:
        from translate.memory import Entry

        opened.add([Entry("培训\x1b[31m", "[red]training[/red]\x07")])
    shown = memory("list").stdout
    assert "\x1b" not in shown
    assert "[red]training[/red]" in shown
