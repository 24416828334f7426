"""How much a reviewer changed: TER and chrF between what was made and what was approved, with signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Rate:
    """Of some segments: TER (0: nothing was changed; may exceed 100) and chrF (100: nothing was changed)."""

    segments: int
    ter: float
    chrf: float
    ter_signature: str
    chrf_signature: str

    def as_object(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "segments": self.segments,
            "TER": {"score": round(self.ter, 2), "signature": self.ter_signature},
            "chrF": {"score": round(self.chrf, 2), "signature": self.chrf_signature},
        }


def edit_rate(pairs: Sequence[tuple[str, str]]) -> Rate | None:
    """Over (text made, text approved), the latter being the reference; None where there are no pairs.

    TER is the number of word edits it takes, shifts of phrases counting one, per 100 words of the approved text
    (Snover and others, 2006; with the reviewer's own text as the reference it is their HTER).
    """
    if not pairs:
        return None
    from sacrebleu.metrics import CHRF, TER

    made, approved = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    ter, chrf = TER(), CHRF()
    return Rate(
        segments=len(pairs),
        ter=ter.corpus_score(made, [approved]).score,
        chrf=chrf.corpus_score(made, [approved]).score,
        ter_signature=str(ter.get_signature()),
        chrf_signature=str(chrf.get_signature()),
    )


def changed_words(made: str, approved: str) -> float | None:
    """TER of one segment; None where nothing was approved to compare with."""
    rate = edit_rate([(made, approved)]) if approved.strip() else None
    return None if rate is None else rate.ter
