"""The part of the table of two texts that is searched: for each number of source sentences a range of target sentences.

A state (i, j) says that i source and j target sentences are done. The states of all ranges are numbered through, so
that whatever is known of them is a flat array: memory grows with the band, not with the product of the two lengths.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

SLACK = 12  # sentences that a range reaches beyond the points it is drawn around
STEPS = 3  # points before and behind that a range reaches to: one that is wrong then does no harm
WIDEST = 400  # states a row on average; a wider band (texts with hardly a point in common) is narrowed
WITHOUT_POINTS = 250  # to either side of the diagonal, where nothing else is known


@dataclass(frozen=True)
class Band:
    """Row i holds the states (i, low[i]) to (i, high[i] - 1); both ends ascend."""

    low: Integers
    high: Integers

    @cached_property
    def offsets(self) -> Integers:
        """The number of the first state of each row, and behind them how many states there are."""
        return np.concatenate(([0], np.cumsum(self.high - self.low)))

    @property
    def rows(self) -> int:
        """Source sentences and one."""
        return len(self.low)

    @cached_property
    def row_of(self) -> Integers:
        """The row of each state."""
        return np.repeat(np.arange(self.rows), self.high - self.low)

    @cached_property
    def column_of(self) -> Integers:
        """The target sentences done in each state."""
        return np.arange(self.offsets[-1]) - self.offsets[self.row_of] + self.low[self.row_of]

    def shifted(self, down: int, right: int) -> tuple[Integers, NDArray[np.bool_]]:
        """For each state the one so many rows and columns on (0 if it is outside), and whether it is inside."""
        row, column = self.row_of + down, self.column_of + right
        inside = row < self.rows
        row = np.minimum(row, self.rows - 1)
        inside &= (column >= self.low[row]) & (column < self.high[row])
        return np.where(inside, self.offsets[row] + column - self.low[row], 0), inside

    @property
    def filled_rows(self) -> range:
        """The rows that hold states."""
        return range(int(self.row_of[0]), int(self.row_of[-1]) + 1)

    def rows_by_column(self) -> Iterator[tuple[int, int, int]]:
        """Each column that the band holds, the first row that holds it, and the one behind the last."""
        columns = np.arange(self.column_of.min(), self.column_of.max() + 1)
        first = np.searchsorted(self.high, columns, side="right")
        behind = np.maximum(first, np.searchsorted(self.low, columns, side="right"))
        return zip(columns.tolist(), first.tolist(), behind.tolist(), strict=True)


def whole(source: int, target: int) -> Band:
    """Every state of two texts of so many sentences."""
    return Band(np.zeros(source + 1, np.int64), np.full(source + 1, target + 1, np.int64))


def diagonal(source: int, target: int) -> Band:
    """A band of fixed width, for texts of which nothing is known."""
    return around([], source, target, slack=WITHOUT_POINTS)


def rectangle(rows: tuple[int, int], columns: tuple[int, int], source: int) -> Band:
    """The states of some source sentences, from a first to before a last, against some target sentences."""
    low = np.where(np.arange(source + 1) <= rows[1], columns[0], columns[1] + 1).astype(np.int64)
    high = np.where(np.arange(source + 1) < rows[0], columns[0], columns[1] + 1).astype(np.int64)
    return Band(low, high)


def around(points: Sequence[tuple[int, int]], source: int, target: int, slack: int = SLACK) -> Band:
    """The band around points (source sentence, target sentence) that ascend on both sides.

    Between two points that are far apart it holds the whole rectangle, unless that is too much: then what lies around
    the straight line between them.
    """
    if not points and source * target > WITHOUT_POINTS * WITHOUT_POINTS * 4:
        return _connected(*_line([], source, target, slack), target)
    first = [(-1, -1)] * STEPS
    last = [(source, target)] * STEPS
    chain = np.array([*first, *points, *last], np.int64)
    rows = np.arange(source + 1)
    before = np.searchsorted(chain[:, 0], rows, side="left") - 1  # the last point above the row
    behind = np.searchsorted(chain[:, 0], rows, side="left")
    low = chain[np.maximum(before - STEPS + 1, 0), 1] - slack
    high = chain[np.minimum(behind + STEPS - 1, len(chain) - 1), 1] + slack
    low, high = np.clip(low, 0, target), np.clip(high, 0, target) + 1
    if int((high - low).sum()) > WIDEST * (source + 1):
        narrow_low, narrow_high = _line(points, source, target, WIDEST // 2)
        low, high = np.maximum(low, narrow_low), np.minimum(high, narrow_high)
        low, high = np.minimum(low, narrow_high - 1), np.maximum(high, narrow_low + 1)
    return _connected(low, high, target)


def _line(points: Sequence[tuple[int, int]], source: int, target: int, slack: int) -> tuple[Integers, Integers]:
    xs, ys = zip((0, 0), *points, (source, target), strict=True)
    middle = np.interp(np.arange(source + 1), xs, ys).astype(np.int64)
    return np.clip(middle - slack, 0, target), np.clip(middle + slack, 0, target) + 1


def _connected(low: Integers, high: Integers, target: int) -> Band:
    """The band with both corners, ascending, each row touching the next."""
    low[0], high[-1] = 0, target + 1
    low = np.minimum.accumulate(low[::-1])[::-1]
    high = np.maximum.accumulate(high)
    high[:-1] = np.maximum(high[:-1], low[1:] + 1)
    return Band(low, high)
