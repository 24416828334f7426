"""Two existing texts, in order: read, segment, align, make units, check, write.

source and target documents -> segments -> evidence -> beads -> units -> checks -> files, memory

Translations, which cost most where a method asks for them, are kept as they are made: a call that was stopped goes on
with those that it has.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from translate import bilingual, manifest
from translate.align import align, gather
from translate.align_pipeline.attention import Attention
from translate.align_pipeline.inputs import Pair, load_pair
from translate.align_pipeline.linking import links_of
from translate.align_pipeline.progress import Counter, Watched, silent
from translate.align_pipeline.remembering import entries_of
from translate.align_pipeline.tools import Tools, Wishes, describe, embedder, fingerprint, open_tools
from translate.align_pipeline.units import flagged, shown, summary, unit_of
from translate.align_pipeline.wordlist import WordList
from translate.checks import run_checks
from translate.memory import Memory
from translate.output import OutputFolder, clear_journals, journal_in
from translate.records import Run
from translate.results import aligned_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from translate.align import Bead, Texts
    from translate.align.links import Link
    from translate.align_pipeline.progress import Progress
    from translate.memory import Added
    from translate.records import Unit

__all__ = [
    "Aligned",
    "Outcome",
    "Pair",
    "Tools",
    "Wishes",
    "WordList",
    "align_alone",
    "align_into",
    "align_pair",
    "embedder",
    "load_pair",
    "open_tools",
]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two texts aligned: the beads, and the run made of them."""

    beads: tuple[Bead, ...]
    run: Run


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call: the manifest, what went into the memory, whether an earlier call had done it already."""

    manifest: Mapping[str, Any]
    remembered: Added | None = None
    already_done: bool = False


def align_pair(pair: Pair, tools: Tools, progress: Progress = silent, journal: Path | None = None) -> Aligned:
    """The flow for two texts, without touching a file but for the journal, where one is named."""
    began = time.monotonic()
    texts = _evidence(pair, tools, progress, journal)
    beads = align(texts, tools.method, tell=lambda done, total: progress("beads", done, total))
    units = _checked(beads, pair, tools, progress)
    outcome = {
        "counts": manifest.count(pair.documents[0], units),
        "alignment": summary(beads, pair),
        "beads": [shown(bead, links) for bead, links in zip(beads, _linked(units, tools, progress), strict=True)],
        "terms": manifest.term_hits(units),
        "units": manifest.units_made(units),
        "time": {"seconds": round(time.monotonic() - began, 3)},
    }
    return Aligned(beads, Run(pair.documents[0], units, {**describe(pair, tools), **outcome}))


def align_alone(pair: Pair, tools: Tools, progress: Progress = silent) -> Outcome:
    """Align two texts without writing anything but what is asked into the memory."""
    found = align_pair(pair, tools, progress)
    return Outcome(found.run.manifest, _remembered(found, pair, tools))


def align_into(pair: Pair, folder: Path, tools: Tools, progress: Progress = silent) -> Outcome:
    """Align two texts and write the aligned files and run.json into a folder, and what is asked into the memory.

    What an earlier call has done with the very same texts and settings is left as it is; other files are added.
    """
    output = OutputFolder(folder, fingerprint(pair, tools))
    finished = None if tools.settings.force else output.finished()
    there = finished["outputs"] if finished else ()
    names = tuple(name for name in map(bilingual.file_name, tools.settings.formats) if name not in there)
    if finished is not None and not names:
        again = tools.wishes.remember is not None
        remembered = _remembered(align_pair(pair, tools, progress), pair, tools) if again else None
        return Outcome(finished, remembered, already_done=True)
    inputs = [document.path for document in pair.documents]
    with output.claim(names, force=tools.settings.force, inputs=inputs):
        found = align_pair(pair, tools, progress, journal_in(folder, output.fingerprint))
        files = aligned_files(found.run, tools.settings)
        written = output.write({name: files[name] for name in names}, found.run.manifest)
        clear_journals(folder)
        return Outcome(written, _remembered(found, pair, tools))


def _evidence(pair: Pair, tools: Tools, progress: Progress, journal: Path | None) -> Texts:
    """The evidence of all sources, counted by the sentences that each has read."""
    ours, theirs = ([segment.text for segment in side] for side in (pair.source, pair.target))
    sources = tools.method.sources
    have = tools.resources(journal, progress)
    if "model" in sources and have.translate:
        made = have.translate(ours)
        have = replace(have, translate=lambda texts: made)
    counter = Counter(progress, "evidence", (len(ours) + len(theirs)) * len(sources))
    found = gather(Watched(ours, counter), Watched(theirs, counter), sources, have)
    counter.end()
    return replace(found, source=ours, target=theirs)


def _checked(beads: tuple[Bead, ...], pair: Pair, tools: Tools, progress: Progress) -> tuple[Unit, ...]:
    """The units of the beads with what checks and aligner have to say of them."""
    made = [unit_of(bead, pair, tools.glossary) for bead in beads]
    counter = Counter(progress, "checks", len(made))
    units = run_checks(Watched(made, counter), tools.settings.severities)
    counter.end()
    return tuple(flagged(unit, bead) for unit, bead in zip(units, beads, strict=True))


def _linked(units: tuple[Unit, ...], tools: Tools, progress: Progress) -> Sequence[Sequence[Link] | None]:
    """The linked words of each unit; None for all where nobody asks."""
    if tools.model is None or not tools.wishes.words:
        return [None] * len(units)
    texts = [(unit.source, unit.target) for unit in units]
    found: list[Sequence[Link]] = [()] * len(units)
    counter = Counter(progress, "words", len(units))
    for number, attention in Attention(tools.model).of(texts):
        found[number] = links_of(*texts[number], units[number].hits, attention)
        counter.tick()
    counter.end()
    return found


def _remembered(found: Aligned, pair: Pair, tools: Tools) -> Added | None:
    """What was put into the memory that the settings name, or the user's own; None if that was not asked for."""
    least = tools.wishes.remember
    if least is None:
        return None
    with Memory.open(tools.settings.memory) as memory:
        return memory.add(entries_of(found.beads, found.run.units, pair, least, fingerprint(pair, tools)))
