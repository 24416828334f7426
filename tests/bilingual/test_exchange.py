"""Out to other programs and back through `translate review` and `translate check`: every edit, no false conflict."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx as python_docx
import pytest
import typer
from docx.oxml import parse_xml
from typer.testing import CliRunner

from tests.review.runs import ENGLISH, make_run
from translate.bilingual import dumps
from translate.bilingual.docx_read import TRACKED
from translate.cli import check as check_command
from translate.cli import review as review_command
from translate.formats import read_document
from translate.records import Run

if TYPE_CHECKING:
    from docx.table import _Cell

RECRUIT, CHARGE, CALL, SHARE = "全市计划招聘3.2万人。", "各单位不得收取任何费用。", "咨询电话为12333。", "占比40%"
EDIT = "The city plans to hire 32,000 people <now> & later."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A finished run in outputs/notice, in an otherwise empty working directory."""
    monkeypatch.chdir(tmp_path)
    units = make_run(Path("outputs/notice"), Path("notice.txt"))
    return Run(read_document(Path("notice.txt")), units, {})


def call(command: Any, *arguments: str | Path) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(command)
    result = CliRunner().invoke(app, list(map(str, arguments)))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def report() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(Path("outputs/notice/reviewed/review.json").read_text(encoding="utf-8"))
    return read


def check_outcome(comment: str) -> None:
    """RECRUIT and CHARGE were edited, CALL accepted, SHARE rejected with a comment; nothing else came of it."""
    told = report()
    assert {entry["source"]: entry["final"] for entry in told["edited"]} == {
        RECRUIT: EDIT,
        CHARGE: "No organization may charge a fee.",
    }
    assert [told[name] for name in ("conflicts", "remarks", "unknown", "not_in_sheet")] == [[], [], [], []]
    units = json.loads(Path("outputs/notice/reviewed/run.json").read_text(encoding="utf-8"))["units"]
    said = {unit["source"]: (unit.get("status", "new"), unit.get("comment", "")) for unit in units}
    assert said[CALL] == ("accepted", "")
    assert said[SHARE] == ("rejected", comment)
    final = Path("outputs/notice/reviewed/final.txt").read_text(encoding="utf-8")
    assert EDIT in final
    assert ENGLISH[CALL] in final


def write(cell: _Cell, text: str) -> None:
    """Type over what is in a cell, as a person does: its looks and content controls stay."""
    first, *others = cell._tc.iter("{*}t")
    first.text = text
    for other in others:
        other.text = ""


def reviewed_docx(data: bytes, *, tracked: bool) -> bytes:
    """The table after a reviewer: two edits, one of them perhaps tracked, statuses, a comment in the margin."""
    document = python_docx.Document(io.BytesIO(data))
    rows = {row.cells[1].text: row.cells for row in document.tables[0].rows}
    write(rows[RECRUIT][2], EDIT)
    if tracked:
        paragraph = rows[CHARGE][2].paragraphs[0]
        (kept,) = paragraph.runs
        kept.text = "No organization may charge "
        change = (
            '<w:{0} {1} w:id="{2}" w:author="Li" w:date="2026-03-01T00:00:00Z"><w:r><w:{3}>{4}</w:{3}></w:r></w:{0}>'
        )
        for kind, number, tag, text in (("del", 91, "delText", "any fees"), ("ins", 92, "t", "a fee")):
            paragraph._p.append(parse_xml(change.format(kind, W, number, tag, text)))
        paragraph.add_run(".")
    else:
        write(rows[CHARGE][2], "No organization may charge a fee.")
    write(rows[CALL][3], "accepted")
    write(rows[SHARE][3], "rejected")
    document.add_comment(rows[SHARE][2].paragraphs[0].runs, text="which share?", author="Li")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def resaved(path: Path, suffix: str) -> Path:
    """What LibreOffice makes of a file when it saves it as another kind."""
    folder = path.parent / f"saved-{suffix}"
    profile = f"-env:UserInstallation={(Path.cwd() / 'profile').as_uri()}"
    done = subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", suffix, "--outdir", folder, path],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    saved = folder / f"{path.stem}.{suffix}"
    assert saved.is_file(), done.stdout + done.stderr
    return saved


@pytest.mark.parametrize("tracked", [False, True])
def test_the_word_table_through_review(run: Run, tracked: bool) -> None:
    sheet = Path("outputs/notice/aligned.docx")
    sheet.write_bytes(reviewed_docx(dumps(run, "docx"), tracked=tracked))
    assert call(review_command.review, sheet, "--no-memory", "--fail-on", "never")[0] == 0
    check_outcome("which share?")
    comments = [unit["comment"] for unit in report()["edited"] if unit["source"] == CHARGE]
    assert comments == [TRACKED if tracked else ""]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_the_word_table_through_libreoffice_and_review(run: Run) -> None:
    made = Path("outputs/notice/aligned.docx")
    made.write_bytes(reviewed_docx(dumps(run, "docx"), tracked=True))
    sheet = resaved(made, "docx")
    assert call(review_command.review, sheet, "--run", "outputs/notice", "--no-memory", "--fail-on", "never")[0] == 0
    check_outcome("which share?")


def reviewed_xliff(name: str, text: str) -> str:
    """The file after a CAT tool: the same edits, and its way of saying that segments are done."""
    escaped = EDIT.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace(f">{ENGLISH[RECRUIT]}</target>", f">{escaped}</target>")
    text = text.replace(f">{ENGLISH[CHARGE]}</target>", ">No organization may charge a fee.</target>")
    unit = re.compile(r"<(trans-unit|unit) .*?</\1>", re.DOTALL)

    def said(match: re.Match[str]) -> str:
        if CALL in match[0]:
            return match[0].replace('state="translated"', 'state="signed-off"' if name == "xlf" else 'state="reviewed"')
        if SHARE in match[0]:
            if name == "xlf":
                state = 'state="needs-review-translation" state-qualifier="rejected-inaccurate"'
                rejected = match[0].replace('state="translated" state-qualifier="leveraged-mt"', state)
                return rejected.replace("</trans-unit>", "<note>which share?</note></trans-unit>")
            rejected = match[0].replace("policy-translate:new", "policy-translate:rejected")
            return rejected.replace("<segment", "<notes><note>which share?</note></notes><segment")
        return match[0]

    return unit.sub(said, text)


@pytest.mark.parametrize("name", ["xlf", "xliff"])
def test_xliff_through_review(run: Run, name: str) -> None:
    sheet = Path(f"outputs/notice/aligned.{name}")
    sheet.write_text(reviewed_xliff(name, dumps(run, name).decode()), encoding="utf-8")
    assert call(review_command.review, sheet, "--no-memory", "--fail-on", "never")[0] == 0
    check_outcome("which share?")


@pytest.mark.parametrize("name", ["xlf", "xliff", "docx"])
def test_an_untouched_file_changes_nothing(run: Run, name: str) -> None:
    sheet = Path(f"outputs/notice/aligned.{name}")
    sheet.write_bytes(dumps(run, name))
    assert call(review_command.review, sheet, "--no-memory", "--fail-on", "never")[0] == 0
    told = report()
    assert [told[part] for part in ("edited", "conflicts", "remarks", "unknown", "not_in_sheet")] == [
        [],
        [],
        [],
        [],
        [],
    ]


@pytest.mark.parametrize("name", ["xlf", "xliff", "docx"])
def test_check_reads_them(run: Run, name: str) -> None:
    sheet = Path(f"aligned.{name}")
    sheet.write_bytes(
        dumps(run, name).replace(b">The consultation number is 12333.", b">The consultation number is 12334.")
    )
    if name == "docx":
        document = python_docx.Document(io.BytesIO(dumps(run, name)))
        cells = {row.cells[1].text: row.cells for row in document.tables[0].rows}
        write(cells[CALL][2], "The consultation number is 12334.")
        document.save(str(sheet))
    code, output = call(check_command.check, sheet, "--no-glossary", "--json")
    found = {unit["source"]: {finding["check"] for finding in unit["findings"]} for unit in json.loads(output)}
    assert code == 1
    assert "code" in found[CALL]
    assert not found[SHARE]
