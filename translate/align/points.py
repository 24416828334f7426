"""Pairs of sentences that surely belong together, in order: what the band is drawn around."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from translate.align.marks import votes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from translate.align.score import Texts

    Floats = NDArray[np.float64]
    Point = tuple[int, int]

LEAST = 2.5  # nats that a pair must have
BEST = 2  # partners of a sentence that are considered, on either side
RARE = 30  # sentences; marks that more have say nothing about where a sentence stands


def points(texts: Texts, weights: Mapping[str, float]) -> list[Point]:
    """The heaviest chain of pairs (source sentence, target sentence) that ascends on both sides."""
    pairs = candidates(texts, weights, range(len(texts.source)))
    return chain(_mutual(pairs))


def candidates(texts: Texts, weights: Mapping[str, float], sentences: Sequence[int]) -> dict[Point, float]:
    """For each of the source sentences its best partners, with what speaks for them in nats."""
    pairs: dict[Point, float] = {}
    for sentence in sentences:
        score = closeness(texts, weights, sentence)
        count = min(BEST, len(score))
        for column in np.argpartition(-score, count - 1)[:count].tolist() if count else ():
            if score[column] >= LEAST:
                pairs[sentence, column] = float(score[column])
    return pairs


def closeness(texts: Texts, weights: Mapping[str, float], sentence: int) -> Floats:
    """What the rarer marks of a source sentence, and its vector, say for each target sentence."""
    length = len(texts.target)
    result = np.zeros(length)
    for name, evidence in texts.marks.items():
        if weights.get(name):
            result += weights[name] * votes(evidence.source, sentence, length, max(RARE, length // 50))
    if texts.vectors is not None and weights.get("encoder"):
        result += weights["encoder"] * texts.vectors.closeness(sentence)
    return result


def chain(pairs: Mapping[Point, float]) -> list[Point]:
    """The heaviest sequence of pairs in which both numbers ascend; n log n."""
    if not pairs:
        return []
    size = 1 + max(column for _, column in pairs)
    tree: list[tuple[float, Point | None]] = [(0.0, None)] * (size + 1)  # Fenwick tree of prefix maxima
    behind: dict[Point, Point | None] = {}
    for pair in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        weight, last = _best_before(tree, pair[1])
        behind[pair] = last
        _enter(tree, pair[1] + 1, (weight + pairs[pair], pair))
    result = []
    place = _best_before(tree, size)[1]
    while place is not None:
        result.append(place)
        place = behind[place]
    return result[::-1]


def _best_before(tree: list[tuple[float, Point | None]], at: int) -> tuple[float, Point | None]:
    best: tuple[float, Point | None] = (0.0, None)
    while at > 0:
        if tree[at][0] > best[0]:
            best = tree[at]
        at -= at & -at
    return best


def _enter(tree: list[tuple[float, Point | None]], at: int, entry: tuple[float, Point | None]) -> None:
    while at < len(tree):
        if entry[0] > tree[at][0]:
            tree[at] = entry
        at += at & -at


def _mutual(pairs: Mapping[Point, float]) -> dict[Point, float]:
    """The pairs that are among the best of their target sentence too."""
    by_column: dict[int, list[tuple[float, Point]]] = {}
    for pair, score in pairs.items():
        by_column.setdefault(pair[1], []).append((score, pair))
    return {pair: score for found in by_column.values() for score, pair in sorted(found, reverse=True)[:BEST]}
