"""Texts in, n-best translations out: pieces, batches by length over everything asked at once, and text again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from translate.engines import Batch, DecodeOptions, Engine, Hypothesis, Pieces
    from translate.engines.tokenizer import Tokenizer

BATCH_PIECES = 1024  # source pieces a batch, padding included: past this a CPU gains nothing


@dataclass(frozen=True, slots=True)
class Translation:
    """One hypothesis as text. `score` is the log-probability a piece; `truncated`: cut off at the length limit."""

    text: str
    score: float
    truncated: bool
    hypothesis: Hypothesis


class Translator:
    """An engine with its tokenizer."""

    def __init__(self, engine: Engine, tokenizer: Tokenizer) -> None:
        """Hold both; `engine` decides speed and precision, `tokenizer` belongs to the same model."""
        self._engine = engine
        self._tokenizer = tokenizer
        self.pieces_decoded = 0  # target pieces over all calls, for the speed that a run reports

    def count_pieces(self, text: str) -> int:
        """How many source pieces `text` takes: the unit of the model's window."""
        return len(self._tokenizer.encode(text))

    def source_pieces(self, text: str) -> Pieces:
        """The source pieces themselves, for reading an attention matrix."""
        return self._tokenizer.encode(text)

    def join_pieces(self, pieces: Pieces) -> str:
        """The text of target pieces, tidied."""
        return tidy(self._tokenizer.decode(pieces))

    def knows(self, text: str) -> bool:
        """Whether `text` survives the model's vocabulary, as a placeholder must."""
        return text in self._tokenizer.decode(self._tokenizer.encode(text)) and self.count_pieces(text) <= 2

    def translate(
        self, texts: Sequence[str], options: DecodeOptions, progress: Callable[[int, int], None] | None = None
    ) -> list[tuple[Translation, ...]]:
        """The n-best translations of each text, best first; equal texts are decoded once."""
        encoded = {text: self._tokenizer.encode(text) for text in texts}
        batches = make_batches([pieces for pieces in encoded.values() if pieces])
        total, done = sum(len(pieces) for batch in batches for pieces in batch), 0
        answers: dict[Pieces, tuple[Translation, ...]] = {(): ()}
        for batch, results in zip(batches, self._engine.translate(batches, options), strict=True):
            for pieces, hypotheses in zip(batch, results, strict=True):
                answers[pieces] = tuple(self._read(hypothesis) for hypothesis in hypotheses)
                done += len(pieces)
                self.pieces_decoded += len(hypotheses[0].pieces) if hypotheses else 0
            if progress:
                progress(done, total)
        return [answers[encoded[text]] for text in texts]

    def _read(self, hypothesis: Hypothesis) -> Translation:
        return Translation(self.join_pieces(hypothesis.pieces), hypothesis.score, hypothesis.truncated, hypothesis)


def make_batches(sentences: Sequence[Pieces], budget: int = BATCH_PIECES) -> list[Batch]:
    """Distinct sentences sorted by length and cut into batches of at most `budget` pieces, padding included.

    The order depends on the sentences alone, so that a resumed run forms the same batches. Longest first: the
    last batches are then the short ones, and the processors finish together.
    """
    batches: list[Batch] = []
    current: list[Pieces] = []
    for pieces in sorted(set(sentences), key=lambda pieces: (-len(pieces), pieces)):
        if current and len(current[0]) * (len(current) + 1) > budget:
            batches.append(tuple(current))
            current = []
        current.append(pieces)
    return [*batches, tuple(current)] if current else batches


def tidy(text: str) -> str:
    """Mend what detokenising leaves: single spaces, none before a mark or inside brackets, no dash at the beginning."""
    text = re.sub(r"[ \t\r\n\u2028\u2029]+", " ", text).strip()
    text = re.sub(r"^[-–—]+ ", "", text)
    text = re.sub(r" ([,.;:?!%)\]])", r"\1", text)
    return re.sub(r"([(\[$]) ", r"\1", text)
