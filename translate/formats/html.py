"""HTML pages: the text of every block element, in and out, the tree kept.

`br` ends a block. Inline elements are flattened into the text; inline code is text that stays as it is. Scripts,
styles, `pre`, embedded media, and what is marked translate="no" are left alone, and so are attributes (alt, title).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from translate.errors import InputError, Problem
from translate.formats import guard, structure
from translate.formats.encoding import decode
from translate.formats.inline import Flow
from translate.records import Block, BlockKind, Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

LIMIT = guard.TEXT_BYTES
# Elements of the HTML standard, by what they do to text.
BREAKS = {
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1",
    "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu",
    "nav", "ol", "optgroup", "option", "p", "search", "section", "select", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "title", "tr", "ul",
}  # fmt: skip
SKIPPED = {
    "applet", "audio", "canvas", "embed", "iframe", "map", "math", "noframes", "noscript", "object", "picture",
    "pre", "rp", "rt", "script", "style", "svg", "template", "textarea", "video", "xmp",
}  # fmt: skip
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
VERBATIM = {"code", "kbd", "samp", "var"}
KINDS = {
    **dict.fromkeys(("title", "h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), BlockKind.TABLE_CELL),
}
FORMATTING = {"b", "strong", "i", "em", "u", "font", "span", "s", "small", "big", "mark"}
META_CHARSET = re.compile(rb"<meta\b[^>]{0,300}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
WHOLE_PAGE = re.compile(r"<(?:html|head|body|title)[\s>]", re.IGNORECASE)
DOCTYPE = re.compile(r"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<!doctype", re.IGNORECASE | re.DOTALL)
WIDE_SPACE = re.compile(r"(?<=[\u2e80-\uffef])[ \t]*[\r\n]\s*(?=[\u2e80-\uffef])")
SPACE = re.compile("[ \t\r\n\f]+")
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")  # which no browser shows and lxml does not write


@dataclass(slots=True)
class Piece:
    """The text or the tail of an element; or, with no slot, a `br`."""

    element: HtmlElement
    slot: str  # text, tail or empty
    text: str
    style: object
    link: object = None
    verbatim: bool = False

    def write(self, text: str) -> None:
        """Put other text in its place; a line feed becomes a `br`."""
        if not self.slot or text == self.text:
            return
        first, *more = text.split("\n")
        setattr(self.element, self.slot, first)
        for line in more:
            new = self.element.makeelement("br")
            new.tail = line
            if self.slot == "text":
                self.element.insert(0, new)
            else:
                tail, self.element.tail = self.element.tail, None
                self.element.addnext(new)
                self.element.tail = tail
            self.element, self.slot = new, "tail"


@dataclass(frozen=True, slots=True)
class Run:
    """The text between two block boundaries, and the kind that the elements around it give."""

    flow: Flow[Piece]
    kind: BlockKind | None


def read(data: bytes, *, path: str, encoding: str | None = None) -> tuple[tuple[Block, ...], str | None]:
    """The blocks of a page and its encoding: told, by byte-order mark, by `meta`, or recognised, in this order."""
    text, encoding = decode_page(data, path, encoding)
    return structure.blocks(
        [(block, run.kind) for run in runs_of(parse_page(text, path)) for block in run.flow.blocks()]
    ), encoding


def rebuild(data: bytes, document: Document, targets: Mapping[str, str]) -> bytes:
    """The page with each block replaced, UTF-8; elements and their attributes stay, `lang` becomes en."""
    text, _ = decode_page(data, document.path, document.encoding)
    root = parse_page(text, document.path)
    if root is None:
        return text.encode()
    replace_blocks(root, (targets[block.id] for block in document.blocks))
    return _serialize(root, text)


def replace_blocks(root: HtmlElement, texts: Iterator[str]) -> None:
    """Put the next of `texts` in the place of each block of a page, and say in it what has changed."""
    for run in runs_of(root):
        new = run.flow.replaced([next(texts) for _ in run.flow.spans])
        for piece, words in zip(run.flow.pieces, new, strict=False):  # none if nothing changes
            piece.write(words)
        _drop_empty(run.flow.pieces if new else [])
    _declare(root)


def decode_page(data: bytes, path: str, encoding: str | None = None) -> tuple[str, str]:
    """The characters of a page and their encoding: given, told by a mark or by `meta`, or recognised."""
    meta = META_CHARSET.search(data[:4096])
    return decode(data, path=path, encoding=encoding, declared=meta[1].decode("ascii") if meta else None)


def parse_page(text: str, path: str) -> HtmlElement | None:
    """The root element; None for a page without anything. Entities beyond HTML's own are never resolved."""
    from lxml import etree
    from lxml.html import HTMLParser

    guard.refuse_count(text.count("<"), "tags", path, most=guard.PAGE_TAGS)
    parser = HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    root = etree.fromstring(text.encode(), parser) if text.strip() else None
    for entry in parser.error_log:
        if entry.level_name == "FATAL":
            remedy = "simplify the page, or save its text as txt"
            raise InputError(Problem(f"the page cannot be read: {entry.message}", path, entry.line, remedy=remedy))
    return root


def runs_of(root: HtmlElement | None) -> list[Run]:
    """The runs of text in document order."""
    from lxml import etree

    if root is None:
        return []
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))  # no recursion: pages nest deeply
    collector = _Collector()
    for event, element in walk:
        if event == "start" and _is_skipped(element):
            walk.skip_subtree()
        elif event == "start":
            collector.open(element)
        else:
            collector.close(element)
    return collector.runs


def _is_skipped(element: HtmlElement) -> bool:
    return not isinstance(element.tag, str) or element.tag in SKIPPED or element.get("translate") == "no"


class _Look(NamedTuple):
    """How text looks, the link that it is in, and whether it is code."""

    style: int = 0
    link: object = None
    verbatim: bool = False


@dataclass(slots=True)
class _Collector:
    """What a walk through the tree has passed: open elements, the pieces since the last boundary, the runs so far."""

    blocks: list[str] = field(default_factory=list)
    inlines: list[_Look] = field(default_factory=list)
    looks: dict[object, int] = field(default_factory=dict)  # a number for each look, so that equal ones compare fast
    pieces: list[Piece] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def open(self, element: HtmlElement) -> None:
        """Enter an element: its text is the next piece."""
        tag = str(element.tag)
        if tag in BREAKS:
            self._end_run()
            self.blocks.append(tag)
        elif tag == "br":
            self.pieces.append(Piece(element, "", "\n", element))
        elif tag not in VOID:
            self.inlines.append(self._inside(element))
        if tag not in VOID:
            self._add(element, "text")

    def close(self, element: HtmlElement) -> None:
        """Leave an element, comment or skipped element: its tail is the next piece."""
        tag = "" if _is_skipped(element) else str(element.tag)
        if tag in BREAKS:
            self._end_run()
            self.blocks.pop()
        elif tag and tag not in VOID:
            self.inlines.pop()
        if element.getparent() is not None:
            self._add(element, "tail")
        else:
            self._end_run()

    def _add(self, element: HtmlElement, slot: str) -> None:
        text = SPACE.sub(" ", WIDE_SPACE.sub("", CONTROLS.sub("", getattr(element, slot) or "")))
        look = self.inlines[-1] if self.inlines else _Look()
        self.pieces.append(Piece(element, slot, text, look.style, look.link, look.verbatim))

    def _inside(self, element: HtmlElement) -> _Look:
        """The look of text in an inline element."""
        outer = self.inlines[-1] if self.inlines else _Look()
        if element.tag == "a":
            return _Look(outer.style, element if element.get("href") else outer.link, outer.verbatim)
        key = (outer.style, str(element.tag), tuple(sorted(element.items())))
        style = self.looks.setdefault(key, len(self.looks) + 1)
        return _Look(style, outer.link, outer.verbatim or element.tag in VERBATIM)

    def _end_run(self) -> None:
        if any(piece.text.strip() for piece in self.pieces):
            kind = next((KINDS[tag] for tag in reversed(self.blocks) if tag in KINDS), None)
            self.runs.append(Run(Flow.of(self.pieces), kind))
        self.pieces = []


def _drop_empty(pieces: list[Piece]) -> None:
    """Remove inline formatting that a target has emptied; what is identified or holds something else stays."""
    for piece in pieces:
        element = piece.element
        bare = not len(element) and not element.text and not element.get("id")
        if piece.slot == "text" and piece.text.strip() and bare and element.tag in FORMATTING:
            element.drop_tag()


def _declare(root: HtmlElement) -> None:
    """Say in the page that it is UTF-8 and, where it said Chinese, that it is English."""
    for meta in root.iter("meta"):
        if meta.get("charset"):
            meta.set("charset", "utf-8")
        elif "charset=" in (meta.get("content") or "").lower():
            meta.set("content", "text/html; charset=utf-8")
    for element in (root, *root.iter("body")):
        for key in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"):
            if (element.get(key) or "").lower().startswith("zh"):
                element.set(key, "en")


def _serialize(root: HtmlElement, source: str) -> bytes:
    from lxml import etree

    tree = root.getroottree()
    if not DOCTYPE.match(source):
        tree.docinfo.clear()  # the parser makes one up
    body = root.find("body")
    if WHOLE_PAGE.search(source) or body is None:
        return etree.tostring(tree, method="html", encoding="utf-8")
    children = (etree.tostring(child, method="html", encoding="utf-8") for child in body)
    return html.escape(body.text or "", quote=False).encode() + b"".join(children)
