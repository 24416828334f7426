"""Which words of a bead's target answer which of its source: competitive linking, then neighbours are taken along.

Melamed 2000, Models of translational equivalence among words, Computational Linguistics 26:2: the best pair of words
is linked, and both are out of the running. One word is often said by several, so in a second round a word without a
partner joins its neighbour's, if it goes with that partner well enough.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from translate.records import Span

    Floats = NDArray[np.float64]

LEAST = 0.3  # score of a pair that is linked
LEAST_OF_NEIGHBOUR = 0.2


@dataclass(frozen=True, slots=True)
class Link:
    """A span of the source and the span of the target that answers it; `by` is the evidence: term, number or word."""

    source: Span
    target: Span
    by: str


def link_words(source: Sequence[Span], target: Sequence[Span], scores: Floats) -> list[tuple[Span, Span]]:
    """Linked spans from the words of both sides, in order, and the score of each pair, shape (source, target)."""
    pairs = _competitive(scores)
    pairs += _neighbours(scores, pairs)
    pairs += [(row, column) for column, row in _neighbours(scores.T, [(column, row) for row, column in pairs])]
    return [(_hull(source, rows), _hull(target, columns)) for rows, columns in _groups(pairs)]


def outside(words: Sequence[Span], taken: Iterable[Span]) -> list[Span]:
    """The words that overlap none of the spans taken."""
    spans = list(taken)
    return [word for word in words if not any(word[0] < end and start < word[1] for start, end in spans)]


def _competitive(scores: Floats) -> list[tuple[int, int]]:
    order = np.argsort(-scores, axis=None, kind="stable")[: int((scores >= LEAST).sum())]
    rows: set[int] = set()
    columns: set[int] = set()
    pairs = []
    for row, column in zip(*(found.tolist() for found in np.unravel_index(order, scores.shape)), strict=True):
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append((row, column))
    return pairs


def _neighbours(scores: Floats, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """For each column without a row that of a neighbouring column, if the two go together."""
    rows_of: dict[int, list[int]] = defaultdict(list)
    for row, column in pairs:
        rows_of[column].append(row)
    found = []
    for column in range(scores.shape[1]):
        if column in rows_of:
            continue
        rows = [row for near in (column - 1, column + 1) for row in rows_of.get(near, ())]
        best = max(rows, key=lambda row: float(scores[row, column]), default=None)
        if best is not None and scores[best, column] >= LEAST_OF_NEIGHBOUR:
            found.append((best, column))
    return found


def _groups(pairs: Iterable[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """Pairs that share a word, together; by the first word of the source."""
    groups: list[tuple[set[int], set[int]]] = []
    for row, column in pairs:
        mine = [group for group in groups if row in group[0] or column in group[1]]
        groups = [group for group in groups if group not in mine]
        groups.append(({row}.union(*(group[0] for group in mine)), {column}.union(*(group[1] for group in mine))))
    return sorted((sorted(rows), sorted(columns)) for rows, columns in groups)


def _hull(words: Sequence[Span], numbers: Sequence[int]) -> Span:
    return words[numbers[0]][0], words[numbers[-1]][1]
