"""Texts that a spreadsheet takes for numbers, dates and times, and whether a re-saved one has the same value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EPOCHS = (date(1899, 12, 30), date(1904, 1, 1))  # day 0 of Windows and of old Macintosh workbooks
SHOWN_DIGITS = 9  # a cell without a format shows at least so many, and rounds the rest
POWER_DIGITS = 10  # a number of more is shown as a power where there is no room
KEPT_DIGITS = 15  # a spreadsheet has no more
LONGEST = 60  # characters; no number or date is longer

Day = tuple[int | None, int | None, int | None]  # year, month, day; None where a text does not say

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x2212: ord("-"), 0xA0: ord(" ")}
SWAPPED = str.maketrans(",.", ".,")  # as half of Europe writes numbers
_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[-+])?(?P<currency>[$¥€£])? ?(?P<whole>\d{1,3}(?:[, \u202f']\d{3})+|\d*)"
    r"(?P<fraction>[.,]\d*)?(?:[eE](?P<power>[-+]?\d{1,3}))? ?(?P<percent>%)?(?P<close>\))?",
)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?(?: ?([AaPp])\.?[Mm]\.?)?")
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?$")
_MONTH = r"(?P<m>[A-Za-z]{3,9})\.?"
_SPELT = re.compile(rf"(?:[A-Za-z]+, )?{_MONTH} (?P<d>\d{{1,2}})(?:,? (?P<y>\d{{4}}))?|(?:[A-Za-z]+, )?"
                    rf"(?P<d2>\d{{1,2}}) (?P<m2>[A-Za-z]{{3,9}})\.?(?:,? (?P<y2>\d{{4}}))?|"
                    rf"(?P<m3>[A-Za-z]{{3,9}})\.? (?P<y3>\d{{4}})")  # fmt: skip
_SHORT = re.compile(r"(?:(?P<d>\d{1,2})[-./ ]{1,2})?(?P<m>[A-Za-z]{3})(?:[-./ ]{1,2}(?P<y>\d{4}|\d{2}))?")
_FIGURES = re.compile(r"(\d{1,4})([-./])(\d{1,2})(?:\2(\d{1,4}))?\.?")
_CHINESE = re.compile(r"(?:(?P<y>\d{4}|\d{2})年)?(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号])?")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a text writes it; `value` has the percent sign worked in, `marks` is what stands around it."""

    value: Decimal
    decimals: int
    digits: int
    marks: frozenset[str] = frozenset()  # percent, power, currency, groups, zeros (in front), brackets


def same_value(original: str, returned: str, *, strict: bool = False) -> bool:
    """Whether `returned` is what a spreadsheet may have made of `original`: the number, date or time that it is.

    `strict` leaves out what people do and spreadsheets do not: adding commas, zeros, signs and brackets; dates in words
    (15 March 2024); points that part thousands taken for decimal ones.
    """
    if max(len(original), len(returned)) > LONGEST:
        return False
    before, after = original.translate(_HALF_WIDTH).strip(), returned.translate(_HALF_WIDTH).strip()
    swapped = (before.translate(SWAPPED), after.translate(SWAPPED))
    if re.fullmatch("#{2,}", after):  # a column too narrow, saved as it was shown
        return bool(number(before) or days(before) or _seconds(before) is not None)
    return (
        (before.casefold() == after.casefold() in ("true", "false") and (after.isupper() or not strict))
        or _same_number(number(before), number(after), strict=strict)
        or (("," in after or not strict) and _same_number(*map(number, swapped), strict=strict))
        or _same_day(days(before), days(after, spelt=not strict), number(after))
        or _same_time(_seconds(before), _seconds(after), number(after))
    )


def number(text: str) -> Number | None:
    """The number that a whole text is; commas part thousands, but where they can only be a decimal comma."""
    match = _NUMBER.fullmatch(text)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    whole, fraction = re.sub(r"\D", "", match["whole"]), (match["fraction"] or "")[1:]
    if not whole + fraction or ((match["fraction"] or "").startswith(",") and len(fraction) == 3):
        return None
    percent = 2 * bool(match["percent"])
    value = Decimal(f"{whole or 0}.{fraction or 0}").scaleb(int(match["power"] or 0) - percent)
    negative = (match["sign"] == "-") != bool(match["open"])
    marks = {name for name in ("percent", "power", "currency") if match[name]}
    marks |= {"groups"} if len(match["whole"]) > len(whole) else set()
    marks |= {"zeros"} if len(whole) > 1 and whole.startswith("0") else set()
    marks |= {"brackets"} if match["open"] else set()
    digits = len((whole + fraction).lstrip("0"))
    return Number(-value if negative else value, len(fraction), digits, frozenset(marks))


def days(text: str, *, spelt: bool = True) -> set[Day]:
    """Every day (or month) that a whole text can mean; without `spelt`, in figures or as 15-Mar-24 only."""
    text = _MIDNIGHT.sub("", text)
    if match := _CHINESE.fullmatch(text):
        return set(product(_years(match["y"]), (int(match["m"]),), (_int(match["d"]),)))
    if match := _FIGURES.fullmatch(text):
        return _from_figures(match[1], match[3], match[4])
    if (match := _SHORT.fullmatch(text)) and (month := _month(match["m"])):
        return set(product(_years(match["y"]), (month,), (_int(match["d"]),))) if match["d"] or match["y"] else set()
    if spelt and (match := _SPELT.fullmatch(text)):
        found = match["m"] or match["m2"] or match["m3"]
        year, day = match["y"] or match["y2"] or match["y3"], match["d"] or match["d2"]
        return {(_int(year), _month(found), _int(day))} if _month(found) else set()
    return set()


def _from_figures(first: str, second: str, third: str | None) -> set[Day]:
    one, two = int(first), int(second)
    found: set[Day]
    if len(first) > 2:
        found = {(one, two, _int(third))}
    elif third is None:
        found = {(None, one, two), (None, two, one), *((year, one, None) for year in _years(second) if two > 12)}
    else:
        found = {day for year in _years(third) for day in ((year, one, two), (year, two, one))}
        found |= {(year, two, int(third)) for year in _years(first) if len(third) < 3}
    return {day for day in found if (day[1] or 1) <= 12 and (day[2] or 1) <= 31}


def _same_number(before: Number | None, after: Number | None, *, strict: bool) -> bool:
    if before is None or after is None or (strict and _dressed(before, after)):
        return False
    if before.value == after.value:
        return True
    rounded = (
        (after.decimals == 2 and "percent" in before.marks & after.marks)
        or (after.decimals >= 2 and "power" in after.marks)
        or (before.digits > KEPT_DIGITS and after.digits >= KEPT_DIGITS)
        or (before.decimals > after.decimals and after.digits >= SHOWN_DIGITS)
    )
    return rounded and _agree(before.value, after)


def _dressed(before: Number, after: Number) -> bool:
    """Whether `after` has what a spreadsheet takes away but never adds by itself: 4,800 for 4800, or 007 for 7."""
    added = after.marks - before.marks - ({"power"} if before.digits > POWER_DIGITS else set())
    usual = "power" in after.marks or (after.decimals == 2 and after.marks & {"percent", "currency"})
    shifted = 2 * ("percent" in before.marks - after.marks)
    return bool(added) or not (usual or after.decimals <= before.decimals + shifted)


def _agree(exact: Decimal, shown: Number) -> bool:
    """Whether rounding `exact` to the digits that are shown gives what is shown."""
    step = Decimal(1).scaleb(shown.value.adjusted() - shown.digits + 1)
    if shown.digits >= KEPT_DIGITS:
        step = max(step, Decimal(1).scaleb(shown.value.adjusted() - KEPT_DIGITS + 1))
    return abs(exact - shown.value) <= step / 2 or (shown.digits >= KEPT_DIGITS and abs(exact - shown.value) < step)


def _same_day(before: set[Day], after: set[Day], serial: Number | None) -> bool:
    if before and serial and serial.value == int(serial.value) and 366 <= serial.value < 2_958_466:
        after = after | {
            (day.year, day.month, day.day) for day in (epoch + timedelta(int(serial.value)) for epoch in EPOCHS)
        }
    return any(
        (one[0] in (None, other[0]))
        and one[1] == other[1]
        and (other[2] == one[2] or (one[2] is None and other[2] == 1))
        for one, other in product(before, after)
    )


def _seconds(text: str) -> int | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hours = int(match[1]) % 12 + 12 * (match[4] in "Pp") if match[4] else int(match[1])
    return hours * 3600 + int(match[2]) * 60 + int(match[3] or 0)


def _same_time(before: int | None, after: int | None, fraction: Number | None) -> bool:
    if before is None:
        return False
    return before == after or (
        fraction is not None and 0 < fraction.value < 1 and round(fraction.value * 86_400) == before
    )


def _years(text: str | None) -> tuple[int | None, ...]:
    if text is None:
        return (None,)
    return (1900 + int(text), 2000 + int(text)) if len(text) < 3 else (int(text),)


def _month(name: str) -> int | None:
    return MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in MONTHS else None


def _int(text: str | None) -> int | None:
    return int(text) if text else None
