"""A Chinese numeral with what follows it: 多, %, 成, 折, 倍, 半 and the measure word."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from translate.numerals import lexicon
from translate.numerals.chinese.value import read_chinese
from translate.numerals.draft import HUNDREDTH, TENTH, THOUSANDTH, Draft
from translate.numerals.quantity import Bound, Kind

if TYPE_CHECKING:
    from translate.numerals.chinese.value import Reading

FIRM_FROM = 3  # 一 and 两 are worded in too many ways
_SCALE_FROM = 10**4  # 三 in 三、五万 may be 万 too, 三 in 三、五十 is not

_TENTHS = re.compile(
    r"成(?:([半一二三四五六七八九])(?![年个人月天级线类套])|(?![立员为果就功本长熟效份品型套交都]|年(?!轻)|人(?![员口数士])))"
)
_DISCOUNT = re.compile(r"折(?![算合旧叠扣腾中])")
_PERCENT = re.compile(r"\s?(?:[%％]|(?P<point>[多余]?个?[多余]?百分点)|(?P<mille>‰))")
_GROWN = re.compile(
    r"(?:增长|增加|提高|上升|扩大|高出|提升|上涨|放大|多了|增|高|涨|快|大)(?:了|近|约|超过|逾|将近|达|幅){0,2}$"
)
_OFTEN_UNSAID = frozenset(["年", "级", "者", "方"])  # 五年来, 省市县三级, 改革发展稳定三者
_LISTED = re.compile(r"[、和与及][^。；，、]{1,8}$")  # 公安、民政、税务四家
_STANDS_FREE = re.compile(r"(?:上|超|超过|过|近|约|达|逾|破)$")  # 上千万, 近亿
_RANGE_AHEAD = re.compile(r"[至到~—-][0-9一二两三四五六七八九十百千]")
_MAY_HAVE_HALF = frozenset(["个", "年", "天", "倍", "小时", "月", "元"])
_HAN_DIGITS = lexicon.DIGITS


def read_number(text: str, match: re.Match[str]) -> Draft | None:
    """A plain number; None where a lone character is more likely part of a word."""
    numeral = match["number"]
    reading = read_chinese(numeral)
    if reading is None:
        return None
    draft = Draft(reading.low, Kind.CARDINAL, *match.span(), reading.bound, high=reading.high)
    draft.firm = is_firm(numeral, reading)
    if reading.scale >= _SCALE_FROM or numeral[0].isascii():
        draft.scale = Fraction(reading.scale)
    if text[draft.end : draft.end + 1] in ("多", "余", "几", "来"):
        draft.bound = Bound.APPROXIMATE if text[draft.end] == "来" else Bound.ABOVE
        draft.end += 1
    if _take_share(text, draft) or _take_times(text, draft):
        return draft
    _take_unit(text, draft, reading)
    if draft.firm and len(numeral) == 1 and not numeral.isascii():
        draft.firm = draft.unit not in _OFTEN_UNSAID and not _LISTED.search(text, max(0, draft.start - 20), draft.start)
    return draft if draft.unit or numeral[0].isascii() or reading.vague or _is_whole(text, draft, numeral) else None


def is_firm(numeral: str, reading: Reading) -> bool:
    """Whether the other language must have it: digits, or more than one character, or three and above."""
    if reading.vague or reading.loose:
        return False
    return numeral[0].isascii() or len(numeral) > 1 or reading.low >= FIRM_FROM


def measured(text: str, end: int) -> tuple[int, str]:
    """(end, unit) of the longest measure word that stands at `end`, a space allowed."""
    words = lexicon.chinese()
    start = end + 1 if text[end : end + 1] == " " else end
    for length in range(words.longest_measure, 0, -1):
        unit = text[start : start + length]
        if unit in words.measures:
            return start + len(unit), unit
    return end, ""


def _take_share(text: str, draft: Draft) -> bool:
    """Percentages, percentage points, per mille, tenths (三成五 is 35%) and discounts (八折 is 80%, or 20% off)."""
    assert isinstance(draft.value, Fraction)
    if _DISCOUNT.match(text, draft.end):
        draft.take_unit(TENTH, draft.end + 1)
        draft.readings = (1 - draft.value,)
    elif tenths := _TENTHS.match(text, draft.end):
        draft.take_unit(TENTH, tenths.end())
        if tenths[1]:
            draft.value += Fraction(5 if tenths[1] == "半" else _HAN_DIGITS[tenths[1]], 100)
    elif found := _PERCENT.match(text, draft.end):
        draft.take_unit(THOUSANDTH if found["mille"] else HUNDREDTH, found.end())
        if found["point"]:
            draft.kind = Kind.PERCENTAGE_POINT
            draft.bound = Bound.ABOVE if found["point"].strip("个百分点") else draft.bound  # 2个多百分点
    else:
        return False
    return True


def _take_times(text: str, draft: Draft) -> bool:
    """三倍 is 3; 增长两倍 reaches 3 times the base, though "a two-fold increase" says it too."""
    if not text.startswith("倍", draft.end):
        return False
    assert isinstance(draft.value, Fraction)
    half = text.startswith("半", draft.end + 1)
    value = draft.value + (Fraction(1, 2) if half else 0)
    grown = _GROWN.search(text, max(0, draft.start - 10), draft.start)
    draft.value, draft.readings = (value + 1, (value,)) if grown else (value, ())
    draft.kind, draft.unit = Kind.MULTIPLE, "倍"
    draft.firm = draft.firm or text[draft.start] not in "百千万亿几数"
    draft.end += 2 if half else 1
    return True


def _take_unit(text: str, draft: Draft, reading: Reading) -> None:
    draft.end, draft.unit = measured(text, draft.end)
    if reading.low == 10 and reading.bound is not Bound.EXACT:
        draft.readings = (Fraction(12),)  # 十几 is often "a dozen"
    if draft.unit == "旬":
        draft.readings = (reading.low * 10,)  # 年过九旬
    following = text[draft.end : draft.end + 1]
    if draft.unit in _MAY_HAVE_HALF and following == "半":
        draft.value = reading.low + Fraction(1, 2)
        draft.end += 1
    elif draft.unit == "块" and following in _HAN_DIGITS and reading.scale == 1:
        draft.value = reading.low + Fraction(_HAN_DIGITS[following], 10)  # 一块二
        draft.end += 1


def _is_whole(text: str, draft: Draft, numeral: str) -> bool:
    """Whether a numeral without a measure word is a number all the same."""
    if draft.firm and len(numeral) > 1:
        return True
    if numeral[0] in "百千万亿" and _STANDS_FREE.search(text, max(0, draft.start - 3), draft.start):
        return True
    return _RANGE_AHEAD.match(text, draft.end) is not None
