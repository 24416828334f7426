"""The two texts of an alignment: two documents, a bilingual one, or files of one sentence a line."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate.errors import InputError, Problem
from translate.formats import guard, read_document
from translate.formats.encoding import decode
from translate.records import Block, BlockKind, Document, Segment
from translate.script import language_of
from translate.segment import segment_block

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from translate.segment import Language

NAMES = {"zh": "Chinese", "en": "English", "other": "neither Chinese nor English"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts to align: the documents, and their segments in order."""

    documents: tuple[Document, ...]
    source: tuple[Segment, ...]
    target: tuple[Segment, ...]
    presplit: bool = False


def load_pair(source: Path, target: Path | None, *, presplit: bool = False, encoding: str | None = None) -> Pair:
    """Read a Chinese document and its English one, or a bilingual one of which the blocks alternate.

    Raises InputError for empty and identical texts, for swapped languages and for texts in the same language.
    """
    if presplit:
        if target is None:
            raise InputError(Problem("--presplit needs two files", str(source)))
        documents = tuple(_lines(path, encoding) for path in (source, target))
        segments = [tuple(Segment(f"{b.id}.s01", b.id, b.text, b.kind) for b in one.blocks) for one in documents]
        return _checked(Pair(documents, segments[0], segments[1], presplit=True))
    documents = tuple(read_document(path, encoding=encoding) for path in (source, target) if path is not None)
    sides = [one.blocks for one in documents] if target else _by_language(documents[0])
    return _checked(Pair(documents, _segments(sides[0], "zh"), _segments(sides[1], "en")))


def _segments(blocks: Iterable[Block], language: Language) -> tuple[Segment, ...]:
    return tuple(segment for block in blocks for segment in segment_block(block, language))


def _lines(path: Path, encoding: str | None) -> Document:
    """A text as one block a line, whatever is on it; empty lines are sentences too, so that numbers stay right."""
    data = guard.read_file(path, limit=guard.TEXT_BYTES)
    text, found = decode(data, path=str(path), encoding=encoding)
    lines = text.replace("\r\n", "\n").split("\n")
    lines = lines if lines[-1] else lines[:-1]
    blocks = tuple(Block(f"b{number:04d}", BlockKind.PARAGRAPH, line) for number, line in enumerate(lines, 1))
    return Document(str(path), "txt", blocks, found, hashlib.sha256(data).hexdigest())


def _by_language(document: Document) -> list[tuple[Block, ...]]:
    """The Chinese and the English blocks of a bilingual document; a number or mark alone goes with what follows."""
    sides: dict[str, list[Block]] = {"zh": [], "en": []}
    waiting: list[Block] = []
    for block in document.blocks:
        waiting.append(block)
        language = language_of(block.text)
        if language != "other":
            sides[language] += waiting
            waiting = []
    sides["en" if sides["en"] else "zh"] += waiting
    missing = [name for name in ("zh", "en") if not sides[name]]
    InputError.raise_if(
        [
            Problem(f"holds no {NAMES[name]} text", document.path, remedy="give the other document as a second file")
            for name in missing
        ]
    )
    return [tuple(sides["zh"]), tuple(sides["en"])]


def _checked(pair: Pair) -> Pair:
    """The pair, if it can be aligned."""
    paths = [document.path for document in pair.documents]
    texts = ["".join(segment.text for segment in side) for side in (pair.source, pair.target)]
    sides = list(zip(texts, (paths[0], paths[-1]), strict=True))
    InputError.raise_if([Problem("holds no text", path) for text, path in sides if not text.strip()])
    if texts[0] == texts[1]:
        raise InputError(Problem("both files hold the same text", paths[-1], remedy="give the translation second"))
    first, second = map(language_of, texts)
    if (first, second) == ("en", "zh"):
        remedy = "give the Chinese document first"
        raise InputError(Problem("the languages are swapped: the first document is English", paths[0], remedy=remedy))
    wrong = [
        (found, path, wanted)
        for found, path, wanted in ((first, paths[0], "zh"), (second, paths[-1], "en"))
        if found != wanted
    ]
    InputError.raise_if([Problem(f"is {NAMES[found]}, not {NAMES[wanted]}", path) for found, path, wanted in wrong])
    return pair
