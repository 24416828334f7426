"""The lattice against all ways through a small table, counted one by one."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from translate.align.band import Band, around, rectangle, whole
from translate.align.lattice import Lattice

if TYPE_CHECKING:
    from collections.abc import Iterator

SHAPES = ((1, 1), (1, 2), (2, 1), (1, 0))
Way = list[tuple[int, int, tuple[int, int]]]


def lattice(band: Band, seed: int) -> Lattice:
    chance = random.Random(seed)
    scores = {}
    for shape in SHAPES:
        inside = band.shifted(*shape)[1]
        drawn = np.array([chance.uniform(-3, 3) for _ in inside])
        scores[shape] = np.where(inside, drawn, -np.inf)
    return Lattice(band, scores, np.linspace(-1.5, -0.5, int(band.high[-1]) - 1))


def ways(source: int, target: int, row: int = 0, column: int = 0) -> Iterator[Way]:
    if (row, column) == (source, target):
        yield []
    for shape in (*SHAPES, (0, 1)):
        if row + shape[0] <= source and column + shape[1] <= target:
            for rest in ways(source, target, row + shape[0], column + shape[1]):
                yield [(row, column, shape), *rest]


@pytest.mark.parametrize("seed", range(6))
def test_the_best_way_and_the_probabilities_are_those_of_all_ways_counted(seed: int) -> None:
    table = lattice(whole(3, 4), seed)
    weights = [(table.weight(way), way) for way in ways(3, 4)]
    assert table.weight(table.best()) == pytest.approx(max(weight for weight, _ in weights))
    whole_weight = sum(math.exp(weight) for weight, _ in weights)
    found = table.probabilities()
    for shape in (*SHAPES, (0, 1)):
        for state in range(int(table.band.offsets[-1])):
            place = int(table.band.row_of[state]), int(table.band.column_of[state])
            through = sum(math.exp(weight) for weight, way in weights if (*place, shape) in way)
            assert found[shape][state] == pytest.approx(through / whole_weight, abs=1e-9)


def test_a_rectangle_is_searched_by_itself() -> None:
    table = lattice(rectangle((3, 6), (2, 6), 9), 1)
    beads = table.best()
    assert (beads[0][0], beads[0][1]) == (3, 2)
    row, column, shape = beads[-1]
    assert (row + shape[0], column + shape[1]) == (6, 6)


@pytest.mark.parametrize(("points", "source", "target"), [([], 0, 0), ([], 0, 5), ([], 5, 0), ([(1, 40)], 3, 50)])
def test_a_band_ties_both_corners(points: list[tuple[int, int]], source: int, target: int) -> None:
    band = around(points, source, target)
    assert band.low[0] == 0
    assert band.high[-1] == target + 1
    assert np.all(band.high[:-1] > band.low[1:] - 1)
    assert np.all(np.diff(band.low) >= 0)
    assert np.all(np.diff(band.high) >= 0)
