"""Pairs in three: to learn from, to choose by, and to judge by; by hash, so that the same pairs always fall alike."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate.adapt_pipeline.pairs import Pair, key_of
from translate.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST = 40  # pairs: with fewer, nothing that is held out could show a difference
JUDGED = (0.25, 10, 300)  # share, at least, at most
CHOSEN = (0.10, 8, 100)


@dataclass(frozen=True, slots=True)
class Parts:
    """Pairs to learn from, to choose by (when to stop, how far to go), and to judge by."""

    learn: tuple[Pair, ...]
    choose: tuple[Pair, ...]
    judge: tuple[Pair, ...]


def split(pairs: Sequence[Pair], seed: int) -> Parts:
    """Divide pairs; sources that differ in marks or figures only stay together. InputError if there are too few."""
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[key_of(pair[0])].append(pair)
    if len(groups) < FEWEST:
        what = (
            f"{len(groups)} different pairs are fit to learn from, and {FEWEST} are the fewest that can show anything"
        )
        raise InputError(Problem(what, remedy="about 200 reviewed pairs make sense; a glossary needs none"))
    order = sorted(groups, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).digest())
    judged, chosen = (min(most, max(least, int(share * len(order)))) for share, least, most in (JUDGED, CHOSEN))
    cuts = (order[judged + chosen :], order[judged : judged + chosen], order[:judged])
    learn, choose, judge = (tuple(pair for key in keys for pair in groups[key]) for keys in cuts)
    return Parts(learn, choose, judge)
