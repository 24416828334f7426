"""The whole program, in order: read, segment, find terms, translate, mark, check, write.

    document -> blocks -> segments -> answers that are known -> drafts (decode: generate and verify) -> units -> checks
    -> files

`open_toolbox` gathers what all documents of a call share; `run_all` is the flow for any number of them, whose
sentences are decoded together (translate.work), and `translate_document` the flow for one without a file written.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from translate import bilingual, manifest
from translate.checks import Dismissals, risk, run_checks
from translate.decode import capitalised
from translate.engines import signature
from translate.errors import InputError, OutputError
from translate.formats import read_bytes, read_document, rebuild_document
from translate.glossary import Glossary, load_glossary, locate, mark_first_mentions, standard_layers
from translate.models import Model, resolve_model
from translate.output import OutputFolder, clear_journals, journal_in
from translate.records import Document, Run, Segment, Unit
from translate.segment import segment_block
from translate.work import DecoderSpec, Journal, Line, open_crew
from translate.work.journal import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from translate.settings import Settings
    from translate.work import Draft

    Progress = Callable[[str, int, int], None]  # (what is being counted, done, in all)

SHOWN_SETTINGS = {"precision", "beam_size", "window", "use_glossary", "checks"}


@dataclass(frozen=True, slots=True)
class Source:
    """An input as bytes, with the document read from them: rebuilding needs both."""

    document: Document
    data: bytes


@dataclass(frozen=True, slots=True)
class Task:
    """One input: how to read it, and the folder for its files."""

    path: str
    load: Callable[[], Source]
    folder: Path


@dataclass(frozen=True, slots=True)
class Toolbox:
    """What all documents of a call share."""

    settings: Settings
    glossary: Glossary
    model: Model
    spec: DecoderSpec

    @property
    def engine_signature(self) -> str:
        """Engine, version, precision and model hash."""
        return signature(self.spec.engine, self.model, self.spec.precision)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: its manifest, and whether an earlier run had already done it."""

    path: str
    folder: Path
    manifest: dict[str, Any]
    already_done: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read or whose files could not be written; the others go on."""

    path: str
    error: InputError | OutputError


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
    """Load the glossary and find the model; a problem with either is raised before work begins."""
    glossary = open_glossary(settings)
    model = resolve_model(settings.model, announce=announce)
    spec = DecoderSpec(
        model=model,
        engine=settings.engine,
        precision=settings.precision,
        threads=settings.threads,
        beam_size=settings.beam_size,
        window=settings.window,
        severities=tuple(sorted(settings.severities.items())),
    )
    return Toolbox(settings, glossary, model, spec)


def segment(document: Document) -> tuple[Segment, ...]:
    """All segments of a document, in order."""
    return tuple(segment for block in document.blocks for segment in segment_block(block))


def run_all(tasks: Sequence[Task], tools: Toolbox, root: Path, progress: Progress) -> Iterator[Outcome | Failure]:
    """Translate documents, each into its own folder; one outcome a task, as each is done.

    The journal lies in `root`. A call that was stopped goes on where it was, and a finished document is left alone.
    """
    journal = journal_in(root, manifest.fingerprint(describe(None, tools)))
    waiting: deque[_Document] = deque()
    seen, done = 0, 0
    with ExitStack() as held, _open_line(tools, journal) as (line, drafts):
        for last, task in enumerate(tasks, 1):
            try:
                document = _Document.begin(task, tools)
            except (InputError, OutputError) as error:
                yield Failure(task.path, error)
                continue
            held.callback(document.claimed.close)
            waiting.append(document)
            seen += len(document.segments)
            line.add(document.segments, needed=document.finished is None)
            if last == len(tasks):
                line.flush()
            while waiting and (last == len(tasks) or waiting[0].ready(line)):
                progress("sentences", line.finished, seen)
                if waiting[0].ready(line):
                    yield waiting.popleft().end(tools, drafts)
                    done += 1
                    progress("documents", done, len(tasks))
                else:
                    line.wait()
    clear_journals(root)


def translate_document(source: Source, tools: Toolbox, progress: Progress = lambda *_: None) -> Run:
    """The flow for one document, without touching a file."""
    began = time.monotonic()
    segments = segment(source.document)
    with _open_line(tools, None) as (line, drafts):
        line.add(segments)
        line.flush()
        while not line.ready(segments):
            line.wait()
            progress("sentences", line.finished, len(segments))
        return make_run(source.document, segments, drafts, tools, began)


def make_run(document: Document, segments: Sequence[Segment], drafts: Journal, tools: Toolbox, began: float) -> Run:
    """The units of a document whose drafts are all there, checked, with the manifest. `began`: time.monotonic()."""
    made = drafts.drafts(map(key_of, segments))
    units = tuple(unit_of(segment, made[key_of(segment)], tools.glossary) for segment in segments)
    units = _checked(mark_first_mentions(units), tools.settings)
    outcome = {
        "counts": manifest.count(document, units),
        "terms": manifest.term_hits(units),
        "units": manifest.units_made(units),
        "time": {"seconds": round(time.monotonic() - began, 3)},
    }
    return Run(document, units, {**describe(document, tools), **outcome})


def unit_of(segment: Segment, draft: Draft, glossary: Glossary) -> Unit:
    """The unit of a segment: its draft with a capital in front, and its terms found and located."""
    target = capitalised(draft.target)
    hits = locate(glossary.find(segment.text), target, kind=segment.kind)
    return Unit(segment.id, (segment,), target, draft.origin, draft.score, hits, draft.findings)


def describe(document: Document | None, tools: Toolbox) -> dict[str, Any]:
    """What decides the outcome of a run of `document`, or of any document."""
    glossary = {"sha256": tools.glossary.sha256, "terms": len(tools.glossary), "layers": list(tools.glossary.layers)}
    settings = tools.settings.model_dump(mode="json", include=SHOWN_SETTINGS)
    return manifest.describe(document, tools.model, tools.engine_signature, glossary, settings)


def files_of(run: Run, source: Source, settings: Settings) -> dict[str, bytes]:
    """Every file that a run writes besides its manifest, by name."""
    in_order = replace(run, units=tuple(sorted(run.units, key=risk, reverse=True))) if settings.order == "risk" else run
    return {
        **{bilingual.file_name(format): bilingual.dumps(in_order, format) for format in settings.formats},
        f"translation.{run.document.format}": rebuild_document(run.document, source.data, target_texts(run)),
    }


def target_texts(run: Run) -> dict[str, str]:
    """The English of each block, its sentences joined."""
    sentences: dict[str, list[str]] = {block.id: [] for block in run.document.blocks}
    for unit in run.units:
        sentences[unit.segments[0].block_id].append(unit.target)
    return {block: " ".join(filter(None, targets)) for block, targets in sentences.items()}


@dataclass(frozen=True, slots=True)
class _Document:
    """A document between reading and writing; its folder is claimed until `claimed` is closed."""

    task: Task
    source: Source
    segments: tuple[Segment, ...]
    output: OutputFolder
    finished: dict[str, Any] | None  # the manifest of an earlier run that did the very same
    claimed: ExitStack = field(default_factory=ExitStack)
    began: float = field(default_factory=time.monotonic)

    @classmethod
    def begin(cls, task: Task, tools: Toolbox) -> _Document:
        source = task.load()
        output = OutputFolder(task.folder, manifest.fingerprint(describe(source.document, tools)))
        finished = None if tools.settings.force else output.finished()
        document = cls(task, source, segment(source.document), output, finished)
        if finished is None:
            names = (*map(bilingual.file_name, tools.settings.formats), f"translation.{source.document.format}")
            document.claimed.enter_context(output.claim(names, force=tools.settings.force))
        return document

    def ready(self, line: Line) -> bool:
        return self.finished is not None or line.ready(self.segments)

    def end(self, tools: Toolbox, drafts: Journal) -> Outcome:
        if self.finished is not None:
            return Outcome(self.task.path, self.task.folder, self.finished, already_done=True)
        run = make_run(self.source.document, self.segments, drafts, tools, self.began)
        written = self.output.write(files_of(run, self.source, tools.settings), run.manifest)
        self.claimed.close()
        return Outcome(self.task.path, self.task.folder, written)


@contextmanager
def _open_line(tools: Toolbox, journal: Path | None) -> Iterator[tuple[Line, Journal]]:
    """The assembly line of a call, with the journal that its drafts go into."""
    with ExitStack() as opened:
        drafts = Journal(journal)
        opened.callback(drafts.close)
        crew, spec, ahead = opened.enter_context(open_crew(tools.spec, tools.settings.jobs))
        yield Line(crew, spec, drafts, tools.glossary.find, ahead=ahead), drafts


def _checked(units: Sequence[Unit], settings: Settings) -> tuple[Unit, ...]:
    """The units with the findings of all checks behind what decoding itself found."""
    checked = run_checks(units, settings.severities, Dismissals())
    return tuple(
        replace(after, findings=(*before.findings, *after.findings))
        for before, after in zip(units, checked, strict=True)
    )
