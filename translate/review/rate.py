"""How much a reviewer changed: TER and chrF between what was made and what was approved, with signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST: Final = 150  # words of a segment that is compared


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


class Rates:
    """The edit rates of (text made, text approved) pairs, the latter being the references; each is compared once.

    TER is the number of word edits it takes, shifts of phrases counting one, per 100 words of the approved text
    (Snover and others, 2006; with the reviewer's own text as the reference it is their HTER).
    """

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Compare the pairs, but for those of over LONGEST words: finding shifts in them takes minutes."""
        from sacrebleu.metrics import CHRF, TER

        self._metrics = TER(), CHRF()
        short = [number for number, pair in enumerate(pairs) if max(len(text.split()) for text in pair) <= LONGEST]
        self._places = {number: place for place, number in enumerate(short)}
        made, approved = ([pairs[number][side] for number in short] for side in (0, 1))
        self._rows = [metric._extract_corpus_statistics(made, [approved]) if short else [] for metric in self._metrics]

    def over(self, numbers: Sequence[int]) -> Rate | None:
        """The rates over some of the pairs, by their numbers; None over none, as nothing is known then."""
        places = [self._places[number] for number in numbers if number in self._places]
        if not places:
            return None
        ter, chrf = (self._score(metric, rows, places) for metric, rows in zip(self._metrics, self._rows, strict=True))
        signatures = [str(metric.get_signature()) for metric in self._metrics]
        return Rate(len(places), ter, chrf, *signatures)

    def _score(self, metric: Any, rows: list[list[float]], places: Sequence[int]) -> float:
        total = [sum(column) for column in zip(*(rows[place] for place in places), strict=True)]
        score: float = metric._compute_score_from_stats(total).score
        return score
