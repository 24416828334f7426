"""An XML part of an archive as a stream of events, in constant memory, with nothing in it that could be hostile."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING, Protocol
from xml.parsers import expat

from translate.errors import InputError, Problem
from translate.formats.guard import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

CHUNK = 2**16
DEPTH = 64
PART_BYTES = 256 * 2**20  # inflated; a sheet of 500,000 rows has about 150 MB


class Handler(Protocol):
    """What is done with the events; names come without their namespace."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some of the text of the element that is open."""


def walk(archive: zipfile.ZipFile, name: str, path: str, handler: Handler, *, kind: str) -> None:
    """Send the events of part `name` to `handler`; InputError if it is damaged, too large or has a DTD."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH:
            raise InputError(Problem(f"{shown} is nested more than {DEPTH} deep", path, parser.CurrentLineNumber))
        handler.start(tag.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(tag.rpartition(" ")[2])

    def declared(*_: object) -> None:
        remedy = f"save it as {kind} anew in Office or LibreOffice"
        raise InputError(Problem(f"{shown} declares a document type, which may hide entities", path, remedy=remedy))

    shown = one_line(name)
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = handler.text, declared
    size = 0
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > PART_BYTES:
                    raise InputError(Problem(f"{shown} has more than the {PART_BYTES:,} bytes that are read", path))
                parser.Parse(chunk)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise InputError(Problem(f"{shown} is not valid XML: {one_line(error)}", path)) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        remedy = f"get the file again, or save it as {kind} anew"
        raise InputError(
            Problem(f"{shown} in the {kind} is damaged ({one_line(error)})", path, remedy=remedy)
        ) from None
