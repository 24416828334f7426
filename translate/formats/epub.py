"""Electronic books: the chapters in their reading order, each a page of its own; pictures and style sheets stay."""

from __future__ import annotations

import posixpath
import urllib.parse
from typing import TYPE_CHECKING, NamedTuple

from translate.errors import InputError, Problem
from translate.formats import guard, html, package, structure

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

    from translate.records import Block, Document

LIMIT = guard.FILE_BYTES
KIND = "epub"
PAGES = ("application/xhtml+xml", "text/html")


class Chapter(NamedTuple):
    """One page of the book: its entry in the archive, and its tree."""

    name: str
    root: HtmlElement


def read(data: bytes, *, path: str, encoding: str | None = None) -> tuple[tuple[Block, ...], str | None]:
    """The blocks of all chapters."""
    package.refuse_encoding(encoding, path, KIND)
    package.check_entries(data, path, kind=KIND)
    runs = (run for chapter in _chapters(data, path) for run in html.runs_of(chapter.root))
    return structure.blocks([(text, run.kind) for run in runs for text in run.flow.blocks()]), None


def rebuild(data: bytes, document: Document, targets: Mapping[str, str]) -> bytes:
    """The book with each block replaced."""
    from lxml import etree

    if all(targets[block.id] == block.text for block in document.blocks):
        return data
    texts = iter([targets[block.id] for block in document.blocks])
    changed = {}
    for chapter in _chapters(data, document.path):
        html.replace_blocks(chapter.root, texts)
        tree = chapter.root.getroottree()
        tree.docinfo.clear()
        changed[chapter.name] = etree.tostring(tree, method="xml", xml_declaration=True, encoding="UTF-8")
    return package.repack(data, document.path, changed, kind=KIND)


def _chapters(data: bytes, path: str) -> list[Chapter]:
    with guard.open_zip(data, path, kind=KIND) as archive:
        names = list(dict.fromkeys(_spine(archive, path)))
        texts = [(name, guard.read_entry(archive, name, path, kind=KIND)) for name in names]
    pages = [(name, html.parse_page(_text(content, f"{path} ({name})"), path)) for name, content in texts]
    return [Chapter(name, root) for name, root in pages if root is not None]


def _text(content: bytes, path: str) -> str:
    """The characters of a page, without its XML declaration, which is no HTML."""
    text, _ = html.decode_page(content, path)
    start = text.find("?>") + 2 if text.lstrip().startswith("<?xml") else 0
    return text[start:]


def _spine(archive: zipfile.ZipFile, path: str) -> Iterator[str]:
    """The entries of the book's pages in reading order."""
    present = set(archive.namelist())
    containers = package.parse(archive, ["META-INF/container.xml"], path, kind=KIND).values()
    book = next((str(one.get("full-path")) for root in containers for one in root.iter("{*}rootfile")), "")
    roots = package.parse(archive, [book], path, kind=KIND)
    if not roots:
        raise InputError(Problem("the epub names no book (META-INF/container.xml)", path, remedy="export it anew"))
    items = {item.get("id"): item for item in roots[book].iter("{*}item") if item.get("media-type") in PAGES}
    for reference in roots[book].iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is not None:
            target = urllib.parse.unquote(str(item.get("href", "")))
            name = posixpath.normpath(posixpath.join(posixpath.dirname(book), target))
            if name in present:
                yield name
