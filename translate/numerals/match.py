"""Pair the values of two texts: equal ones first, then those that are worded, converted or counted otherwise."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from fractions import Fraction
from typing import TYPE_CHECKING

from translate.numerals import lexicon
from translate.numerals.draft import HUNDREDTH
from translate.numerals.quantity import Bound, Kind
from translate.numerals.sides import FEW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from translate.numerals.sides import Atom, Side, Value

TOLERANCE = Fraction(6, 1000)  # a converted number is rounded by its writer
_PER = re.compile("每(公斤|斤|亩|公顷|吨|公里|里)")
_HALF_OF_DAY, _HOURS = re.compile(r"([ap])\.?m", re.I), 12  # which half, and how long it is
_LOOK_AT = 8  # equal values among which the best partner is chosen


def pair(source: Side, target: Side) -> None:
    """Give each atom the partner that has its value, as far as there is one."""
    items, other_items = ([atom for atom in side.atoms if atom.is_item] for side in (source, target))
    _pair_equal(items, other_items)
    if _free(items) and _free(other_items):  # they disagree, and must not find partners among the amounts
        _pair_equal(*([atom for atom in side.atoms if not atom.is_item] for side in (source, target)))
    else:
        _pair_equal(_free(source.atoms), _free(target.atoms))  # "First, ...; second, ..." is one item and one ordinal
    if _free(source.atoms) and _free(target.atoms):
        _pair_unequal(source, target)
    _pair_durations(source, target)
    _pair_durations(target, source)


def _pair_unequal(source: Side, target: Side) -> None:
    """Values that are worded, converted or counted otherwise."""
    per = _per_factors(source, target)

    def is_converted(one: Atom, other: Atom) -> bool:
        return _is_converted(one, other, target, per)

    def is_one_less(one: Atom, other: Atom) -> bool:
        return _is_one_less(one, other, target)

    def is_elliptic(one: Atom, other: Atom) -> bool:
        return _is_elliptic(one, other, target)

    for fits in (_reads_as, _is_part, is_converted, is_one_less, _is_same_hour, is_elliptic):
        _pair_fitting(source, target, fits)


def _free(atoms: Sequence[Atom]) -> list[Atom]:
    return [atom for atom in atoms if atom.partner is None]


def _pair_equal(sources: Sequence[Atom], targets: Sequence[Atom]) -> None:
    """Equal values; among several, the one most alike is joined."""
    by_value: dict[Value, deque[Atom]] = defaultdict(deque)
    for atom in targets:
        by_value[atom.value].append(atom)
    for atom in sorted(sources, key=lambda atom: not atom.firm):
        waiting = by_value.get(atom.value, ())
        few = [waiting[index] for index in range(min(len(waiting), _LOOK_AT))]
        if fitting := [other for other in few if not (is_vague(other) and _is_exact(atom))]:
            best = min(fitting, key=lambda other: _unlikeness(atom, other))
            by_value[atom.value].remove(best)
            _join(atom, best)


def _unlikeness(atom: Atom, other: Atom) -> tuple[bool, bool, bool]:
    """Least for the best partner of equal value: the 5 of PM2.5 goes with another, then what is firm comes first."""
    quantity, other_quantity = atom.quantity, other.quantity
    one_in_name = (quantity.kind is Kind.LABEL) != (other_quantity.kind is Kind.LABEL)
    return one_in_name, not other.firm, other_quantity.bound != quantity.bound


def _pair_fitting(source: Side, target: Side, fits: Callable[[Atom, Atom], bool]) -> None:
    """The first free target that fits each free source; only among the first few of each."""
    sources, targets = (_free([atom for atom in side.atoms if not atom.is_item])[:FEW] for side in (source, target))
    for one in sources:
        for other in targets:
            if other.partner is None and fits(one, other):
                _join(one, other)
                break


def is_vague(atom: Atom) -> bool:
    """Tens of millions, several hundred: only the size is known."""
    round_size = isinstance(atom.value, Fraction) and atom.value >= 10 and str(atom.value).rstrip("0") == "1"
    return round_size and atom.quantity.bound is Bound.APPROXIMATE and not atom.firm


def _is_exact(atom: Atom) -> bool:
    return atom.quantity.bound is Bound.EXACT and atom.firm


def _reads_as(one: Atom, other: Atom) -> bool:
    """Other values of the same words; but "doubled" and "tripled" leave no doubt: 增长两倍 is tripled."""
    mine, theirs = one.quantity, other.quantity
    if mine.kind is Kind.MULTIPLE and isinstance(one.value, Fraction):
        if theirs.kind is Kind.PERCENTAGE and one.value - 1 == other.value:
            return True  # 是去年的2.2倍 is an increase of 120%
        if theirs.kind is Kind.MULTIPLE and not theirs.unit:
            return False
    return (
        one.value in theirs.readings
        or other.value in mine.readings
        or not set(mine.readings).isdisjoint(theirs.readings)
    )


def _is_part(one: Atom, other: Atom) -> bool:
    """3月 against "March 5", 5日 or 11月 against a bare number; the target may not leave out the day."""
    by_number = isinstance(other.value, Fraction) and _stands_for(other.value, one.value)
    return by_number or _stands_for(one.value, other.value)


def _stands_for(value: Value, date: Value) -> bool:
    if not isinstance(date, tuple):
        return False
    month, day = date
    if isinstance(value, tuple):
        return value == (month, None)
    return value == (month if day is None else day)


def _is_converted(one: Atom, other: Atom, target: Side, per: list[Fraction]) -> bool:
    """Known changes of unit: 18亿亩 is 120 million hectares; 每斤0.11元 is 0.22 yuan per kilogram."""
    if not isinstance(one.value, Fraction) or not isinstance(other.value, Fraction) or not other.value:
        return False
    own = _factors(one.quantity.unit, target)
    factors = [*own, *per, *(factor * divisor for factor in own for divisor in per)]
    return any(abs(one.value * factor - other.value) <= TOLERANCE * other.value for factor in factors)


def _per_factors(source: Side, target: Side) -> list[Fraction]:
    match = _PER.search(source.text)
    return [1 / factor for factor in _factors(match[1], target)] if match else []


def _factors(unit: str, target: Side) -> list[Fraction]:
    """What one Chinese unit is in each of the English units that the target names."""
    found = lexicon.conversions().get(unit)
    if not found:
        return []
    return [factor for name, factor in found.items() if not target.all_words.isdisjoint(lexicon.plurals(name))]


def _is_one_less(one: Atom, other: Atom, target: Side) -> bool:
    """8类大病 against "uremia and seven other major diseases"."""
    if not isinstance(one.value, Fraction) or other.value != one.value - 1:
        return False
    return target.text.startswith((" other", "-other"), other.quantity.span[1])


def _is_same_hour(one: Atom, other: Atom) -> bool:
    """An end of 13:30至17:00 against one of "1:30 p.m. to 5:00 p.m."; lone times have both as readings."""
    if (one.quantity.unit, other.quantity.unit) != ("时", "o'clock") or not isinstance(other.value, Fraction):
        return False
    halves = _HALF_OF_DAY.findall(other.quantity.text) or [""]
    half = halves[0 if other.value == other.quantity.value else -1]
    return half in ("p", "P") and one.value == other.value + _HOURS


def _is_elliptic(one: Atom, other: Atom, target: Side) -> bool:
    """8个百分点 against the second number of "5 percentage points in the city and 8 in the counties"."""
    kind, number = one.quantity.kind, other.quantity
    if kind not in (Kind.PERCENTAGE, Kind.PERCENTAGE_POINT) or number.kind is not Kind.CARDINAL or number.unit:
        return False
    said_before = any(found.kind is kind and found.span[1] <= number.span[0] for found in target.quantities)
    return said_before and isinstance(other.value, Fraction) and one.value == other.value * HUNDREDTH


def _pair_durations(side: Side, other_side: Side) -> None:
    """A duration against its first and last year: 新10年纲要 is the 2011-2020 program."""
    durations = [
        atom
        for atom in side.atoms[:FEW]
        if atom.partner is None and atom.quantity.unit in ("年", "year") and atom.quantity.kind is Kind.CARDINAL
    ]
    if not durations:
        return
    years = [atom for atom in other_side.atoms[:FEW] if atom.is_year]
    spans = {
        length: (first, last)
        for first in years
        for last in years
        if isinstance(first.value, Fraction) and isinstance(last.value, Fraction)
        for length in (last.value - first.value, last.value - first.value + 1)
    }
    for duration in durations:
        if isinstance(duration.value, Fraction) and duration.value in spans:
            first, last = spans[duration.value]
            duration.partner = first
            first.partner, last.partner = first.partner or duration, last.partner or duration


def _join(one: Atom, other: Atom) -> None:
    one.partner, other.partner = other, one
