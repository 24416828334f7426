"""The exact value of one Chinese numeral: 二〇二一, 一百零五, 1亿2000万, 三四百, 100多万, 几十万."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from translate.numerals.lexicon import DIGITS
from translate.numerals.quantity import Bound

TENS = {"十": 10, "百": 100, "千": 1000}
SCALES = {"万": 10**4, "亿": 10**8}
LONGEST = 40  # characters; a longer run of digits is no amount

_TOKEN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|.")
_NEIGHBOURS = re.compile(r"([一二两三四五六七八])([二两三四五六七八九])(?=[十百千万亿]|$)")
_ONLY_UNITS = re.compile(r"[十百千万亿]+")
_BARE = re.compile(r"[十百千]?[万亿]*")  # 百万 is a number, 千百万 is not


@dataclass(frozen=True, slots=True)
class Reading:
    """What a numeral says: a value or a range. `scale` is the power of ten that stands last: 10**4 for 34万."""

    low: Fraction
    high: Fraction | None = None
    bound: Bound = Bound.EXACT
    scale: int = 1
    vague: bool = False  # 几十, 数百: only the size is known
    loose: bool = False  # 百万, 三五, 零一: as often a word as a number


def read_chinese(numeral: str) -> Reading | None:
    """Its reading; None where the characters make no number (一一, 二〇〇十)."""
    if len(numeral) > LONGEST or (_ONLY_UNITS.fullmatch(numeral) and not _BARE.fullmatch(numeral)):
        return None
    bound = Bound.ABOVE if re.search(r"[多余几]", numeral[1:]) else Bound.EXACT
    if "来" in numeral:
        bound = Bound.APPROXIMATE
    plain = re.sub(r"[多余几来]", "", numeral[1:])
    if numeral[0] in "几数":
        value = _amount(plain)
        return None if value is None else Reading(value, None, Bound.APPROXIMATE, _last_scale(plain), vague=True)
    if numeral.endswith("几"):
        return _rough(_plain(numeral[0] + plain, bound))
    return _plain(numeral[0] + plain, bound)


def _rough(reading: Reading | None) -> Reading | None:
    """十几, 二十几: known to the ten."""
    return reading and replace(reading, vague=True)


def _plain(numeral: str, bound: Bound) -> Reading | None:
    scale = _last_scale(numeral)
    neighbours = _NEIGHBOURS.search(numeral)
    if neighbours and all(character not in DIGITS for character in numeral[: neighbours.start()]):
        first, second = (DIGITS[character] for character in neighbours.groups())
        if second - first == 1 or (first, second) == (3, 5):
            head, tail = numeral[: neighbours.start()], numeral[neighbours.end() :]
            low, high = _amount(head + neighbours[1] + tail), _amount(head + neighbours[2] + tail)
            return None if low is None else Reading(low, high, Bound.APPROXIMATE, scale, loose=not head and not tail)
    value = _amount(numeral)
    if value is None:
        return None
    loose = (
        numeral[0] in SCALES
        or numeral[0] in "百千"
        or (numeral[0] in "零〇" and len(numeral) > 1 and "点" not in numeral)
    )
    return Reading(value, None, bound, scale, loose=loose)


def _amount(numeral: str) -> Fraction | None:
    whole, _, decimals = numeral.partition("点")
    if decimals:
        digits = [str(DIGITS[character]) for character in decimals if character in DIGITS]
        value = _amount(whole)
        return None if value is None else value + Fraction(int("".join(digits)), 10 ** len(digits))
    if len(whole) > 1 and all(character in DIGITS for character in whole):
        return _positional(whole)
    return _summed(_TOKEN.findall(whole))


def _positional(numeral: str) -> Fraction | None:
    """二〇二一; two digits side by side are no number (一一, 二三), nor is a list of three (一二三产业)."""
    if len(numeral) == 2 and numeral[0] not in "零〇" and numeral[1] not in "零〇":
        return None
    if numeral in "一二三四五六七八九":
        return None
    return Fraction(int("".join(str(DIGITS[character]) for character in numeral)))


def _summed(tokens: list[str]) -> Fraction | None:
    """Multiply and add from left to right; 万 and 亿 multiply all that is smaller before them."""
    total, section, current = Fraction(0), Fraction(0), None
    previous = 1
    for index, token in enumerate(tokens):
        if token in TENS:
            section += (Fraction(1) if current is None else current) * TENS[token]
            current, previous = None, TENS[token]
        elif token in SCALES:
            scale = SCALES[token]
            group = section + (current or 0)
            if total and (total < scale or (index and tokens[index - 1] in SCALES)):
                total = (total + group) * scale
            else:
                total += (group if group or index else Fraction(1)) * scale
            section, current, previous = Fraction(0), None, scale
        else:
            if current:
                return None
            current = Fraction(DIGITS[token]) if token in DIGITS else Fraction(token.replace(",", ""))
            last_of_many = index and index == len(tokens) - 1 and tokens[index - 1] not in "零〇十"
            if last_of_many and token in DIGITS and previous > 10:
                current *= previous // 10  # 三万五 is 35,000
    return total + section + (current or 0)


def _last_scale(numeral: str) -> int:
    scale = 1
    for character in reversed(numeral):
        factor = SCALES.get(character) or TENS.get(character)
        if factor is None:
            break
        scale *= factor
    return scale
