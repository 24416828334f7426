"""Pairs of texts as numbers: a MarianMT directory's pieces and vocabulary, and flat arrays that stay small."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from translate.errors import ModelError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


class Vocabulary:
    """The two SentencePiece models and the vocabulary of a MarianMT directory."""

    def __init__(self, directory: Path) -> None:
        """Load the three files; raises ModelError if one is missing or damaged."""
        import sentencepiece

        self.directory = directory
        try:
            self._source = sentencepiece.SentencePieceProcessor(model_file=str(directory / "source.spm"))
            self._target = sentencepiece.SentencePieceProcessor(model_file=str(directory / "target.spm"))
            self._ids: dict[str, int] = json.loads((directory / "vocab.json").read_text(encoding="utf-8"))
            self._end, self._unknown = self._ids["</s>"], self._ids["<unk>"]
        except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
            remedy = "source.spm, target.spm and vocab.json of one MarianMT model are needed"
            raise ModelError(Problem("no usable vocabulary", str(directory), remedy=remedy)) from error

    def source_ids(self, text: str) -> list[int]:
        """The numbers of a source text, end mark included."""
        return self._numbers(self._source, text)

    def target_ids(self, text: str) -> list[int]:
        """The numbers of a target text, end mark included."""
        return self._numbers(self._target, text)

    def _numbers(self, pieces: Any, text: str) -> list[int]:
        clean = text.encode("utf-8", "replace").decode("utf-8")
        return [*(self._ids.get(piece, self._unknown) for piece in pieces.encode(clean, out_type=str)), self._end]


@dataclass(frozen=True, slots=True)
class Encoded:
    """Encoded pairs, end marks included; pair i is `sources[source_at[i]:source_at[i + 1]]` and the same of targets."""

    sources: Any  # int32
    source_at: Any  # int64, one more than pairs
    targets: Any
    target_at: Any
    left_out: int = 0  # pairs that were empty or longer than allowed

    def __len__(self) -> int:
        return len(self.source_at) - 1

    def source(self, index: int) -> Any:
        """The source numbers of a pair."""
        return self.sources[self.source_at[index] : self.source_at[index + 1]]

    def target(self, index: int) -> Any:
        """The target numbers of a pair."""
        return self.targets[self.target_at[index] : self.target_at[index + 1]]

    @property
    def lengths(self) -> Any:
        """The longer side of each pair, in pieces."""
        import numpy as np

        return np.maximum(np.diff(self.source_at), np.diff(self.target_at))

    @property
    def sha256(self) -> str:
        """A hash of all the numbers."""
        digest = hashlib.sha256()
        for array in (self.source_at, self.sources, self.target_at, self.targets):
            digest.update(array.tobytes())
        return digest.hexdigest()


def encode(
    pairs: Iterable[tuple[str, str]], vocabulary: Vocabulary, *, longest: tuple[int, int] = (110, 130)
) -> Encoded:
    """Pairs of (source, target) as numbers; pairs with an empty side, or over `longest` pieces a side, are left out."""
    import numpy as np

    sources: list[list[int]] = []
    targets: list[list[int]] = []
    left_out = 0
    for source, target in pairs:
        one, other = vocabulary.source_ids(source.strip()), vocabulary.target_ids(target.strip())
        if 1 < len(one) <= longest[0] and 1 < len(other) <= longest[1]:
            sources.append(one)
            targets.append(other)
        else:
            left_out += 1

    def flat(rows: Sequence[Sequence[int]]) -> Any:
        return np.fromiter((number for row in rows for number in row), np.int32)

    def starts(rows: Sequence[Sequence[int]]) -> Any:
        return np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)]).astype(np.int64)

    return Encoded(flat(sources), starts(sources), flat(targets), starts(targets), left_out)
