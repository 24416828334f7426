from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer
from typer.testing import CliRunner

from tests.bilingual.open_sheets import sheet_of
from tests.conftest import invoked
from tests.review.runs import ENGLISH, TEXT, make_run
from translate.bilingual import load_rows
from translate.bilingual.tsv import dumps_rows
from translate.cli import glossary
from translate.cli import review as review_command
from translate.errors import InputError, OutputError, PolicyTranslateError, SettingsError
from translate.glossary import Glossary
from translate.glossary.formats import read_terms
from translate.memory import Memory
from translate.review import Request, load_folder, review

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from typer.testing import Result

    from translate.bilingual.rows import Row

MEMORY = Path("memory.sqlite")
EDIT = "The city plans to hire 32,000 people."


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a run, in an otherwise empty working directory."""
    monkeypatch.chdir(tmp_path)
    make_run(Path("outputs/notice"), Path("notice.txt"))
    return Path("outputs/notice")


@pytest.fixture
def call(run: Path) -> Callable[..., Result]:
    """Runs the command; a user's mistake is raised."""
    app = typer.Typer()
    app.command()(review_command.review)

    def invoke(*arguments: str | Path) -> Result:
        return invoked(app, *arguments)

    return invoke


def edit(run: Path, name: str = "aligned.tsv", **cells: dict[str, str]) -> Path:
    """The sheet with cells changed: column -> (Chinese -> text)."""
    sheet = run / "aligned.tsv"
    rows = [
        replace(row, **{name: texts[row.source] for name, texts in cells.items() if row.source in texts})
        for row in load_rows(sheet)
    ]
    return save(run / name, rows)


def save(path: Path, rows: list[Row]) -> Path:
    path.write_bytes(dumps_rows(rows))
    return path


def final(run: Path) -> str:
    return (run / "reviewed" / "final.txt").read_text(encoding="utf-8")


def report(run: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((run / "reviewed" / "review.json").read_text(encoding="utf-8"))
    return read


RECRUIT, CHARGE, CALL = "全市计划招聘3.2万人。", "各单位不得收取任何费用。", "咨询电话为12333。"


def test_an_edit_reaches_the_document_and_the_report(run: Path, call: Callable[..., Result]) -> None:
    sheet = edit(run, reviewed={RECRUIT: EDIT}, status={CHARGE: "accepted", CALL: "rejected"})
    result = call(sheet)
    assert result.exit_code == 0
    assert "1 accepted, 1 edited, 1 rejected; 4 not yet" in result.output
    assert EDIT in final(run)
    assert ENGLISH[CHARGE] in final(run)
    assert ENGLISH[RECRUIT] not in final(run)
    told = report(run)
    assert [(entry["source"], entry["machine"], entry["final"]) for entry in told["edited"]] == [
        (RECRUIT, ENGLISH[RECRUIT], EDIT)
    ]
    assert told["edited"][0]["TER"] == pytest.approx(100 / 7, abs=0.01)  # one word of seven
    assert told["edit_rate"]["reviewed"]["segments"] == 2
    assert "version:" in told["edit_rate"]["reviewed"]["chrF"]["signature"]
    assert told["findings_left"][-1]["findings"][0]["check"] == "rejected"
    page = (run / "reviewed" / "changes.html").read_text(encoding="utf-8")
    assert "plans to <del>recruit</del><ins>hire</ins> 32,000" in page
    rows = {row.source: row for row in load_rows(run / "reviewed" / "aligned.tsv")}
    assert (rows[RECRUIT].target, rows[RECRUIT].status, rows[RECRUIT].origin) == (EDIT, "edited", "reviewer")


def test_a_sheet_saved_as_ods_says_the_same(run: Path, call: Callable[..., Result]) -> None:
    sheet = edit(run, reviewed={RECRUIT: EDIT}, status={CHARGE: "accepted", CALL: "rejected"})
    assert call(sheet).exit_code == 0
    told, text = report(run), final(run)
    saved = run / "mine.ods"
    saved.write_bytes(sheet_of(reversed(load_rows(sheet))))
    assert call(saved).exit_code == 0
    assert (report(run), final(run)) == ({**told, "sheet": "mine.ods"}, text)
    saved.write_bytes(sheet_of(load_rows(sheet))[:-30])
    with pytest.raises(InputError, match=r"mine\.ods: not a valid ods: its zip archive is broken"):
        call(saved)


def test_what_was_edited_is_checked_again(run: Path, call: Callable[..., Result]) -> None:
    wrong = "The city plans to hire 23,000 people."
    assert call(edit(run, reviewed={RECRUIT: wrong}), "--fail-on", "error").exit_code == 1
    assert [item["target"] for item in report(run)["findings_left"]] == [wrong]
    sheet = edit(run, reviewed={RECRUIT: wrong}, comment={RECRUIT: "ok: number"})
    assert call(sheet, "--fail-on", "error").exit_code == 0
    assert not report(run)["findings_left"]


def test_terms_are_asked_for(run: Path, call: Callable[..., Result]) -> None:
    Path("terms.tsv").write_text("source\ttarget\n招聘\tenlist\n", encoding="utf-8")
    call(run / "aligned.tsv", "--glossary", "terms.tsv")
    assert {item["findings"][0]["check"] for item in report(run)["findings_left"]} == {"term"}


def test_the_same_again_changes_nothing(run: Path, call: Callable[..., Result]) -> None:
    sheet = edit(run, reviewed={RECRUIT: EDIT})
    call(sheet)
    before = {path.name: path.read_bytes() for path in (run / "reviewed").iterdir()}
    assert json.loads(call(sheet, "--json").stdout)["already_done"] is True
    assert {path.name: path.read_bytes() for path in (run / "reviewed").iterdir()} == before
    (run / "reviewed" / "run.json").unlink()
    call(sheet, "--force")
    assert {path.name: path.read_bytes() for path in (run / "reviewed").iterdir()} == before


def test_a_better_sheet_replaces_the_review_unless_it_was_edited(run: Path, call: Callable[..., Result]) -> None:
    call(edit(run, reviewed={RECRUIT: "One."}))
    call(edit(run, reviewed={RECRUIT: "Two."}))
    assert "Two." in final(run)
    (run / "reviewed" / "final.txt").write_text("by hand", encoding="utf-8")
    sheet = edit(run, reviewed={RECRUIT: "Three."})
    with pytest.raises(OutputError, match="--force"):
        call(sheet)
    assert final(run) == "by hand"
    call(sheet, "--force")
    assert "Three." in final(run)


def test_a_second_round_goes_on_from_the_first(run: Path, call: Callable[..., Result]) -> None:
    call(edit(run, reviewed={RECRUIT: EDIT}, status={CHARGE: "accepted"}))
    result = call(edit(run / "reviewed", "second.tsv", reviewed={CALL: "Call 12333."}), "--json")
    counts = json.loads(result.stdout)["segments"]
    assert (counts["accepted"], counts["edited"], counts["changed"]) == (1, 2, 2)
    assert EDIT in final(run / "reviewed")
    assert {entry["machine"] for entry in report(run / "reviewed")["edited"]} == {ENGLISH[RECRUIT], ENGLISH[CALL]}


def test_conflicts_keep_what_was_made_and_fail(run: Path, call: Callable[..., Result]) -> None:
    rows = list(load_rows(run / "aligned.tsv"))
    changed = replace(rows[2], source="全市计划招聘5万人。", reviewed="The city plans to hire 50,000 people.")
    sheet = save(run / "mail.tsv", [rows[3], changed, *rows[5:], replace(rows[6], reviewed="40%"), rows[0]])
    result = call(sheet)
    assert result.exit_code == 1
    assert f"conflict: {rows[2].id} has another source text than the run\n  {changed.reviewed}" in result.output
    assert f"conflict: {rows[6].id} stands in 2 rows that differ" in result.output
    assert f"2 segments are not in the sheet, and stay as they were: {rows[1].id} {rows[4].id}" in result.output
    told = report(run)
    assert [entry["id"] for entry in told["conflicts"]] == [rows[2].id, rows[6].id]
    assert told["not_in_sheet"] == [rows[1].id, rows[4].id]
    assert ENGLISH[RECRUIT] in final(run)
    flagged = {item["id"]: item["findings"][0]["check"] for item in told["findings_left"]}
    assert flagged == {rows[2].id: "conflict", rows[6].id: "conflict"}


def test_what_was_accepted_is_remembered_once(run: Path, call: Callable[..., Result], tmp_path: Path) -> None:
    sheet = edit(run, reviewed={RECRUIT: EDIT}, status={CHARGE: "accepted", CALL: "rejected"}, comment={CHARGE: "ok"})
    path = tmp_path / "memory.sqlite"
    assert json.loads(call(sheet, "--memory", path, "--json").stdout)["memory"] == {"new": 2, "known": 0, "empty": 0}
    with Memory.open(path) as memory:
        entries = {kept.entry.source: kept.entry for kept in memory.entries()}
        signature = memory.signature
    assert {source: (entry.target, entry.status) for source, entry in entries.items()} == {
        RECRUIT: (EDIT, "edited"),
        CHARGE: (ENGLISH[CHARGE], "accepted"),
    }
    assert (entries[RECRUIT].previous, entries[RECRUIT].next) == ("一、目标任务", CHARGE)
    assert (entries[CHARGE].document, entries[CHARGE].note) == ("notice.txt", "ok")
    assert "memory         0 new, 2 known" in call(sheet, "--memory", path).stdout
    call(sheet, "--memory", path, "--output", "other")
    with Memory.open(path) as memory:
        assert memory.signature == signature
    call(sheet, "--memory", "none.sqlite", "--no-memory")
    assert not Path("none.sqlite").exists()


def test_markup_in_texts_stays_text(run: Path, call: Callable[..., Result]) -> None:
    call(edit(run, reviewed={RECRUIT: "<script>32,000</script> $title"}, comment={RECRUIT: "<b>"}))
    page = (run / "reviewed" / "changes.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<b>" not in page
    assert "$title" in page


def test_a_sheet_elsewhere_needs_its_run(run: Path, call: Callable[..., Result]) -> None:
    sheet = edit(run, reviewed={RECRUIT: EDIT})
    away = Path("mail/back.tsv")
    away.parent.mkdir()
    sheet.rename(away)
    with pytest.raises(InputError, match="--run FOLDER"):
        call(away)
    assert call(away, "--run", run).exit_code == 0
    assert EDIT in final(run)


def test_the_document_is_found_wherever_one_stands(
    run: Path, call: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(run)
    call("aligned.tsv")
    assert "Notice on Doing a Good Job" in final(Path())


def test_another_document_is_refused(run: Path, call: Callable[..., Result]) -> None:
    document = Path("notice.txt")
    moved = document.rename("elsewhere.txt")
    with pytest.raises(InputError, match=r"is not there.*--document"):
        call(run / "aligned.tsv")
    assert call(run / "aligned.tsv", "--document", moved).exit_code == 0
    document.write_text(TEXT + "新的一段。\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"has changed since it was translated"):
        call(run / "aligned.tsv", "--force")
    with pytest.raises(InputError, match="not the document that was translated"):
        call(run / "aligned.tsv", "--document", document, "--force")


def test_an_alignment_has_no_document_of_its_own(run: Path, call: Callable[..., Result]) -> None:
    manifest = json.loads((run / "run.json").read_text(encoding="utf-8"))
    manifest["input"] = {"source": manifest["input"], "target": manifest["input"]}
    manifest["units"].append({"id": "added.b9", "block": "", "kind": "paragraph", "source": "", "target": "Added."})
    (run / "run.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert call(edit(run, reviewed={RECRUIT: EDIT})).exit_code == 0
    assert sorted(path.name for path in (run / "reviewed").iterdir() if path.suffix in (".txt", ".tsv")) == [
        "aligned.tsv"
    ]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (("missing.tsv", "--run", "outputs/notice"), InputError, "missing.tsv"),
        (("missing.tsv",), InputError, "no such file"),
        (("outputs/notice/aligned.tsv", "--run", "outputs"), InputError, "no run.json"),
        (("outputs/notice/aligned.tsv", "--run", "old"), InputError, "nothing of the units"),
        (("outputs/notice/aligned.tsv", "--output", "outputs/notice", "--force"), OutputError, "folder of the run"),
        (("out/aligned.tsv", "--run", "outputs/notice", "-o", "out", "--force"), OutputError, "overwrite the sheet"),
        (("outputs/notice/aligned.tsv", "--fail-on", "fatal"), SettingsError, "fatal"),
        (("outputs/notice/aligned.tsv", "--glossary", "none.tsv"), InputError, "none.tsv"),
    ],
)
def test_mistakes_are_told(
    run: Path,
    call: Callable[..., Result],
    arguments: tuple[str, ...],
    error: type[PolicyTranslateError],
    message: str,
) -> None:
    for folder in ("old", "out"):
        Path(folder).mkdir()
    Path("old/run.json").write_text('{"outputs": {}}')
    Path("out/aligned.tsv").write_bytes((run / "aligned.tsv").read_bytes())
    with pytest.raises(error, match=message):
        call(*arguments)
    assert not list(run.rglob("reviewed"))


def test_edits_propose_terms(run: Path, call: Callable[..., Result]) -> None:
    call(
        edit(
            run, reviewed={"二、联系方式": "II. Ways to reach us", "占比40%": "Portion 40%"}, status={CALL: "accepted"}
        )
    )
    mined = CliRunner().invoke(glossary.app, ["mine", str(run), "--least", "1", "--output", "proposed.tsv"])
    assert "2 proposals in proposed.tsv" in mined.output
    placed, problems = read_terms(Path("proposed.tsv"))
    assert not problems
    assert {item.term.source: item.term.target for item in placed} == {"联系方式": "Ways to reach", "占比": "Portion"}
    again = CliRunner().invoke(glossary.app, ["mine", str(run / "reviewed"), "--json", "--least", "1"])
    assert json.loads(again.stdout)[0]["term"]["note"].startswith("edited in 1 of 1 reviewed segments; was: ")
    make_run(Path("other"), Path("other.txt"))
    with pytest.raises(InputError, match="holds nothing reviewed"):
        CliRunner().invoke(glossary.app, ["mine", "other"], catch_exceptions=False)


def test_a_mistake_is_one_line_and_exit_code_2(
    command: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    (tmp_path / "sheet.tsv").write_text("id\tsource\ttarget\n", encoding="utf-8")
    done = command("review", "sheet.tsv")
    assert done.returncode == 2
    assert done.stderr.startswith("error: sheet.tsv: no run.json beside it or above it")
    assert len(done.stderr.splitlines()) == 1


def remembered(request: Request) -> None:
    with Memory.open(MEMORY) as memory:
        review(request, memory)


def test_a_review_that_is_killed_leaves_nothing_half_written(run: Path) -> None:
    """20 kills at random moments, each in the middle of a review; the next call puts everything right."""
    sheet = edit(run, reviewed={RECRUIT: EDIT}, status={CHARGE: "accepted"})
    whole = Request(sheet, load_folder(run), Path("whole"), Glossary(), {})
    began = time.monotonic()
    with Memory.open("whole.sqlite") as memory:
        entries = review(whole, memory).remembered
        signature = memory.signature
    took = time.monotonic() - began
    expected = {path.name: path.read_bytes() for path in whole.output.iterdir()}
    draw = random.Random(6)
    killed = 0
    for number in range(20):
        request = replace(whole, output=Path(f"killed{number % 4}"))
        child = multiprocessing.get_context("fork").Process(target=remembered, args=(request,))
        child.start()
        time.sleep(draw.uniform(0, took))
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        killed += child.exitcode == -signal.SIGKILL
        there = {path.name: path.read_bytes() for path in request.output.glob("[a-z]*") if path.suffix != ".unfinished"}
        assert there.items() <= expected.items()
        if "run.json" in there:
            assert there == expected
    assert killed > 5
    for number in range(4):
        remembered(replace(whole, output=Path(f"killed{number}")))
        assert {path.name: path.read_bytes() for path in Path(f"killed{number}").iterdir()} == expected
    with Memory.open(MEMORY) as memory:
        assert (len(memory), memory.signature) == (entries.new if entries else 0, signature)
