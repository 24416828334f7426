"""Inline Markdown: its text in pieces, and back to markup with other text in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

OPENING = {"strong_open", "em_open", "s_open", "link_open"}
CLOSING = {"strong_close", "em_close", "s_close", "link_close"}
LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# What would be read as markup within a line, and at its start.
SPECIAL = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|<(?=[A-Za-z/!?])|&(?=#?\w{1,32};)")
START = re.compile(r"(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)|(?:#{1,6}|[-+])(?=\s|$)|>|[=-]+\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one token, or a place for text before it (empty in the source).

    A line break that is only in the source is a space, or nothing between Chinese characters.
    """

    token: int  # index among the passage's tokens; their number for the place after the last
    text: str
    style: tuple[str, ...]
    link: int | None
    verbatim: bool
    before: bool = False


def pieces(tokens: Sequence[Token]) -> list[Piece]:
    """The pieces of text in a passage's tokens, in order. Images and inline HTML are none."""
    found: list[Piece] = []
    styles: list[str] = []
    link: int | None = None
    is_address = False
    for index, token in enumerate(tokens):
        if (token.type in OPENING or token.type in CLOSING or token.type == "code_inline") and not is_address:
            found.append(Piece(index, "", tuple(styles), link, verbatim=False, before=True))
        if token.type == "link_open":
            is_address = token.markup == "autolink"
            link = None if is_address else index
        elif token.type == "link_close":
            link, is_address = None, False
        elif token.type in OPENING:
            styles.append(token.type)
        elif token.type in CLOSING:
            styles.pop()
        elif (text := _text(tokens, index, found)) is not None:
            breaks = text == "\n"
            style = ("break", str(index)) if breaks else tuple(styles)
            found.append(Piece(index, text, style, link, is_address or token.type == "code_inline"))
    return [*found, Piece(len(tokens), "", (), None, verbatim=False, before=True)]


def _text(tokens: Sequence[Token], index: int, before: list[Piece]) -> str | None:
    token = tokens[index]
    if token.type == "hardbreak" or (token.type == "html_inline" and LINE_BREAK.fullmatch(token.content)):
        return "\n"
    if token.type == "softbreak":
        left = next((piece.text[-1] for piece in reversed(before) if piece.text), " ")
        right = next((token.content[0] for token in tokens[index + 1 : index + 4] if token.content), " ")
        return "" if left > "\u2e80" and right > "\u2e80" else " "
    return token.content if token.type in ("text", "text_special", "code_inline") else None


def render(tokens: Sequence[Token], texts: Sequence[str], kind: BlockKind | None) -> str:
    """The markup of a passage with the pieces' new texts, in the order of `pieces`."""
    new = {(piece.token, piece.before): text for piece, text in zip(pieces(tokens), texts, strict=True)}
    parts: list[tuple[str, str]] = []
    depth = 0  # of emphasis: a paragraph cannot end within it
    for index, token in enumerate(tokens):
        depth += token.nesting
        parts.append(("text", _escape(new.get((index, True), ""))))
        text = new.get((index, False))
        if text is None:
            parts += _markup(token)
        elif token.type == "code_inline":
            code = token.content.strip() or token.content
            pad = " " if "`" in (code[0], code[-1]) else ""
            parts.append(("text", text.replace(code, f"{token.markup}{pad}{code}{pad}{token.markup}", 1)))
        elif token.type == "html_inline":
            parts.append(("text", token.content))
        elif token.type == "hardbreak" or text == "\n":
            parts.append(("text", "\\\n"))
        elif index and tokens[index - 1].markup == "autolink" and tokens[index - 1].type == "link_open":
            parts.append(("text", text.replace(token.content, f"<{token.content}>", 1)))
        else:
            parts.append(("text", _escape(text) if depth else _escape(text).replace("\\\n", "\n\n")))
    parts.append(("text", _escape(new[len(tokens), True])))
    content = _join(parts).strip(" ")
    if kind is BlockKind.TABLE_CELL:
        # A backslash before a bar would escape it, doubled or not.
        return re.sub(r"\\\n|\n\n", "<br>", content).replace("\\\\", "&#92;").replace("|", "\\|")
    if kind is BlockKind.HEADING:
        return re.sub(r"(?<!\S)#+$", r"\\\g<0>", re.sub(r"\\\n|\n\n", "<br>", content))
    return "\n".join(
        START.sub(_escape_start, line, count=1) if START.match(line) else line for line in content.split("\n")
    )


def _escape(text: str) -> str:
    return SPECIAL.sub(r"\\\g<0>", text).replace("\n", "\\\n")


def _escape_start(match: re.Match[str]) -> str:
    return f"{match['number']}\\{match['dot']}" if match["number"] else "\\" + match[0]


def _markup(token: Token) -> list[tuple[str, str]]:
    """What a token without text of its own is in the source."""
    if token.markup == "autolink":
        return []
    if token.type == "link_open":
        return [("open", "["), ("address", _address(str(token.attrs["href"]), token.attrs.get("title")))]
    if token.type == "link_close":
        return [("close", "]")]
    if token.type == "image":
        return [("text", f"![{token.content}]{_address(str(token.attrs['src']), token.attrs.get('title'))}")]
    if token.type in OPENING or token.type in CLOSING:
        return [("open" if token.type in OPENING else "close", token.markup)]
    return [("text", token.content)]


def _address(url: str, title: object) -> str:
    safe = f"<{url}>" if re.search(r"[\s()]", url) else url
    quoted = str(title).replace('"', '\\"')
    return f'({safe} "{quoted}")' if title else f"({safe})"


def _join(parts: Sequence[tuple[str, str]]) -> str:
    """The parts as one text: emphasis around nothing goes, and spaces at its edges go outside, as Markdown wants."""
    out: list[tuple[str, str]] = []
    addresses: list[str] = []
    for role, text in parts:
        if role == "address":
            addresses.append(text)
        elif role == "close":
            address = addresses.pop() if text == "]" else ""
            if out and out[-1][0] == "open":
                out.pop()
                continue
            space = " " if out[-1][1].endswith(" ") else ""
            out[-1] = (out[-1][0], out[-1][1].rstrip(" "))
            out += [("close", text + address), ("text", space)]
        elif text:
            if text == "[" and out and out[-1][1].endswith("!"):
                out[-1] = (out[-1][0], out[-1][1][:-1] + "\\!")  # "!" before a link would make it an image
            edge = len(out)
            while role == "text" and text.startswith(" ") and edge and out[edge - 1][0] == "open":
                edge -= 1
            if edge < len(out):
                out.insert(edge, ("text", " "))
                text = text.lstrip(" ")
            if text:
                out.append((role, text))
    return "".join(text for _, text in out)
