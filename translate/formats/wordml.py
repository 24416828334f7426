"""The paragraphs of WordprocessingML: their text in pieces that can be written, and what their style says they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from translate.formats.inline import Flow
from translate.formats.structure import NUMBERING_LENGTH, is_numbering
from translate.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

# Elements whose content does not show, or belongs to another paragraph.
NOT_TEXT = {"pPr", "rPr", "del", "moveFrom", "txbxContent", "Fallback", "rt", "instrText", "delText", "p"}
FIXED = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}  # elements that stand for characters
UNSEEN = {"lang", "noProof", "rPrChange", "webHidden", "bCs", "iCs", "szCs"}  # run properties that do not show
HEADING_NAMES = ("heading", "title", "subtitle", "标题", "副标题")


@dataclass(slots=True)
class Piece:
    """A `w:t`, or an element that stands for a character, with the look and the link that it is in."""

    element: etree._Element
    text: str
    style: tuple[object, ...]
    link: object = None

    @property
    def verbatim(self) -> bool:
        """Word has no code."""
        return False

    def write(self, text: str) -> None:
        """Put other text in its place; a line feed becomes a soft line break."""
        if text == self.text:
            return
        space = namespace(self.element)
        after = self.element
        for number, line in enumerate(text.split("\n") if text else ()):
            new = [self.element.makeelement(space + "br")] if number else []
            if line:
                new.append(self.element.makeelement(space + "t"))
                new[-1].text = line
                new[-1].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            for element in new:
                after.addnext(element)
                after = element
        remove(self.element)


class Paragraph(NamedTuple):
    """One `w:p`: its text (a soft line break is a line feed), and its kind if its style tells."""

    element: etree._Element
    flow: Flow[Piece]
    kind: BlockKind | None


@dataclass(frozen=True, slots=True)
class Styles:
    """What paragraph styles say: which are headings, which are lists."""

    headings: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()

    @classmethod
    def of(cls, root: etree._Element | None) -> Styles:
        """Read the styles part; a style is what it, or a style it is based on, says."""
        if root is None:
            return cls()
        own: dict[str, tuple[bool, bool, str]] = {}
        for style in root.iter("{*}style"):
            name = value(style.find("{*}name")).lower()
            heading = name.startswith(HEADING_NAMES) or _is_outlined(style)
            numbered = name.startswith("list") or style.find(".//{*}numPr") is not None
            own[_attribute(style, "styleId")] = (heading, numbered, value(style.find("{*}basedOn")))
        headings = frozenset(name for name in own if any(own[base][0] for base in _chain(own, name)))
        return cls(headings, frozenset(name for name in own if any(own[base][1] for base in _chain(own, name))))

    def kind(self, properties: etree._Element | None) -> BlockKind | None:
        """The kind that a paragraph's properties (`w:pPr`) give it, None for running text."""
        if properties is None:
            return None
        style = value(properties.find("{*}pStyle"))
        if style in self.headings or _is_outlined(properties):
            return BlockKind.HEADING
        number = properties.find("{*}numPr/{*}numId")
        if style in self.lists or (number is not None and value(number) != "0"):
            return BlockKind.LIST_ITEM
        return None


def _chain(own: dict[str, tuple[bool, bool, str]], name: str) -> list[str]:
    chain: list[str] = []
    while name in own and name not in chain:
        chain.append(name)
        name = own[name][2]
    return chain


def _is_outlined(element: etree._Element) -> bool:
    return any(value(level) in tuple("012345678") for level in element.iter("{*}outlineLvl"))


def paragraphs(root: etree._Element, styles: Styles) -> Iterator[Paragraph]:
    """The paragraphs in document order, but for those in cells that a merge hides and in fallback copies."""
    parent: etree._Element | None = None
    place: str | None = None
    for element in root.iter(namespace(root) + "p"):
        if element.getparent() is not parent:
            parent = element.getparent()
            place = _place(element)
        if place is not None:
            yield _paragraph(element, styles, is_cell=place == "tc")


def _place(element: etree._Element) -> str | None:
    """Whether a paragraph is in a table (tc) or not (empty); None where it does not show."""
    place = ""
    for ancestor in element.iterancestors():
        name = local(ancestor)
        if name == "Fallback" or (name == "tc" and _is_hidden(ancestor)):
            return None
        place = "tc" if name == "tc" else place
    return place


def twins(paragraph: Paragraph, styles: Styles) -> Iterator[Paragraph]:
    """The copies of a text box's paragraph that older programs show (`mc:Fallback`)."""
    for ancestor in paragraph.element.iterancestors():
        if local(ancestor) == "AlternateContent":
            for fallback in ancestor.iterchildren("{*}Fallback"):
                for element in fallback.iter(str(paragraph.element.tag)):
                    copy = _paragraph(element, styles, is_cell=False)
                    if copy.flow.text == paragraph.flow.text:
                        yield copy


def _paragraph(element: etree._Element, styles: Styles, *, is_cell: bool) -> Paragraph:
    pieces = list(_pieces(element, _Look(namespace(element))))
    before = ""
    for piece in pieces:
        # A tab after the number of a clause is a space; any other sets columns, which are blocks of their own.
        if piece.text == "\t" and not is_numbering(before):
            piece.text, piece.style = "\n", (piece.element,)
        before = (before + piece.text)[:NUMBERING_LENGTH]
    kind = BlockKind.TABLE_CELL if is_cell else styles.kind(element.find(namespace(element) + "pPr"))
    return Paragraph(element, Flow.of(pieces), kind)


@dataclass(slots=True)
class _Look:
    """What a walk through a paragraph has passed: the namespace, run properties, link, and the fields that are open."""

    namespace: str
    run: tuple[object, ...] = ()
    link: object = None
    fields: list[etree._Element] = field(default_factory=list)


def _pieces(element: etree._Element, look: _Look) -> Iterator[Piece]:
    for child in element:
        if not isinstance(child.tag, str):
            continue  # a comment or processing instruction
        name = local(child)
        if name in NOT_TEXT:
            continue
        if child.tag == look.namespace + "t":
            yield Piece(child, child.text or "", (look.run, *look.fields[-1:]), look.link)
        elif name in FIXED and child.tag.startswith(look.namespace):
            text = FIXED[name]
            yield Piece(child, text, (child,) if text == "\n" else (look.run, *look.fields[-1:]), look.link)
        elif name == "fldChar":
            _open_or_close(child, look.fields)
        elif name in ("r", "hyperlink", "fldSimple"):
            inner = _Look(look.namespace, look.run, look.link, look.fields)
            if name == "r":
                inner.run = _appearance(child.find(look.namespace + "rPr"))
            elif name == "hyperlink":
                inner.link = child
            else:
                inner.fields = [*look.fields, child]
            yield from _pieces(child, inner)
        else:
            yield from _pieces(child, look)


def _open_or_close(mark: etree._Element, fields: list[etree._Element]) -> None:
    kind = _attribute(mark, "fldCharType")
    if kind == "separate":
        fields.append(mark)
    elif kind == "end" and fields:
        fields.pop()


def _appearance(properties: etree._Element | None) -> tuple[object, ...]:
    """Run properties in a form that is equal where the text looks the same."""
    if properties is None:
        return ()
    return tuple(
        (local(child), tuple(sorted((key, value) for key, value in child.items() if not key.endswith("}hint"))))
        for child in properties
        if isinstance(child.tag, str) and local(child) not in UNSEEN
    )


def _is_hidden(cell: etree._Element) -> bool:
    """Whether a cell is a lower part of a vertical merge: Word shows only the first one's text."""
    merge = cell.find("{*}tcPr/{*}vMerge")
    return merge is not None and value(merge) != "restart"


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""  # not a comment


def namespace(element: etree._Element) -> str:
    """An element's namespace in braces, as tags begin with it: transitional and strict documents differ."""
    space, brace, _ = str(element.tag).rpartition("}")
    return space + brace


def remove(element: etree._Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def value(element: etree._Element | None) -> str:
    """The `w:val` of an element, empty where there is none."""
    return "" if element is None else _attribute(element, "val")


def _attribute(element: etree._Element, name: str) -> str:
    return str(element.get(namespace(element) + name) or "")
