"""Numbers of equal value that do not claim the same: a lost 近, an added "more than", an 以上 turned to "at most"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate.numerals import lexicon
from translate.numerals.quantity import Bound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.numerals.quantity import Quantity
    from translate.numerals.sides import Side

NAMES = {
    Bound.EXACT: "exactly",
    Bound.APPROXIMATE: "about",
    Bound.NEARLY: "nearly",
    Bound.BELOW: "less than",
    Bound.AT_MOST: "at most",
    Bound.ABOVE: "more than",
    Bound.AT_LEAST: "at least",
}
# Bounds that lean to the same side agree: 以上 may be "more than" as well as "at least".
_LEANING = {
    Bound.EXACT: "",
    Bound.APPROXIMATE: "approximate",
    Bound.NEARLY: "below",
    Bound.BELOW: "below",
    Bound.AT_MOST: "below",
    Bound.ABOVE: "above",
    Bound.AT_LEAST: "above",
}
_WORD = re.compile(r"[a-z]+")
_APART = re.compile(r"[0-9,;，。；、]")
_NEGATION = re.compile(r"\b(?:not|no|never|neither|nor|cannot)\b[^.;:]*$", re.I)


def differing_bounds(source: Side, target: Side) -> Iterator[tuple[Quantity, Quantity]]:
    """Quantities of the source and their equals in the target whose bounds disagree; ranges have none."""
    for atom in source.atoms:
        partner = atom.partner
        if partner is None or not atom.firm or not partner.firm or atom.value != partner.value:
            continue
        one, other = atom.quantity, partner.quantity
        if one.high is None and other.high is None and not _agree(one, other, source.original, target.original):
            yield one, other


def is_one_exact(one: Quantity, other: Quantity) -> bool:
    """Whether the bound is only lost or added, not turned round."""
    return Bound.EXACT in (one.bound, other.bound)


def bound_message(one: Quantity, other: Quantity, source: str) -> str:
    """What a reviewer is told; the Chinese word is quoted where it stands before the number."""
    word = lexicon.chinese().before.search(source, max(0, one.span[0] - 8), one.span[0])
    said = f"{word[0]} ({NAMES[one.bound]})" if word else f'"{NAMES[one.bound]}" of "{one.text}"'
    if other.bound is Bound.EXACT:
        return f'{said} is lost before "{other.text}".'
    if one.bound is Bound.EXACT:
        return f'"{NAMES[other.bound]}" before "{other.text}" is not in the source.'
    return f'{said} has become "{NAMES[other.bound]}" before "{other.text}".'


def _agree(one: Quantity, other: Quantity, source: str, target: str) -> bool:
    leaning, other_leaning = _LEANING[one.bound], _LEANING[other.bound]
    if leaning == other_leaning:
        return True
    if one.bound is Bound.EXACT:
        return _is_open(other, target) or _is_kept_in_chinese(one, source, other_leaning)
    if other.bound is Bound.EXACT:
        return _is_kept_in_english(other, target, leaning)
    phrase = _phrase(other, target)
    if phrase and _NEGATION.search(target, max(0, phrase.start() - 100), phrase.start()):
        return True  # shall not ... for more than four hours
    return {one.bound, other.bound} == {Bound.NEARLY, Bound.APPROXIMATE}


def _is_open(quantity: Quantity, target: str) -> bool:
    """Whether its phrase ("over", "some", "up to") may be no bound at all."""
    phrase = _phrase(quantity, target)
    return phrase is not None and lexicon.phrase_of(phrase) in lexicon.english().open


def _phrase(quantity: Quantity, target: str) -> re.Match[str] | None:
    start = quantity.span[0]
    return lexicon.english().before.search(target, max(0, start - 34), start)


def _is_kept_in_chinese(quantity: Quantity, source: str, leaning: str) -> bool:
    start, end = quantity.span
    near = _APART.split(source[max(0, start - 14) : start])[-1] + _APART.split(source[end : end + 10])[0]
    return any(word in near for word in lexicon.implied().keepers_chinese[leaning])


def _is_kept_in_english(quantity: Quantity, target: str, leaning: str) -> bool:
    start, end = quantity.span
    before, after = _APART.split(target[max(0, start - 40) : start])[-1], _APART.split(target[end : end + 30])[0]
    return not lexicon.implied().keepers_english[leaning].isdisjoint(_WORD.findall(f"{before} {after}".lower()))
