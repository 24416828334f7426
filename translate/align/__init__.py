"""Align two existing texts: which sentences of the one say what which of the other say.

`gather` collects evidence, `align` weighs it and returns beads. Every sentence of both texts is in exactly one bead.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from translate.align.band import around
from translate.align.beads import Bead, shapes
from translate.align.methods import DEFAULT, Method, method, names
from translate.align.moved import find_moved
from translate.align.points import points
from translate.align.score import Texts, lattice_of, steps_of
from translate.align.sources import Resources, gather

if TYPE_CHECKING:
    from collections.abc import Callable

    from translate.align.lattice import Lattice, Shape

__all__ = ["DEFAULT", "Bead", "Method", "Resources", "Texts", "align", "gather", "method", "names", "shapes"]

OTHER_STEPS = 3  # points, the search, moved passages


def align(
    texts: Texts, method: Method, *, moved: bool = True, tell: Callable[[int, int], None] = lambda done, total: None
) -> tuple[Bead, ...]:
    """The beads, in the order of the source; added sentences (0-1) stand where the target has them.

    With `moved`, passages left over on both sides that belong together become beads too. Time and memory are about
    linear in the number of sentences where the two texts have points in common, and bounded by a band where not.
    `tell` hears (steps done, steps in all), the steps being of about the same length.
    """
    total = steps_of(texts, method) + OTHER_STEPS
    done = count(1)

    def tick() -> None:
        tell(next(done), total)

    band = around(points(texts, method.weights), len(texts.source), len(texts.target))
    tick()
    lattice = lattice_of(texts, method, band, tick)
    beads = _beads(lattice, method)
    tick()
    result = _with_moved(beads, texts, method) if moved else tuple(beads)
    tick()
    return result


def _beads(lattice: Lattice, method: Method, *, moved: bool = False) -> list[Bead]:
    """The beads that are likeliest to be right, each with its calibrated probability."""
    probabilities = lattice.probabilities()
    expected = lattice.likeliest(probabilities)
    result = []
    for row, column, shape in expected.best():
        gain = expected.weight([(row, column, shape)])
        result.append(_bead(row, column, shape, method.calibrated(gain / sum(shape)), moved=moved))
    return result


def _bead(row: int, column: int, shape: Shape, score: float, *, moved: bool) -> Bead:
    both = bool(shape[0] and shape[1])
    return Bead(
        tuple(range(row, row + shape[0])), tuple(range(column, column + shape[1])), round(score, 4), moved and both
    )


def _with_moved(beads: list[Bead], texts: Texts, method: Method) -> tuple[Bead, ...]:
    omitted = [number for bead in beads if not bead.target for number in bead.source]
    added = [number for bead in beads if not bead.source for number in bead.target]
    found = [
        bead
        for passage in find_moved(texts, method, omitted, added)
        for bead in _beads(passage.lattice, method, moved=True)
        if bead.moved
    ]
    ours = {number for bead in found for number in bead.source}
    theirs = {number for bead in found for number in bead.target}
    kept = [bead for bead in beads if ours.isdisjoint(bead.source) and theirs.isdisjoint(bead.target)]
    return tuple(_merged(kept, found))


def _merged(beads: list[Bead], moved: list[Bead]) -> list[Bead]:
    """The beads with the moved ones put in by their place in the source."""
    result: list[Bead] = []
    waiting = sorted(moved, key=lambda bead: bead.source)
    for bead in beads:
        while waiting and bead.source and waiting[0].source < bead.source:
            result.append(waiting.pop(0))
        result.append(bead)
    return result + waiting
