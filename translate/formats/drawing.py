"""DrawingML text, as slides, text boxes and diagrams have it: paragraphs `a:p` of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate.formats.inline import Flow
from translate.formats.package import Break, Paragraph, Slot, local
from translate.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/drawingml/main}"
TITLES = {"title", "ctrTitle"}
UNSEEN = {"lang", "altLang", "dirty", "err", "smtClean", "smtId", "noProof", "kumimoji"}  # do not show


def paragraphs(root: etree._Element) -> Iterator[Paragraph]:
    """The paragraphs of a part in document order, but for those in copies for older programs."""
    for element in root.iter(A + "p", STRICT + "p"):
        above = {local(ancestor) for ancestor in element.iterancestors()}
        if "Fallback" in above:
            continue
        kind = BlockKind.TABLE_CELL if "tc" in above else _kind(element)
        yield Paragraph(Flow.of(list(_pieces(element))), kind)


def _kind(element: etree._Element) -> BlockKind | None:
    """A heading in a slide's title, None elsewhere."""
    shape = next((one for one in element.iterancestors() if local(one) == "sp"), None)
    place = None if shape is None else shape.find("{*}nvSpPr/{*}nvPr/{*}ph")
    return BlockKind.HEADING if place is not None and place.get("type") in TITLES else None


def _pieces(element: etree._Element) -> Iterator[Slot | Break]:
    for child in element:
        name = local(child)
        if name == "br":
            yield Break(child, (child,))
        elif name == "r":
            properties = child.find("{*}rPr")
            link = None if properties is None else properties.find("{*}hlinkClick")
            for text in child.iterchildren("{*}t"):
                yield Slot(text, _look(properties), link)


def _look(properties: etree._Element | None) -> tuple[object, ...]:
    """Run properties in a form that is equal where the text looks the same."""
    if properties is None:
        return ()
    inner = tuple(
        (child.tag, tuple(sorted(child.items())), tuple((one.tag, tuple(sorted(one.items()))) for one in child))
        for child in properties
        if isinstance(child.tag, str)
    )
    return (tuple(sorted((key, value) for key, value in properties.items() if key not in UNSEEN)), inner)
