"""Plain text: paragraphs by line ends and by ideographic spaces, headings by their look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate.formats import guard, structure
from translate.formats.encoding import decode
from translate.records import Block, BlockKind, Document

if TYPE_CHECKING:
    from collections.abc import Mapping

LIMIT = guard.TEXT_BYTES


def read(data: bytes, *, path: str, encoding: str | None = None) -> tuple[tuple[Block, ...], str | None]:
    """The blocks of a text, and its encoding. What stands between blocks is white space and bullets only."""
    text, encoding = decode(data, path=path, encoding=encoding)
    pieces = _pieces(text, path)
    found = [(text[start:end], BlockKind.LIST_ITEM if bullet else None) for start, end, bullet in pieces]
    return structure.blocks(found), encoding


def rebuild(data: bytes, document: Document, targets: Mapping[str, str]) -> bytes:
    """The text with each block replaced, UTF-8. Line ends and bullets stay; ideographic indents go.

    Paragraphs that were parted by ideographic spaces on one line are parted by a blank line, as English needs.
    """
    text, _ = decode(data, path=document.path, encoding=document.encoding)
    line_end = "\r\n" if "\r\n" in text else "\n"
    out: list[str] = []
    position = 0
    for block, (start, end, _) in zip(document.blocks, _pieces(text, document.path), strict=True):
        out += (_gap(text[position:start], line_end, inner=position > 0), targets[block.id])
        position = end
    out.append(_gap(text[position:], line_end, inner=False))
    return "".join(out).encode()


def _pieces(text: str, path: str) -> list[tuple[int, int, bool]]:
    """Start and end of each block, and whether a bullet stands before it."""
    found = []
    for start, end in structure.spans(text):
        bullet = structure.BULLET.match(text, start, end)
        found.append((bullet.end() if bullet else start, end, bool(bullet)))
        guard.refuse_count(len(found), "paragraphs", path, most=guard.BLOCKS)
    return found


def _gap(gap: str, line_end: str, *, inner: bool) -> str:
    if inner and not any(character in structure.LINE_ENDS for character in gap):
        return line_end * 2 + gap.lstrip(" \t\u3000")
    return gap.replace("\u3000", "")
