"""Passages that stand elsewhere in the translation: found among what the aligner left over on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from translate.align.band import rectangle
from translate.align.points import closeness
from translate.align.score import lattice_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from translate.align.lattice import Lattice
    from translate.align.methods import Method
    from translate.align.score import Texts

LEAST_GAIN = 10.0  # nats that a passage must fit better at its new place than nowhere
MOST_RUNS = 400  # on either side; with more the texts do not belong together
LARGEST = 400 * 400  # states of one passage against another

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of source sentences and one of target sentences that fit, as a lattice of their own."""

    gain: float
    source: Run
    target: Run
    lattice: Lattice


def find_moved(texts: Texts, method: Method, source: Sequence[int], target: Sequence[int]) -> list[Passage]:
    """The best passages made of leftover sentences, best first; no sentence is in two."""
    ours, theirs = runs(source), runs(target)
    if len(ours) > MOST_RUNS or len(theirs) > MOST_RUNS:
        return []
    passages = [
        passage
        for own in ours
        for other in _likely(texts, method, own, theirs)
        if (passage := _fit(texts, method, own, other))
    ]
    chosen: list[Passage] = []
    for passage in sorted(passages, key=lambda passage: (-passage.gain, passage.source, passage.target)):
        if all(passage.source != other.source and passage.target != other.target for other in chosen):
            chosen.append(passage)
    return chosen


def runs(numbers: Iterable[int]) -> list[Run]:
    """Ascending numbers as runs (first, behind the last)."""
    ordered = list(numbers)
    if not ordered:
        return []
    breaks = [index for index, (one, other) in enumerate(pairwise(ordered), 1) if other != one + 1]
    edges = [0, *breaks, len(ordered)]
    return [(ordered[first], ordered[last - 1] + 1) for first, last in pairwise(edges)]


def _likely(texts: Texts, method: Method, own: Run, theirs: Sequence[Run]) -> list[Run]:
    """The target runs that most speaks for, at most two."""
    if not theirs:
        return []
    scores = [closeness(texts, method.weights, sentence) for sentence in range(*own)]
    ranked = sorted(theirs, key=lambda run: -sum(float(score[slice(*run)].max()) for score in scores))
    return ranked[:2]


def _fit(texts: Texts, method: Method, own: Run, other: Run) -> Passage | None:
    if (own[1] - own[0]) * (other[1] - other[0]) > LARGEST:
        return None
    band = rectangle(own, other, len(texts.source))
    lattice = lattice_of(texts, method, band)
    nothing = method.shapes[0, 1] * (other[1] - other[0]) + method.shapes[1, 0] * (own[1] - own[0])
    gain = lattice.weight(lattice.best()) - nothing
    return Passage(gain, own, other, lattice) if gain >= LEAST_GAIN else None
