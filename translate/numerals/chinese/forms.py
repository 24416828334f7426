"""A reader for each form of `pattern`: what was matched becomes a draft."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from translate.numerals.chinese.amount import is_firm, measured, read_number
from translate.numerals.chinese.value import read_chinese
from translate.numerals.draft import HUNDREDTH, THOUSANDTH, Draft
from translate.numerals.quantity import Bound, Date, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRST_REPUBLICAN_YEAR = 1911  # 民国N年 is 1911 + N
_AFTERNOON = re.compile(r"(?:下午|晚上|傍晚|晚)\s?$")
_PARTS = {"百": HUNDREDTH, "千": THOUSANDTH, "万": Fraction(1, 10000)}
_HOW_FAR = {"近": Bound.NEARLY, "将近": Bound.NEARLY, "约": Bound.APPROXIMATE, "超过": Bound.ABOVE}


def read_form(text: str, match: re.Match[str]) -> Draft | None:
    """The number that the pattern has found; None where it is only part of a word."""
    return _READERS[str(match.lastgroup)](text, match)


def _small(numeral: str) -> int:
    """A day, month or rank in either script."""
    reading = read_chinese(numeral)
    return int(reading.low) if reading else 0


def _iso_date(_: str, match: re.Match[str]) -> Draft:
    year, month, day = (int(part) for part in match["isodate"].split(match["sep"]))
    return Draft(Date(year, month, day), Kind.DATE, *match.span())


def _date(_: str, match: re.Match[str]) -> Draft:
    year = _small(match["republic"]) + _FIRST_REPUBLICAN_YEAR if match["republic"] else _small(match["year"])
    if match["month"]:
        day = _small(match["day"]) if match["day"] else None
        return Draft(Date(year, _small(match["month"]), day), Kind.DATE, *match.span())
    return Draft(Fraction(year), Kind.YEAR, *match.span(), unit="年")


def _month_day(_: str, match: re.Match[str]) -> Draft:
    day = _small(match["day2"]) if match["day2"] else None
    return Draft(Date(None, _small(match["month2"]), day), Kind.DATE, *match.span(), unit="月")


def _decade(_: str, match: re.Match[str]) -> Draft:
    """90年代 is the 1990s; 本世纪20年代 the 2020s."""
    first = _small(match["tens"])
    if first < 100:
        century = match["century"] or ""
        first += (
            2000 if century.startswith(("本", "21", "二十一")) else 1800 if "九" in century or "19" in century else 1900
        )
    return Draft(Fraction(first), Kind.YEAR, *match.span(), unit="年代", high=Fraction(first + 9))


def _plan(_: str, match: re.Match[str]) -> Draft:
    numeral = match["spelled"] or (match["quoted"] or match["named"] or match["bare"])[:-1]
    return Draft(Fraction(_small(numeral)), Kind.ORDINAL, *match.span(), unit="五年规划")


def _item(_: str, match: re.Match[str]) -> Draft:
    """一是 is said and must be answered; （一） may be a number that the other side's layout sets."""
    if match["circled"]:
        rank = ord(match["circled"]) - ord("①") + 1
    else:
        rank = _small(match["bracketed"] or match["said"] or match["listed"])
    return Draft(Fraction(rank), Kind.ORDINAL, *match.span(), unit="item", firm=bool(match["said"]))


def _part(_: str, match: re.Match[str]) -> Draft | None:
    if match["top"]:
        bottom = read_chinese(match["bottom"])
        value = Fraction(match["top"]) / bottom.low if bottom and bottom.low else None
        return None if value is None else Draft(value, Kind.FRACTION, *match.span())
    whole = read_chinese(match["whole"])
    unit = _PARTS.get(match["whole"]) or (1 / whole.low if whole and whole.low else None)
    if unit == HUNDREDTH and match["share"] == "百":
        return Draft(Fraction(1), Kind.PERCENTAGE, *match.span(), scale=HUNDREDTH)
    share = read_chinese(match["share"])
    if unit is None or share is None:
        return None
    kind = Kind.PERCENTAGE if unit == HUNDREDTH else Kind.FRACTION
    high = None if share.high is None else share.high * unit
    return Draft(share.low * unit, kind, *match.span(), share.bound, high=high, scale=unit)


def _doubled(_: str, match: re.Match[str]) -> Draft:
    turns = read_chinese(match["turns"] or "一")
    times = turns.low if turns else Fraction(1)
    value = Fraction(2) ** int(times) if times.denominator == 1 else Fraction(2)
    bound = _HOW_FAR.get(match["howfar"], Bound.EXACT)
    return Draft(value, Kind.MULTIPLE, *match.span(), bound, firm=match[0][0] == "翻")


def _clock(text: str, match: re.Match[str]) -> Draft:
    minute = match["minute"] or match["past"] or match["spokenminute"]
    if minute is None:
        minute = "30" if match["halfpast"] or match["spokenhalf"] else "0"
    hour = _small(match["hour"] or match["spokenhour"]) + Fraction(_small(minute), 60)
    late = _AFTERNOON.search(text, max(0, match.start() - 4), match.start())
    other = hour + 12 if late else hour - 12
    return Draft(hour, Kind.CARDINAL, *match.span(), unit="时", readings=(other,) if other > 0 else ())


def _quarter_hour(_: str, match: re.Match[str]) -> Draft:
    minutes = Fraction(15 if match[0][0] == "一" else 45)
    return Draft(minutes, Kind.CARDINAL, *match.span(), unit="分钟", firm=False, readings=(minutes / 60,))


def _half_year(_: str, match: re.Match[str]) -> Draft:
    return Draft(Fraction(1 if match[0][0] == "上" else 2), Kind.ORDINAL, *match.span(), unit="半年", firm=False)


def _token(_: str, match: re.Match[str]) -> Draft:
    return Draft(match[0], Kind.LABEL, *match.span(), firm=False)


def _born(_: str, match: re.Match[str]) -> Draft:
    """95后: those born after 1995."""
    year = int(match["born"])
    full = Fraction(year + (2000 if year < 30 else 1900))
    return Draft(Fraction(year), Kind.LABEL, match.start(), match.end() + 1, firm=False, readings=(full,))


def _ordinal(text: str, match: re.Match[str]) -> Draft | None:
    reading = read_chinese(match["rank"])
    if reading is None:
        return None
    end, unit = measured(text, match.end())
    firm = is_firm(match["rank"], reading)
    return Draft(reading.low, Kind.ORDINAL, match.start(), end, unit=unit, firm=firm, high=reading.high)


def _half(text: str, match: re.Match[str]) -> Draft:
    end, unit = measured(text, match.end()) if match[0] == "半" else (match.end(), "")
    return Draft(Fraction(1, 2), Kind.FRACTION, match.start(), end, unit=unit, firm=False)


_READERS: dict[str, Callable[[str, re.Match[str]], Draft | None]] = {
    "isodate": _iso_date,
    "date": _date,
    "monthday": _month_day,
    "decade": _decade,
    "clock": _clock,
    "quarterhour": _quarter_hour,
    "halfyear": _half_year,
    "plan": _plan,
    "item": _item,
    "born": _born,
    "token": _token,
    "ordinal": _ordinal,
    "part": _part,
    "doubled": _doubled,
    "number": read_number,
    "half": _half,
}
