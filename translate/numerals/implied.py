"""Numbers that the other text says without a number: both, a decade, last year, all, 双, 全."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from translate.numerals import lexicon
from translate.numerals.draft import HUNDREDTH
from translate.numerals.quantity import Kind

if TYPE_CHECKING:
    from translate.numerals.sides import Atom, Side

_TWO_DIGITS = re.compile("[〇零一二三四五六七八九]{2}")
_PIECES = re.compile(r"[;:.](?= |$)|\b(?:and|or) ")
_EACH = re.compile("各[^，。；、0-9]{0,6}$")
_SHORTEST_LIST = 3  # items that answer a number: 四省 is "in Sichuan, Yunnan, Gansu and Qinghai"
_CHINESE_PLAN, _ENGLISH_PLAN = "五年规划", "Five-Year Plan"
_FIRST_YEAR_OF_SIXTH_PLAN, _YEARS_OF_PLAN = 1981, 5


def in_target(atom: Atom, target: Side) -> bool:
    """Whether the English text may say a number of the Chinese in words."""
    words = lexicon.implied()
    value, quantity = atom.value, atom.quantity
    if atom.is_item:
        return False
    if atom.is_year:
        return not _has_free_year(target) and target.has(words.years_english)
    if quantity.unit == _CHINESE_PLAN:
        return any(other.value == value for other in target.atoms)  # named once for several times
    if not isinstance(value, Fraction):
        return False
    if quantity.kind is Kind.PERCENTAGE_POINT:
        return value == HUNDREDTH and "percentage" in target.words
    if quantity.kind is Kind.PERCENTAGE:
        return value == 1 and not words.whole_english.isdisjoint(target.words)
    if not words.hints_english.get(value, frozenset()).isdisjoint(target.words) or _is_base(value, target):
        return True
    return quantity.kind is Kind.CARDINAL and value >= _SHORTEST_LIST and value in list_lengths(target.text)


def _is_base(value: Fraction, target: Side) -> bool:
    """每10万人 for the second number of "35.6 per 100,000", which is read as one."""
    return any(
        rate.kind is Kind.FRACTION and " per " in rate.text and rate.value and rate.readings == (rate.value * value,)
        for rate in target.quantities
        if isinstance(rate.value, Fraction)
    )


def list_lengths(text: str) -> set[int]:
    """How many items the lists of an English text have: commas before a conjunction, and the item after it."""
    lengths = set()
    start = 0
    for match in _PIECES.finditer(text):
        if match[0][0] in "ao":
            piece = text[start : match.start()]
            if commas := piece.count(","):
                lengths.add(commas + 2 - piece.rstrip().endswith(","))
        start = match.end()
    return lengths


def in_source(atom: Atom, source: Side) -> bool:
    """Whether the Chinese text may say a number of the English in other characters, or inside a word."""
    words = lexicon.implied()
    value, quantity = atom.value, atom.quantity
    if atom.is_item:
        return False
    if quantity.unit == _ENGLISH_PLAN:
        return any(other.value == value for other in source.atoms)
    if isinstance(value, tuple):
        month, day = value
        return source.has(words.days.get((month, day or 0), ()))
    if not isinstance(value, Fraction):
        return False
    if quantity.kind is Kind.PERCENTAGE:
        return value == 1 and source.has(words.whole_chinese)
    if atom.is_year:
        by_year_word = not _has_free_year(source) and source.has(words.years_chinese)
        return by_year_word or _is_plan_year(value, source) or _is_short_year(value, source)
    return _is_each(value, source) or any(word in source.unread for word in words.hints_chinese.get(value, ()))


def _is_each(value: Fraction, source: Side) -> bool:
    """市、县各奖励10万元 is 100,000 yuan by the city and 100,000 by the county."""
    starts = (atom.quantity.span[0] for atom in source.atoms if atom.value == value and atom.partner)
    return any(_EACH.search(source.text, max(0, start - 8), start) for start in starts)


def _has_free_year(side: Side) -> bool:
    return any(atom.partner is None and atom.is_year for atom in side.atoms)


def _is_plan_year(value: Fraction, source: Side) -> bool:
    """2021 and 2025 for the 14th Five-Year Plan, which the translation may add in brackets."""
    for atom in source.atoms:
        if atom.quantity.unit == _CHINESE_PLAN and isinstance(atom.value, Fraction):
            first = _FIRST_YEAR_OF_SIXTH_PLAN + _YEARS_OF_PLAN * (atom.value - 6)
            if value in (first, first + _YEARS_OF_PLAN - 1):
                return True
    return False


def _is_short_year(value: Fraction, source: Side) -> bool:
    """1992 for 九二共识."""
    digits = lexicon.DIGITS
    pairs = (match[0] for match in _TWO_DIGITS.finditer(source.text))
    return any(value % 100 == 10 * digits[pair[0]] + digits[pair[1]] for pair in pairs)
