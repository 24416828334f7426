"""transformers on torch in float32: slower, and the reference that the fast engine is tested against."""

from __future__ import annotations

import contextlib
import io
import json
import warnings
from typing import TYPE_CHECKING, Any

from translate.engines import Batch, DecodeOptions, Hypothesis, score_of
from translate.errors import ModelError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.models import Model


class TorchEngine:
    """Runs a MarianMT model through `generate`."""

    def __init__(self, model: Model, *, threads: int = 0, precision: str = "float32") -> None:
        """Load `model`; pickled weights are read as data only, never executed."""
        import torch
        import transformers

        if threads:
            torch.set_num_threads(threads)
        try:
            with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):  # the loader's bars and advice
                warnings.simplefilter("ignore")
                self._model: Any = transformers.MarianMTModel.from_pretrained(
                    model.path, dtype=torch.float32, local_files_only=True, weights_only=True
                ).eval()
        except Exception as error:  # the loader fails in many ways on a damaged weights file
            raise ModelError(Problem(f"the weights cannot be loaded: {error}", str(model.weights))) from error
        self._ids: dict[str, int] = json.loads((model.path / "vocab.json").read_text(encoding="utf-8"))
        self._pieces = {index: piece for piece, index in self._ids.items()}

    def translate(
        self, batches: Sequence[Batch], options: DecodeOptions
    ) -> Iterator[tuple[tuple[Hypothesis, ...], ...]]:
        """Decode batches, in order, each as it is done: for each of its sentences the hypotheses, best first."""
        return (self._decode(batch, options) for batch in batches)

    def _decode(self, batch: Batch, options: DecodeOptions) -> tuple[tuple[Hypothesis, ...], ...]:
        import torch

        config = self._model.config
        padding, end, unknown = config.pad_token_id, config.eos_token_id, self._ids["<unk>"]
        rows = [[*(self._ids.get(piece, unknown) for piece in pieces), end] for pieces in batch]
        width = max(map(len, rows))
        source = torch.tensor([row + [padding] * (width - len(row)) for row in rows])
        count = min(options.hypotheses, options.beam_size)
        with torch.inference_mode():
            output = self._model.generate(
                input_ids=source,
                attention_mask=(source != padding).long(),
                num_beams=options.beam_size,
                num_return_sequences=count,
                # CTranslate2 counts neither the start nor the end token, and stops as soon as the beam is full.
                max_length=options.max_length + 2,
                max_new_tokens=None,
                early_stopping=True if options.beam_size > 1 else None,
                length_penalty=options.length_penalty if options.beam_size > 1 else None,
                repetition_penalty=options.repetition_penalty,
                no_repeat_ngram_size=options.no_repeat_ngram_size,
                return_dict_in_generate=True,
                output_scores=True,
            )
        scores = output.sequences_scores if options.beam_size > 1 else self._greedy_scores(output, padding)
        hypotheses = [
            self._hypothesis(ids, score, {padding, end}, options)
            for ids, score in zip(output.sequences.tolist(), scores.tolist(), strict=True)
        ]
        return tuple(tuple(hypotheses[index : index + count]) for index in range(0, len(hypotheses), count))

    def _greedy_scores(self, output: Any, padding: int) -> Any:
        """Mean log-probability a piece; `generate` gives sequence scores with more than one beam only."""
        steps = self._model.compute_transition_scores(output.sequences, output.scores, normalize_logits=True)
        written = output.sequences[:, 1:] != padding
        return steps.masked_fill(~written, 0.0).sum(1) / written.sum(1).clamp(min=1)

    def _hypothesis(self, ids: list[int], score: float, special: set[int], options: DecodeOptions) -> Hypothesis:
        pieces = tuple(self._pieces[index] for index in ids if index not in special)
        truncated = len(pieces) >= options.max_length
        if options.beam_size > 1:
            score = score_of(score, len(pieces), options, truncated=truncated)
        return Hypothesis(pieces=pieces, score=score, truncated=truncated)
