"""The order of training: seeded epochs of batches with a budget of pieces, alike in length, in any mix of corpora."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from translate.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.training.corpus import Encoded

BUCKET = 6000  # pairs that are sorted by length together: few enough to keep epochs different
Place = tuple[int, int]  # (corpus, pair in it)


@dataclass(frozen=True, slots=True)
class Batch:
    """Numbers padded with -1 to the longest row, as int64 arrays of a row a pair."""

    sources: Any
    targets: Any


class Batches:
    """Endless batches; where one is depends on the seed and its position (epoch, index) alone."""

    def __init__(self, corpora: Sequence[tuple[Encoded, float]], *, budget: int, seed: int) -> None:
        """`corpora` come with how often an epoch has their pairs: 2 is twice, 0.1 a tenth of them, drawn anew.

        `budget`: pieces of the longer side of a batch, padding included. Raises InputError where no pair is left.
        """
        self._corpora = [(encoded, float(repeats)) for encoded, repeats in corpora]
        self._lengths = [encoded.lengths for encoded, _ in self._corpora]
        self._budget, self._seed = budget, seed
        if not any(len(encoded) and repeats > 0 for encoded, repeats in self._corpora):
            raise InputError(Problem("no pairs to train on", remedy="all were empty or too long"))

    def since(self, epoch: int, index: int) -> Iterator[tuple[int, int, Batch]]:
        """(epoch, index, batch) from a position on, without end."""
        while True:
            order = self.order(epoch)
            for place in range(index, len(order)):
                yield epoch, place, self._filled(order[place])
            epoch, index = epoch + 1, 0

    def order(self, epoch: int) -> list[list[Place]]:
        """The pairs of each batch of an epoch."""
        draw = random.Random(f"{self._seed}:{epoch}")
        places = [place for number in range(len(self._corpora)) for place in self._drawn(number, draw)]
        draw.shuffle(places)
        return [
            batch
            for start in range(0, len(places), BUCKET)
            for batch in self._cut(places[start : start + BUCKET], draw)
        ]

    def _drawn(self, number: int, draw: random.Random) -> list[Place]:
        encoded, repeats = self._corpora[number]
        whole = int(repeats)
        part = draw.sample(range(len(encoded)), round((repeats - whole) * len(encoded)))
        return [(number, index) for _ in range(whole) for index in range(len(encoded))] + [
            (number, index) for index in sorted(part)
        ]

    def _cut(self, places: list[Place], draw: random.Random) -> list[list[Place]]:
        """Batches of pairs alike in length, in random order."""
        batches: list[list[Place]] = [[]]
        for corpus, index in sorted(places, key=lambda place: (self._lengths[place[0]][place[1]], draw.random())):
            if batches[-1] and int(self._lengths[corpus][index]) * (len(batches[-1]) + 1) > self._budget:
                batches.append([])
            batches[-1].append((corpus, index))
        draw.shuffle(batches)
        return batches

    def _filled(self, places: Sequence[Place]) -> Batch:
        corpora = self._corpora
        return Batch(
            padded([corpora[corpus][0].source(index) for corpus, index in places]),
            padded([corpora[corpus][0].target(index) for corpus, index in places]),
        )


def padded(rows: Sequence[Any]) -> Any:
    """Rows of different lengths as one array, -1 behind their ends."""
    import numpy as np

    array = np.full((len(rows), max(map(len, rows))), -1, np.int64)
    for number, row in enumerate(rows):
        array[number, : len(row)] = row
    return array
