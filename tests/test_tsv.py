from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.bilingual.cells import escape, unescape
from translate.bilingual.rows import COLUMNS, Row, row_of
from translate.bilingual.tsv import dumps_rows, loads
from translate.errors import InputError
from translate.records import Finding, Rule, Segment, Severity, Term, TermHit, Unit

ANY_TEXT = st.text(st.characters(), max_size=40)  # lone surrogates and control characters included


def row(**cells: str) -> Row:
    return Row(**{"id": "b0001.s01", "block": "b0001", "kind": "paragraph", "source": "好", "target": "Good", **cells})


def test_the_header_and_the_mark_at_the_beginning() -> None:
    header = "id block kind source target reviewed status severity findings terms origin score memory comment"
    assert dumps_rows([]).decode("utf-8") == "\ufeff" + header.replace(" ", "\t") + "\n"


@given(source=ANY_TEXT, target=ANY_TEXT, comment=ANY_TEXT)
def test_any_text_comes_back(source: str, target: str, comment: str) -> None:
    rows = (row(source=source, target=target, comment=comment),)
    assert loads(dumps_rows(rows), "x.tsv") == rows


@given(ANY_TEXT)
def test_escaping_is_reversible_and_leaves_one_line(text: str) -> None:
    assert unescape(escape(text)) == text
    assert len(escape(text).splitlines()) <= 1
    assert "\t" not in escape(text)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r=", "'="])
def test_no_cell_can_start_a_formula(start: str) -> None:
    data = dumps_rows([row(source=start + "1+1", target=start + 'HYPERLINK("x")')]).decode("utf-8-sig")
    cells = next(iter(list(csv.reader(io.StringIO(data), delimiter="\t"))[1:]))
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@＝＋－＠\t\r")]


def test_a_plain_reader_of_tables_sees_the_same_cells() -> None:
    rows = [row(target='"Skills China" comes first'), row(source="他说“好”。", target='He said "good"\tand left\n')]
    table = list(csv.reader(io.StringIO(dumps_rows(rows).decode("utf-8-sig")), delimiter="\t"))
    assert [len(cells) for cells in table] == [len(COLUMNS)] * 3
    assert table[1][4] == '"Skills China" comes first'
    assert table[2][4] == r'He said "good"\tand left\n'


def test_columns_may_come_in_any_order_and_unknown_ones_are_passed_over() -> None:
    data = "target\tmine\tid\tsource\nGood\tx\tb1\t好\n".encode()
    assert loads(data, "x.tsv") == (Row("b1", "", "paragraph", "好", "Good"),)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no line names the columns"),
        (b"id\tsource\n1\tx\n", "no column 'target'"),
        ("id\tsource\ttarget\n1\t好\t".encode("gb18030") + b"\xff\n", "x.tsv:2: byte 22 cannot be read as gb18030"),
    ],
)
def test_what_is_not_an_aligned_sheet_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        loads(data, "x.tsv")


def test_findings_and_terms_are_written_in_words() -> None:
    term = Term("技能中国", "Skills China")
    unit = Unit(
        "b0001.s01",
        (Segment("b0001.s01", "b0001", "技能中国与新时代"),),
        "Skills China",
        "inline",
        -0.5,
        (
            TermHit(term, 0, 4, (0, 12)),
            TermHit(Term("新时代", "new era"), 5, 8),
            TermHit(Term("新时代", "new age", rule=Rule.FORBID), 5, 8),
        ),
        (Finding("term", Severity.ERROR, "«new era» is missing", (5, 8)), Finding("case", Severity.NOTE, "small")),
    )
    written = row_of(unit)
    assert written.terms == "技能中国 = Skills China; 新时代 = new era (missing)"
    assert written.severity == "error"
    assert written.findings == "error: term: «new era» is missing; note: case: small"
    assert (written.origin, written.score, written.status) == ("inline", "-0.5000", "new")
