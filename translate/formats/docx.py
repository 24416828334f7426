"""Word documents: every paragraph of body, tables, text boxes, notes, headers and footers, in and out.

The XML is walked paragraph by paragraph (`wordml`), so that nothing that holds paragraphs is skipped: nested tables,
content controls, text boxes, inserted text. What is not text (images, fields, comments, deleted text, vertically
merged cells that do not show) is left as it is, and parts without text are copied byte for byte.
Reading order: the body, then footnotes and endnotes, then headers and footers.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING

from translate.errors import InputError, Problem
from translate.formats import guard, structure
from translate.formats.wordml import Styles, local, paragraphs, twins

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from translate.records import Block, Document

LIMIT = guard.FILE_BYTES
PARTS = ("/footnotes", "/endnotes", "/header", "/footer")  # relationship types, in reading order


def read(data: bytes, *, path: str, encoding: str | None = None) -> tuple[tuple[Block, ...], str | None]:
    """The blocks of a docx. XML tells its encoding itself, so one that is given is an error of the caller's."""
    if encoding is not None:
        raise InputError(Problem("a docx has no encoding to give", path, remedy="leave --encoding out"))
    parts, styles = _open(data, path)
    every = (paragraph for root in parts.values() for paragraph in paragraphs(root, styles))
    return structure.blocks([(block, paragraph.kind) for paragraph in every for block in paragraph.flow.blocks()]), None


def rebuild(data: bytes, document: Document, targets: Mapping[str, str]) -> bytes:
    """The docx with each block replaced; styles, tables, images, numbering and page set-up as they were."""
    from lxml import etree

    parts, styles = _open(data, document.path)
    blocks = iter(document.blocks)
    for root in parts.values():
        for paragraph in list(paragraphs(root, styles)):
            new = [targets[next(blocks).id] for _ in paragraph.flow.spans]
            for twin in (*twins(paragraph, styles), paragraph):
                for piece, text in zip(twin.flow.pieces, twin.flow.replaced(new), strict=False):  # none: no change
                    piece.write(text)
    changed = {
        name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, root in parts.items()
    }
    return _repack(data, document.path, changed)


def _repack(data: bytes, path: str, changed: Mapping[str, bytes]) -> bytes:
    """The archive with some entries replaced, in the same order and with the same dates: equal input, equal bytes."""
    out = io.BytesIO()
    with guard.open_zip(data, path) as archive, zipfile.ZipFile(out, "w") as target:
        for entry in archive.infolist():
            content = changed.get(entry.filename)
            copy = zipfile.ZipInfo(entry.filename, entry.date_time)
            copy.compress_type = (
                zipfile.ZIP_STORED if entry.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
            )
            copy.external_attr = entry.external_attr
            target.writestr(copy, guard.read_entry(archive, entry.filename, path) if content is None else content)
    return out.getvalue()


def _open(data: bytes, path: str) -> tuple[dict[str, etree._Element], Styles]:
    """The parts that hold text, by entry name, in reading order; and the styles."""
    with guard.open_zip(data, path) as archive:
        main = next((name for kind, name in _relations(archive, "", path) if kind == "/officeDocument"), "")
        if main not in archive.namelist():
            what = "the docx has no document part (word/document.xml)"
            raise InputError(Problem(what, path, remedy="save it as docx; a spreadsheet or slides are not read"))
        related = [(kind, name) for kind, name in _relations(archive, main, path) if name in archive.namelist()]
        found = [main, *(name for wanted in PARTS for kind, name in related if kind == wanted)]
        parts = {name: guard.parse_xml(guard.read_entry(archive, name, path), path, name=name) for name in found}
        styles = next((name for kind, name in related if kind == "/styles"), None)
        root = guard.parse_xml(guard.read_entry(archive, styles, path), path, name=styles) if styles else None
    if local(parts[main]) != "document":
        raise InputError(Problem(f"{main} is not a Word document part", path, remedy="save it as docx anew"))
    return parts, Styles.of(root)


def _relations(archive: zipfile.ZipFile, part: str, path: str) -> list[tuple[str, str]]:
    """What a part (the package for "") relates to inside the archive: last word of the type, entry name."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", name + ".rels")
    if rels not in archive.namelist():
        return []
    root = guard.parse_xml(guard.read_entry(archive, rels, path), path, name=rels)
    return [
        ("/" + str(relation.get("Type", "")).rpartition("/")[2], _resolve(folder, str(relation.get("Target", ""))))
        for relation in root.iter("{*}Relationship")
        if relation.get("TargetMode") != "External"
    ]


def _resolve(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
