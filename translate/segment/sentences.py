"""Text -> sentences, by the rules of its language; the sentences joined are the text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from translate.segment import chinese, english
from translate.segment.marks import BLANKS, CLOSERS, Pairs, cut
from translate.segment.stops import Stop, find_stops

if TYPE_CHECKING:
    from collections.abc import Callable

    from translate.records import Span

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a language has to say about sentences."""

    ends: Callable[[str, Stop], bool]  # whether a run of stops ends one
    line_ends: Callable[[str, int, int], bool]  # whether a line break at one place, text going on at another, does
    longest: int  # characters; beyond it a sentence is divided inside quotations, and at semicolons
    semicolon: re.Pattern[str] | None


def split_sentences(text: str, language: Language) -> tuple[str, ...]:
    """Split a text into sentences without losing a character; white space stays with the sentence before it.

    A quotation or bracket is kept whole with its sentence. Only where that comes out longer than 80 characters
    (English: 300) is it divided at the sentence ends inside and then, in Chinese, at semicolons.
    Linear time; any string is fine.
    """
    rules = RULES[language]
    pairs = Pairs(text)
    ends = [stop.after for stop in find_stops(text, pairs) if _is_end(text, stop, rules)]
    spans = cut(text, [end for end in ends if pairs.around(end) is None])
    spans = _cut_long(text, spans, ends, rules.longest)
    if rules.semicolon and any(end - start > rules.longest for start, end in spans):
        marks = [match.end() for match in rules.semicolon.finditer(text)]
        spans = _cut_long(text, spans, _semicolons(spans, marks, pairs, rules.longest), rules.longest)
    return tuple(text[start:end] for start, end in spans)


def _is_end(text: str, stop: Stop, rules: Rules) -> bool:
    if stop.start == stop.end:
        return stop.line_breaks > 1 or rules.line_ends(text, stop.start, stop.after)
    return rules.ends(text, stop)


def _cut_long(text: str, spans: list[Span], positions: list[int], longest: int) -> list[Span]:
    """Cut the spans longer than `longest` at those of the positions that fall into them."""
    result: list[Span] = []
    for start, end in spans:
        if end - start <= longest:
            result.append((start, end))
        else:
            result.extend(cut(text, _within(positions, start, end), start, end))
    return result


def _semicolons(spans: list[Span], marks: list[int], pairs: Pairs, longest: int) -> list[int]:
    """The semicolons that bring each long span to about `longest`, few and evenly placed; none in a short bracket."""
    usable = [mark for mark in marks if _is_open(mark, pairs, longest)]
    chosen: list[int] = []
    waiting = list(spans)
    while waiting:
        start, end = waiting.pop()
        first, last = bisect_right(usable, start), bisect_left(usable, end)
        if end - start <= longest or first == last:
            continue
        pieces = -((start - end) // longest)
        ideal = start + (end - start) * (pieces // 2) // pieces
        above = bisect_left(usable, ideal, first, last)
        best = min(usable[max(first, above - 1) : min(above + 1, last)], key=lambda mark: abs(mark - ideal))
        chosen.append(best)
        waiting += [(start, best), (best, end)]
    return sorted(chosen)


def _is_open(position: int, pairs: Pairs, longest: int) -> bool:
    around = pairs.around(position)
    return around is None or around[1] - around[0] > longest


def _within(positions: list[int], start: int, end: int) -> list[int]:
    """Of ascending positions those between start and end."""
    return positions[bisect_right(positions, start) : bisect_left(positions, end)]


_BEHIND = f"[{re.escape(CLOSERS)}]*[{BLANKS}]*"
RULES: dict[Language, Rules] = {
    "zh": Rules(chinese.ends, chinese.line_ends, 80, re.compile(f"(?:；|(?<=[\u3400-\u9fff]);){_BEHIND}")),
    "en": Rules(english.ends, english.line_ends, 300, None),
}
