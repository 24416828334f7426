"""Numbers of Chinese and English texts: exact value, kind, bound, unit and span, by the table numbers.tsv.

A row is a text and the one number in it, or none: language, text, number as it stands, kind, value, high, bound,
unit, firm. A date is YEAR-MONTH-DAY with * for what is not said.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from translate.numerals import Bound, Date, Kind, find_numbers

if TYPE_CHECKING:
    from translate.numerals.find import Language

NAMED = frozenset({Kind.CODE, Kind.DOCUMENT_NUMBER, Kind.LABEL})
LINES = (ROOT / "tests" / "data" / "numerals" / "numbers.tsv").read_text("utf-8").splitlines()[1:]
ROWS = [(*row, *[""] * (9 - len(row))) for row in (line.split("\t") for line in LINES)]


def value_of(words: str, kind: Kind) -> Fraction | Date | str:
    if words.count("-") == 2 and kind is Kind.DATE:
        return Date(*(None if part == "*" else int(part) for part in words.split("-")))
    if kind in (Kind.CODE, Kind.DOCUMENT_NUMBER) or (kind in NAMED and not words.isdigit()):
        return words
    return Fraction(words)


@pytest.mark.parametrize(
    ("language", "text", "number", "kind", "value", "high", "bound", "unit", "firm"), ROWS, ids=[row[1] for row in ROWS]
)
def test_the_number_of_a_text(
    language: Language,
    text: str,
    number: str,
    kind: str,
    value: str,
    high: str,
    bound: str,
    unit: str,
    firm: str,
) -> None:
    found = find_numbers(text, language)
    assert len(found) == bool(number)
    for one in found:
        assert (one.text, text[slice(*one.span)]) == (number, number)
        assert (one.kind, one.value) == (kind, value_of(value, Kind(kind)))
        assert one.high == (value_of(high, Kind(kind)) if high else None)
        assert (one.bound, one.unit, one.firm) == (Bound(bound), unit, firm == "firm")


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("zh", "共有42个主项178个子项，34万个窗口。", ["42个", "178个", "34万个"]),
        ("zh", "9时30分开会，下午3点半散会", ["9时30分", "3点半"]),
        ("zh", "上半年和下半年", ["上半年", "下半年"]),
        ("zh", "从10%提高到15%", ["10%", "15%"]),
        ("zh", "第十四个五年规划（2021—2025年）", ["第十四个五年规划", "2021—2025年"]),
        ("zh", "党的十九届四中全会", ["十九届", "四中全会"]),
        ("en", "the 14th Five-Year Plan (2021-2025)", ["14th Five-Year Plan", "2021-2025"]),
        ("en", "May we march on. We may march.", []),
    ],
)
def test_several_numbers_in_order(language: Language, text: str, numbers: list[str]) -> None:
    found = find_numbers(text, language)
    assert [one.text for one in found] == numbers
    assert [text[slice(*one.span)] for one in found] == numbers


def test_a_list_shares_its_percent_sign() -> None:
    forty, fifty, last = find_numbers("fell by 40, 50 and 35 percent", "en")
    assert (forty.readings, fifty.readings, last.value) == ((Fraction(4, 10),), (Fraction(1, 2),), Fraction(35, 100))


def test_the_table_has_a_row_for_each_shape_once() -> None:
    assert len({row[:2] for row in ROWS}) == len(ROWS) > 200
