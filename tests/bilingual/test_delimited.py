"""Tables of text as programs save them."""

from __future__ import annotations

import contextlib
import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.bilingual import comma, load_rows, tsv
from translate.bilingual.rows import COLUMNS, Row, cells_of
from translate.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

ROWS = (
    Row("b0001.s01", "b0001", "heading", "关于开展技能培训的通知", "Notice on skills training", "", "accepted"),
    Row(
        "b0002.s01",
        "b0002",
        "paragraph",
        "坚持就业优先，促进发展。",
        'He said "yes", then; left',
        "the café’s",
        "edited",
    ),
    Row("b0003.s01", "b0003", "paragraph", "40%", "-5", comment="第一行\n第二行"),
)
TRADITIONAL = (Row("b1", "b1", "paragraph", "關於開展職業技能培訓的通知，請各單位認真執行。", "Notice"),)


def written(rows: tuple[Row, ...], delimiter: str = ",", **dialect: object) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, **dialect)  # type: ignore[arg-type]  # a test's own dialects
    writer.writerow(COLUMNS)
    writer.writerows(map(cells_of, rows))
    return text.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
@pytest.mark.parametrize("delimiter", ["\t", ",", ";", "|"])
@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_encodings_delimiters_and_line_ends(encoding: str, delimiter: str, ends: str) -> None:
    text = written(ROWS, delimiter, lineterminator="\n").replace("\n", ends)
    assert tsv.loads(text.encode(encoding), "x.csv") == ROWS


@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs"])
def test_traditional_encodings(encoding: str) -> None:
    assert tsv.loads(written(TRADITIONAL, "\t").encode(encoding), "x.tsv") == TRADITIONAL


def test_what_windows_1252_keeps_is_read() -> None:
    rows = tsv.loads(written(ROWS, ";").encode("cp1252", "replace"), "x.csv")
    assert [row.target for row in rows] == [row.target for row in ROWS]
    assert rows[1].reviewed == "the café’s"
    assert rows[0].source == "?" * len(ROWS[0].source)


def test_quotes_around_everything_and_quotes_in_the_way_of_our_tsv() -> None:
    assert tsv.loads(written(ROWS, ";", quoting=csv.QUOTE_ALL).encode(), "x.csv") == ROWS
    assert tsv.loads(written(ROWS, "\t", quoting=csv.QUOTE_NONNUMERIC).encode(), "x.tsv") == ROWS


def test_a_file_that_does_not_quote_is_read_as_such() -> None:
    data = 'id\tsource\ttarget\nb1\t“好”\t"Good" it is\nb2\t好\t"Open\n'.encode()
    assert [row.target for row in tsv.loads(data, "x.tsv")] == ['"Good" it is', '"Open']


def test_a_quotation_mark_that_is_not_closed_swallows_no_rows() -> None:
    data = 'id\tsource\ttarget\nb1\t好\t"Good\nb2\t好\n'.encode()
    with pytest.raises(InputError, match=r"x.tsv:3: not a table: unexpected end of data; a quotation mark"):
        tsv.loads(data, "x.tsv")


@pytest.mark.parametrize(
    "text",
    [
        "ID,Source,TARGET\nb1,好,Good\n",
        "sep=;\nid;source;target\nb1;好;Good\n",
        "Reviewed by A,,\n,,\nid,source,target\nb1,好,Good\n",
        "mine,target,source,id\n7,Good,好,b1\n",
        " id , source , target \nb1,好,Good",
        "id,source,target,reviewed,comment\nb1,好,Good\n\n,,,,\n",
        "id,source,target\nb1,好,Good\nid,source,target\n",
        "\ufeff\ufeffid,source,target\nb1,好,Good\n",
    ],
)
def test_headers_anywhere_columns_in_any_order_lost_cells_and_blank_lines(text: str) -> None:
    (row,) = tsv.loads(text.encode(), "x.csv")
    assert (row.id, row.source, row.target, row.kind, row.reviewed) == ("b1", "好", "Good", "paragraph", "")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("'=1+1", "=1+1"),
        ("=1+1", "=1+1"),
        ("''quoted", "'quoted"),
        ("'quoted", "'quoted"),
        (r"a\tb\\c", "a\tb\\c"),
        (r"C:\d", r"C:\d"),
        ("'-5", "-5"),
        ("-5", "-5"),
        (r"\ud800\x07", "\ud800\x07"),
    ],
)
def test_apostrophes_kept_or_lost_and_escapes(cell: str, text: str) -> None:
    assert tsv.loads(f"id\tsource\ttarget\nb1\t好\t{cell}\n".encode(), "x.tsv")[0].target == text


def test_problems_have_a_line_and_a_remedy() -> None:
    with pytest.raises(InputError) as caught:
        tsv.loads(b"\n\nid,source,comment,comment\n1,2\n", "x.csv")
    assert [str(problem) for problem in caught.value.problems] == [
        "x.csv:3: no column 'target' in the header (name the columns as the sheet did that was handed out)",
        "x.csv:3: two columns are called 'comment' (name the columns as the sheet did that was handed out)",
    ]
    with pytest.raises(InputError, match=r"x.tsv:2: byte 20 cannot be read as utf-8 \(save the sheet"):
        tsv.loads(b"\xef\xbb\xbfid\tsource\ttarget\n\xff\n", "x.tsv")


ANY_TEXT = st.text(st.characters(), max_size=30)


@given(source=ANY_TEXT, target=ANY_TEXT, comment=ANY_TEXT)
@settings(max_examples=60)
def test_any_text_comes_back_from_csv(source: str, target: str, comment: str) -> None:
    rows = (Row("b1", "b1", "paragraph", source, target, comment=comment),)
    assert comma.loads(comma.dumps_rows(rows), "x.csv") == rows


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_an_error(data: bytes) -> None:
    with contextlib.suppress(InputError):
        tsv.loads(data, "x.tsv")


def test_suffixes(tmp_path: Path) -> None:
    for name, data in (
        ("a.tsv", tsv.dumps_rows(ROWS)),
        ("a.CSV", comma.dumps_rows(ROWS)),
        ("a.txt", tsv.dumps_rows(ROWS)),
    ):
        (tmp_path / name).write_bytes(data)
        assert load_rows(tmp_path / name) == ROWS
