"""A text with its changes as a .docx whose changes Word and LibreOffice can accept or reject one by one."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from translate.formats.package import pack
from translate.records import BlockKind
from translate.review.redline import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.review.versions import Changed

AUTHOR: Final = "policy-translate"
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
)
_RELATIONS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_REFUSED: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML
_STYLES: Final = {BlockKind.HEADING: "Heading1", BlockKind.LIST_ITEM: "ListParagraph"}


def tracked_docx(changed: Sequence[Changed]) -> bytes:
    """The document as a file; the same changes give the same bytes. Control characters, which XML refuses, go."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _HEAD + _TYPES,
        "_rels/.rels": _HEAD + _RELATIONS.format("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _HEAD + _RELATIONS.format("styles", "styles.xml"),
        "word/styles.xml": files("translate").joinpath("data/review/styles.xml").read_text("utf-8"),
        "word/document.xml": _document(changed),
    }
    return pack(parts)


def _document(changed: Sequence[Changed]) -> bytes:
    from lxml import etree

    root = etree.Element(_name("document"), nsmap={"w": _W})
    body = etree.SubElement(root, _name("body"))
    numbers = count(1)
    for paragraph in changed:
        _add_paragraph(body, paragraph, numbers)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _add_paragraph(body: Any, paragraph: Changed, numbers: Iterator[int]) -> None:
    from lxml import etree

    node = etree.SubElement(body, _name("p"))
    properties = etree.SubElement(node, _name("pPr"))
    if style := _STYLES.get(paragraph.kind):
        etree.SubElement(properties, _name("pStyle")).set(_name("val"), style)
    if paragraph.fate in (Change.INSERTED, Change.DELETED):  # its mark too, or an empty paragraph would stay
        _add_change(etree.SubElement(properties, _name("rPr")), paragraph.fate, numbers)
    for piece in paragraph.pieces:
        parent = node if piece.change is Change.KEPT else _add_change(node, piece.change, numbers)
        text = etree.SubElement(
            etree.SubElement(parent, _name("r")), _name("delText" if piece.change is Change.DELETED else "t")
        )
        text.text = _REFUSED.sub("", piece.text)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _add_change(parent: Any, change: Change, numbers: Iterator[int]) -> Any:
    from lxml import etree

    node = etree.SubElement(parent, _name("ins" if change is Change.INSERTED else "del"))
    node.set(_name("id"), str(next(numbers)))
    node.set(_name("author"), AUTHOR)
    return node


def _name(tag: str) -> str:
    return f"{{{_W}}}{tag}"
