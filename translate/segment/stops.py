"""The places where a sentence could end: runs of stops and line breaks, with what follows them."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING, NamedTuple

from translate.segment.marks import BLANKS, CLOSERS, LINE_BREAKS, STOPS, Pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

_HALF_WIDTH = string.ascii_letters + string.digits
_LATIN = frozenset(_HALF_WIDTH + "".join(chr(ord(character) + 0xFEE0) for character in _HALF_WIDTH))
_RUN = f"(?:[{re.escape(STOPS.replace('.', ''))}]|[.](?![A-Za-z0-9]))+"
_CANDIDATE = re.compile(f"(?P<stop>{_RUN}|[.]+)|[{LINE_BREAKS}]")
_BLANK = re.compile(f"[{BLANKS}]*")
_CLOSING = frozenset(CLOSERS + STOPS)
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
_LINE_BREAK = re.compile(f"\r\n|[{LINE_BREAKS}]")
_WORD = re.compile(r"[A-Za-z]+(?:\.[A-Za-z]+)*$")
_ITEM = re.compile(
    r"[（(]?(?:[一二三四五六七八九十百]{1,4}|\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})(?:[）)、]|[.．](?![\da-z]))"
    r"|第[一二三四五六七八九十百千零〇\d]{1,7}[编章节条款项]"
    r"|[①-⑳•·●■◆○□▪‣-][^\d]"
)


class Stop(NamedTuple):
    """A run of stops [start, end), its closing marks up to `marks_end`, blanks up to `after`, where the text goes on.

    A line break without a stop has start == end == marks_end.
    """

    start: int
    end: int
    marks_end: int
    after: int
    opener: int | None  # the partner of the last closing mark that has one
    line_breaks: int  # in the blanks


def find_stops(text: str, pairs: Pairs) -> Iterator[Stop]:
    """Every run of stops, and every line break, that more text follows. Linear."""
    after = 0
    while match := _CANDIDATE.search(text, after):
        start, end = match.span() if match["stop"] else (match.start(), match.start())
        marks_end, opener = _closing_marks(text, end, pairs) if match["stop"] else (end, None)
        after = _skip_blanks(text, marks_end)
        while _goes_on(text, after, pairs):
            marks_end, opener = _closing_marks(text, after, pairs)
            after = _skip_blanks(text, marks_end)
        if after < len(text):
            yield Stop(start, end, marks_end, after, opener, len(_LINE_BREAK.findall(text, marks_end, after)))


def line_before(text: str, position: int, most: int) -> str:
    """The line up to the position, its trailing blanks off: at most its last `most` characters."""
    return _LINE_BREAK.split(text[max(0, position - most) : position])[-1].rstrip()


def is_latin(text: str, position: int) -> bool:
    """Whether a Latin letter or a digit stands at the position, in full or half width."""
    return 0 <= position < len(text) and text[position] in _LATIN


def word_before(text: str, position: int) -> str:
    """The Latin word that ends at the position, inner full stops included: `U.S` before the last stop of U.S."""
    found = _WORD.search(text[max(0, position - 24) : position])
    return found.group() if found else ""


def opens_item(text: str, position: int) -> bool:
    """Whether a numbered or bulleted item begins at the position: 一、 （二） 第三条 1. • ."""
    return _ITEM.match(text, position) is not None


def _skip_blanks(text: str, position: int) -> int:
    found = _BLANK.match(text, position)
    return found.end() if found else position


def _closing_marks(text: str, position: int, pairs: Pairs) -> tuple[int, int | None]:
    """The end of the closing marks and further stops at the position, and the partner of the last paired one."""
    opener = None
    while position < len(text):
        if footnote := _FOOTNOTE.match(text, position):
            position = footnote.end()
        elif text[position] in _CLOSING and position not in pairs.openers and not _opens_name(text, position):
            opener = pairs.opener_of.get(position, opener)
            position += 1
        else:
            break
    return position, opener


def _goes_on(text: str, position: int, pairs: Pairs) -> bool:
    """Whether more marks of the same sentence stand behind a blank: . . . or 。 ” but not .NET."""
    if position >= len(text):
        return False
    return (text[position] in STOPS and not _opens_name(text, position)) or position in pairs.opener_of


def _opens_name(text: str, position: int) -> bool:
    return text[position] == "." and is_latin(text, position + 1)
