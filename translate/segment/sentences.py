"""Text -> sentences, by the rules of its language; the sentences joined are the text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, Protocol, cast

from translate.segment import chinese, english
from translate.segment.marks import BLANKS, CLOSERS, Pairs, cut
from translate.segment.stops import Stop, find_stops

if TYPE_CHECKING:
    from translate.records import Span

Language = Literal["zh", "en"]


class Rules(Protocol):
    """What a language has to say about sentences."""

    LONG: int
    SEMICOLONS: str

    def ends(self, text: str, stop: Stop, pairs: Pairs) -> bool:
        """Whether a run of stops ends a sentence."""

    def line_ends(self, text: str, start: int, after: int) -> bool:
        """Whether a bare line break does."""


def split_sentences(text: str, language: Language) -> tuple[str, ...]:
    """Split a text into sentences without losing a character; white space stays with the sentence before it.

    A quotation or bracket is kept whole with its sentence. Only where that comes out longer than the language's LONG
    is it divided at the sentence ends inside, and then, in Chinese, at semicolons. Linear time; any string is fine.
    """
    rules = RULES[language]
    pairs = Pairs(text)
    ends = [stop.after for stop in find_stops(text, pairs) if _is_end(text, stop, pairs, rules)]
    spans = cut(text, [end for end in ends if pairs.around(end) is None])
    spans = _divide(text, spans, ends, rules.LONG)
    if rules.SEMICOLONS:
        spans = _at_semicolons(text, spans, pairs, rules)
    return tuple(text[start:end] for start, end in spans)


def _is_end(text: str, stop: Stop, pairs: Pairs, rules: Rules) -> bool:
    if stop.start == stop.end:
        return stop.line_breaks > 1 or rules.line_ends(text, stop.start, stop.after)
    return rules.ends(text, stop, pairs)


def _divide(text: str, spans: list[Span], positions: list[int], longest: int) -> list[Span]:
    """Cut the spans longer than `longest` at the positions that fall into them."""
    divided: list[Span] = []
    for start, end in spans:
        if end - start <= longest:
            divided.append((start, end))
        else:
            inner = positions[bisect_right(positions, start) : bisect_left(positions, end)]
            divided.extend(cut(text, inner, start, end))
    return divided


def _at_semicolons(text: str, spans: list[Span], pairs: Pairs, rules: Rules) -> list[Span]:
    """Cut the spans that are too long at semicolons outside brackets, as few as bring each piece under the length."""
    pattern = re.compile(f"[{rules.SEMICOLONS}][{re.escape(CLOSERS)}]*[{BLANKS}]*")
    marks = (
        [match.end() for match in pattern.finditer(text)]
        if any(end - start > rules.LONG for start, end in spans)
        else []
    )
    marks = [mark for mark in marks if pairs.around(mark) is None]
    chosen: list[int] = []
    for start, end in spans:
        if end - start > rules.LONG:
            stations = [start, *marks[bisect_right(marks, start) : bisect_left(marks, end)], end]
            for mark, following in pairwise(stations[1:]):
                if following - start > rules.LONG:
                    chosen.append(mark)
                    start = mark
    return _divide(text, spans, chosen, rules.LONG)


RULES: dict[Language, Rules] = {"zh": cast(Rules, chinese), "en": cast(Rules, english)}
