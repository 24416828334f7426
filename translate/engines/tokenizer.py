"""Text to SentencePiece pieces and back, as MarianMT models want it; shared by all engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate.errors import ModelError, Problem

if TYPE_CHECKING:
    from translate.engines import Pieces
    from translate.models import Model


class Tokenizer:
    """The source and target SentencePiece models of one MarianMT directory."""

    def __init__(self, model: Model) -> None:
        """Load both; raises ModelError if either is damaged."""
        import sentencepiece

        try:
            self._source = sentencepiece.SentencePieceProcessor(model_file=str(model.path / "source.spm"))
            self._target = sentencepiece.SentencePieceProcessor(model_file=str(model.path / "target.spm"))
        except (RuntimeError, OSError) as error:
            remedy = "fetch source.spm and target.spm again"
            raise ModelError(Problem("not a SentencePiece model", str(model.path), remedy=remedy)) from error

    def encode(self, text: str) -> Pieces:
        """The pieces of a source sentence; lone surrogates, which SentencePiece cannot take, become a question mark."""
        return tuple(self._source.encode(text.encode("utf-8", "replace").decode("utf-8"), out_type=str))

    def decode(self, pieces: Pieces) -> str:
        """The text of target pieces."""
        return str(self._target.decode([piece for piece in pieces if piece not in ("</s>", "<pad>", "<unk>")])).strip()
