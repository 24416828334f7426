from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import typer

from tests.bilingual.open_sheets import sheet_of
from tests.conftest import invoked
from translate.bilingual import comma, dumps, load_rows, tsv
from translate.bilingual.rows import Row
from translate.bilingual.tsv import dumps_rows
from translate.cli import check as command
from translate.errors import InputError, OutputError, PolicyTranslateError, SettingsError
from translate.records import Block, BlockKind, Document, Run, Segment, Unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

PAIRS = (
    ("全市有3万人参加培训。", "The city has 40,000 people in training."),
    ("加强培训。", "We will strengthen training."),
    ("不得收费。", "Fees are charged."),
)


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the command in an empty folder; a user's mistake is raised."""
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    app.command()(command.check)

    def run(*arguments: str | Path) -> Result:
        return invoked(app, *arguments)

    return run


@pytest.fixture
def texts(tmp_path: Path) -> tuple[Path, Path]:
    source, target = tmp_path / "a.zh.txt", tmp_path / "a.en.txt"
    source.write_text("".join(f"{pair[0]}\n" for pair in PAIRS), encoding="gb18030")
    target.write_bytes("\r\n".join(pair[1] for pair in PAIRS).encode())
    return source, target


def write_sheet(path: Path, **cells: dict[int, str]) -> Path:
    rows = [
        Row(f"s{number}", "b1", "paragraph", *pair, **{name: values.get(number, "") for name, values in cells.items()})
        for number, pair in enumerate(PAIRS)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(dumps_rows(rows))
    return path


def checks_of(result: Result) -> list[set[str]]:
    return [{finding["check"] for finding in unit["findings"]} for unit in json.loads(result.stdout)]


def test_two_texts_give_one_object_a_line(check: Callable[..., Result], texts: tuple[Path, Path]) -> None:
    result = check(*texts, "--json")
    units: list[dict[str, Any]] = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [(unit["id"], unit["source"], unit["target"]) for unit in units] == [
        (str(number), *pair) for number, pair in enumerate(PAIRS, 1)
    ]
    assert [set(unit) for unit in units] == [{"id", "source", "target", "risk", "findings"}] * 3
    assert checks_of(result) == [{"number"}, set(), {"negation"}]
    assert units[1]["risk"] == 0
    finding = units[2]["findings"][0]
    assert set(finding) == {"check", "severity", "message", "source_span", "target_span"}
    assert finding["severity"] == "warning"
    assert finding["source_span"] == [0, 2]
    assert finding["target_span"] is None


@pytest.mark.parametrize(
    ("fail_on", "checks", "code"),
    [("error", "negation", 0), ("warning", "negation", 1), ("never", "number", 0), ("note", "case", 0)],
)
def test_the_exit_code_says_how_bad_it_is(
    check: Callable[..., Result], texts: tuple[Path, Path], fail_on: str, checks: str, code: int
) -> None:
    assert check(*texts, "--fail-on", fail_on, "--checks", checks).exit_code == code


def test_the_settings_may_say_how_bad_it_must_be(check: Callable[..., Result], texts: tuple[Path, Path]) -> None:
    assert check(*texts, "--checks", "negation").exit_code == 0
    (texts[0].parent / "translate.toml").write_text('fail_on = "warning"', encoding="utf-8")
    assert check(*texts, "--checks", "negation").exit_code == 1
    assert check(*texts, "--checks", "negation", "--fail-on", "error").exit_code == 0


@pytest.mark.parametrize("option", ["--html", "--sheet"])
def test_not_even_force_overwrites_what_is_checked(check: Callable[..., Result], tmp_path: Path, option: str) -> None:
    sheet = write_sheet(tmp_path / "aligned.tsv")
    before = sheet.read_bytes()
    with pytest.raises(OutputError, match="aligned"):
        check(sheet, option, "aligned.tsv", "--force")
    assert sheet.read_bytes() == before


def test_a_sheet_is_checked_as_reviewed(check: Callable[..., Result], tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path / "aligned.tsv", reviewed={0: "The city has 30,000 people in training."})
    result = check(sheet, "--json")
    assert checks_of(result) == [set(), set(), {"negation"}]
    assert result.exit_code == 0
    saved = sheet.with_suffix(".ods")
    saved.write_bytes(sheet_of(load_rows(sheet)))
    assert check(saved, "--json").stdout == result.stdout


def test_what_the_sheet_marks_as_fine_stays_away(check: Callable[..., Result], tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path / "aligned.tsv", comment={0: "ok: number"}, status={2: "accepted"})
    assert checks_of(check(sheet, "--json")) == [set(), set(), set()]


def test_dismissals_hold_for_other_sheets(check: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "dismissed.txt"
    check(write_sheet(tmp_path / "one.tsv", comment={0: "ok: number"}), "--dismissals", file)
    other = write_sheet(tmp_path / "two.tsv")
    assert checks_of(check(other, "--json", "--dismissals", file)) == [set(), set(), {"negation"}]
    assert checks_of(check(other, "--json")) == [{"number"}, set(), {"negation"}]


def test_a_folder_of_runs_is_one_run(check: Callable[..., Result], tmp_path: Path) -> None:
    write_sheet(tmp_path / "runs" / "one" / "aligned.tsv")
    write_sheet(tmp_path / "runs" / "two" / "aligned.tsv", reviewed={1: "Training will be stepped up."})
    units = json.loads(check(tmp_path / "runs", "--json", "--checks", "same-source").stdout)
    assert [unit["id"] for unit in units if unit["findings"]] == ["two:s1"]


def test_of_the_sheets_of_a_run_the_one_saved_last_counts(check: Callable[..., Result], tmp_path: Path) -> None:
    made = write_sheet(tmp_path / "runs" / "one" / "aligned.tsv")
    rows = tsv.loads(made.read_bytes(), str(made))
    other = made.with_suffix(".csv")
    other.write_bytes(
        comma.dumps_rows([replace(row, reviewed="The city has 30,000 people in training.") for row in rows[:1]])
    )
    for path, saved in ((made, 100), (other, 103)):
        os.utime(path, (saved, saved))
    assert len(json.loads(check(tmp_path / "runs", "--json").stdout)) == 3
    os.utime(other, (200, 200))
    assert checks_of(check(tmp_path / "runs", "--json")) == [set()]


def test_the_review_of_a_run_stands_for_it(check: Callable[..., Result], tmp_path: Path) -> None:
    write_sheet(tmp_path / "runs" / "one" / "aligned.tsv")
    write_sheet(tmp_path / "runs" / "one" / "reviewed" / "aligned.tsv")
    units = json.loads(check(tmp_path / "runs", "--json").stdout)
    assert [unit["id"] for unit in units] == [f"one/reviewed:s{number}" for number in range(3)]


def test_the_riskiest_come_first_on_request(check: Callable[..., Result], tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path / "aligned.tsv", comment={1: "Fine as it is."})
    assert [unit["id"] for unit in json.loads(check(sheet, "--json").stdout)] == ["s0", "s1", "s2"]
    arguments = (sheet, "--order", "risk", "--fail-on", "never")
    assert [unit["id"] for unit in json.loads(check(*arguments, "--json").stdout)] == ["s0", "s2", "s1"]
    shown = check(*arguments, "--html", tmp_path / "a.html").stdout
    assert shown.index("number") < shown.index("negation")
    page = (tmp_path / "a.html").read_text("utf-8")
    assert page.index(PAIRS[2][1]) < page.index(PAIRS[1][1])


@pytest.mark.parametrize("suffix", ["tsv", "xlsx"])
def test_a_sheet_is_written_in_that_order(check: Callable[..., Result], tmp_path: Path, suffix: str) -> None:
    sheet = write_sheet(tmp_path / "aligned.tsv", comment={1: "Fine as it is."}, reviewed={1: "Train more people."})
    worst_first = tmp_path / f"worst.{suffix}"
    assert f"written: {worst_first}" in "".join(
        check(sheet, "--order", "risk", "--sheet", worst_first).stdout.split("\n")
    )
    rows = load_rows(worst_first)
    assert [row.id for row in rows] == ["s0", "s2", "s1"]
    assert rows[0].severity == "error"
    assert "negation" in rows[1].findings
    assert (rows[2].comment, rows[2].reviewed, rows[2].target) == ("Fine as it is.", "Train more people.", PAIRS[1][1])
    with pytest.raises(OutputError, match="--force"):
        check(sheet, "--sheet", worst_first)
    with pytest.raises(SettingsError, match=r"tsv or \.xlsx"):
        check(sheet, "--sheet", tmp_path / "worst.docx")


@pytest.mark.parametrize("suffix", ["xlsx", "tmx", "xlf", "xliff"])
def test_other_kinds_of_aligned_text_are_read(check: Callable[..., Result], tmp_path: Path, suffix: str) -> None:
    units = tuple(
        Unit(f"s{index}", (Segment(f"s{index}", "b1", pair[0]),), pair[1]) for index, pair in enumerate(PAIRS)
    )
    path = tmp_path / f"aligned.{suffix}"
    path.write_bytes(dumps(Run(Document("a.txt", "txt", (Block("b1", BlockKind.PARAGRAPH, ""),)), units, {}), suffix))
    assert checks_of(check(path, "--json")) == [{"number"}, set(), {"negation"}]


def test_settings_change_severities(check: Callable[..., Result], texts: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "translate.toml").write_text('[checks]\nnumber = "off"\nnegation = "error"\n')
    result = check(*texts, "--json")
    assert checks_of(result) == [set(), set(), {"negation"}]
    assert result.exit_code == 1


def test_the_terms_of_a_sheet_are_asked_for(
    check: Callable[..., Result], texts: tuple[Path, Path], tmp_path: Path
) -> None:
    glossary = tmp_path / "terms.tsv"
    glossary.write_text("source\ttarget\n培训\tcoaching\n", encoding="utf-8")
    assert {"term"} < checks_of(check(*texts, "--json", "--glossary", glossary))[0]
    assert "term" not in checks_of(check(*texts, "--json", "--no-glossary"))[0]


def test_the_table_shows_what_was_found(check: Callable[..., Result], texts: tuple[Path, Path]) -> None:
    shown = check(*texts).stdout
    assert "negation" in shown
    assert "3 segments: 1 with errors, 1 with warnings." in shown


def test_the_page_holds_what_was_found_and_what_was_reviewed(check: Callable[..., Result], tmp_path: Path) -> None:
    comments = {2: "Ask the office of fees."}
    sheet, page = tmp_path / "aligned.tsv", tmp_path / "report.html"
    write_sheet(sheet, reviewed={0: "The city has 30,000 people in training."}, comment=comments, status={0: "edited"})
    check(sheet, "--html", page)
    text = page.read_text(encoding="utf-8")
    assert "warning: negation" in text
    assert "error: number" not in text
    assert 'The city has 40,000 people in training.","The city has 30,000 people in training.","edited' in text
    assert comments[2] in text
    with pytest.raises(OutputError, match="--force"):
        check(sheet, "--html", page)
    assert check(sheet, "--html", page, "--force", "--fail-on", "never").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (("a.zh.txt", "short.txt"), InputError, "3 lines, and .*has 1"),
        (("missing.tsv",), InputError, "missing.tsv"),
        (("a.zh.txt",), InputError, "no line names the columns"),
        (("empty",), InputError, "no aligned sheet"),
        (("a.zh.txt", "a.en.txt", "--checks", "numbre"), SettingsError, "numbre"),
        (("a.zh.txt", "a.en.txt", "--fail-on", "fatal"), SettingsError, "fatal"),
        (("a.zh.txt", "a.en.txt", "--encoding", "klingon"), InputError, "klingon"),
    ],
)
def test_mistakes_are_told(
    check: Callable[..., Result],
    texts: tuple[Path, Path],
    tmp_path: Path,
    arguments: tuple[str, ...],
    error: type[PolicyTranslateError],
    message: str,
) -> None:
    (tmp_path / "short.txt").write_text("One line.")
    (tmp_path / "empty").mkdir()
    with pytest.raises(error, match=message):
        check(*arguments)


def test_empty_texts_have_no_segments(check: Callable[..., Result], tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("")
    result = check("a.txt", "b.txt", "--json")
    assert json.loads(result.stdout) == []
    assert result.exit_code == 0
