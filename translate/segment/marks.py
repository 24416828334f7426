"""The characters that segmentation turns on: stops, closing marks, blanks, and which brackets and quotes are pairs."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from translate.records import Span

STOPS = "。！？!?…⋯.．｡‼⁇⁈⁉"
BLANKS = r"\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_PAIRS = (
    "“”",
    "‘’",
    "「」",
    "『』",
    "（）",
    "()",
    "【】",
    "[]",
    "［］",
    "《》",
    "〈〉",
    "〔〕",
    "〖〗",
    "｛｝",
    "«»",
    '""',
    "＂＂",
)
CLOSER_OF = {pair[0]: pair[1] for pair in _PAIRS}
CLOSERS = "".join(CLOSER_OF.values()) + "'}¹²³⁴⁵⁶⁷⁸⁹⁰"
TITLE_OPENERS = frozenset("《〈【〔[［〖")
BRACKET_OPENERS = frozenset("（(")

_PAIRED = re.compile("[" + re.escape("".join(CLOSER_OF) + "".join(CLOSER_OF.values())) + "]")
_CONTENT = re.compile(f"[^{BLANKS}{re.escape(STOPS + CLOSERS)}，、；：,;:]")


@cache
def words() -> dict[str, dict[str, Any]]:
    """The word lists of data/segmentation.toml, by language."""
    return tomllib.loads(files("translate").joinpath("data/segmentation.toml").read_text(encoding="utf-8"))


def has_content(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is more than blanks and marks."""
    return _CONTENT.search(text, start, end) is not None


class Pairs:
    """The brackets and quotes of a text that have a partner; a mark without one counts for nothing.

    Linear: a closing mark takes the nearest open mark of its kind and drops the open ones in between.
    ASCII quotes have no direction, so they are taken in turn.
    """

    def __init__(self, text: str) -> None:
        """Pair the marks of the text."""
        self.opener_of: dict[int, int] = {}
        stack: list[tuple[str, int]] = []
        waiting: dict[str, int] = {}
        for match in _PAIRED.finditer(text):
            mark = match.group()
            if waiting.get(mark):
                closer = ""
                while closer != mark:
                    closer, opener = stack.pop()
                    waiting[closer] -= 1
                self.opener_of[match.start()] = opener
            elif closer := CLOSER_OF.get(mark, ""):
                stack.append((closer, match.start()))
                waiting[closer] = waiting.get(closer, 0) + 1
        self.openers = frozenset(self.opener_of.values())
        self.outermost: list[Span] = []  # [opener, closer], in order, none inside another
        for closer_index, opener_index in self.opener_of.items():
            while self.outermost and self.outermost[-1][0] > opener_index:
                self.outermost.pop()
            self.outermost.append((opener_index, closer_index))
        self._closers = [closer for _, closer in self.outermost]

    def around(self, position: int) -> Span | None:
        """The outermost pair that the boundary before `position` falls into, if any."""
        found = bisect_left(self._closers, position)
        if found < len(self.outermost) and self.outermost[found][0] < position:
            return self.outermost[found]
        return None


def cut(text: str, positions: list[int], start: int = 0, end: int | None = None) -> list[Span]:
    """Cut text[start:end] at the positions (ascending); a piece of nothing but marks joins the one before it."""
    end = len(text) if end is None else end
    spans: list[Span] = []
    last_has_content = True
    for piece in pairwise([start, *(position for position in positions if start < position < end), end]):
        piece_has_content = has_content(text, *piece)
        if spans and not (piece_has_content and last_has_content):
            spans[-1] = (spans[-1][0], piece[1])
            last_has_content |= piece_has_content
        elif piece[0] < piece[1]:
            spans.append(piece)
            last_has_content = piece_has_content
    return spans
