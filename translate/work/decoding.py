"""A chunk of sentences decoded: the one function that a worker runs, wherever it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from translate.decode import Decoder, Judge, Tools, Translator
from translate.engines import LENGTH_PENALTY, DecodeOptions, open_engine
from translate.engines.tokenizer import Tokenizer
from translate.models import Model  # noqa: TC001  # a spec names its parts when it is made
from translate.records import Finding, Segment, Severity, TermHit
from translate.script import model_text
from translate.segment import split_clauses

if TYPE_CHECKING:
    from collections.abc import Sequence

Hits = tuple[TermHit, ...]


@dataclass(frozen=True, slots=True)
class DecoderSpec:
    """All that a decoder is made from; it can be sent to another process and used as a key."""

    model: Model
    engine: str = "ctranslate2"
    precision: str = "int8"
    threads: int = 0  # of the engine; 0 is all processors
    beam_size: int = 4
    length_penalty: float = LENGTH_PENALTY
    window: int = 110  # source pieces that the model is trusted with at once
    severities: tuple[tuple[str, Severity | None], ...] = ()  # of checks, where they differ from the checks' own


@dataclass(frozen=True, slots=True)
class Draft:
    """What decoding made of a sentence: the English, the way it was made, and what decoding itself has to say of it."""

    target: str
    origin: str
    score: float | None
    findings: tuple[Finding, ...] = ()


@lru_cache(maxsize=2)
def open_decoder(spec: DecoderSpec) -> Decoder:
    """The decoder of `spec`, its model loaded; the same one for the same spec while the process lives."""
    engine = open_engine(spec.engine, spec.model, threads=spec.threads, precision=spec.precision)
    translator = Translator(engine, Tokenizer(spec.model))
    return Decoder(
        translator=translator,
        judge=Judge(dict(spec.severities)),
        tools=Tools(
            prepare=model_text,
            split=lambda text, limit: split_clauses(text, limit, translator.count_pieces),
            count=translator.count_pieces,
            placeholders=translator.knows("⟦0⟧"),
            window=min(spec.window, int(spec.model.config.get("max_position_embeddings", 512)) - 2),
        ),
        options=DecodeOptions(
            beam_size=spec.beam_size,
            hypotheses=spec.beam_size,
            length_penalty=spec.length_penalty,
        ),
    )


def decode_chunk(spec: DecoderSpec, segments: Sequence[Segment], hits: Sequence[Hits]) -> tuple[Draft, ...]:
    """One draft a segment, in order."""
    units = open_decoder(spec).decode(segments, hits)
    return tuple(Draft(unit.target, unit.origin, unit.score, unit.findings) for unit in units)
