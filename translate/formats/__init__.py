"""Documents in and out: one module a format, each reading bytes into blocks and writing translated blocks back.

A format module has `LIMIT` (bytes), `read(data, *, path, encoding)` and `rebuild(data, document, targets)`; both
must find the same blocks in the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from translate.errors import InputError, Problem
from translate.formats import guard
from translate.records import Block, Document

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Format(Protocol):
    """What a format module offers."""

    LIMIT: int

    def read(self, data: bytes, *, path: str, encoding: str | None = None) -> tuple[tuple[Block, ...], str | None]:
        """The blocks in reading order, and the encoding where the format is text."""

    def rebuild(self, data: bytes, document: Document, targets: Mapping[str, str]) -> bytes:
        """The same file with each block's text replaced by `targets[block.id]`."""


def read_document(path: Path, *, encoding: str | None = None, format: str | None = None) -> Document:
    """Read a file into blocks. The format is its suffix's unless given; `encoding` overrules recognition.

    Raises InputError for a path, format, encoding or content that cannot be read, never anything else.
    """
    return read_with_bytes(path, encoding=encoding, format=format)[0]


def read_with_bytes(path: Path, *, encoding: str | None = None, format: str | None = None) -> tuple[Document, bytes]:
    """`read_document`, and the bytes that it was read from, which `rebuild_document` wants: the file may change."""
    guard.check_path(path)
    name = _known(format if format is not None else path.suffix, str(path))
    data = guard.read_file(path, limit=_module(name).LIMIT)
    return read_bytes(data, path=str(path), format=name, encoding=encoding), data


def read_bytes(data: bytes, *, path: str, format: str, encoding: str | None = None) -> Document:
    """Read the bytes of a document, for what does not come from a file; `path` only names it."""
    name = _known(format, path)
    module = _module(name)
    guard.refuse_size(len(data), path, limit=module.LIMIT)
    blocks, found = module.read(data, path=path, encoding=encoding)
    guard.refuse_count(len(blocks), "blocks", path, most=guard.BLOCKS)
    return Document(path, name, blocks, found, hashlib.sha256(data).hexdigest())


def rebuild_document(document: Document, data: bytes, targets: Mapping[str, str]) -> bytes:
    """The file that `document` was read from, with each block's text replaced by `targets[block.id]`.

    Headings, paragraphs, list markers, tables and images stay in place; text formats come out as UTF-8. Line ends
    within a target become spaces. Raises InputError if the bytes are not those that were read or a target is missing.
    """
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise InputError(Problem("the file is not the one that was read", document.path, remedy="read it again"))
    missing = [block.id for block in document.blocks if block.id not in targets]
    InputError.raise_if([Problem(f"no target for block {identity}", document.path) for identity in missing])
    cleaned = {block.id: _one_line(targets[block.id]) for block in document.blocks}
    return _module(document.format).rebuild(data, document, cleaned)


def written_as(format: str) -> str:
    """The suffix of what `rebuild_document` makes of a format: its own, but for those that are only read."""
    return WRITTEN_AS.get(format, format)


def _one_line(target: str) -> str:
    """A target as any format can hold it: no line ends, no lone surrogates, no control characters but the tab."""
    spaced = re.sub("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+", " ", target)
    return re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", re.sub("[\x00-\x08\x0e-\x1f\x7f]", "", spaced))


def _known(name: str, path: str) -> str:
    suffix = name.lower().removeprefix(".")
    if suffix not in FORMATS:
        what = f"unknown format {suffix!r}" if suffix else "the name has no suffix that tells the format"
        kept = f"save it as {OLDER[suffix]}; " if suffix in OLDER else ""
        raise InputError(Problem(what, path, remedy=f"{kept}known formats: {', '.join(FORMATS)}"))
    return suffix


def _module(name: str) -> Format:
    return cast("Format", import_module(f"translate.formats.{FORMATS[name]}"))


WRITTEN_AS = {"pdf": "docx"}
OLDER = {"doc": "docx", "rtf": "docx", "wps": "docx", "ppt": "pptx", "dps": "pptx", "xls": "xlsx", "et": "xlsx"}
# Suffix without the dot -> module in this package, imported on first use.
FORMATS = {
    "txt": "plain",
    "text": "plain",
    "md": "markdown",
    "markdown": "markdown",
    "html": "html",
    "htm": "html",
    "docx": "docx",
    "pptx": "pptx",
    "xlsx": "xlsx",
    "odt": "odt",
    "srt": "srt",
    "epub": "epub",
    "pdf": "pdf",
}
