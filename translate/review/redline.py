"""What was taken out of an English text and what was put in, word by word, as pieces and as HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_WORDS: Final = 4_000  # of a text; longer ones are shown whole, taken out and put in
LEAST_ALIKE: Final = 0.25  # texts that share less are shown whole: word by word nobody could read them
_WORD: Final = re.compile(r"((?:\w+(?:[-'’.,]\w+)*|[^\w\s])|(?=\s))(\s*)")  # a word or mark, and the gap after it


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
        return _pieces([(Change.KEPT, old)])
    whole = _pieces([(Change.DELETED, old), (Change.INSERTED, new)])
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return whole
    matcher = SequenceMatcher(None, [word for word, _ in before], [word for word, _ in after], autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return whole
    return _pieces(_changes(before, after, matcher.get_opcodes()))


def _changes(
    before: list[tuple[str, str]], after: list[tuple[str, str]], codes: Iterable[tuple[str, int, int, int, int]]
) -> Iterator[tuple[Change, str]]:
    """What became of each word and of the white space after it."""
    for operation, start, end, first, last in codes:
        if operation == "equal":
            for (word, gap), (_, other) in zip(before[start:end], after[first:last], strict=True):
                if gap == other:
                    yield Change.KEPT, word + gap
                else:
                    yield from ((Change.KEPT, word), (Change.DELETED, gap), (Change.INSERTED, other))
        else:
            yield Change.DELETED, "".join(word + gap for word, gap in before[start:end])
            yield Change.INSERTED, "".join(word + gap for word, gap in after[first:last])


def _pieces(changes: Iterable[tuple[Change, str]]) -> tuple[Piece, ...]:
    """Neighbours with one fate as one piece; of a change, what is white space on both sides is kept."""
    pieces: list[Piece] = []
    for is_kept, group in groupby((one for one in changes if one[1]), key=lambda one: one[0] is Change.KEPT):
        texts = dict.fromkeys(Change, "")
        for change, text in group:
            texts[change] += text
        tail = "" if is_kept else _common_space(texts[Change.DELETED], texts[Change.INSERTED])
        for change in (Change.DELETED, Change.INSERTED, Change.KEPT):
            text = texts[change] + tail if change is Change.KEPT else texts[change].removesuffix(tail)
            if text and pieces and pieces[-1].change is change:
                pieces[-1] = Piece(change, pieces[-1].text + text)
            elif text:
                pieces.append(Piece(change, text))
    return tuple(pieces)


def _common_space(one: str, other: str) -> str:
    """The white space that both texts end in."""
    ends = [text[len(text.rstrip()) :] for text in (one, other)]
    return ends[0] if ends[0] == ends[1] else ""


def as_html(pieces: Sequence[Piece]) -> str:
    """The pieces with `del` and `ins` around what was taken out and put in."""
    return "".join(_TAGS[piece.change].format(escape(piece.text)) for piece in pieces)


_TAGS: Final = {Change.KEPT: "{}", Change.DELETED: "<del>{}</del>", Change.INSERTED: "<ins>{}</ins>"}
