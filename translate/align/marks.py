"""Evidence from marks: what a sentence holds that its translation should answer (a number, a term, a word).

A mark that is answered speaks for a bead by log(present / chance) nats, one that is not speaks against it by
log((1 - chance) / (1 - present)): `present` is how often a translation answers it, `chance` how often any other
sentence of the text does. Both sides are heard: the marks of the source in the target, and the reverse.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from numpy.typing import NDArray

    from translate.align.band import Band

    Floats = NDArray[np.float64]

Key = TypeVar("Key", bound="Hashable")  # what names a mark
Other = TypeVar("Other", bound="Hashable")  # what names one of the other text

LEAST_CHANCE = 0.002
LEAST_CONTRAST = 1.15  # present over chance; a mark with less says nothing
REACH = 4  # sentences of a bead's other side that a mark is looked for in, at most


@dataclass(frozen=True, slots=True)
class Mark:
    """A kind of mark as it occurs in one text: the sentences of the other text that answer it, and what that says."""

    answers: NDArray[np.int64]  # ascending
    found: float
    missing: float  # both above 0


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of each sentence of one text."""

    sentences: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The marks of both texts."""

    source: Marks
    target: Marks


def marks(
    keys: Sequence[Iterable[Key]],
    other: Sequence[Iterable[Other]],
    answers: Callable[[Key], Iterable[Other]],
    present: Callable[[Key], float],
    chance: Callable[[Key], float] = lambda key: 0.0,
) -> Marks:
    """The marks of a text from the keys of its sentences, those of the other text, and which key answers which.

    The chance of a key is how often it is answered in the other text, or what `chance` says if that is more.
    """
    places: dict[Other, list[int]] = defaultdict(list)
    for number, others in enumerate(other):
        for answer in dict.fromkeys(others):
            places[answer].append(number)
    known: dict[Key, Mark | None] = {}
    for own in dict.fromkeys(own for found in keys for own in found):
        where = np.unique(np.array([place for answer in answers(own) for place in places.get(answer, ())], np.int64))
        known[own] = _mark(where, len(other), present(own), chance(own))
    return Marks(tuple(tuple(mark for own in dict.fromkeys(found) if (mark := known[own])) for found in keys))


def forward(marks: Marks, band: Band) -> Floats:
    """What the marks of source sentence i say to targets j ... j+n-1, for each state (i, j); shape (REACH, states).

    Linear in the number of states.
    """
    result = np.zeros((REACH, int(band.offsets[-1])))
    for row in band.filled_rows[: len(marks.sentences) - band.filled_rows[0]]:
        found, low, high = marks.sentences[row], int(band.low[row]), int(band.high[row])
        if found:
            result[:, int(band.offsets[row]) : int(band.offsets[row + 1])] = _heard(found, low, high)
    return result


def backward(marks: Marks, band: Band) -> Floats:
    """What the marks of target sentence j say to sources i ... i+m-1, for each state (i, j); shape (REACH, states)."""
    result = np.zeros((REACH, int(band.offsets[-1])))
    for column, first, last in band.rows_by_column():
        found = marks.sentences[column] if column < len(marks.sentences) else ()
        if found:
            states = band.offsets[first:last] + column - band.low[first:last]
            result[:, states] = _heard(found, first, last)
    return result


def votes(marks: Marks, sentence: int, length: int, most: int) -> Floats:
    """How many nats a sentence's rarer marks give each of the `length` sentences of the other text."""
    result = np.zeros(length)
    for mark in marks.sentences[sentence]:
        if len(mark.answers) <= most:
            result[mark.answers] += mark.found + mark.missing
    return result


def _mark(answers: NDArray[np.int64], length: int, present: float, chance: float) -> Mark | None:
    chance = max(chance, LEAST_CHANCE, len(answers) / (length + 1))
    if present < chance * LEAST_CONTRAST:
        return None
    return Mark(answers, float(np.log(present / chance)), float(np.log((1 - chance) / (1 - present))))


def _heard(found: Sequence[Mark], first: int, last: int) -> Floats:
    """What marks say to 1, 2 ... REACH sentences from each in [first, last) on; shape (REACH, last - first)."""
    hits = np.zeros((len(found), last - first + REACH), np.bool_)
    for row, mark in enumerate(found):
        low, high = np.searchsorted(mark.answers, (first, last + REACH))
        hits[row, mark.answers[low:high] - first] = True
    gain = np.array([mark.found + mark.missing for mark in found])
    silence = sum(mark.missing for mark in found)
    result = np.empty((REACH, last - first))
    reached = hits
    for size in range(REACH):
        if size:
            reached = reached[:, :-1] | hits[:, size:]
        result[size] = gain @ reached[:, : last - first] - silence
    return result
