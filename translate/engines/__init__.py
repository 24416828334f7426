"""Engines turn batches of source pieces into hypotheses; every engine gives the same text for the same options.

An engine knows nothing of documents, terms or checks. ENGINES, at the foot, names them; the heavy library behind
each is imported when the engine is made.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Protocol

from translate.errors import Problem, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.models import Model

# What a run uses. At 1, the mean log-probability a piece, the built-in model leaves more out. CTranslate2's coverage
# penalty helps as much, but counts the padding of a batch, so that a sentence depends on its neighbours.
LENGTH_PENALTY = 1.5
Pieces = tuple[str, ...]  # SentencePiece pieces of one sentence, without the end token
Batch = tuple[Pieces, ...]  # sentences that are decoded together


@dataclass(frozen=True, slots=True)
class DecodeOptions:
    """How to search. Lengths count target pieces; one batch is decoded with one set of options."""

    beam_size: int = 4
    hypotheses: int = 4  # n-best size, at most `beam_size`: what the beam holds anyway, so it costs nothing
    max_length: int = 256
    repetition_penalty: float = 1.0
    no_repeat_ngram_size: int = 0
    length_penalty: float = 1.0  # hypotheses are ranked by log-probability over length to this power
    attention: bool = False  # fill Hypothesis.attention (CTranslate2 only)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One way to say a sentence.

    `score` is the mean log-probability a piece, natural logarithm, end token included, whatever they are ranked by.
    """

    pieces: Pieces
    score: float
    truncated: bool = False  # stopped by `max_length`, not by the model
    attention: tuple[tuple[float, ...], ...] = ()  # a row a target piece, a column a source piece


def score_of(ranked_by: float, pieces: int, options: DecodeOptions, *, truncated: bool) -> float:
    """The mean log-probability a piece of a hypothesis, from what an engine ranks it by."""
    return float(ranked_by * (pieces + (not truncated)) ** (options.length_penalty - 1))


class Engine(Protocol):
    """What the decoder needs of an engine."""

    def translate(
        self, batches: Sequence[Batch], options: DecodeOptions
    ) -> Iterator[tuple[tuple[Hypothesis, ...], ...]]:
        """Decode batches, in order, each as it is done: for each of its sentences the hypotheses, best first.

        What a batch gives depends on the batch and the options alone, never on its neighbours or on `threads`.
        """
        ...


def open_engine(name: str, model: Model, *, threads: int = 0, precision: str = "int8") -> Engine:
    """Make the engine called `name` for `model`. `threads` 0 means as many as there are processors.

    Threads change the speed and nothing else. `precision` is int8 or float32; torch computes in float32 only.
    """
    if name not in ENGINES:
        raise SettingsError(Problem(f"unknown engine {name!r}", remedy=f"one of {', '.join(ENGINES)}"))
    module, factory = ENGINES[name].split(":")
    engine: Engine = getattr(import_module(module), factory)(model, threads=threads, precision=precision)
    return engine


def signature(name: str, model: Model, precision: str) -> str:
    """What decides an engine's output besides batch and options, without loading it."""
    if name == "torch":
        return f"torch {version('torch')} float32 model {model.sha256[:16]}"
    return f"{name} {version(name)} {precision} model {model.sha256[:16]}"


def available_processors() -> int:
    """The processors that this process may use, which in a container can be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


ENGINES = {
    "ctranslate2": "translate.engines.fast:CTranslate2Engine",
    "torch": "translate.engines.reference:TorchEngine",
}
