"""Workbooks: the texts of cells and text boxes. Numbers, formulas, names of sheets and what charts copy stay.

So do the heads of tables: the file names each column by the text of its head, and so do formulas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate.errors import InputError, Problem
from translate.formats import drawing, guard, package
from translate.formats.inline import Flow
from translate.formats.package import Paragraph, Slot
from translate.records import BlockKind

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from lxml import etree

LIMIT = guard.FILE_BYTES
KIND = "xlsx"


def _open(data: bytes, path: str) -> package.Package:
    with guard.open_zip(data, path, kind=KIND) as archive:
        parts = package.parse(archive, dict.fromkeys(_parts(archive, path)), path, kind=KIND)
        tables = package.parse(archive, dict.fromkeys(_parts(archive, path, "/table")), path, kind=KIND).values()
    heads = {str(column.get("name")) for root in tables for column in root.iter("{*}tableColumn")}
    found = (paragraph for root in parts.values() for paragraph in _paragraphs(root))
    kept = tuple(paragraph for paragraph in found if paragraph.flow.text not in heads)
    return package.Package(parts, kept)


def _parts(archive: zipfile.ZipFile, path: str, beside: str = "/drawing") -> Iterator[str]:
    """The shared texts, then sheets (for texts of their own) with what is `beside` them."""
    main = package.main_part(archive, path, kind=KIND)
    related = list(package.relations(archive, main, path, kind=KIND))
    if not any(kind == "/worksheet" for _, kind, _ in related):
        raise InputError(Problem("the xlsx has no sheet", path, remedy="save it as xlsx anew"))
    yield from (name for _, kind, name in related if kind == "/sharedStrings")
    for name in dict.fromkeys(name for _, kind, name in related if kind == "/worksheet"):
        yield name
        yield from (part for _, kind, part in package.relations(archive, name, path, kind=KIND) if kind == beside)


def _paragraphs(root: etree._Element) -> Iterator[Paragraph]:
    for text in root.iter("{*}si", "{*}is"):
        slots: list[Slot | package.Break] = [
            Slot(piece, _look(piece)) for piece in text.iter("{*}t") if not _is_reading(piece)
        ]
        yield Paragraph(Flow.of(slots), BlockKind.TABLE_CELL)
    yield from drawing.paragraphs(root)


def _is_reading(piece: etree._Element) -> bool:
    """Whether a text is the pronunciation of another."""
    parent = piece.getparent()
    return parent is not None and package.local(parent) == "rPh"


def _look(piece: etree._Element) -> tuple[object, ...]:
    parent = piece.getparent()
    properties = None if parent is None else parent.find("{*}rPr")
    if properties is None:
        return ()
    return tuple((child.tag, tuple(sorted(child.items()))) for child in properties if isinstance(child.tag, str))


_FORMAT = package.OfficeFormat(KIND, _open)
read, rebuild = _FORMAT.read, _FORMAT.rebuild
