"""A reader for each form of `pattern`: what was matched becomes a draft."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from translate.numerals.draft import Draft
from translate.numerals.english.amount import read_digits, read_words
from translate.numerals.english.value import HUNDREDS, MONTHS, RANKS, SCALES, SHORT_SCALES, spoken_numbers
from translate.numerals.quantity import Bound, Date, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

_BEFORE_MONTH = re.compile(r"\b(?:in|of|by|since|until|from|to|last|this|next|early|mid|late)[ -]$", re.I)
_INSIDE_SENTENCE = re.compile(r"[a-z,] $")
_OPENING, _CLOSING = re.compile(r"(?:^|\()$"), re.compile(r"\)|$")  # Preparation (March)
_PERIODS = {"decade": 10, "century": 100, "fortnight": 2}  # years, years, weeks
_SIZES = {"tens": 10, "dozens": 10, "scores": 10, "hundreds": 100} | {f"{name}s": size for name, size in SCALES.items()}
_MULTIPLES = {"doubl": 2, "tripl": 3, "quadrupl": 4, "quintupl": 5, "twice": 2, "thrice": 3}
_COPIES = {"duplicate": 2, "triplicate": 3, "quadruplicate": 4, "quintuplicate": 5}
_ROMAN = {"I": 1, "V": 5, "X": 10}


def read_form(text: str, match: re.Match[str]) -> Draft | None:
    """The number that the pattern has found; None where it is only part of a phrase."""
    return _READERS[str(match.lastgroup)](text, match)


def _count(words: str) -> Fraction:
    """A number in digits or words; "a" is one."""
    digits = words.replace(",", "")
    if digits.isdigit():
        return Fraction(int(digits))
    return Fraction(1) if words.lower() in ("a", "an") else spoken_numbers(words)[0].value


def _iso_date(_: str, match: re.Match[str]) -> Draft:
    year, month, day = (int(part) for part in match["isodate"].split(match["sep"]))
    return Draft(Date(year, month, day), Kind.DATE, *match.span())


def _date(text: str, match: re.Match[str]) -> Draft | None:
    """A day, a month of a year, or a month; "May" and "March" alone are months only inside a sentence."""
    month = MONTHS[(match["month1"] or match["month2"]).rstrip(".").lower()]
    day, year = match["day1"] or match["day2"], match["year1"] or match["year2"] or match["year3"]
    firm = True
    if not day and not year and match["month2"] in ("May", "March"):
        before = text[max(0, match.start() - 8) : match.start()]
        firm = _BEFORE_MONTH.search(before) is not None
        joined = text.startswith((" and ", " to ", "-", "–"), match.end())
        if not firm and _OPENING.search(before):
            firm = _CLOSING.match(text, match.end()) is not None
        if not firm and not joined and not _INSIDE_SENTENCE.search(before):
            return None
    number = int(day.rstrip("sndrthSNDRTH")) if day else None
    return Draft(Date(int(year) if year else None, month, number), Kind.DATE, *match.span(), firm=firm)


def _decade(_: str, match: re.Match[str]) -> Draft:
    first = int(match["tens"])
    first += 1900 if first < 100 else 0
    return Draft(Fraction(first), Kind.YEAR, *match.span(), unit="decade", high=Fraction(first + 9))


def _clock(_: str, match: re.Match[str]) -> Draft:
    hour = _count(match["hour"] or match["hour2"] or match["halfpast"])
    minute = Fraction(30 if match["halfpast"] else int(match["minute"] or match["minute2"] or 0))
    value = hour + minute / 60
    other = value + 12 if match["late"] else value - 12
    readings: tuple[Fraction, ...] = (other,) if other > 0 else ()
    if match["minute2"]:
        readings += (hour, minute)  # 1:15 may be a ratio
    return Draft(value, Kind.CARDINAL, *match.span(), unit="o'clock", readings=readings)


def _ages(_: str, match: re.Match[str]) -> Draft:
    """In her seventies: 七旬, 七十多岁."""
    value = spoken_numbers(match["ages"][:-3] + "y")[0].value
    return Draft(value, Kind.CARDINAL, *match.span(), Bound.APPROXIMATE, firm=False, readings=(value / 10,))


def _period(_: str, match: re.Match[str]) -> Draft:
    length = Fraction(_PERIODS[match[0].lower().split()[-1]])
    return Draft(length, Kind.CARDINAL, *match.span(), unit="year", firm=False)


def _plan(_: str, match: re.Match[str]) -> Draft:
    words = match["planned"]
    rank = Fraction(int(words[:-2])) if words[0].isdigit() else spoken_numbers(words)[0].value
    return Draft(rank, Kind.ORDINAL, *match.span(), unit="Five-Year Plan")


def _item(_: str, match: re.Match[str]) -> Draft | None:
    if match["outline"]:
        return Draft(match["outline"], Kind.LABEL, *match.span(), firm=False)
    said, listed = match["said"], match["listed"]
    rank = RANKS.get(said.lower(), 0) if said else int(listed) if listed.isdigit() else _roman_value(listed)
    return Draft(Fraction(rank), Kind.ORDINAL, *match.span(), unit="item", firm=False) if rank else None


def _roman(_: str, match: re.Match[str]) -> Draft:
    return Draft(Fraction(_roman_value(match["roman"])), Kind.LABEL, *match.span(), firm=False)


def _roman_value(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _token(_: str, match: re.Match[str]) -> Draft:
    return Draft(match[0], Kind.LABEL, *match.span(), firm=False)


def _part(_: str, match: re.Match[str]) -> Draft | None:
    """Two-thirds, 2/3, three in ten, 14.3 per 100,000, two and a half million."""
    if match["top"]:
        bottom = int(match["bottom"])
        return Draft(Fraction(int(match["top"]), bottom), Kind.FRACTION, *match.span()) if bottom else None
    if match["few"]:
        firm = match["few"].lower() != "one" or "every" in match[0].lower()
        return Draft(_count(match["few"]) / _count(match["base"]), Kind.FRACTION, *match.span(), firm=firm)
    if match["rate"]:
        rate = Fraction(match["rate"]) if match["rate"][0].isdigit() else _count(match["rate"])
        return Draft(rate / _count(match["per"]), Kind.FRACTION, *match.span(), readings=(rate,))
    share = match["share"].lower()
    count = _count(share)
    scale = {**HUNDREDS, **SCALES, **SHORT_SCALES}.get((match["partscale"] or "").strip().lower(), 1)
    if match["more"]:
        value = (count + Fraction(1, 4 if "quarter" in match["more"] else 2)) * scale
        return Draft(value, Kind.CARDINAL, *match.span(), firm=scale > 1 or share.isdigit())
    return _fraction(match, count, scale)


def _fraction(match: re.Match[str], count: Fraction, scale: int) -> Draft:
    name = match["of"].lower().removesuffix("s")
    halves = name in ("half", "halve", "quarter")
    divisor = {"half": 2, "halve": 2, "quarter": 4}.get(name) or RANKS[name]
    draft = Draft(count / divisor * scale, Kind.FRACTION, *match.span())
    draft.firm = not halves and not match["share"].lower().startswith("a")
    if name == "quarter":
        draft.readings = (count,)  # the first three quarters
    elif count == 1:
        draft.readings = (Fraction(divisor),)  # a third may be the next after two
    return draft


def _half(_: str, match: re.Match[str]) -> Draft:
    word = (match["halfscale"] or "").lower().split()[-1:]
    factor = {"century": 100, "decade": 10, **HUNDREDS, **SCALES}.get(word[0], 1) if word else 1
    kind = Kind.FRACTION if factor == 1 else Kind.CARDINAL
    return Draft(Fraction(factor, 2), kind, *match.span(), firm=factor >= SCALES["thousand"])


def _vague(_: str, match: re.Match[str]) -> Draft:
    size = Fraction(1)
    for word in (match["many"], match["manyof"], match["afew"]):
        if word:
            size *= _SIZES[word.lower().removesuffix("s") + "s"]
    return Draft(size, Kind.CARDINAL, *match.span(), Bound.APPROXIMATE, firm=False)


def _doubled(_: str, match: re.Match[str]) -> Draft:
    """Doubled, tripled, twice, fourfold; "double" and "doubles" are often no number, so not firm."""
    if match["copies"]:
        return Draft(Fraction(_COPIES[match["copies"].lower()]), Kind.CARDINAL, *match.span(), firm=False)
    word = match["by"] or match["twice"]
    value = Fraction(_MULTIPLES[word.lower()]) if word else _count(match["fold"])
    unit = "times" if match["fold"] else ""
    return Draft(value, Kind.MULTIPLE, *match.span(), unit=unit, firm=not match[0].lower().endswith(("e", "es")))


_READERS: dict[str, Callable[[str, re.Match[str]], Draft | None]] = {
    "isodate": _iso_date,
    "date": _date,
    "decade": _decade,
    "clock": _clock,
    "ages": _ages,
    "period": _period,
    "plan": _plan,
    "item": _item,
    "roman": _roman,
    "token": _token,
    "part": _part,
    "half": _half,
    "vague": _vague,
    "doubled": _doubled,
    "number": read_digits,
    "words": read_words,
}
