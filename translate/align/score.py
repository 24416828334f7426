"""The scores of all beads of a band: what each source of evidence says about a bead, weighted and added up."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from translate.align.lattice import ADDED, OMITTED, Lattice
from translate.align.lengths import content_lengths, gale_church, likelihood_ratio
from translate.align.marks import Evidence, backward, forward

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from translate.align.band import Band
    from translate.align.encoder import Vectors
    from translate.align.lattice import Shape
    from translate.align.methods import Method

    Floats = NDArray[np.float64]
    Tick = Callable[[], None]  # a step is done


@dataclass(frozen=True)
class Texts:
    """All that is known of two texts: their sentences, and the evidence of each source by its name."""

    source: Sequence[str]
    target: Sequence[str]
    marks: Mapping[str, Evidence] = field(default_factory=dict)
    vectors: Vectors | None = None

    @cached_property
    def lengths(self) -> tuple[Floats, Floats]:
        """The content lengths of the sentences of both."""
        return content_lengths(self.source), content_lengths(self.target)


class Features:
    """What each source says about the beads of a band; computed for one shape at a time."""

    def __init__(self, texts: Texts, names: Sequence[str], band: Band, tick: Tick = lambda: None) -> None:
        """Hear the marks of both sides for all states; `tick` is called as each source is heard."""
        self._band = band
        self._names = names
        self._lengths = texts.lengths
        self._vectors = texts.vectors
        self._heard: dict[str, tuple[Floats, Floats]] = {}
        for name in (name for name in names if name in texts.marks):
            self._heard[name] = forward(texts.marks[name].source, band), backward(texts.marks[name].target, band)
            tick()

    def of(self, shape: Shape) -> tuple[NDArray[np.bool_], dict[str, Floats]]:
        """Which states such a bead may begin at, and by source what speaks for it there, in nats."""
        inside = self._band.shifted(*shape)[1]
        result: dict[str, Floats] = {}
        sums: dict[str, list[Floats]] = {name: [] for name in self._heard}
        steps = [(0, (down, 0), shape[1]) for down in range(shape[0])]
        steps += [(1, (0, right), shape[0]) for right in range(shape[1])]
        for side, offset, size in steps:
            there, known = self._band.shifted(*offset)
            inside = inside & known
            for name, heard in self._heard.items():
                sums[name].append(heard[side][size - 1][there])
        for name in self._names:
            if name == "lengths":
                result[name] = likelihood_ratio(*self._lengths, self._band, shape)
            elif name == "gale-church":
                result[name] = gale_church(*self._lengths, self._band, shape)
            elif name == "encoder" and self._vectors is not None:
                result[name] = self._vectors.cosine(self._band, shape)
            else:
                result[name] = np.sum(sums[name], axis=0)
        return inside, result


def lattice_of(texts: Texts, method: Method, band: Band, tick: Tick = lambda: None) -> Lattice:
    """The lattice of a band, all beads scored by a method; `tick` is called `steps_of` the method times."""
    features = Features(texts, method.sources, band, tick)
    scores = {}
    for shape in method.beads:
        inside, evidence = features.of(shape)
        total = sum(method.weights[name] * values for name, values in evidence.items())
        scores[shape] = np.where(inside, method.shapes[shape] + total, -np.inf)
        tick()
    scores[OMITTED] = np.where(band.shifted(*OMITTED)[1], method.shapes[OMITTED], -np.inf)
    return Lattice(band, scores, np.full(len(texts.target), method.shapes[ADDED]))


def steps_of(texts: Texts, method: Method) -> int:
    """How many steps `lattice_of` takes."""
    return len(method.beads) + sum(name in texts.marks for name in method.sources)
