"""Sheets saved as .ods: what LibreOffice and other programs write into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bilingual.open_sheets import HEADER, TO_THE_END, cell, content_of, line, packed, plain, read, row
from translate.bilingual import load_rows, ods
from translate.bilingual.cells import escape as as_cell
from translate.bilingual.match import is_edit
from translate.bilingual.rows import COLUMNS, Row, cells_of
from translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

READING = "<text:ruby-text>x</text:ruby-text>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<text:p>plain</text:p>", "plain"),
        ("<text:p>one</text:p><text:p/><text:p>three</text:p>", "one\n\nthree"),
        ("<text:p>a<text:line-break/>b<text:tab/>c</text:p>", "a\nb\tc"),
        ('<text:p><text:s/>a <text:s text:c="3"/>b </text:p>', " a    b "),
        ('<text:p>a<text:s text:c="x"/><text:s text:c="0"/>b</text:p>', "a  b"),
        ("<text:p>a\n  b</text:p>", "a b"),
        ("<text:p>a  b</text:p><text:p> c </text:p>", "a  b\n c "),
        ('<text:p>Bold <text:span text:style-name="T1"> and</text:span> plain</text:p>', "Bold  and plain"),
        ('<text:p><text:a href="http://a.example/"><text:span>a</text:span>.example</text:a></text:p>', "a.example"),
        (f"<text:p>技<text:ruby><text:ruby-base>能</text:ruby-base>{READING}</text:ruby></text:p>", "技能"),
        ("<office:annotation><text:p>no</text:p></office:annotation><text:p>yes</text:p>", "yes"),
        ("<text:p>y<office:annotation><text:p>no</text:p></office:annotation>es</text:p>", "yes"),
        ("<drawing:frame><text:p>no</text:p></drawing:frame><text:p>yes</text:p>", "yes"),
        (f"<table:table>{row(plain('no'))}</table:table>", ""),
        ("<text:list><text:list-item><text:p>a</text:p></text:list-item></text:list><text:h>b</text:h>", "a\nb"),
        ("<text:p><text:sheet-name>Sheet1</text:sheet-name></text:p>", "Sheet1"),
        ("<text:p>&lt;b&gt;&amp;amp;</text:p>", "<b>&amp;"),
        ("<text:p>=1+1</text:p>", "=1+1"),
        ("<text:p>'=1+1</text:p>", "=1+1"),
        ("<text:p>''tis</text:p>", "'tis"),
        (r"<text:p>C:\\new \x07</text:p>", "C:\\new \x07"),
        ("stray<text:p>yes</text:p>stray", "yes"),
    ],
)  # fmt: skip
def test_texts_of_cells(content: str, text: str) -> None:
    (found,) = read(row(plain("b1", "好"), cell(content)))
    assert found.target == text


@pytest.mark.parametrize(
    ("attributes", "shown", "text"),
    [
        ('office:value-type="float" office:value="4800"', "4,800", "4,800"),
        ('office:value-type="float" office:value="4800"', "4.800", "4,800"),
        ('office:value-type="float" office:value="1234.5"', "1.234,50", "1,234.50"),
        ('office:value-type="float" office:value="1234.5"', "1 234,50", "1,234.50"),
        ('office:value-type="float" office:value="12.5"', "12,5万", "12.5万"),
        ('office:value-type="float" office:value="12.3456789"', "12.35", "12.3456789"),
        ('office:value-type="float" office:value="-0.5"', "-0.5000", "-0.5000"),
        ('office:value-type="float" office:value="-3"', "(3)", "(3)"),
        ('office:value-type="float" office:value="1234567890123456"', "1.23456789012346E+15", "1234567890123456"),
        ('office:value-type="float" office:value="0.5"', "1/2", "0.5"),
        ('office:value-type="float" office:value="7"', "", "7"),
        ('office:value-type="float"', "7", "7"),
        ('office:value-type="float" office:value="NaN"', "", "NaN"),
        ('office:value-type="currency" office:value="100"', "$100.00", "$100.00"),
        ('office:value-type="percentage" office:value="0.4"', "40,00 %", "40%"),
        ('office:value-type="percentage"', "40%", "40%"),
        ('office:value-type="boolean" office:boolean-value="true"', "WAHR", "TRUE"),
        ('office:value-type="date" office:date-value="2024-03-15"', "2024年3月15日", "2024年3月15日"),
        ('office:value-type="date" office:date-value="2024-03-15"', "", "2024-03-15"),
        ('office:value-type="time" office:time-value="PT08H30M00S"', "8:30", "8:30"),
        ('office:value-type="string" office:string-value="kept"', "", "kept"),
        ('office:value-type="string" calcext:value-type="error"', "#NAME?", "#NAME?"),
    ],
)
def test_values_are_read_as_they_are_shown_with_all_their_digits(attributes: str, shown: str, text: str) -> None:
    written = f"<text:p>{shown}</text:p>" if shown else ""
    (found,) = read(row(plain("b1", "好"), cell(written, attributes)))
    assert found.target == text


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_text_comes_back_as_the_cell_that_it_was(texts: Sequence[tuple[str, str]]) -> None:
    rows = [line(f"b{number}", as_cell(source), as_cell(target)) for number, (source, target) in enumerate(texts)]
    found = read(*rows)
    assert [row.id for row in found] == [f"b{number}" for number in range(len(texts))]
    assert not any(is_edit(pair[1], row.target) for pair, row in zip(texts, found, strict=True))


def test_every_column_in_another_order_notes_above_and_columns_of_ones_own() -> None:
    rows = [Row("b1", "b1", "heading", "一", "One", "Uno", "edited", "note", "f", "t", "plain", "-0.5", "m", "c")]
    rows += [Row("b2", "b2", "paragraph", "二", "Two\nlines")]
    names = [*reversed(COLUMNS), "mine"]
    body = [line(*reversed(cells_of(row)), "x") for row in reversed(rows)]
    sheet = line("Handed in on Friday") + line(*names) + "".join(body) + TO_THE_END
    data = packed(content_of(line("Notes"), sheet))
    assert ods.loads(data, "x.ods") == tuple(reversed(rows))


def test_repeated_cells_and_rows_are_where_they_are_said_to_be() -> None:
    empty = '<table:table-cell table:number-columns-repeated="2"/>'
    same = cell("<text:p>x</text:p>", 'office:value-type="string" table:number-columns-repeated="2"')
    name, text = plain("b1"), plain("y")
    rows = read(row(name, empty, text), row(empty, attributes='table:number-rows-repeated="9"'), row(name, same, text))
    assert [(row.source, row.target, row.reviewed) for row in rows] == [("", "", "y"), ("x", "x", "y")]
    assert len(read(row(name, same, attributes='table:number-rows-repeated="3"'))) == 3
    with pytest.raises(InputError) as caught:
        read(row(empty, attributes='table:number-rows-repeated="9"'), row(cell("", 'table:formula="of:=[.B3]"')))
    assert (caught.value.problems[0].path, caught.value.problems[0].line) == ("x.ods (Sheet1)", 11)


def test_hidden_grouped_and_filtered_rows_and_covered_cells_count() -> None:
    texts = [plain(text) for text in ("b1", "好", "Good.")]
    covered = [text.replace("table:table-cell", "table:covered-table-cell") for text in texts]
    rows = (
        row(*texts, attributes='table:visibility="collapse"'),
        f"<table:table-row-group><table:table-rows>{row(*covered)}</table:table-rows></table:table-row-group>",
        row(*texts, attributes='table:visibility="filter"'),
        row(texts[0], "<table:covered-table-cell/>", texts[2]),
    )
    assert [row.source for row in read(*rows)] == ["好", "好", "好", ""]


def test_what_is_no_cell_of_a_sheet_is_passed_over() -> None:
    table = f"<table:table>{HEADER}{line('b9', 'x', 'y')}</table:table>"
    before = (
        f"<table:tracked-changes><table:previous>{cell('<text:p>old</text:p>')}</table:previous></table:tracked-changes>"
        f"<table:dde-links><table:dde-link>{table}</table:dde-link></table:dde-links>"
    )
    shapes = "<table:shapes><drawing:frame><text:p>no</text:p></drawing:frame></table:shapes>"
    data = packed(content_of(shapes + HEADER + line("b1", "好", "Good."), before=before))
    assert [(row.id, row.target) for row in ods.loads(data, "x.ods")] == [("b1", "Good.")]


def test_a_text_that_was_taken_for_a_formula_is_known_for_what_it_was() -> None:
    attributes = 'table:formula="of:=1+1" office:value-type="float" office:value="2"'
    (found,) = read(row(plain("b1", "好"), cell("<text:p>2</text:p>", attributes)))
    assert found.target == "=1+1"


def test_a_file_is_known_by_its_suffix(tmp_path: Path) -> None:
    path = tmp_path / "Sheet.ODS"
    path.write_bytes(packed(content_of(HEADER + line("b1", "好", "Good."))))
    assert [(row.id, row.source, row.target) for row in load_rows(path)] == [("b1", "好", "Good.")]
