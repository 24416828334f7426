"""Sheets saved as .ods and made to do harm: each is refused in words, or read in bounded time and memory."""

from __future__ import annotations

import time
import tracemalloc
from contextlib import suppress
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bilingual.open_sheets import HEADER, ODF, cell, content_of, line, packed, plain, read, row
from translate.bilingual import ods
from translate.errors import InputError
from translate.formats import guard
from translate.formats.package import pack

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
MANIFEST = "META-INF/manifest.xml"


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("of:=[.D2]", "=D2"),
        ("of:=SUM([.A1:.B2])", "=SUM(A1:B2)"),
        ("of:=[$Summary.A1]", "=[$Summary.A1]"),
        ('of:=HYPERLINK("http://a.example/";"x")', '=HYPERLINK("http://a.example/";"x")'),
        ("msoxl:=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("=[.B2]", "=B2"),
    ],
)
def test_formulas_that_fetch_or_copy_are_refused(formula: str, shown: str) -> None:
    attributes = f'table:formula={quoteattr(formula)} office:value-type="string"'
    with pytest.raises(InputError, match="'target' holds a formula") as caught:
        read(row(plain("b1", "好"), cell("<text:p>x</text:p>", attributes)))
    assert f"holds a formula, {shown};" in caught.value.problems[0].what


@pytest.mark.parametrize("declaration", [BOMB, OUTSIDE, " " * 5000 + BOMB])
def test_entities_are_refused(declaration: str) -> None:
    content = content_of(HEADER).replace("?>", "?>" + declaration, 1)
    with pytest.raises(InputError, match=r"content\.xml declares a document type"):
        ods.loads(packed(content), "x.ods")
    utf_16 = content.replace("UTF-8", "UTF-16").encode("utf-16")
    with pytest.raises(InputError, match="declares a document type"):
        ods.loads(packed(utf_16), "x.ods")


def test_many_repeated_columns_and_rows_cost_nothing_where_they_are_empty() -> None:
    many = '<table:table-cell table:number-columns-repeated="99999999999999999999"/>'
    rows = row(many, attributes='table:number-rows-repeated="99999999999999999999"') * 1_000
    data = packed(content_of(HEADER + line("b1", "好", "Good.") + row(many) * 1_000 + rows))
    tracemalloc.start()
    began = time.process_time()
    (found,) = ods.loads(data, "x.ods")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.target == "Good."
    assert peak < 2 * 2**20
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (row(cell("<text:p>x</text:p>", 'table:number-columns-repeated="1000000"')), "row 2 has .* column 501"),
        (row('<table:table-cell table:number-columns-repeated="600"/>', plain("x")), "in column 601"),
        (row(plain("x"), attributes='table:number-rows-repeated="1048575"'), "rows 2 to 1,048,576 are not empty"),
        (row(cell('<text:p><text:s text:c="999999999"/></text:p>')), "more characters in a cell than the 10,000,000"),
        (row(cell('<text:p><text:s text:c="9999999"/></text:p>' * 2)), "more characters in a cell than"),
        ("<table:table-row>" * 2, "not valid XML"),
        ("<text:a>" * 100 + "</text:a>" * 100, "nested more than 64 deep"),
        ("</table:table><table:table>" * 101, "more sheets than the 100"),
    ],
)  # fmt: skip
def test_sheets_that_are_broken_or_too_large(rows: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(rows)


def test_characters_are_counted_as_often_as_they_are_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ods, "CHARACTERS", 1_000_000)
    wide = cell(f"<text:p>{'x' * 10_000}</text:p>", 'table:number-columns-repeated="101"')
    with pytest.raises(InputError, match="more characters than the 1,000,000"):
        read(row(wide))
    long = row(cell(f"<text:p>{'x' * 10_000}</text:p>"), attributes='table:number-rows-repeated="101"')
    with pytest.raises(InputError, match="more characters than the 1,000,000"):
        read(long)


def test_more_rows_than_a_person_reviews_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ods, "ROWS", 100)
    with pytest.raises(InputError, match="more rows than the 200"):
        read(line("b1", "好", "Good.") * 200)


GOOD = packed(content_of(HEADER + line("b1", "好", "Good.")))
ENCRYPTED = f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0"><manifest:file-entry><manifest:encryption-data/>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty file"),
        (b"id\tsource\ttarget\n", "its zip archive is broken or missing"),
        (GOOD[: len(GOOD) // 2], "its zip archive is broken or missing"),
        (GOOD[:200] + b"\xff" * 40 + GOOD[240:], r"content\.xml in the ods is damaged|not valid XML"),
        (guard.OLE + b"x" * 600, "a password-protected ods"),
        (packed(b"\x9c\x01" * 400, **{MANIFEST: ENCRYPTED}), "the ods is protected by a password"),
        (pack({MANIFEST: ENCRYPTED, "encrypted-package": b"\x9c\x01"}), "the ods is protected by a password"),
        (pack({"xl/workbook.xml": "<workbook/>"}), "not an ods spreadsheet"),
        (packed(b"\x9c\x01" * 400), "not valid XML"),
        (packed(content_of(HEADER, body="text")), "the ods has no sheet in it"),
        (packed(content_of()), "this is no aligned table"),
        (packed(content_of(HEADER, HEADER)), "2 sheets have the columns: Sheet1, Sheet2"),
        (packed(content_of(line("id", "source"))), "no column 'target' in the header"),
        (packed("<a>" + " " * (100 * 2**20)), "as a zip bomb does"),
        (pack({"../../evil": b"x"}), "name leads out"),
    ],
)
def test_archives_that_are_no_sheets(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        ods.loads(data, "x.ods")
    assert caught.value.problems[0].path.startswith("x.ods")


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_read_or_refused(place: int, byte: int) -> None:
    for data in (GOOD[:place], GOOD[:place] + bytes([byte]) + GOOD[place + 1 :]):
        with suppress(InputError):
            assert len(ods.loads(data, "x.ods")) == 1


def test_many_rows_are_read_in_time() -> None:
    data = packed(content_of(HEADER + line("b1", "好" * 30, "Good. " * 10, "") * 4_000))
    began = time.process_time()
    assert len(ods.loads(data, "x.ods")) == 4_000
    assert time.process_time() - began < 4  # measured: 0.3 s
