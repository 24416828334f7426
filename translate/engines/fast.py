"""CTranslate2: the default engine, quantised, several times as fast as batched transformers on a CPU."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from translate.engines import Batch, DecodeOptions, Hypothesis, available_processors, score_of
from translate.models import converted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.models import Model

END = "</s>"


class CTranslate2Engine:
    """Runs the converted form of a MarianMT model: a batch a thread, so that threads never change a result."""

    def __init__(self, model: Model, *, threads: int = 0, precision: str = "int8") -> None:
        """Convert `model` if that was not done before, and load it."""
        import ctranslate2

        self._threads = threads or available_processors()
        self._translator = ctranslate2.Translator(
            str(converted(model, precision)), compute_type=precision, inter_threads=self._threads, intra_threads=1
        )

    def translate(
        self, batches: Sequence[Batch], options: DecodeOptions
    ) -> Iterator[tuple[tuple[Hypothesis, ...], ...]]:
        """Decode batches, in order, each as it is done: for each of its sentences the hypotheses, best first."""
        waiting: deque[tuple[Batch, list[Any]]] = deque()
        for batch in batches:
            waiting.append((batch, self._submit(batch, options)))
            if len(waiting) > 2 * self._threads:
                yield _collect(*waiting.popleft(), options)
        while waiting:
            yield _collect(*waiting.popleft(), options)

    def _submit(self, batch: Batch, options: DecodeOptions) -> list[Any]:
        jobs: list[Any] = self._translator.translate_batch(
            [[*pieces, END] for pieces in batch],
            asynchronous=True,
            beam_size=options.beam_size,
            num_hypotheses=min(options.hypotheses, options.beam_size),
            max_decoding_length=options.max_length,
            max_input_length=0,
            repetition_penalty=options.repetition_penalty,
            no_repeat_ngram_size=options.no_repeat_ngram_size,
            length_penalty=options.length_penalty,
            return_scores=True,
            return_attention=options.attention,
        )
        return jobs


def _collect(batch: Batch, jobs: list[Any], options: DecodeOptions) -> tuple[tuple[Hypothesis, ...], ...]:
    collected = []
    for source, job in zip(batch, jobs, strict=True):
        result = job.result()
        attentions = result.attention or [()] * len(result.hypotheses)
        collected.append(
            tuple(
                Hypothesis(
                    pieces=tuple(pieces),
                    score=score_of(score, len(pieces), options, truncated=len(pieces) >= options.max_length),
                    truncated=len(pieces) >= options.max_length,
                    attention=tuple(tuple(row[: len(source)]) for row in attention),
                )
                for pieces, score, attention in zip(result.hypotheses, result.scores, attentions, strict=True)
            )
        )
    return tuple(collected)
