"""One over-long sentence -> pieces that fit the model, divided where it hurts least."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import pairwise
from math import ceil, inf
from typing import TYPE_CHECKING, NamedTuple

from translate.segment.marks import BLANKS, CLOSERS, Pairs, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from translate.records import Span

_WINDOW = 1000  # characters; the longest string that is ever measured
_FILL = 0.9  # of the limit; room for moving a cut to a better place
_FULL_CLAUSE = 10  # characters; a comma behind so many ends a clause rather than a phrase
_SHORT_PAIR = 40  # characters; a quotation or bracket up to this long is kept whole at nearly any price
_MARK = re.compile(rf"(?:[；。！？!?…]+|;(?=\s)|[：，、]|[:,](?=\s)|(?=[{BLANKS}]))[{re.escape(CLOSERS)}]*[{BLANKS}]*")
_NAME = r"[A-Za-z0-9@&'’._:/,%+-]*(?<![,.:/])"
_ATOM = re.compile(
    r"⟦[^⟧]{0,20}⟧"
    r"|(?:https?://|www\.)[!-~]+"
    rf"|第?[0-9０-９]{_NAME}[０-９％万亿千百十余多]{{0,12}}[\u3400-\u9fff]?"
    rf"|[A-Za-zＡ-Ｚａ-ｚ]{_NAME}"
    r"|第?[〇零一二三四五六七八九十百千万亿两]{2,}[\u3400-\u9fff]?"
)
_UNSTARTED = re.compile(rf"[{BLANKS}，、；：。！？!?…,.;:{re.escape(CLOSERS)}]")
_OPENING = "“‘「『（(【[［《〈〔〖｛«"

# How good a place is, best first.
_STRONG, _CLAUSE, _COMMA, _LIST, _SPACE, _LONG_PAIR, _OUTSIDE, _INSIDE, _ANYWHERE = range(9)
_COST = (0.0, 0.5, 0.7, 1.0, 1.5, 2.0)  # of a mark by rank; its distance from the ideal place adds up to 0.5


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
    pieces: list[_Piece] = []
    waiting = list(reversed(places.windows()))
    while waiting:
        start, end = waiting.pop()
        size = measure(text[start:end])
        if size <= limit or end - start == 1:
            pieces.append(_Piece(start, end, size))
        else:
            count = min(max(2, ceil(size / (limit * _FILL))), end - start)
            waiting.extend(reversed(places.divide(start, end, count)))
    return tuple(text[piece.start : piece.end] for piece in _join_crumbs(text, pieces, limit, measure))


class _Piece(NamedTuple):
    start: int
    end: int
    size: int


def _join_crumbs(text: str, pieces: list[_Piece], limit: int, measure: Callable[[str], int]) -> list[_Piece]:
    """Put neighbours that fit into one piece together, the smaller sum first where there is a choice."""
    joined: list[_Piece] = []
    for index, piece in enumerate(pieces):
        last = joined[-1] if joined else None
        together = last.size + piece.size if last else 0
        next_size = pieces[index + 1].size if index + 1 < len(pieces) else limit
        if last and together <= min(limit, piece.size + next_size) and piece.end - last.start <= _WINDOW:
            size = measure(text[last.start : piece.end])
            if size <= limit:
                joined[-1] = _Piece(last.start, piece.end, size)
                continue
        joined.append(piece)
    return joined


class _Places:
    """The places where a text can be divided, by rank."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pairs = Pairs(text)
        self._by_rank: list[list[int]] = [[] for _ in range(_LONG_PAIR + 1)]
        atoms = [match.span() for match in _ATOM.finditer(text)]
        self._atom_starts = [start for start, _ in atoms]
        self._atom_ends = [end for _, end in atoms]
        for position, rank in self._marks():
            self._by_rank[rank].append(position)

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
        """The best place in [low, high]: by its kind first, then near the ideal."""
        best, least = 0, inf
        for rank, positions in enumerate(self._by_rank):
            index = bisect_left(positions, ideal)
            for position in positions[max(0, index - 1) : index + 1]:
                cost = _COST[rank] + abs(position - ideal) / (high - low + 1)
                if low <= position <= high and cost < least:
                    best, least = position, cost
        if least < inf:
            return best
        around = sorted(range(low, high + 1), key=lambda position: abs(position - ideal))
        return min(around, key=self._rank_of_any)

    def _rank_of_any(self, position: int) -> int:
        if (
            self._is_inside_atom(position)
            or _UNSTARTED.match(self._text, position)
            or self._text[position - 1] in _OPENING
        ):
            return _ANYWHERE
        return _OUTSIDE if self._pairs.around(position) is None else _INSIDE

    def _is_inside_atom(self, position: int) -> bool:
        index = bisect_left(self._atom_starts, position) - 1
        return index >= 0 and self._atom_ends[index] > position

    def _marks(self) -> Iterator[tuple[int, int]]:
        """Each mark's place (behind it and its closing marks and blanks) and rank, ascending."""
        last = 0
        for match in _MARK.finditer(self._text):
            start, position = match.span()
            if position >= len(self._text) or start == 0 or self._is_inside_atom(position):
                continue
            around = self._pairs.around(position)
            if around is None:
                yield position, self._rank(start, position, last)
            elif around[1] - around[0] > _SHORT_PAIR:
                yield position, _LONG_PAIR
            if self._text[start] in "；;，,：:。！？!?…":
                last = position

    def _rank(self, start: int, position: int, last: int) -> int:
        mark = self._text[start]
        if mark in "；;。！？!?…":
            return _STRONG
        if mark == "、":
            return _LIST
        if mark not in "，,：:":
            return _SPACE
        if start - last >= _FULL_CLAUSE or mark in "：:" or self._text.startswith(_connectives(), position):
            return _CLAUSE
        return _COMMA


@cache
def _connectives() -> tuple[str, ...]:
    return tuple(words()["chinese"]["connectives"])
