"""The whole program, in order: read, segment, find terms, translate, mark, check, write.

    document -> blocks -> segments -> answers that are known -> drafts (decode: generate and verify) -> units -> checks
    -> files

`open_toolbox` gathers what all documents of a call share; `run_all` is the flow for any number of them, whose
sentences are decoded together (translate.work), and `translate_document` the flow for one without a file written.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from translate import manifest
from translate.answers import MEMORY, Answer, known_answers
from translate.checks import Dismissals, risk, run_checks
from translate.decode import capitalised
from translate.decode.document_numbers import with_letters
from translate.errors import InputError, OutputError, PolicyTranslateError
from translate.glossary import locate, mark_first_mentions
from translate.output import OutputFolder, clear_journals, journal_in
from translate.records import Document, Run, Segment, Unit
from translate.results import Source, files_of, load_source, names_of, source_from_bytes
from translate.segment import segment_block
from translate.toolbox import Toolbox, describe, open_glossary, open_toolbox
from translate.work import Journal, Line, open_crew
from translate.work.journal import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from translate.settings import Settings
    from translate.work import Draft

    Progress = Callable[[str, int, int], None]  # (what is being counted, done, in all)

MOST_WAITING = 200  # documents between reading and writing; each keeps its folder locked

__all__ = [
    "Failure",
    "Outcome",
    "Source",
    "Task",
    "Toolbox",
    "files_of",
    "load_source",
    "open_glossary",
    "open_toolbox",
    "run_all",
    "segment",
    "source_from_bytes",
    "translate_document",
]


@dataclass(frozen=True, slots=True)
class Task:
    """One input: how to read it, and the folder for its files."""

    path: str
    load: Callable[[], Source]
    folder: Path


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


def segment(document: Document) -> tuple[Segment, ...]:
    """All segments of a document, in order."""
    return tuple(segment for block in document.blocks for segment in segment_block(block))


def run_all(tasks: Sequence[Task], tools: Toolbox, root: Path, progress: Progress) -> Iterator[Outcome | Failure]:
    """Translate documents, each into its own folder; one outcome a task, as each is done.

    The journal lies in `root`. A call that was stopped goes on where it was, and a finished document is left alone.
    """
    journal = journal_in(root, manifest.fingerprint(describe(None, tools)))
    waiting: deque[_Document] = deque()
    seen, done, whole = 0, 0, True
    with ExitStack() as held, _open_line(tools, journal) as (line, drafts):

        def finish(*, everything: bool) -> Iterator[Outcome | Failure]:
            nonlocal done, whole
            while waiting and (everything or waiting[0].ready(line)):
                progress("sentences", line.finished, seen)
                if waiting[0].ready(line):
                    result = _ended(waiting.popleft(), tools, drafts)
                    yield result
                    whole = whole and isinstance(result, Outcome)
                    done += isinstance(result, Outcome)
                    progress("documents", done, len(tasks))
                else:
                    line.wait()

        for number, task in enumerate(tasks, 1):
            progress("read", number, len(tasks))
            try:
                document = _Document.begin(task, tools)
            except (InputError, OutputError) as error:
                yield Failure(task.path, error)
                continue
            held.callback(document.claimed.close)
            waiting.append(document)
            seen += len(document.segments)
            line.add(document.asked, needed=document.finished is None)
            yield from finish(everything=False)
            if number % MOST_WAITING == 0:  # so that none waits for long; by number, so that chunks stay the same
                line.flush()
                while len(waiting) > MOST_WAITING and line.busy:
                    line.wait()
                    yield from finish(everything=False)
        line.flush()
        yield from finish(everything=True)
    if whole:  # else the drafts of what could not be written would be lost
        clear_journals(root)


def translate_document(source: Source, tools: Toolbox, progress: Progress = lambda *_: None) -> Run:
    """The flow for one document, without touching a file."""
    began = time.monotonic()
    segments = segment(source.document)
    known = known_answers(segments, tools.memory, tools.previous_units)
    asked = [segment for segment in segments if segment.id not in known]
    with _open_line(tools, None) as (line, drafts):
        line.add(asked)
        line.flush()
        while not line.ready(asked):
            line.wait()
            progress("sentences", line.finished, len(asked))
        return make_run(source.document, segments, known, drafts, tools, began)


def make_run(
    document: Document,
    segments: Sequence[Segment],
    known: Mapping[str, Answer],
    drafts: Journal,
    tools: Toolbox,
    began: float,
) -> Run:
    """The units of a document whose answers and drafts are all there, checked, with the manifest.

    `began` is the time.monotonic() of the document's beginning.
    """
    made = drafts.drafts(key_of(segment) for segment in segments if segment.id not in known)
    units = tuple(
        known_unit(segment, known[segment.id], tools)
        if segment.id in known
        else drafted_unit(segment, made[key_of(segment)], tools)
        for segment in segments
    )
    units = _checked(mark_first_mentions(units), tools.settings)
    outcome = {
        "counts": manifest.count(document, units),
        "risk": round(sum(map(risk, units)) / max(1, len(units)), 4),  # of a segment, on average
        "terms": manifest.term_hits(units),
        "units": manifest.units_made(units),
        "time": {"seconds": round(time.monotonic() - began, 3)},
    }
    return Run(document, units, {**describe(document, tools), **outcome})


def drafted_unit(segment: Segment, draft: Draft, tools: Toolbox) -> Unit:
    """The unit of a segment: its draft in its final form, its terms located, and what the memory has like it."""
    target = with_letters(segment.text, capitalised(draft.target))
    hits = locate(tools.glossary.find(segment.text), target, kind=segment.kind)
    matches = tools.memory.fuzzy(segment.text) if tools.memory else ()
    return Unit(segment.id, (segment,), target, draft.origin, draft.score, hits, draft.findings, matches)


def known_unit(segment: Segment, answer: Answer, tools: Toolbox) -> Unit:
    """The unit of a segment whose English is known: nothing in it is changed."""
    hits = locate(tools.glossary.find(segment.text), answer.target, kind=segment.kind)
    return Unit(segment.id, (segment,), answer.target, answer.origin, None, hits, answer.findings, (answer.match,))


@dataclass(frozen=True, slots=True)
class _Document:
    """A document between reading and writing; its folder is claimed until `claimed` is closed."""

    task: Task
    source: Source
    segments: tuple[Segment, ...]
    known: Mapping[str, Answer]
    output: OutputFolder
    finished: dict[str, Any] | None  # the manifest of an earlier run that did the very same, and wrote all the files
    wanted: tuple[str, ...]  # names of the files to write: all, or those that the earlier run did not write
    claimed: ExitStack = field(default_factory=ExitStack)
    began: float = field(default_factory=time.monotonic)

    @classmethod
    def begin(cls, task: Task, tools: Toolbox) -> _Document:
        source = task.load()
        output = OutputFolder(task.folder, manifest.fingerprint(describe(source.document, tools)))
        finished = None if tools.settings.force else output.finished()
        wanted = tuple(
            name for name in names_of(source.document, tools) if name not in (finished or {}).get("outputs", ())
        )
        segments = segment(source.document)
        known = known_answers(segments, tools.memory, tools.previous_units)
        document = cls(task, source, segments, known, output, None if wanted else finished, wanted)
        if wanted:
            document.claimed.enter_context(output.claim(wanted, force=tools.settings.force, inputs=(task.path,)))
        return document

    @property
    def asked(self) -> list[Segment]:
        """The segments that must be translated."""
        return [segment for segment in self.segments if segment.id not in self.known]

    def ready(self, line: Line) -> bool:
        return self.finished is not None or line.ready(self.asked)

    def end(self, tools: Toolbox, drafts: Journal) -> Outcome:
        if self.finished is not None:
            return Outcome(self.task.path, self.task.folder, self.finished, already_done=True)
        run = make_run(self.source.document, self.segments, self.known, drafts, tools, self.began)
        files = files_of(run, self.source, tools)
        written = self.output.write({name: files[name] for name in self.wanted}, run.manifest)
        self.claimed.close()
        if tools.memory:
            with suppress(PolicyTranslateError):  # one that may only be read is used all the same
                tools.memory.note_use(answer.match for answer in self.known.values() if answer.origin == MEMORY)
        return Outcome(self.task.path, self.task.folder, written)


def _ended(document: _Document, tools: Toolbox, drafts: Journal) -> Outcome | Failure:
    try:
        return document.end(tools, drafts)
    except (InputError, OutputError) as error:
        document.claimed.close()
        return Failure(document.task.path, error)


@contextmanager
def _open_line(tools: Toolbox, journal: Path | None) -> Iterator[tuple[Line, Journal]]:
    """The assembly line of a call, with the journal that its drafts go into."""
    with ExitStack() as opened:
        drafts = Journal(journal)
        opened.callback(drafts.close)
        settings = tools.settings
        crew = opened.enter_context(open_crew(tools.spec, settings.jobs, settings.scheduler, tools.announce))
        yield Line(crew, drafts, tools.glossary.find), drafts


def _checked(units: Sequence[Unit], settings: Settings) -> tuple[Unit, ...]:
    """The units with the findings of all checks behind what decoding itself found."""
    checked = run_checks(units, settings.severities, Dismissals())
    return tuple(
        replace(after, findings=(*before.findings, *after.findings))
        for before, after in zip(units, checked, strict=True)
    )
