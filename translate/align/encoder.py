"""Evidence from a sentence encoder that maps both languages into one space: the cosine of the two sides of a bead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from translate.align.lengths import content_lengths

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from translate.align.band import Band
    from translate.align.lattice import Shape

    Floats = NDArray[np.float64]
    Embed = Callable[[Sequence[str]], NDArray[np.float32]]  # texts -> one row each

_TYPICAL = 0.2  # cosine of two sentences that have nothing to do with each other


class Vectors:
    """The sentences of both texts as vectors, so that those of a bead can be added up."""

    def __init__(self, source: Sequence[str], target: Sequence[str], embed: Embed) -> None:
        """Embed all sentences; the vector of several is the sum of theirs, each by its length."""
        self._source, self._target = (_sums(texts, embed) for texts in (source, target))

    def cosine(self, band: Band, shape: Shape) -> Floats:
        """For the bead at each state its cosine over that of unrelated texts, times its sentences a side."""
        ours, theirs = _groups(self._source, shape[0]), _groups(self._target, shape[1])
        result = np.zeros(int(band.offsets[-1]))
        for row in range(min(band.rows, len(ours))):
            low, high = int(band.low[row]), min(int(band.high[row]), len(theirs))
            if low < high:
                first = int(band.offsets[row])
                result[first : first + high - low] = theirs[low:high] @ ours[row]
        return (result - _TYPICAL) * (sum(shape) / 2)

    def closeness(self, sentence: int) -> Floats:
        """How much nearer than unrelated ones each target sentence is to a source sentence."""
        ours, theirs = _groups(self._source, 1), _groups(self._target, 1)
        return np.asarray(theirs @ ours[sentence] - _TYPICAL, np.float64)


def _sums(texts: Sequence[str], embed: Embed) -> NDArray[np.float32]:
    weighted = embed(texts) * np.sqrt(content_lengths(texts))[:, None].astype(np.float32)
    return np.concatenate((np.zeros((1, weighted.shape[1]), np.float32), np.cumsum(weighted, axis=0, dtype=np.float64)))


def _groups(sums: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """The unit vectors of `size` sentences from each one on."""
    vectors = sums[size:] - sums[:-size]
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)
