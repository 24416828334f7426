"""Compare the numbers of a Chinese text and its English translation by value, as multisets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from translate.numerals import lexicon
from translate.numerals.bounds import bound_message, differing_bounds, is_one_exact
from translate.numerals.implied import in_source, in_target
from translate.numerals.match import is_vague, pair
from translate.numerals.quantity import Kind
from translate.numerals.sides import FEW, Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.numerals.quantity import Date, Quantity
    from translate.numerals.sides import Atom
    from translate.records import Span

_SHARES = (Kind.PERCENTAGE, Kind.PERCENTAGE_POINT)
_PLACES = (Kind.YEAR, Kind.DATE, Kind.ORDINAL)
_CITES = re.compile(r"\bno\.? ?$")
_LOOKS_BACK = re.compile(r"\b(?:past|last|previous|recent|next|coming|following|these|those|same)[ -]$")
# Numbers that are not firm are compared too, if both sides have one left: 两项 against "three".
_SMALL = frozenset(map(Fraction, range(2, 21)))


class Fault(StrEnum):
    """What is wrong with a number."""

    MISSING = "missing"  # the source has it, the target does not
    ADDED = "added"  # the target has it, the source does not
    CHANGED = "changed"  # each has one that the other lacks
    BOUND = "bound"  # the values agree, the nearly, about or more than does not


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One number that differs between the texts, with what to tell a reviewer.

    It is `minor` if no amount is wrong: a bound is lost or added, or the target says which one or when (the 19th
    Congress, in 2012, over the past five years) and the source has nothing of the kind that is missing.
    """

    fault: Fault
    message: str
    source_span: Span | None = None
    target_span: Span | None = None
    minor: bool = False


def compare_numbers(source: str, target: str) -> tuple[Mismatch, ...]:
    """Where the numbers of a Chinese source and an English target differ; empty if they are the same.

    Only what is well founded is reported: small numbers may be said in other words, units converted, years implied.
    Telephone and document numbers are not compared here but by `find_codes`.
    """
    left, right = _paired(source, target)
    if not left.quantities and not right.quantities:
        return ()
    missing = [atom for atom in left.left() if not in_target(atom, right)]
    added = [atom for atom in right.left() if not (in_source(atom, left) or _is_cited(atom, left, right))]
    found = [*_differences(missing, added, right.text), *_names(left, right)]
    found += [
        Mismatch(Fault.BOUND, bound_message(one, other, source), one.span, other.span, minor=is_one_exact(one, other))
        for one, other in differing_bounds(left, right)
    ]
    return tuple(sorted(found, key=lambda mismatch: mismatch.source_span or mismatch.target_span or (0, 0)))


def shared_numbers(source: str, target: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The spans, on either side, of the numbers that the other side has too, labels and codes among them."""
    ours, theirs = (
        tuple(dict.fromkeys(atom.quantity.span for atom in side.atoms if atom.partner is not None))
        for side in _paired(source, target)
    )
    return ours, theirs


@lru_cache(maxsize=512)
def _paired(source: str, target: str) -> tuple[Side, Side]:
    """Both sides with their equal values joined; the checks ask for one pair several times."""
    left, right = Side(source, "zh"), Side(target, "en")
    if left.quantities and right.quantities:
        pair(left, right)
    return left, right


def _differences(missing: list[Atom], added: list[Atom], target: str) -> Iterator[Mismatch]:
    """One of each side together while they are of one sort; lone ones only if they are firm."""
    waiting = list(added)
    for one in missing:
        other = next((other for other in waiting if _may_stand_for(one, other)), None)
        if other is not None:
            waiting.remove(other)
            yield _changed(one.quantity, other.quantity)
        elif one.firm:
            message = f"{_shown(one.quantity)} has no equal in the translation."
            yield Mismatch(Fault.MISSING, message, one.quantity.span, None)
    for other in waiting:
        if other.firm:
            message = f"{_shown(other.quantity)} does not occur in the source."
            yield Mismatch(Fault.ADDED, message, None, other.quantity.span, minor=_is_which_or_when(other, target))


def _is_cited(atom: Atom, source: Side, target: Side) -> bool:
    """Whether it is the serial of a document number, which the comparison of codes looks after."""
    start = atom.quantity.span[0]
    cites = any(quantity.kind is Kind.DOCUMENT_NUMBER for quantity in source.quantities)
    return cites and _CITES.search(target.text, max(0, start - 4), start) is not None


def _is_which_or_when(atom: Atom, target: str) -> bool:
    """Whether it counts nothing: English names congresses, plans and years that Chinese leaves to the context."""
    quantity = atom.quantity
    if quantity.unit in ("year", "decade"):
        return bool(_LOOKS_BACK.search(target, max(0, quantity.span[0] - 12), quantity.span[0]))
    return quantity.kind in _PLACES and not atom.is_item


def _may_stand_for(one: Atom, other: Atom) -> bool:
    if _sort(one) != _sort(other):
        return False
    if one.is_item or (one.firm and other.firm):
        return True
    if is_vague(one) and is_vague(other):
        return True  # 数千万 against "tens of billions"
    return all(atom.firm or atom.value in _SMALL for atom in (one, other))


def _sort(atom: Atom) -> str:
    """Numbers of different sorts are not taken for one another."""
    if atom.is_item:
        return "item"
    if atom.quantity.kind in _SHARES:
        return "share"
    return "number" if isinstance(atom.value, Fraction) else "date"


def _names(source: Side, target: Side) -> Iterator[Mismatch]:
    """5G against 1G, and Covid-18: a name of letters and digits whose digits are wrong."""
    sources, targets = (_free_names(side) for side in (source, target))
    known = lexicon.implied().numbered_names
    for token in targets:
        letters = lexicon.letters_of(token.text)
        other = next((one for one in sources if lexicon.letters_of(one.text) == letters), None)
        if other is not None:
            sources.remove(other)
            yield _changed(other, token)
        elif letters in known and token.text.upper() != known[letters]:
            yield Mismatch(Fault.ADDED, f'"{token.text}" should be {known[letters]}.', None, token.span)


def _free_names(side: Side) -> list[Quantity]:
    return [
        atom.quantity
        for atom in side.atoms
        if isinstance(atom.value, str) and atom.quantity.kind is Kind.LABEL and atom.partner is None
    ][:FEW]


def _changed(one: Quantity, other: Quantity) -> Mismatch:
    return Mismatch(Fault.CHANGED, f"{_shown(one)} stands against {_shown(other)}.", one.span, other.span)


def _shown(quantity: Quantity) -> str:
    """The words of the text, and the value where they do not show it: "34万个" (340,000)."""
    ends = [end for end in (quantity.value, quantity.high) if end is not None]
    value = " to ".join(_number(end, quantity.kind) for end in ends)
    plain = quantity.kind in (Kind.YEAR, Kind.DATE, Kind.LABEL) or value in quantity.text
    return f'"{quantity.text}"' if plain else f'"{quantity.text}" ({value})'


def _number(value: Fraction | Date | str, kind: Kind) -> str:
    if not isinstance(value, Fraction):
        return ""
    if kind in _SHARES:
        return f"{float(value * 100):.10g}{'%' if kind is Kind.PERCENTAGE else ' percentage points'}"
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return f"{value.numerator}/{value.denominator}" if kind is Kind.FRACTION else f"{float(value):,.10g}"
