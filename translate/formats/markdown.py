"""Markdown (CommonMark, tables, strikethrough): text replaced within its lines, everything else byte for byte.

Front matter, code, raw HTML, link definitions, addresses and images stay as they are. A line break within a
paragraph is none in the text (a space, or nothing between Chinese characters); a hard break parts two blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from translate.formats import guard, structure
from translate.formats.encoding import decode
from translate.formats.inline import Flow
from translate.formats.markdown_inline import Piece, pieces, render
from translate.records import Block, BlockKind, Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LIMIT = guard.MARKDOWN_BYTES
LONGEST_INLINE = 20_000  # characters; the time of inline parsing can grow with the square, so longer text is plain
LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
TASK = re.compile(r"\[[ xX]\][ \t]+")

Place = tuple[int, int]  # line and column, from 0


@dataclass(frozen=True, slots=True)
class Passage:
    """Inline content: where it stands in the source's lines, what it is, and its text."""

    start: Place
    end: Place
    kind: BlockKind | None
    tokens: list[Token]
    flow: Flow[Piece]


def read(data: bytes, *, path: str, encoding: str | None = None) -> tuple[tuple[Block, ...], str | None]:
    """The blocks of a Markdown text, and its encoding."""
    text, encoding = decode(data, path=path, encoding=encoding)
    passages = _passages(_lines(text, path))
    return structure.blocks(
        [(block, passage.kind) for passage in passages for block in passage.flow.blocks()]
    ), encoding


def rebuild(data: bytes, document: Document, targets: Mapping[str, str]) -> bytes:
    """The text with each block replaced, UTF-8; what would be markup in a target is escaped."""
    text, _ = decode(data, path=document.path, encoding=document.encoding)
    lines = _lines(text, document.path)
    blocks = iter(document.blocks)
    changed: list[tuple[Passage, str]] = []
    for passage in _passages(lines):
        if new := passage.flow.replaced([targets[next(blocks).id] for _ in passage.flow.spans]):
            changed.append((passage, _content(passage, new)))
    for passage, content in reversed(changed):  # from the end, so that lines and columns stay true
        _put(lines, passage, content)
    return "".join(lines).encode()


def _lines(text: str, path: str) -> list[str]:
    """The lines with their ends."""
    guard.refuse_count(text.count("\n") + text.count("\r"), "lines", path, most=guard.LINES)
    return LINE.findall(text)


def _content(passage: Passage, texts: list[str]) -> str:
    """The markup with other texts; plain where it would not read back as the same text (**（一）**a is no emphasis)."""
    from markdown_it.token import Token

    content = render(passage.tokens, texts, passage.kind)
    again = content.replace("\\|", "|") if passage.kind is BlockKind.TABLE_CELL else content
    text = "".join(piece.text for piece in pieces(_inline(_parser(), again, {})))
    if text.split() == "".join(texts).split():
        return content
    plain = [Token("text", "", 0, content="".join(texts))]
    return render(plain, [plain[0].content, ""], passage.kind)


def _put(lines: list[str], passage: Passage, content: str) -> None:
    (first, start), (last, end) = passage.start, passage.end
    before, after = lines[first][:start], lines[last][end:]
    line_end = "\r\n" if "\r\n" in lines[first] else "\n"
    further = re.sub(r"[^>\s]", " ", before)  # a list marker indents the lines after it
    start_of_content, *more = content.split("\n")
    rows = [before + start_of_content, *((further + line).rstrip() for line in more)]
    lines[first : last + 1] = [line_end.join(rows) + after]
    lines[first + 1 : first + 1] = [""] * (last - first)


def _passages(lines: list[str]) -> list[Passage]:
    """The passages in source order."""
    parser = _parser()
    skipped = _front_matter(lines)
    environment: dict[str, object] = {}
    tokens: list[Token] = []
    parser.block.parse("\n".join(line.rstrip("\r\n") for line in lines[skipped:]), parser, environment, tokens)
    found: list[Passage] = []
    read_to = (-1, 0)  # where the last cell ended
    for token, kind in _inline_tokens(tokens):
        content = token.content
        first, last = (token.map[0] + skipped, token.map[1] + skipped - 1) if token.map else (0, -1)
        if kind is BlockKind.TABLE_CELL:
            place = _place_of_cell(lines[first], content, (first, read_to[1] if read_to[0] == first else 0))
        else:
            place = _place(lines, first, last, content)
        if place is None:
            continue
        start, read_to = place
        if kind is BlockKind.LIST_ITEM and (task := TASK.match(content)):
            content, start = content[task.end() :], (start[0], start[1] + task.end())
        children = _inline(parser, content, environment)
        found.append(Passage(start, read_to, kind, children, Flow.of(pieces(children))))
    return found


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _inline(parser: MarkdownIt, content: str, environment: dict[str, object]) -> list[Token]:
    from markdown_it.token import Token

    if len(content) > LONGEST_INLINE:
        return [Token("text", "", 0, content=content.replace("\n", " "))]
    children: list[Token] = []
    parser.inline.parse(content, parser, environment, children)
    return children


def _front_matter(lines: list[str]) -> int:
    """How many lines a block of metadata at the start has."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    return next((number for number, line in enumerate(lines[1:], 2) if line.rstrip() in ("---", "...")), 0)


def _inline_tokens(tokens: list[Token]) -> Iterator[tuple[Token, BlockKind | None]]:
    """Tokens with text, and the kind that the blocks around give: heading or cell, else list item."""
    inner: BlockKind | None = None
    lists = 0
    for token in tokens:
        if token.type in ("heading_open", "td_open", "th_open"):
            inner = BlockKind.HEADING if token.type == "heading_open" else BlockKind.TABLE_CELL
        elif token.type in ("heading_close", "td_close", "th_close"):
            inner = None
        elif token.type in ("list_item_open", "list_item_close"):
            lists += token.nesting
        elif token.type == "inline" and token.content.strip():
            yield token, inner or (BlockKind.LIST_ITEM if lists else None)


def _place(lines: list[str], first: int, last: int, content: str) -> tuple[Place, Place] | None:
    """Start and end of a content in the source's lines; None where it is not found (tabs that were expanded)."""
    rows = content.split("\n")
    start = lines[first].rfind(rows[0].strip()) if len(rows) == last - first + 1 else -1
    end = lines[last].rfind(rows[-1].strip())
    return ((first, start), (last, end + len(rows[-1].strip()))) if min(start, end) >= 0 else None


def _place_of_cell(line: str, content: str, after: Place) -> tuple[Place, Place] | None:
    raw = content.replace("|", "\\|")
    start = line.find(raw, after[1])
    return ((after[0], start), (after[0], start + len(raw))) if start >= 0 else None
