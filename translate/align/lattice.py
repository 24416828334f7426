"""Ways through a band: the best one, and how likely each bead is over all of them.

A way is a sequence of beads from the first state of the band to the last; it weighs the sum of its beads' scores,
in nats. With those as log weights, the forward-backward algorithm gives the probability of a bead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from translate.align.band import Band

    Floats = NDArray[np.float64]

Shape = tuple[int, int]  # source sentences, target sentences
ADDED: Shape = (0, 1)
OMITTED: Shape = (1, 0)
_NEVER = -np.inf


@dataclass(frozen=True)
class Lattice:
    """Scores of the beads of each shape that begin at each state of the band; those outside must be -inf.

    That of an added sentence (0-1) must not depend on where in the source it stands: `added` has one for each target
    sentence.
    """

    band: Band
    scores: Mapping[Shape, Floats]
    added: Floats

    def best(self) -> list[tuple[int, int, Shape]]:
        """The beads (source sentence, target sentence, shape) of the best way, in order."""
        shapes = [*self.scores, ADDED]
        value = np.full(self.band.offsets[-1], _NEVER)
        came_by = np.full(len(value), -1, np.int8)
        value[0] = 0.0
        for row in self.band.filled_rows:
            for number, (here, there, shape) in self._steps(row):
                reached = value[there] + self.scores[shape][there]
                better = reached > value[here]
                value[here][better] = reached[better]
                came_by[here][better] = number
            span = self._row(row)
            slope = self._slope(row)
            filled = np.maximum.accumulate(value[span] - slope) + slope
            came_by[span][filled > value[span] + 1e-9] = len(shapes) - 1
            value[span] = np.maximum(filled, value[span])
        return self._trace(came_by, shapes)

    def weight(self, beads: Iterable[tuple[int, int, Shape]]) -> float:
        """The weight of a way."""
        offsets, low = self.band.offsets, self.band.low
        return sum(
            float(self.added[column]) if shape == ADDED else float(self.scores[shape][offsets[row] + column - low[row]])
            for row, column, shape in beads
        )

    def probabilities(self) -> dict[Shape, Floats]:
        """The probability of each bead, in the form of `scores`, with that of the added sentences (0-1)."""
        before, behind = self._forward(), self._backward()
        total = before[-1]
        result = {}
        for shape, scores in self.scores.items():
            end, inside = self.band.shifted(*shape)
            with np.errstate(invalid="ignore"):
                logs = before + scores + behind[end] - total
            result[shape] = np.where(inside & (scores > _NEVER), np.exp(np.minimum(logs, 0.0)), 0.0)
        end, inside = self.band.shifted(*ADDED)
        logs = before + np.append(self.added, 0.0)[self.band.column_of] + behind[end] - total
        result[ADDED] = np.where(inside, np.exp(np.minimum(logs, 0.0)), 0.0)
        return result

    def likeliest(self, probabilities: Mapping[Shape, Floats]) -> Lattice:
        """The lattice whose best way has the most sentences in their right bead, as far as can be expected.

        It scores a bead by its probability times its sentences. That a sentence is omitted or added has one
        probability, wherever in the other text it happens.
        """
        band = self.band
        scores = {
            shape: np.where(self.scores[shape] > _NEVER, probabilities[shape] * sum(shape), _NEVER)
            for shape in self.scores
        }
        rows = np.bincount(band.row_of, probabilities[OMITTED], band.rows)
        scores[OMITTED] = np.where(self.scores[OMITTED] > _NEVER, rows[band.row_of], _NEVER)
        columns = np.bincount(band.column_of, probabilities[ADDED], len(self.added) + 1)
        return Lattice(band, scores, columns[:-1].astype(np.float64))

    def _slope(self, row: int) -> Floats:
        """What the states of a row gain by added sentences alone, from its first on."""
        low, high = int(self.band.low[row]), int(self.band.high[row])
        return np.concatenate(([0.0], np.cumsum(self.added[low : high - 1])))

    def _row(self, row: int) -> slice:
        return slice(int(self.band.offsets[row]), int(self.band.offsets[row + 1]))

    def _steps(self, row: int, back: int = -1) -> Iterator[tuple[int, tuple[slice, slice, Shape]]]:
        """(number, (states of the row, states that a bead ties them to, shape)); earlier ones, or with +1 later."""
        band = self.band
        low, high, offset = int(band.low[row]), int(band.high[row]), int(band.offsets[row])
        for number, (down, right) in enumerate(self.scores):
            other = row + back * down
            if not 0 <= other < band.rows:
                continue
            first = max(low, int(band.low[other]) - back * right)
            last = min(high, int(band.high[other]) - back * right)
            if first < last:
                there = int(band.offsets[other]) - int(band.low[other]) + back * right
                here = offset - low
                yield number, (slice(here + first, here + last), slice(there + first, there + last), (down, right))

    def _forward(self) -> Floats:
        value = np.full(self.band.offsets[-1], _NEVER)
        value[0] = 0.0
        for row in self.band.filled_rows:
            for _, (here, there, shape) in self._steps(row):
                value[here] = np.logaddexp(value[here], value[there] + self.scores[shape][there])
            span = self._row(row)
            slope = self._slope(row)
            value[span] = np.logaddexp.accumulate(value[span] - slope) + slope
        return value

    def _backward(self) -> Floats:
        value = np.full(self.band.offsets[-1], _NEVER)
        value[-1] = 0.0
        for row in reversed(self.band.filled_rows):
            for _, (here, there, shape) in self._steps(row, 1):
                value[here] = np.logaddexp(value[here], value[there] + self.scores[shape][here])
            span = self._row(row)
            slope = self._slope(row)
            value[span] = np.logaddexp.accumulate((value[span] + slope)[::-1])[::-1] - slope
        return value

    def _trace(self, came_by: NDArray[np.int8], shapes: list[Shape]) -> list[tuple[int, int, Shape]]:
        band = self.band
        row, column = int(band.row_of[-1]), int(band.column_of[-1])
        start = int(band.row_of[0]), int(band.column_of[0])
        beads = []
        while (row, column) != start:
            state = int(band.offsets[row]) + column - int(band.low[row])
            shape = shapes[came_by[state]]
            row, column = row - shape[0], column - shape[1]
            beads.append((row, column, shape))
        return beads[::-1]
