"""The ways to align, by name: which sources of evidence, and what each weighs. The numbers are in data/align.toml."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from translate.align.lattice import ADDED, OMITTED
from translate.errors import Problem, SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translate.align.lattice import Shape

DEFAULT = "standard"


@dataclass(frozen=True, slots=True)
class Method:
    """Weights by source of evidence, the score of each shape of bead before any evidence, and how to calibrate.

    A bead of probability p gets the score sigmoid(slope * logit(p) + shift).
    """

    name: str
    weights: Mapping[str, float]
    shapes: Mapping[Shape, float]
    slope: float = 1.0
    shift: float = 0.0

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of its sources of evidence."""
        return tuple(self.weights)

    @property
    def beads(self) -> tuple[Shape, ...]:
        """The shapes that have something on both sides."""
        return tuple(shape for shape in self.shapes if shape not in (ADDED, OMITTED))

    def calibrated(self, probability: float) -> float:
        """How often a bead of that probability is right."""
        bounded = min(max(probability, 1e-6), 1 - 1e-6)
        return 1 / (1 + math.exp(-self.slope * math.log(bounded / (1 - bounded)) - self.shift))


def method(name: str) -> Method:
    """A method by its name; raises SettingsError with the known names."""
    table = _table()
    if name not in table:
        raise SettingsError(Problem(f"no method {name!r}", remedy=f"one of {', '.join(table)}"))
    return parsed(name, table[name])


def names() -> tuple[str, ...]:
    """All methods, in the order of the table in the documentation."""
    return tuple(_table())


def parsed(name: str, entry: Mapping[str, Any]) -> Method:
    """A method from its table in align.toml."""
    shapes: dict[Shape, float] = {}
    for shape, score in entry["shapes"].items():
        ours, theirs = shape.split("-")
        shapes[int(ours), int(theirs)] = float(score)
    return Method(name, entry["weights"], shapes, float(entry.get("slope", 1.0)), float(entry.get("shift", 0.0)))


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(files("translate").joinpath("data", "align.toml").read_text("utf-8"))[
        "methods"
    ]
    return table
