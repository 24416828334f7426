"""OpenDocument texts: headings, paragraphs, lists, tables and notes of the content, then headers and footers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate.errors import InputError, Problem
from translate.formats import guard, package
from translate.formats.inline import Flow
from translate.formats.package import Break, Paragraph, Slot, local
from translate.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

LIMIT = guard.FILE_BYTES
KIND = "odt"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# What holds no text of the document, or paragraphs that come by themselves.
APART = {"note-citation", "annotation", "annotation-end", "tracked-changes", "ruby-text", "frame", "note", "p", "h"}
FIELDS = {"page-number", "page-count", "date", "time", "chapter", "file-name", "sequence"}


def _open(data: bytes, path: str) -> package.Package:
    with guard.open_zip(data, path, kind=KIND) as archive:
        parts = package.parse(archive, ("content.xml", "styles.xml"), path, kind=KIND)
    if "content.xml" not in parts or parts["content.xml"].find("{*}body/{*}text") is None:
        what = "the odt has no text in it (content.xml)"
        raise InputError(Problem(what, path, remedy="save it as odt; a spreadsheet or slides are not read"))
    return package.Package(parts, tuple(paragraph for root in parts.values() for paragraph in _paragraphs(root)))


def _paragraphs(root: etree._Element) -> Iterator[Paragraph]:
    for element in root.iter(TEXT + "p", TEXT + "h"):
        above = {local(ancestor) for ancestor in element.iterancestors()}
        if not above & {"tracked-changes", "annotation"}:
            yield Paragraph(Flow.of(list(_pieces(element, (), None))), _kind(element, above))


def _kind(element: etree._Element, above: set[str]) -> BlockKind | None:
    if "table-cell" in above:
        return BlockKind.TABLE_CELL
    if element.tag == TEXT + "h":
        return BlockKind.HEADING
    return BlockKind.LIST_ITEM if "list-item" in above else None


def _pieces(element: etree._Element, style: tuple[object, ...], link: object) -> Iterator[Slot | Break]:
    """The text of an element and what follows its children, in order."""
    yield Slot(element, style, link)
    for child in element:
        name = local(child)
        if name in ("line-break", "tab"):
            yield Break(child, (child,))
        elif name == "span":
            yield from _pieces(child, (*style, tuple(sorted(child.items()))), link)
        elif name == "a":
            yield from _pieces(child, style, child)
        elif name and name not in APART | FIELDS | {"s"}:
            yield from _pieces(child, style, link)
        yield Slot(child, style, link, tail=True)


_FORMAT = package.OfficeFormat(KIND, _open)
read, rebuild = _FORMAT.read, _FORMAT.rebuild
