"""One over-long sentence -> pieces that fit the model, divided where it hurts least."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from translate.segment.marks import BLANKS, CLOSERS, Pairs, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from translate.records import Span

_WINDOW = 1000  # characters; the longest string that is ever measured
_FILL = 0.9  # of the limit; room for moving a cut to a better place
_FULL_CLAUSE = 10  # characters; a comma behind so many ends a clause rather than a phrase
_SHORT_PAIR = 40  # characters; a quotation or bracket up to this long is kept whole at nearly any price
_MARK = re.compile(rf"(?:[；。！？!?…]+|;(?=\s)|[：，、]|[:,](?=\s))[{re.escape(CLOSERS)}]*[{BLANKS}]*")
_ATOM = re.compile(
    r"⟦[^⟧]{0,20}⟧"
    r"|(?:https?://|www\.)[!-~]+"
    r"|[A-Za-z0-9][A-Za-z0-9@&'’._:/,%+-]*(?:[万亿千百]{1,3})?%?"
    r"|[〇零一二三四五六七八九十百千万亿两]{2,}"
)
_UNSTARTED = re.compile(rf"[{BLANKS}，、；：。！？!?…,.;:{re.escape(CLOSERS)}]")
_OPENING = "“‘「『（(【[［《〈〔〖｛«"

# How good a place is, best first.
_STRONG, _CLAUSE, _COMMA, _LIST, _SPACE, _LONG_PAIR, _OUTSIDE, _INSIDE, _ANYWHERE = range(9)


def split_clauses(text: str, limit: int, measure: Callable[[str], int]) -> tuple[str, ...]:
    """Divide a sentence into pieces that each measure at most `limit`; the pieces joined are the text.

    Places, best first: semicolons and stops; a comma or colon behind a full clause or before a connective; other
    commas; 、 in a list; a space; a mark inside a long quotation or bracket; between any two characters that are not
    both of one number, Latin word, placeholder or short bracket pair; anywhere. Pieces come out about equal.

    `limit` is in the units of `measure` (tokens, say). `measure` sees each character a few times, in strings of at most
    1,000 characters. A single character that measures more than the limit is returned as it is.
    """
    if limit < 1:
        raise ValueError(f"limit must be at least 1, not {limit}")
    places = _Places(text)
    spans: list[Span] = []
    waiting = list(reversed(places.windows()))
    while waiting:
        start, end = waiting.pop()
        size = measure(text[start:end])
        if size <= limit or end - start == 1:
            spans.append((start, end))
        else:
            pieces = min(max(2, ceil(size / (limit * _FILL))), end - start)
            waiting.extend(reversed(places.divide(start, end, pieces)))
    return tuple(text[start:end] for start, end in spans)


class _Places:
    """The places where a text can be divided, by rank."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pairs = Pairs(text)
        self._by_rank: list[list[int]] = [[] for _ in range(_LONG_PAIR + 1)]
        for position, rank in self._marks():
            self._by_rank[rank].append(position)
        atoms = [match.span() for match in _ATOM.finditer(text)]
        self._atom_starts = [start for start, _ in atoms]
        self._atom_ends = [end for _, end in atoms]

    def windows(self) -> list[Span]:
        """The text in spans short enough to measure."""
        cuts = [0]
        while len(self._text) - cuts[-1] > _WINDOW:
            cuts.append(self._best(cuts[-1] + _WINDOW // 2, cuts[-1] + _WINDOW, cuts[-1] + _WINDOW * 3 // 4))
        cuts.append(len(self._text))
        return [span for span in pairwise(cuts) if span[0] < span[1]]

    def divide(self, start: int, end: int, pieces: int) -> list[Span]:
        """Cut [start, end) into about equal pieces at the best places near the ideal ones."""
        cuts = [start]
        for left in range(pieces, 1, -1):
            share = (end - cuts[-1]) / left
            ideal = round(cuts[-1] + share)
            slack = share * (0.5 if left == 2 else 0.4)
            low, high = max(cuts[-1] + 1, ceil(ideal - slack)), min(end - 1, int(ideal + slack))
            if low > high:
                continue
            cuts.append(self._best(low, high, ideal))
        return list(pairwise([*cuts, end]))

    def _best(self, low: int, high: int, ideal: int) -> int:
        """The best place in [low, high]: of the best rank there, the nearest to the ideal."""
        for positions in self._by_rank:
            found = positions[bisect_left(positions, low) : bisect_right(positions, high)]
            if found:
                return min(found, key=lambda position: abs(position - ideal))
        around = sorted(range(low, high + 1), key=lambda position: abs(position - ideal))
        return min(around, key=self._rank_of_any)

    def _rank_of_any(self, position: int) -> int:
        inside_atom = bisect_right(self._atom_starts, position - 1) - 1
        if inside_atom >= 0 and self._atom_ends[inside_atom] > position:
            return _ANYWHERE
        if _UNSTARTED.match(self._text, position) or self._text[position - 1] in _OPENING:
            return _ANYWHERE
        return _OUTSIDE if self._pairs.around(position) is None else _INSIDE

    def _marks(self) -> Iterator[tuple[int, int]]:
        """Each mark's place (behind it and its closing marks and blanks) and rank, ascending."""
        last = 0
        for match in _MARK.finditer(self._text):
            start, position = match.span()
            if position >= len(self._text):
                continue
            around = self._pairs.around(position)
            if around is None:
                yield position, self._rank(start, position, last)
            elif around[1] - around[0] > _SHORT_PAIR:
                yield position, _LONG_PAIR
            last = position

    def _rank(self, start: int, position: int, last: int) -> int:
        mark = self._text[start]
        if mark in "；;。！？!?…":
            return _STRONG
        if mark == "、":
            return _LIST
        if start - last >= _FULL_CLAUSE or mark in "：:" or self._text.startswith(_connectives(), position):
            return _CLAUSE
        return _COMMA


@lru_cache(maxsize=1)
def _connectives() -> tuple[str, ...]:
    return tuple(words()["chinese"]["connectives"])
