"""The value of a workbook's cell as the text that a person sees in it, by its number format (ECMA-376, 18.8.31).

Digits that the format would round away are kept, and the zeros that a percent format adds are not: 0.4 in the format
0.00% is 40%, as it was typed.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from translate.bilingual import values

EPOCH: Final = datetime(1899, 12, 30)
EPOCH_1904: Final = datetime(1904, 1, 1)
LAST_DAY: Final = 2_958_466  # the day after 9999-12-31
# Formats of Chinese spreadsheets that have a number and are not written out (ECMA-376, 18.8.30, zh-cn).
CHINESE: Final = {
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN: Final = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|AM/PM|A/P|y+|m+|d+|h+|s+(?:\.0+)?|[#0?][#0?,.]*(?:E[+-]0+)?|General|.',
    re.IGNORECASE | re.DOTALL,
)
_CURRENCY: Final = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_NUMERAL: Final = re.compile(r"\d(?:[\d.,' \u202f\xa0]*\d)?")
_LONGEST: Final = 200  # characters of a format that is looked at


def as_shown(value: str, code: str, *, from_1904: bool = False) -> str:
    """The number `value`, as the workbook writes it, in the format `code`; `value` itself if it is no number."""
    try:
        exact = Decimal(value.strip())
    except InvalidOperation:
        return value
    if not exact.is_finite() or abs(exact.adjusted()) > 40:
        return value
    number = Decimal(repr(float(exact)))  # 0.40000000000000002 is what a binary 0.4 is written as
    positive, *others = _sections(code[:_LONGEST])
    negative = others[0] if others and number < 0 else None
    tokens = _TOKEN.findall(positive if negative is None else negative)
    if any(token[0] in "ymdhsYMDHS" or token.upper() in ("AM/PM", "A/P") for token in tokens):
        return _moment(number, tokens, from_1904=from_1904)
    return _number(number if negative is None else -number, tokens)


def with_all_digits(shown: str, value: str) -> str:
    """`shown`, the number `value` as a program set to any language shows it, its digits all there and in English."""
    exact = as_shown(value, "General")
    if max(len(shown), len(exact)) > values.LONGEST or values.number(exact) is None:
        return exact or shown
    numerals = [*_NUMERAL.finditer(shown)]
    if len(numerals) != 1:  # nothing, a fraction, a power
        return exact
    match = numerals[0]
    for numeral in (match[0], match[0].translate(values.SWAPPED)):
        read = values.number(numeral)
        if read and abs(abs(Decimal(exact)) - read.value) <= Decimal(5).scaleb(-read.decimals - 1):
            code = ("#,##0" if "groups" in read.marks else "0") + "." + "0" * read.decimals
            return shown[: match.start()] + as_shown(exact.removeprefix("-"), code) + shown[match.end() :]
    return exact


def _sections(code: str) -> list[str]:
    """The parts of a format for positive, negative and other values."""
    sections = [""]
    for token in _TOKEN.findall(code):
        if token == ";":
            sections.append("")
        else:
            sections[-1] += token
    return sections


def _number(number: Decimal, tokens: list[str]) -> str:
    digits = [token for token in tokens if token[0] in "#0?"]
    if len(digits) != 1:  # General, text, fractions
        return _plain(number)
    percent = "%" in tokens
    places = 0 if "E" in digits[0].upper() else len(digits[0].partition(".")[2])
    shown = _plain(abs(number) * 100 if percent else abs(number), 0 if percent else places, grouped="," in digits[0])
    text = "".join(shown if token == digits[0] else _literal(token) for token in tokens)
    return "-" + text if number < 0 else text


def _plain(number: Decimal, places: int = 0, *, grouped: bool = False) -> str:
    """All digits of a number, at least `places` of them after the point."""
    text = f"{number.normalize():{',' if grouped else ''}f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction.ljust(places, "0")
    return f"{whole}.{fraction}" if fraction else whole


def _literal(token: str) -> str:
    if token.startswith('"'):
        return token.strip('"')
    if currency := _CURRENCY.fullmatch(token):
        return currency[1]
    if token.startswith("\\"):
        return token[1:]
    return "" if token[0] in "_*[" else token


def _moment(number: Decimal, tokens: list[str], *, from_1904: bool) -> str:
    """A date or time; the number itself if it is beyond the calendar."""
    if not 0 <= number < LAST_DAY - (1462 if from_1904 else 0):
        return _plain(number)
    early = 0 < number < 60 and not from_1904  # the first two months, since 1900 is taken for a leap year
    at = (EPOCH_1904 if from_1904 else EPOCH) + timedelta(seconds=round(float(number) * 86_400)) + timedelta(days=early)
    halved = any(token.upper() in ("AM/PM", "A/P") for token in tokens)
    shown, hours_before = [], False
    for place, token in enumerate(tokens):
        kind = token[0].lower()
        following = next((later[0].lower() for later in tokens[place + 1 :] if later[0].lower() in "ymdhs"), "")
        if kind == "m" and (hours_before or following == "s"):
            shown.append(f"{at.minute:0{min(len(token), 2)}}")
        elif token.lower() in ("[h]", "[hh]"):
            shown.append(str(int(number * 24)))
        elif kind in "ymdhs" or token.upper() in ("AM/PM", "A/P"):
            shown.append(_unit(at, token, halved=halved))
        else:
            shown.append(_literal(token))
        if kind in "ymdhs[":
            hours_before = kind == "h" or token.lower() in ("[h]", "[hh]")
    return "".join(shown)


def _unit(at: datetime, token: str, *, halved: bool) -> str:
    width, kind = len(token), token[0].lower()
    if kind == "y":
        return f"{at:%Y}" if width > 2 else f"{at:%y}"
    if kind == "m":
        return (str(at.month), f"{at:%m}", f"{at:%b}", f"{at:%B}", f"{at:%B}"[0])[min(width, 5) - 1]
    if kind == "d":
        return (str(at.day), f"{at:%d}", f"{at:%a}", f"{at:%A}")[min(width, 4) - 1]
    if kind == "h":
        return f"{at.hour % 12 or 12 if halved else at.hour:0{min(width, 2)}}"
    if kind == "s":
        return f"{at.second:0{min(len(token.partition('.')[0]), 2)}}"
    return f"{at:%p}"
