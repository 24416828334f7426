"""Marks that need no dictionary: numbers by value, dates, item numbers, codes, Latin words, punctuation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from translate.align.marks import Evidence, Marks, marks
from translate.numerals import Date, Kind, find_numbers
from translate.script import simplify_characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from translate.numerals import Quantity

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&+-]{0,40}")
_SIGNS = (
    ("?", re.compile(r"[?？]")),
    ("“", re.compile(r"[“\"「『]")),
    ("%", re.compile(r"[%％]|percent|百分之|个百分点")),
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """One mark; two that share a value answer each other."""

    kind: str
    values: frozenset[object]


# How often the translation has it, over the government work reports of 2008 to 2014.
PRESENT = {"firm": 0.93, "loose": 0.6, "item": 0.8, "code": 0.9, "label": 0.75, "latin": 0.8, "sign": 0.75}


def anchors(source: Sequence[str], target: Sequence[str]) -> Evidence:
    """The anchors of a Chinese and an English text, by sentence."""
    ours = [[*_numbers(text, "zh"), *_signs(text), *_words(text)] for text in source]
    latin = {value for found in ours for anchor in found if anchor.kind == "latin" for value in anchor.values}
    theirs = [[*_numbers(text, "en"), *_signs(text), *_words(text, latin)] for text in target]
    return Evidence(_marks(ours, theirs), _marks(theirs, ours))


def _marks(ours: list[list[Anchor]], theirs: list[list[Anchor]]) -> Marks:
    by_value: dict[object, set[Anchor]] = {}
    for found in theirs:
        for anchor in found:
            for value in anchor.values:
                by_value.setdefault(value, set()).add(anchor)
    return marks(
        ours,
        theirs,
        lambda anchor: {other for value in anchor.values for other in by_value.get(value, ())},
        lambda anchor: PRESENT[anchor.kind],
    )


def _numbers(text: str, language: Literal["zh", "en"]) -> Iterator[Anchor]:
    for quantity in find_numbers(text, language):
        for values in _values(quantity):
            yield Anchor(_kind(quantity), frozenset(values))


def _kind(quantity: Quantity) -> str:
    if quantity.unit == "item":
        return "item"
    if isinstance(quantity.value, str):
        return "code"
    if quantity.kind is Kind.LABEL:
        return "label"
    return "firm" if quantity.firm else "loose"


def _values(quantity: Quantity) -> Iterator[Iterable[object]]:
    """What each end of a quantity may be, year and day of a date apart."""
    if quantity.unit == "item":
        yield [("item", quantity.value)]
        return
    if isinstance(quantity.value, str):
        yield [quantity.value.casefold()]
        return
    for end in (quantity.value, quantity.high):
        if isinstance(end, Fraction):
            yield [end, *quantity.readings]
        elif isinstance(end, Date):
            if end.year is not None:
                yield [Fraction(end.year)]
            if end.month is not None:
                yield [("day", end.month, end.day)]


def _signs(text: str) -> Iterator[Anchor]:
    return (Anchor("sign", frozenset([name])) for name, pattern in _SIGNS if pattern.search(text))


def _words(text: str, wanted: set[object] | None = None) -> Iterator[Anchor]:
    """Latin words; of an English text only those that the Chinese one has too."""
    for match in _LATIN.finditer(simplify_characters(text)):
        value = match[0].casefold()
        if len(value) > 1 and (wanted is None or value in wanted):
            yield Anchor("latin", frozenset([value]))
