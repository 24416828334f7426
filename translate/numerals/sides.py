"""The two texts of a comparison, their numbers taken apart into single values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from translate.numerals.find import find_numbers
from translate.numerals.quantity import Kind, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.numerals.find import Language

MonthDay = tuple[int, int | None]
Value = Fraction | MonthDay | str

FEW = 40  # numbers left over on a side that are looked at; with more, the texts do not belong together
_DIGITS = re.compile(r"[0-9]{1,18}")
_WORD = re.compile(r"[a-z]+")
_DECADES = ("年代", "decade")
_UNCOUNTED = frozenset({Kind.LABEL, Kind.CODE, Kind.DOCUMENT_NUMBER})


@dataclass(eq=False, slots=True)
class Atom:
    """One value to pair: an end of a range, the year or the day of a date, the digits of a code."""

    quantity: Quantity
    value: Value
    firm: bool
    partner: Atom | None = None

    @property
    def is_item(self) -> bool:
        """Whether it numbers a clause or list item: 一是, （三）, "Second,", "IV."."""
        return self.quantity.unit == "item"

    @property
    def is_year(self) -> bool:
        """Whether it is a year, alone or of a date."""
        return isinstance(self.value, Fraction) and self.quantity.kind in (Kind.YEAR, Kind.DATE)


class Side:
    """A text and its atoms."""

    def __init__(self, text: str, language: Language) -> None:
        self.original = text
        lower = text.lower()
        self.text = lower if len(lower) == len(text) else text
        self.quantities = find_numbers(text, language)
        self.atoms = [atom for quantity in self.quantities for atom in _atoms(quantity)]

    @cached_property
    def unread(self) -> str:
        """The text without its numbers, but with its labels."""
        pieces, position = [], 0
        for quantity in self.quantities:
            if quantity.kind is not Kind.LABEL:
                pieces.append(self.text[position : quantity.span[0]])
                position = quantity.span[1]
        return " ".join([*pieces, self.text[position:]])

    @cached_property
    def words(self) -> frozenset[str]:
        """The English words beside the numbers."""
        return frozenset(_WORD.findall(self.unread))

    @cached_property
    def all_words(self) -> frozenset[str]:
        """All English words."""
        return frozenset(_WORD.findall(self.text))

    def has(self, phrases: Sequence[str]) -> bool:
        """Whether any of them occurs, numbers or not."""
        return any(phrase in self.text for phrase in phrases)

    def left(self) -> list[Atom]:
        """The first few quantities without a partner, one atom each; labels and codes are not counted."""
        found = {
            id(atom.quantity): atom
            for atom in self.atoms
            if atom.partner is None and atom.quantity.kind not in _UNCOUNTED
        }
        return list(found.values())[:FEW]


def _atoms(quantity: Quantity) -> Iterator[Atom]:
    value = quantity.value
    if isinstance(value, str):
        yield Atom(quantity, value.upper(), firm=False)
        for digits in _DIGITS.findall(value):
            yield Atom(quantity, Fraction(int(digits)), firm=False)
        return
    ends = [value] if quantity.high is None or quantity.unit in _DECADES else [value, quantity.high]
    for end in ends:
        if isinstance(end, Fraction):
            yield Atom(quantity, end, quantity.firm)
            continue
        if end.year is not None:
            yield Atom(quantity, Fraction(end.year), quantity.firm)
        if end.month is not None:
            yield Atom(quantity, (end.month, end.day), quantity.firm)
