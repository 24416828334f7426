"""Evidence from lengths, in two ways: a likelihood ratio, and the whole method of Gale and Church as a baseline."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from translate.align.band import Band
    from translate.align.lattice import Shape

    Floats = NDArray[np.float64]

_SAYS_NOTHING = re.compile(r"[\W_]+")
# Logarithm of English characters over Chinese ones (both without marks): mean, deviation of a text of LONG Chinese
# characters or more, and how much shorter ones vary; over the government work reports of 2008 to 2014.
LOG_RATIO, DEVIATION, LONG = 1.52, 0.21, 20
# Gale and Church 1993, A program for aligning sentences in bilingual corpora, Computational Linguistics 19:1:
# the variance of the target's length for each character of the source (theirs is 6.8, for pairs of languages with as
# many characters; here it grows with the square of the ratio), and how often each shape of bead occurs.
VARIANCE_A_CHARACTER = 6.8
GALE_CHURCH_SHAPES: dict[Shape, float] = {
    (1, 1): 0.89, (1, 0): 0.0099 / 2, (0, 1): 0.0099 / 2, (2, 1): 0.089 / 2, (1, 2): 0.089 / 2, (2, 2): 0.011,
}  # fmt: skip


def content_length(text: str) -> int:
    """Letters and digits; at least 1."""
    return max(1, len(_SAYS_NOTHING.sub("", text)))


def content_lengths(texts: Sequence[str]) -> Floats:
    """The content length of each text."""
    return np.array([content_length(text) for text in texts], np.float64)


def likelihood_ratio(source: Floats, target: Floats, band: Band, shape: Shape) -> Floats:
    """Log of how much likelier the lengths are if the bead of `shape` at each state is one than if it is chance.

    States near the end, where such a bead does not fit, get any number.
    """
    ours, theirs = _sums(source, target, band, shape)
    deviation = DEVIATION * np.sqrt(np.maximum(1.0, LONG / ours))
    chance_mean, chance_deviation = _logs(target, shape[1])
    misfit = (np.log(theirs / ours) - LOG_RATIO) / deviation
    by_chance = (np.log(theirs) - chance_mean) / chance_deviation
    return (by_chance**2 - misfit**2) / 2 + np.log(chance_deviation / deviation)


def gale_church(source: Floats, target: Floats, band: Band, shape: Shape) -> Floats:
    """The log probability of a bead of the shape at each state by Gale and Church's model."""
    ratio = max(1.0, target.sum()) / max(1.0, source.sum())
    ours, theirs = _sums(source, target, band, shape)
    if not shape[1]:
        theirs = np.zeros_like(ours)
    mean = (ours + theirs / ratio) / 2
    delta = (theirs - ours * ratio) / np.sqrt(mean * VARIANCE_A_CHARACTER * ratio * ratio)
    return math.log(GALE_CHURCH_SHAPES[shape]) + _log_two_tails(np.abs(delta))


def _log_two_tails(delta: Floats) -> Floats:
    """log(2 (1 - Phi(delta))), by its asymptotic form where erfc would vanish."""
    small = np.minimum(delta, 5.0)
    near = np.log(np.array([math.erfc(value / math.sqrt(2)) for value in small.tolist()]))
    far = -(delta**2) / 2 - np.log(np.maximum(delta, 1.0) * math.sqrt(math.pi / 2))
    return np.where(delta < 5.0, near, far)


def _sums(source: Floats, target: Floats, band: Band, shape: Shape) -> tuple[Floats, Floats]:
    """The content lengths of both sides of the bead at each state."""
    both = []
    for lengths, begin, size in ((source, band.row_of, shape[0]), (target, band.column_of, shape[1])):
        done = np.concatenate(([0.0], np.cumsum(lengths)))
        end = np.minimum(begin + size, len(lengths))
        both.append(np.maximum(done[end] - done[np.minimum(begin, len(lengths))], 1.0))
    return both[0], both[1]


def _logs(lengths: Floats, size: int) -> tuple[float, float]:
    """Mean and deviation of the logarithm of the length of `size` sentences of the text."""
    if not len(lengths):
        return 0.0, 1.0
    logs = np.log(lengths)
    deviation = max(float(logs.std()), 0.3)
    return float(logs.mean()) + math.log(size) + deviation**2 / 4 * (size > 1), deviation / math.sqrt(size)
