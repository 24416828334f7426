"""An English number, in digits or words, with what follows it: million, percent, -fold and the unit."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from translate.numerals import lexicon
from translate.numerals.draft import HUNDREDTH, THOUSANDTH, Draft
from translate.numerals.english.pattern import SCALE_WORD
from translate.numerals.english.value import HUNDREDS, SCALES, SHORT_SCALES, spoken_numbers
from translate.numerals.quantity import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRM_FROM = 3  # "one" and "two" are worded in too many ways
LONGEST = 40  # characters; a longer run of digits is no amount

_SCALE = re.compile(rf"(?:[ \u00a0-]?(?:{SCALE_WORD})){{1,3}}|k\b", re.I)
_SHARE = re.compile(
    r"(?P<point>(?:[ -]?percentage|[ -]?percent|\s?%)[ -]points?\b|\s?pp\b)"
    r"|(?P<percent>\s?%|[ -]?(?:percent|per[ ]cent|(?-i:pct))\b)|(?P<mille>\s?‰)",
    re.I,
)  # PCT is the treaty of patents
_RANKED = re.compile(r"(?:st|nd|rd|th)\b", re.I)
_TIMES = re.compile(r"[ -]?(?:fold|times)\b", re.I)
_LONG = re.compile(r"[ -](?P<decade>decade)s?\b|[ -](?P<century>century|centuries)\b|[ -](?P<dozen>dozen)\b", re.I)
_UNIT = re.compile(r"[ -]((?:square|cubic)[ -])?([A-Za-z]{1,24})")
_FACTORS: Mapping[str, int] = {**HUNDREDS, **SCALES, **SHORT_SCALES, "decade": 10, "century": 100}
_CURRENCIES = ("$", "¥", "€", "£")


def read_digits(text: str, match: re.Match[str]) -> Draft | None:
    """A number in digits; four digits that begin with 1 or 2 and have no unit or separator are a year."""
    digits = match["number"]
    if len(digits) > LONGEST:
        return None
    draft = Draft(Fraction(re.sub(r"[^0-9.]", "", digits)), Kind.CARDINAL, *match.span())
    _take_suffix(text, draft)
    plain = draft.kind is Kind.CARDINAL and draft.scale == 1 and len(digits) == 4 and digits.isdigit()
    if plain and digits[0] in "12" and text[max(0, draft.start - 1) : draft.start] not in _CURRENCIES:
        draft.kind = Kind.YEAR
    return draft


def read_words(text: str, match: re.Match[str]) -> Draft | None:
    """The first number of a run of number words; None for "one of", "one another"."""
    spoken = spoken_numbers(match["words"])[0]
    start, end = match.start() + spoken.start, match.start() + spoken.end
    following = _UNIT.match(text, end)
    if spoken.value == 1 and following and following[2].lower() in lexicon.english().after_pronoun_one:
        return None
    draft = Draft(spoken.value, Kind.ORDINAL if spoken.ordinal else Kind.CARDINAL, start, end)
    draft.scale = Fraction(spoken.scale)
    draft.firm = spoken.value >= FIRM_FROM and not (spoken.words == 1 and spoken.scale > 1)
    if text[start:end].lower() == "dozen":
        draft.readings = (Fraction(10),)  # 十几
    if not spoken.ordinal:
        _take_suffix(text, draft)
    return draft


def _take_suffix(text: str, draft: Draft) -> None:
    assert isinstance(draft.value, Fraction)
    if scale := _SCALE.match(text, draft.end):
        for word in re.findall(r"[a-z]+", scale[0].lower()):
            draft.value, draft.scale = draft.value * _FACTORS[word], draft.scale * _FACTORS[word]
        draft.end, draft.firm = scale.end(), True
    if share := _SHARE.match(text, draft.end):
        draft.take_unit(THOUSANDTH if share["mille"] else HUNDREDTH, share.end())
        draft.kind = Kind.PERCENTAGE_POINT if share["point"] else Kind.PERCENTAGE
    elif ranked := _RANKED.match(text, draft.end):
        draft.kind, draft.end = Kind.ORDINAL, ranked.end()
    elif times := _TIMES.match(text, draft.end):
        draft.kind, draft.end, draft.unit = Kind.MULTIPLE, times.end(), "times"
    else:
        _take_unit(text, draft)


def _take_unit(text: str, draft: Draft) -> None:
    assert isinstance(draft.value, Fraction)
    if long := _LONG.match(text, draft.end):
        draft.readings = (draft.value * _FACTORS[str(long.lastgroup)],)
    if unit := _UNIT.match(text, draft.end):
        name = unit[2].lower()
        if name == "metric" and (tons := _UNIT.match(text, unit.end())):
            name = tons[2].lower()
        if name not in lexicon.english().no_unit:
            draft.unit = (unit[1] or "").replace("-", " ").lower() + name.removesuffix("s")
