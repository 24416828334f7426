"""The whole program, in order: read, segment, find terms, translate, mark, check, write.

    document -> blocks -> segments -> term hits -> units (decode: generate and verify) -> checks -> files

`open_toolbox` gathers what all documents of a call share; `translate_document` is the flow for one; `run` adds the
folder, the journal and the files around it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from translate import manifest
from translate.bilingual import dumps
from translate.checks import Dismissals, check_unit, run_checks
from translate.decode import Decoder, Judge, Tools, Translator, capitalised
from translate.engines import DecodeOptions, open_engine
from translate.engines.journal import JournaledEngine
from translate.engines.tokenizer import Tokenizer
from translate.formats import read_bytes, read_document, rebuild_document
from translate.glossary import Glossary, load_glossary, mark_first_mentions, standard_layers
from translate.models import Model, resolve_model
from translate.output import OutputFolder
from translate.records import Document, Run, Segment, Unit
from translate.script import model_text
from translate.segment import segment_block, split_clauses

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from translate.engines import Engine
    from translate.settings import Settings

    Progress = Callable[[str, int, int], None]  # (what is being done, done, in all)

SHOWN_SETTINGS = {"precision", "beam_size", "window", "use_glossary", "checks"}


@dataclass(frozen=True, slots=True)
class Source:
    """An input as bytes, with the document read from them: rebuilding needs both."""

    document: Document
    data: bytes


@dataclass(frozen=True, slots=True)
class Toolbox:
    """What all documents of a call share; the engine is opened by the first that needs it."""

    settings: Settings
    glossary: Glossary
    model: Model
    engine: Engine
    tokenizer: Tokenizer


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: its manifest, and whether an earlier run had already done it."""

    manifest: dict[str, Any]
    folder: Path
    already_done: bool = False


def load_source(path: Path, encoding: str | None = None) -> Source:
    """Read a document from a file."""
    document = read_document(path, encoding=encoding)
    return Source(document, path.read_bytes())


def source_from_bytes(data: bytes, path: str, format: str, encoding: str | None = None) -> Source:
    """Read a document that does not come from a file, such as standard input."""
    return Source(read_bytes(data, path=path, format=format, encoding=encoding), data)


def open_glossary(settings: Settings) -> Glossary:
    """The glossary in force: shipped, team, user and named layers; empty when it is switched off."""
    if not settings.use_glossary:
        return Glossary()
    return load_glossary(standard_layers(settings.glossary, team=settings.team_glossary))


def open_toolbox(settings: Settings, announce: Callable[[str], None] = lambda message: None) -> Toolbox:
    """Load the glossary, find the model and open the engine; a problem with any is raised before work begins."""
    glossary = open_glossary(settings)
    model = resolve_model(settings.model, announce=announce)
    engine = open_engine(settings.engine, model, threads=settings.threads, precision=settings.precision)
    return Toolbox(settings, glossary, model, engine, Tokenizer(model))


def segment(document: Document) -> tuple[Segment, ...]:
    """All segments of a document, in order."""
    return tuple(segment for block in document.blocks for segment in segment_block(block))


def translate_document(source: Source, tools: Toolbox, progress: Progress | None = None) -> Run:
    """The flow for one document, without touching a file."""
    began = time.monotonic()
    segments = segment(source.document)
    hits = [tools.glossary.find(segment.text) for segment in segments]
    decoder = decoder_for(tools)
    units = decoder.decode(segments, hits, progress)
    units = tuple(replace(unit, target=capitalised(unit.target)) for unit in units)
    units = mark_first_mentions(units)
    units = _checked(units, tools.settings)
    seconds = time.monotonic() - began
    speed = {"seconds": round(seconds, 3), "pieces_per_second": round(decoder.translator.pieces_decoded / seconds, 1)}
    description = describe(source.document, tools)
    outcome = {
        "counts": manifest.count(source.document, units),
        "terms": manifest.term_hits(units),
        "units": manifest.units_made(units),
        "time": speed,
    }
    return Run(source.document, units, {**description, **outcome})


def describe(document: Document, tools: Toolbox) -> dict[str, Any]:
    """What decides the outcome of a run of `document`."""
    glossary = {"sha256": tools.glossary.sha256, "terms": len(tools.glossary), "layers": list(tools.glossary.layers)}
    settings = tools.settings.model_dump(mode="json", include=SHOWN_SETTINGS)
    return manifest.describe(document, tools.model, tools.engine.signature, glossary, settings)


def files_of(run: Run, source: Source) -> dict[str, bytes]:
    """Every file that a run writes besides its manifest, by name."""
    return {
        "aligned.tsv": dumps(run, "tsv"),
        f"translation.{run.document.format}": rebuild_document(run.document, source.data, target_texts(run)),
    }


def target_texts(run: Run) -> dict[str, str]:
    """The English of each block, its sentences joined."""
    sentences: dict[str, list[str]] = {block.id: [] for block in run.document.blocks}
    for unit in run.units:
        sentences[unit.segments[0].block_id].append(unit.target)
    return {block: " ".join(filter(None, targets)) for block, targets in sentences.items()}


def run(source: Source, folder: Path, tools: Toolbox, progress: Progress | None = None) -> Outcome:
    """Translate one document into `folder`; goes on with an unfinished run, and leaves a finished one alone."""
    target = OutputFolder(folder, manifest.fingerprint(describe(source.document, tools)))
    done = target.finished()
    if done is not None and not tools.settings.force:
        return Outcome(done, folder, already_done=True)
    names = ("aligned.tsv", f"translation.{source.document.format}")
    with target.claim(names, force=tools.settings.force):
        journal = JournaledEngine(tools.engine, target.journal)
        try:
            result = translate_document(source, replace(tools, engine=journal), progress)
        finally:
            journal.close()
        written = target.write(files_of(result, source), result.manifest)
    return Outcome(written, folder)


def decoder_for(tools: Toolbox) -> Decoder:
    """The decoder of a call: model, judge and splitter as the settings say."""
    translator = Translator(tools.engine, tools.tokenizer)
    severities = tools.settings.severities
    return Decoder(
        translator=translator,
        judge=Judge(lambda unit: check_unit(unit, severities)),
        tools=Tools(
            prepare=model_text,
            split=lambda text, limit: split_clauses(text, limit, translator.count_pieces),
            count=translator.count_pieces,
            placeholders=translator.knows("⟦0⟧"),
            window=min(tools.settings.window, int(tools.model.config.get("max_position_embeddings", 512)) - 2),
        ),
        options=DecodeOptions(beam_size=tools.settings.beam_size, hypotheses=tools.settings.beam_size),
    )


def _checked(units: Sequence[Unit], settings: Settings) -> tuple[Unit, ...]:
    """The units with the findings of all checks behind what decoding itself found."""
    checked = run_checks(units, settings.severities, Dismissals())
    return tuple(
        replace(after, findings=(*before.findings, *after.findings))
        for before, after in zip(units, checked, strict=True)
    )
