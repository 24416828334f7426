"""Which of the entries with one source is the answer, and a hash of all answers that they can give.

The entry whose text is the very same wins over one that only folds to it, then one between the same neighbours over
one elsewhere, then the newest.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

from translate.memory.folding import fold
from translate.records import Match

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from translate.memory.entries import Kept

MODULUS: Final = 1 << 128
Context = tuple[str | None, str | None]


def answer(group: Sequence[Kept], source: str | None = None, context: Context = (None, None)) -> Kept:
    """The entry to use out of those of one key; without `source`, simply the newest."""
    return max(group, key=lambda kept: (kept.entry.source == source, _stands(kept, context), kept.order))


def match_of(kept: Kept, score: float = 1.0, remark: str = "") -> Match:
    """An entry as the answer to a query."""
    return Match(kept.entry.source, kept.entry.target, score, "; ".join(filter(None, (remark, kept.provenance))))


def group_hash(group: Iterable[Kept]) -> int:
    """A number that changes exactly when an answer of this group can; 0 for an empty one.

    The answers are the newest entry of each source text and context, and which of them is newer than which.
    """
    answers: dict[tuple[str | None, ...], Kept] = {}
    for kept in sorted(group, key=lambda kept: kept.order, reverse=True):
        answers.setdefault((kept.entry.source, kept.entry.previous, kept.entry.next), kept)
    if not answers:
        return 0
    said = [(*key, kept.entry.target, kept.provenance) for key, kept in answers.items()]
    content = json.dumps(said).encode()
    return int.from_bytes(hashlib.blake2b(content, digest_size=16).digest(), "big")


def _stands(kept: Kept, context: Context) -> bool:
    """Whether both neighbours are known on both sides, and the same."""
    pairs = zip(context, (kept.entry.previous, kept.entry.next), strict=True)
    return all(mine is not None and theirs is not None and fold(mine) == fold(theirs) for mine, theirs in pairs)
