"""Numbers and codes that a translation has wrong, with the English that stands for them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from translate.numerals import Bound, Date, Kind, Quantity, compare_numbers, find_codes, find_numbers

if TYPE_CHECKING:
    from translate.records import Span

# The digits of an amount with their scale, without the measure word behind them: 100多万 of 100多万人.
_NUMERAL = re.compile(r"[0-9０-９][0-9０-９.,，．]*[多余]?[十百千万亿]*[多余]?")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_MORE_THAN = re.compile("[多余]")


def wrong_amounts(source: str, target: str) -> tuple[tuple[Span, str], ...]:
    """(source span, English) of each number in digits and each code that `target` lacks, in order.

    Numbers in characters (三成, 翻一番) are left to the model: their English depends on the sentence.
    """
    lacking = {mismatch.source_span for mismatch in compare_numbers(source, target) if mismatch.source_span}
    found: list[tuple[Span, str]] = []
    for quantity in find_numbers(source, "zh"):
        if isinstance(quantity.value, Date) and quantity.high is None and _touches(quantity.span, lacking):
            found.append((quantity.span, english_date(quantity.value)))
            continue
        numeral = _NUMERAL.match(source, quantity.span[0], quantity.span[1])
        if numeral and _touches(quantity.span, lacking) and (english := english_amount(quantity, numeral[0])):
            found.append((numeral.span(), english))
    found += [(code.span, code.text) for code in find_codes(source) if code.text not in target]
    return tuple(sorted(set(found)))


def english_amount(quantity: Quantity, numeral: str) -> str | None:
    """The English of an amount written in digits: 340,000, 20 billion, more than 1 million; None if it is none."""
    if quantity.kind is not Kind.CARDINAL or not isinstance(quantity.value, Fraction) or quantity.high is not None:
        return None
    lead = "more than " if quantity.bound is Bound.ABOVE and _MORE_THAN.search(numeral) else ""
    return lead + _in_words(quantity.value)


def english_date(date: Date) -> str:
    """A date in American English: March 15, 2024; March 2024; March 15; March."""
    month = MONTHS[date.month - 1] if date.month else ""
    day = f"{month} {date.day}" if date.day else month
    return f"{day}, {date.year}" if date.year and date.day else f"{day} {date.year or ''}".strip()


def _in_words(value: Fraction) -> str:
    for size, word in _SCALES:
        scaled = value / size * 1000
        if value >= size and scaled.denominator == 1:
            return f"{float(scaled / 1000):g} {word}" if scaled < 10**6 else f"{int(scaled) // 1000:,} {word}"
    return f"{int(value):,}" if value.denominator == 1 else f"{float(value):g}"


def _touches(span: Span, others: set[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
