"""Floors of quality on real pairs: few alarms on good ones, nearly all planted errors found."""

from __future__ import annotations

import random

import pytest

from benchmarks.number_alarms import Pair, Planter, added, compare, one_digit, read_pairs, scale_word, tenfold
from tests.conftest import SHARED

YEARS = [SHARED / "data" / "gwr" / f"gwr{year}.tsv" for year in (2012, 2013, 2014)]


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    if not all(path.exists() for path in YEARS):
        pytest.skip("the shared government work reports are not beside this checkout")
    return read_pairs(YEARS)


def test_good_pairs_hardly_ever_alarm(pairs: list[Pair]) -> None:
    alarms = sum(bool(compare(*pair)) for pair in pairs)
    assert alarms <= 0.015 * len(pairs)


@pytest.mark.parametrize("planter", [one_digit, scale_word, tenfold, added], ids=lambda planter: planter.__name__)
def test_planted_errors_are_found(pairs: list[Pair], planter: Planter) -> None:
    rng = random.Random(7)
    good = [pair for pair in pairs if not compare(*pair)]
    planted = [bad for pair in good if (bad := planter(pair, rng))]
    found = sum(bool(compare(*pair)) for pair in planted)
    assert len(planted) > 50
    assert found >= 0.95 * len(planted)
