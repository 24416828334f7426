"""The files of a run, as bytes: aligned text, the translation in the input's format, changes to an earlier version."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from translate import bilingual
from translate.checks import risk
from translate.formats import read_bytes, read_with_bytes, rebuild_document, written_as
from translate.review.tracked import tracked_docx
from translate.review.versions import compare, paragraphs, versions_page

if TYPE_CHECKING:
    from pathlib import Path

    from translate.records import Document, Run
    from translate.review import Folder
    from translate.settings import Settings
    from translate.toolbox import Toolbox


@dataclass(frozen=True, slots=True)
class Source:
    """An input as bytes, with the document read from them: rebuilding needs both."""

    document: Document
    data: bytes


def load_source(path: Path, encoding: str | None = None) -> Source:
    """Read a document from a file."""
    return Source(*read_with_bytes(path, encoding=encoding))


def source_from_bytes(data: bytes, path: str, format: str, encoding: str | None = None) -> Source:
    """Read a document that does not come from a file, such as standard input."""
    return Source(read_bytes(data, path=path, format=format, encoding=encoding), data)


def files_of(run: Run, source: Source, tools: Toolbox) -> dict[str, bytes]:
    """Every file that a run writes besides its manifest, by name."""
    return {
        **aligned_files(run, tools.settings),
        translation_name(run.document): rebuild_document(run.document, source.data, target_texts(run)),
        **(redlines(run, tools.previous) if tools.previous else {}),
    }


def aligned_files(run: Run, settings: Settings) -> dict[str, bytes]:
    """The aligned text in every format that the settings ask for, by name, its rows in the order that they ask for."""
    if settings.order == "risk":
        run = replace(run, units=tuple(sorted(run.units, key=risk, reverse=True)))
    return {bilingual.file_name(format): bilingual.dumps(run, format) for format in settings.formats}


def translation_name(document: Document) -> str:
    """What the translated document is called."""
    return f"translation.{written_as(document.format)}"


def names_of(document: Document, tools: Toolbox) -> tuple[str, ...]:
    """The names of all that `files_of` writes."""
    changes = ("changes.html", "changes.docx") if tools.previous else ()
    return (*map(bilingual.file_name, tools.settings.formats), translation_name(document), *changes)


def redlines(run: Run, previous: Folder) -> dict[str, bytes]:
    """The English of the earlier version and of this one as one text with its changes: a page, and tracked changes."""
    changed = compare(paragraphs(previous.units), paragraphs(run.units))
    return {
        "changes.html": versions_page(changed, PurePath(run.document.path).name),
        "changes.docx": tracked_docx(changed),
    }


def target_texts(run: Run) -> dict[str, str]:
    """The English of each block, its sentences joined."""
    sentences: dict[str, list[str]] = {block.id: [] for block in run.document.blocks}
    for unit in run.units:
        sentences[unit.segments[0].block_id].append(unit.target)
    return {block: " ".join(filter(None, targets)) for block, targets in sentences.items()}
