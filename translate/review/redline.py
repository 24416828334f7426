"""What was taken out of an English text and what was put in, word by word, as pieces and as HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_WORDS: Final = 4_000  # of a text; longer ones are shown whole, taken out and put in
LEAST_ALIKE: Final = 0.25  # texts that share less are shown whole: word by word nobody could read them
_WORD: Final = re.compile(r"\w+(?:[-'’.,]\w+)*|\s+|[^\w\s]")


class Change(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with one fate. Kept and deleted pieces join to the old text, kept and inserted to the new."""

    change: Change
    text: str


def redline(old: str, new: str) -> tuple[Piece, ...]:
    """The change from one text to another, deletions before insertions."""
    if old == new:
        return _pieces((Change.KEPT, old))
    before, after = _WORD.findall(old), _WORD.findall(new)
    whole = _pieces((Change.DELETED, old), (Change.INSERTED, new))
    if max(len(before), len(after)) > MOST_WORDS or "".join(before) != old or "".join(after) != new:
        return whole
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return whole
    pieces: list[tuple[Change, str]] = []
    for operation, start, end, first, last in _joined(matcher.get_opcodes(), before):
        if operation == "equal":
            pieces.append((Change.KEPT, "".join(before[start:end])))
        else:
            pieces.append((Change.DELETED, "".join(before[start:end])))
            pieces.append((Change.INSERTED, "".join(after[first:last])))
    return _pieces(*pieces)


def _joined(codes: Sequence[tuple[str, int, int, int, int]], before: list[str]) -> list[tuple[str, int, int, int, int]]:
    """The operations, two changes with mere white space between them as one."""
    out: list[tuple[str, int, int, int, int]] = []
    for number, code in enumerate(codes):
        inner = 0 < number < len(codes) - 1
        blank = code[0] == "equal" and inner and not "".join(before[code[1] : code[2]]).strip()
        operation = "replace" if blank else code[0]
        if out and operation != "equal" and out[-1][0] != "equal":
            _, start, _, first, _ = out[-1]
            out[-1] = ("replace", start, code[2], first, code[4])
        else:
            out.append((operation, *code[1:]))
    return out


def _pieces(*pairs: tuple[Change, str]) -> tuple[Piece, ...]:
    return tuple(Piece(change, text) for change, text in pairs if text)


def as_html(pieces: Sequence[Piece]) -> str:
    """The pieces with `del` and `ins` around what was taken out and put in."""
    return "".join(_TAGS[piece.change].format(escape(piece.text)) for piece in pieces)


_TAGS: Final = {Change.KEPT: "{}", Change.DELETED: "<del>{}</del>", Change.INSERTED: "<ins>{}</ins>"}
