"""Where the translation model looks as it reads a given translation: forced decoding, and its cross-attention."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from translate.engines import available_processors
from translate.models import converted
from translate.script import simplify_characters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from translate.records import Span
    from translate.work import DecoderSpec

    Floats = NDArray[np.float64]
    Pieces = list[tuple[str, Span]]

END = "</s>"
BATCH = 32  # beads of about the same length that are decoded together
LONGEST_PIECE = 16  # characters
_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True)
class Attention:
    """A model that is shown sources with their translations."""

    spec: DecoderSpec

    @cached_property
    def _tokenizers(self) -> list[Any]:
        """Of the source and the target."""
        import sentencepiece

        paths = [self.spec.model.path / name for name in ("source.spm", "target.spm")]
        return [sentencepiece.SentencePieceProcessor(model_file=str(path)) for path in paths]

    @cached_property
    def _translator(self) -> Any:
        import ctranslate2

        return ctranslate2.Translator(
            str(converted(self.spec.model, self.spec.precision)),
            compute_type=self.spec.precision,
            inter_threads=self.spec.threads or available_processors(),
            intra_threads=1,
        )

    def of(self, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[int, Floats | None]]:
        """For each (source, target) its number and the attention by character; None for what is too long.

        They come in any order. A row of the attention is a character of the source, a column one of the target: what
        their pieces have, as a multiple of what they would have if the model looked everywhere alike; 0 for spaces.
        """
        pieces = [(self._pieces(source, 0), self._pieces(target, 1)) for source, target in pairs]
        fits = [self._fits(ours) and self._fits(theirs) for ours, theirs in pieces]
        yield from ((number, None) for number, fit in enumerate(fits) if not fit)
        order = sorted((number for number, fit in enumerate(fits) if fit), key=lambda number: -len(pieces[number][1]))
        for start in range(0, len(order), BATCH):
            numbers = order[start : start + BATCH]
            for number, weights in zip(numbers, self._forced([pieces[number] for number in numbers]), strict=True):
                source, target = pairs[number]
                yield number, _by_character(weights, *pieces[number], shape=(len(source), len(target)))

    def _fits(self, pieces: Pieces) -> bool:
        return 0 < len(pieces) <= self.spec.window

    def _forced(self, batch: Sequence[tuple[Pieces, Pieces]]) -> Iterator[Floats]:
        """The attention of each target piece (row) to each source piece (column)."""
        results = self._translator.translate_batch(
            [[*(piece for piece, _ in ours), END] for ours, _ in batch],
            target_prefix=[[piece for piece, _ in theirs] for _, theirs in batch],
            max_decoding_length=max(len(theirs) for _, theirs in batch),
            beam_size=1,
            return_attention=True,
        )
        for result, (ours, theirs) in zip(results, batch, strict=True):
            yield np.array(result.attention[0], np.float64)[: len(theirs), : len(ours)]

    def _pieces(self, text: str, side: int) -> Pieces:
        """The pieces of a text and where each stands; none if it is far too long."""
        result: Pieces = []
        if len(text) > self.spec.window * LONGEST_PIECE:
            return result
        for match in _TOKEN.finditer(text):
            token = match[0].encode("utf-8", "replace").decode("utf-8")
            pieces = self._tokenizers[side].encode(simplify_characters(token) if side == 0 else token, out_type=str)
            widths = [len(unicodedata.normalize("NFKC", character)) for character in token]
            ends = list(accumulate(len(piece.lstrip("▁")) for piece in pieces))
            if not ends or ends[-1] != sum(widths):
                result += [(piece, match.span()) for piece in pieces]
                continue
            places = np.repeat(np.arange(len(token)), widths).tolist()
            for piece, (start, end) in zip(pieces, pairwise([0, *ends]), strict=True):
                last = places[end - 1] + 1 if end > start else places[min(start, len(places) - 1)]
                first = places[min(start, len(places) - 1)]
                result.append((piece, (match.start() + first, match.start() + max(first, last))))
        return result


def _by_character(weights: Floats, ours: Pieces, theirs: Pieces, shape: tuple[int, int]) -> Floats:
    shares = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    lifted = shares / np.maximum(shares.mean(axis=0, keepdims=True), 0.5 / max(1, len(ours)))
    columns = np.zeros((shape[1], len(ours)))
    for row, (_, (start, end)) in enumerate(theirs):
        columns[start:end] = np.maximum(columns[start:end], lifted[row])
    result = np.zeros(shape)
    for column, (_, (start, end)) in enumerate(ours):
        result[start:end] = np.maximum(result[start:end], columns[:, column])
    return result
