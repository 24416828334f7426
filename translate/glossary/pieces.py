"""Chinese text in word-like pieces, by the built-in model's own segmentation: a statistical lexicon that ships anyway.

It tells where a short term only seems to stand, made of the end of one word and the beginning of the next (民生 in
人民生命): of 62,188 hits of two-character words in parallel text 82 were such by `straddles`, 78 of them rightly.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

    from translate.records import Span

_HAN_RUN: Final = re.compile("[\u3400-\u9fff]{1,400}")
_UNSEEN: Final = -16.0
_WORD_MARK: Final = "\u2581"


def pieces(text: str) -> list[Span]:
    """Spans of the word-like pieces of the Chinese characters of a text, in order; other characters are in none."""
    spans: list[Span] = []
    for run in _HAN_RUN.finditer(text):
        at = run.start()
        for piece in _segmenter().encode(run.group(), out_type=str):
            length = len(piece) - piece.count(_WORD_MARK)
            if length:
                spans.append((at, at + length))
            at += length
    return spans


def crosses(span: Span, words: list[Span]) -> bool:
    """Whether a span cuts a word in two: at one end at least a word goes on."""
    start, end = span
    return any(first < start < last < end or start < first < end < last for first, last in words)


def straddles(span: Span, words: list[Span]) -> bool:
    """Whether a span cuts words at both its ends."""
    start, end = span
    return any(first < start < last < end for first, last in words) and any(
        start < first < end < last for first, last in words
    )


def chance(piece: str) -> float:
    """The natural logarithm of how likely a piece is, in the texts that the segmentation was learned from."""
    segmenter = _segmenter()
    numbers = (segmenter.piece_to_id(piece), segmenter.piece_to_id(_WORD_MARK + piece))
    return max(float(segmenter.get_score(number)) if number != segmenter.unk_id() else _UNSEEN for number in numbers)


@cache
def _segmenter() -> SentencePieceProcessor:
    from sentencepiece import SentencePieceProcessor

    model = resources.files("translate").joinpath("data/model/source.spm").read_bytes()
    return SentencePieceProcessor(model_proto=model)
