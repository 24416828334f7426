"""Word documents: every paragraph of body, tables, text boxes, notes, headers and footers, in and out.

The XML is walked paragraph by paragraph (`wordml`), so that nothing that holds paragraphs is skipped: nested tables,
content controls, text boxes, inserted text. What is not text (images, fields, comments, deleted text, vertically
merged cells that do not show) is left as it is, and parts without text are copied byte for byte.
Reading order: the body, then footnotes and endnotes, then headers and footers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from translate.errors import InputError, Problem
from translate.formats import guard, package, structure
from translate.formats.numbering import anglicise
from translate.formats.wordml import Paragraph, Styles, local, paragraphs, twins

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml import etree

    from translate.records import Block, Document

LIMIT = guard.FILE_BYTES
PARTS = ("/footnotes", "/endnotes", "/header", "/footer")  # relationship types, in reading order


class Package(NamedTuple):
    """The parsed parts of a docx by entry name: those with text in reading order, that of automatic numbers; styles."""

    parts: dict[str, etree._Element]
    numbering: dict[str, etree._Element]
    styles: Styles

    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs in reading order."""
        return (paragraph for root in self.parts.values() for paragraph in paragraphs(root, self.styles))


def read(data: bytes, *, path: str, encoding: str | None = None) -> tuple[tuple[Block, ...], str | None]:
    """The blocks of a docx. XML tells its encoding itself, so one that is given is an error of the caller's."""
    package.refuse_encoding(encoding, path, "docx")
    package.check_entries(data, path, kind="docx")
    every = _open(data, path).paragraphs()
    return structure.blocks([(block, paragraph.kind) for paragraph in every for block in paragraph.flow.blocks()]), None


def rebuild(data: bytes, document: Document, targets: Mapping[str, str]) -> bytes:
    """The docx with each block replaced; styles, tables, images and page set-up as they were.

    Automatic numbers in Chinese (一、 第一条) become I. and Article 1. Nothing changes if no block does.
    """
    from lxml import etree

    if all(targets[block.id] == block.text for block in document.blocks):
        return data
    opened = _open(data, document.path)
    blocks = iter(document.blocks)
    for paragraph in list(opened.paragraphs()):
        new = [targets[next(blocks).id] for _ in paragraph.flow.spans]
        for twin in (*twins(paragraph, opened.styles), paragraph):
            for piece, text in zip(twin.flow.pieces, twin.flow.replaced(new), strict=False):  # none: no change
                piece.write(text)
    for root in opened.numbering.values():
        anglicise(root)
    changed = {
        name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, root in {**opened.parts, **opened.numbering}.items()
    }
    return package.repack(data, document.path, changed, kind="docx")


def _open(data: bytes, path: str) -> Package:
    """Parse the parts that matter."""
    with guard.open_zip(data, path) as archive:
        names = set(archive.namelist())

        def parsed(found: Iterable[str]) -> dict[str, etree._Element]:
            return {
                name: guard.parse_xml(guard.read_entry(archive, name, path), path, name=name)
                for name in dict.fromkeys(found)
            }

        main = package.main_part(archive, path, kind="docx")
        if main not in names:
            what = "the docx has no document part (word/document.xml)"
            raise InputError(Problem(what, path, remedy="save it as docx; a spreadsheet or slides are not read"))
        found = package.relations(archive, main, path, kind="docx")
        related = [(kind, name) for _, kind, name in found if name in names]
        parts = parsed([main, *(name for wanted in PARTS for kind, name in related if kind == wanted)])
        numbering = parsed(name for kind, name in related if kind == "/numbering")
        styles = parsed(name for kind, name in related if kind == "/styles")
    if local(parts[main]) != "document":
        raise InputError(Problem(f"{main} is not a Word document part", path, remedy="save it as docx anew"))
    return Package(parts, numbering, Styles.of(next(iter(styles.values()), None)))
