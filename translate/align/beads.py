"""What an alignment is: beads of sentence numbers that together hold every sentence of both texts once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Bead:
    """Source and target sentences (numbers from 0, ascending) that say the same; one side is empty where there is none.

    `score` is how sure the aligner is, in [0, 1]. A `moved` bead stands at its place in the source; its target stands
    elsewhere than the order of the beads would have it.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float
    moved: bool = False

    @property
    def shape(self) -> str:
        """The numbers of sentences on both sides: 1-1, 2-1, 1-0."""
        return f"{len(self.source)}-{len(self.target)}"


def shapes(beads: Iterable[Bead]) -> dict[str, int]:
    """How many beads there are of each shape, the most frequent first."""
    counts = Counter(bead.shape for bead in beads)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
