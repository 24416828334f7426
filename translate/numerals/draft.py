"""Numbers while a text is being scanned: what both languages do with neighbours, ranges and lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from translate.numerals.quantity import Bound, Date, Kind, Quantity

if TYPE_CHECKING:
    from translate.records import Span

TENTH, HUNDREDTH, THOUSANDTH = Fraction(1, 10), Fraction(1, 100), Fraction(1, 1000)
_NEAR, _NEAR_BRACKET = 9, 40  # characters between the two ends of a range, and before a number repeated in brackets
_RANGE = re.compile(r"\s?(?:-|–|—|~|～|至|到|to|through)\s?$")
_BRACKET = re.compile(r"[(（](?:NT|US|HK|RMB|CNY)?\s?[$¥€£]?$")
_LIST = re.compile(r"(?:,|、|和|及|或|, and|,? or| and)\s?$")


@dataclass(slots=True)
class Draft:
    """A quantity in the making; `scale` is the factor written after the digits (10**4 of 34万, 1/100 of 5%)."""

    value: Fraction | Date | str
    kind: Kind
    start: int
    end: int
    bound: Bound = Bound.EXACT
    unit: str = ""
    high: Fraction | Date | None = None
    readings: tuple[Fraction, ...] = ()
    firm: bool = True
    scale: Fraction = Fraction(1)

    def take_unit(self, unit: Fraction, end: int) -> None:
        """Make it a percentage: a share in hundredths, tenths or thousandths that ends at `end`."""
        assert isinstance(self.value, Fraction)
        self.value, self.scale, self.end = self.value * unit, unit, end
        if isinstance(self.high, Fraction):
            self.high *= unit
        self.kind, self.firm = Kind.PERCENTAGE, True

    def quantity(self, text: str) -> Quantity:
        """The finished record; `text` is the original."""
        span: Span = (self.start, self.end)
        words = text[self.start : self.end]
        return Quantity(self.value, self.kind, span, words, self.high, self.bound, self.unit, self.readings, self.firm)


def joined(drafts: list[Draft], text: str) -> list[Draft]:
    """Neighbours that are one range become one draft; a bare number in a list may have its neighbour's scale."""
    result: list[Draft] = []
    for draft in drafts:
        before = result[-1] if result else None
        if before and _is_repeat(text, before, draft):
            continue
        between = text[before.end : draft.start] if before and draft.start - before.end <= _NEAR else " "
        if before and _RANGE.match(between) and _may_join(before, draft) and not _is_change(text, before):
            result[-1] = _range(before, draft)
        elif before and between == "以上" and draft.bound is Bound.AT_MOST and _may_join(before, draft):
            result[-1] = _range(before, draft)
            result[-1].bound = Bound.EXACT  # 三年以上五年以下 is three to five years
        else:
            if _LIST.match(between) or _RANGE.match(between):
                _share_scale(result, draft, text)
            result.append(draft)
    return result


def _is_repeat(text: str, first: Draft, again: Draft) -> bool:
    """Sixty (60) days, three hundred thousand New Taiwan dollars (NT$300,000)."""
    if first.value != again.value or again.start - first.end > _NEAR_BRACKET:
        return False
    between = text[first.end : again.start]
    return _BRACKET.search(between) is not None and text[again.end : again.end + 1] in (")", "）")


def _is_change(text: str, low: Draft) -> bool:
    """从10%提高到15%, from 5 to 8: two values, no range; dates and years are ranges all the same."""
    before = text[max(0, low.start - 5) : low.start]
    return low.kind not in (Kind.YEAR, Kind.DATE) and (before.endswith(("从", "由")) or before.lower() == "from ")


def _may_join(low: Draft, high: Draft) -> bool:
    if low.high is not None or high.high is not None or isinstance(low.value, str) or isinstance(high.value, str):
        return False
    if isinstance(low.value, Date) != isinstance(high.value, Date):
        return _may_be_date(low if isinstance(high.value, Date) else high)
    if isinstance(low.value, Date):
        return True
    if Kind.YEAR in (low.kind, high.kind):
        short = low.kind is Kind.YEAR and isinstance(high.value, Fraction) and 0 < high.value < 100
        return low.kind is high.kind or (_is_bare(high) and short) or (_is_bare(low) and high.kind is Kind.YEAR)
    if low.kind is Kind.PERCENTAGE and _is_bare(high):
        return True  # 百分之三十至七十
    assert isinstance(low.value, Fraction)
    assert isinstance(high.value, Fraction)
    if low.value / low.scale >= high.value / high.scale and low.value >= high.value:
        return False  # Article 100-1
    if low.kind != high.kind and not _is_bare(low):
        return False
    return not low.unit or low.unit == high.unit


def _may_be_date(number: Draft) -> bool:
    """1-11月, 10月1日至5日, October 1-5: a bare small number beside a date is a month or a day."""
    return isinstance(number.value, Fraction) and number.value <= 31 and number.unit in ("", "日") and number.scale == 1


def _is_bare(draft: Draft) -> bool:
    return draft.kind in (Kind.CARDINAL, Kind.YEAR) and draft.scale == 1 and not draft.unit


def _range(low: Draft, high: Draft) -> Draft:
    first, last = low.value, high.value
    draft = Draft(first, high.kind, low.start, high.end, low.bound, high.unit, scale=high.scale)
    draft.firm = low.firm or high.firm
    if isinstance(first, Fraction) and isinstance(last, Fraction):
        if low.kind is Kind.YEAR and last < 100:
            last, draft.kind = first // 100 * 100 + last, Kind.YEAR  # 2009-10
        elif _is_bare(low) and first < last / high.scale:
            draft.value = first * high.scale  # 3至5万
        elif low.kind is Kind.PERCENTAGE and _is_bare(high):
            last, draft.kind = last * low.scale, low.kind
    elif isinstance(first, Date) and isinstance(last, Fraction):
        last, draft.kind = _date_of(last, first), Kind.DATE
    elif isinstance(last, Date) and isinstance(first, Fraction):
        draft.value = _date_of(first, last)
    draft.high = None if isinstance(last, str) else last
    return draft


def _date_of(number: Fraction, other_end: Date) -> Date:
    """A bare number is a day beside a day, and a month beside a month."""
    return Date(None, other_end.month, int(number)) if other_end.day else Date(None, int(number), None)


def _share_scale(before: list[Draft], draft: Draft, text: str) -> None:
    """In "40, 50 and 35 percent" all three may be percentages."""
    if draft.scale == 1:
        return
    for index in range(len(before) - 1, max(-1, len(before) - 9), -1):
        last = before[index]
        if not _is_bare(last) or not isinstance(last.value, Fraction):
            return
        last.readings += (last.value * draft.scale,)
        if not index or not _LIST.match(text[before[index - 1].end : last.start]):
            return
