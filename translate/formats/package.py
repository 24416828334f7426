"""Office packages: a zip of XML parts. What the formats share: relations, paragraphs in and out, and repacking.

A format says where its paragraphs are, as flows of pieces over the parsed parts; reading and rebuilding walk the same
flows. Parts without text are copied byte for byte.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from translate.errors import InputError, Problem
from translate.formats import guard, structure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lxml import etree

    from translate.formats.inline import Flow
    from translate.records import Block, BlockKind, Document

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(slots=True)
class Slot:
    """A place that holds text: an element's text or, with `tail`, what follows the element."""

    element: etree._Element
    style: tuple[object, ...] = ()
    link: object = None
    tail: bool = False

    @property
    def text(self) -> str:
        """What is there."""
        return (self.element.tail if self.tail else self.element.text) or ""

    @property
    def verbatim(self) -> bool:
        """Office documents have no code."""
        return False

    def write(self, text: str) -> None:
        """Put other text in its place."""
        if self.tail:
            self.element.tail = text
        else:
            self.element.text = text


@dataclass(slots=True)
class Break:
    """An element that ends a line; it goes if the new text has no line end there."""

    element: etree._Element
    style: tuple[object, ...] = ()
    link: object = None
    text: str = "\n"

    @property
    def verbatim(self) -> bool:
        """A line end is no code."""
        return False

    def write(self, text: str) -> None:
        """Keep the break where the new text has one; other text goes behind it."""
        rest = text.replace("\n", "", 1)
        parent = self.element.getparent()
        if rest:
            self.element.tail = rest + (self.element.tail or "")
        if "\n" in text or parent is None:
            return
        before, tail = self.element.getprevious(), self.element.tail or ""
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
        self.element.tail = None
        parent.remove(self.element)


class Paragraph(NamedTuple):
    """Pieces in a row, and the kind if the markup tells."""

    flow: Flow[Slot | Break]
    kind: BlockKind | None


@dataclass(frozen=True, slots=True)
class Package:
    """The parsed parts with text, by entry name in reading order, and their paragraphs."""

    parts: dict[str, etree._Element]
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class OfficeFormat:
    """A format by its suffix and the way to its paragraphs; `read` and `rebuild` are what a format module offers."""

    kind: str
    open: Callable[[bytes, str], Package]  # (the file, its path for messages)

    def read(self, data: bytes, *, path: str, encoding: str | None = None) -> tuple[tuple[Block, ...], str | None]:
        """The blocks of all paragraphs in reading order. There is no encoding to tell."""
        refuse_encoding(encoding, path, self.kind)
        check_entries(data, path, kind=self.kind)
        paragraphs = self.open(data, path).paragraphs
        found = [(text, paragraph.kind) for paragraph in paragraphs for text in paragraph.flow.blocks()]
        return structure.blocks(found), None

    def rebuild(self, data: bytes, document: Document, targets: Mapping[str, str]) -> bytes:
        """The file with each block replaced; byte for byte the same if nothing changes."""
        from lxml import etree

        if all(targets[block.id] == block.text for block in document.blocks):
            return data
        package = self.open(data, document.path)
        blocks = iter(document.blocks)
        for paragraph in package.paragraphs:
            new = [targets[next(blocks).id] for _ in paragraph.flow.spans]
            changes = list(zip(paragraph.flow.pieces, paragraph.flow.replaced(new), strict=False))  # none: no change
            for piece, text in changes:
                if text != piece.text:
                    piece.write(text)
        changed = {
            name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in package.parts.items()
        }
        return repack(data, document.path, changed, kind=self.kind)


def repack(data: bytes, path: str, changed: Mapping[str, bytes], *, kind: str) -> bytes:
    """The archive with some entries replaced, in the same order and with the same dates: equal input, equal bytes."""
    out = io.BytesIO()
    with guard.open_zip(data, path, kind=kind) as archive, zipfile.ZipFile(out, "w") as target:
        for entry in archive.infolist():
            content = changed.get(entry.filename)
            copy = zipfile.ZipInfo(entry.filename, entry.date_time)
            copy.compress_type = (
                zipfile.ZIP_STORED if entry.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
            )
            copy.external_attr = entry.external_attr
            if content is None:
                content = guard.read_entry(archive, entry.filename, path, kind=kind)
            target.writestr(copy, content)
    return out.getvalue()


def local(element: etree._Element) -> str:
    """An element's name without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def pack(entries: Mapping[str, str | bytes]) -> bytes:
    """A new archive of entries in their order, all of them of 1980-01-01: equal entries, equal bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return data.getvalue()


def refuse_encoding(encoding: str | None, path: str, kind: str) -> None:
    """XML tells its encoding itself, so one that is given is an error of the caller's."""
    if encoding is not None:
        raise InputError(Problem(f"{kind} files have no encoding to give", path, remedy="leave --encoding out"))


def check_entries(data: bytes, path: str, *, kind: str) -> None:
    """Read every entry once: a damaged picture is better said before the translation than after it."""
    with guard.open_zip(data, path, kind=kind) as archive:
        for name in archive.namelist():
            guard.read_entry(archive, name, path, kind=kind)


def parse(archive: zipfile.ZipFile, names: Iterable[str], path: str, *, kind: str) -> dict[str, etree._Element]:
    """The roots of those of the named parts that are there, in the order of the names, each parsed once."""
    present = set(archive.namelist())
    return {
        name: guard.parse_xml(guard.read_entry(archive, name, path, kind=kind), path, name=name)
        for name in dict.fromkeys(names)
        if name in present
    }


def main_part(archive: zipfile.ZipFile, path: str, *, kind: str) -> str:
    """The entry that the package itself names as the document; empty if it names none."""
    found = (name for _, related, name in relations(archive, "", path, kind=kind) if related == "/officeDocument")
    return next(found, "")


def relations(archive: zipfile.ZipFile, part: str, path: str, *, kind: str) -> Iterator[tuple[str, str, str]]:
    """(id, last word of the type after a slash, entry name) of what a part, the package for "", relates to inside."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", name + ".rels")
    for root in parse(archive, [rels], path, kind=kind).values():
        for relation in root.iter("{*}Relationship"):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, str(relation.get("Target", ""))))
                kind_of = "/" + str(relation.get("Type", "")).rpartition("/")[2]
                yield str(relation.get("Id", "")), kind_of, target.lstrip("/")
