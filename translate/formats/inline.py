"""Text that a file keeps in pieces (runs, text nodes, spans), replaced piece by piece so that formatting stays.

A paragraph is a row of pieces, each with a style; a block is a span over the pieces joined. The target goes into the
pieces of the style that most of the block has. A part in another style (a bold number, a linked address) keeps its
style where the target has the same words, and is empty otherwise: which English words answer it is not known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, groupby, islice
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from translate.formats.structure import LINE_ENDS, spans

if TYPE_CHECKING:
    from collections.abc import Container, Hashable, Sequence

    from translate.records import Span

MOST_GROUPS = 128  # of a block; parts after that many changes of style are not looked for


class Piece(Protocol):
    """One piece: its text, a style that compares equal where formatting is the same, and the link it is in."""

    @property
    def text(self) -> str:
        """The text as the file has it."""

    @property
    def style(self) -> Hashable:
        """What the text looks like."""

    @property
    def link(self) -> Hashable:
        """Which link the text is in; None for none."""

    @property
    def verbatim(self) -> bool:
        """Whether it is code, which is never lost."""


P = TypeVar("P", bound=Piece)


@dataclass(frozen=True, slots=True)
class Flow(Generic[P]):
    """A row of pieces, their text joined, and the blocks in it as spans; none where all of it is code."""

    pieces: list[P]
    text: str
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, pieces: list[P]) -> Flow[P]:
        """Find the blocks in a row of pieces."""
        text = "".join(piece.text for piece in pieces)
        has_words = any(piece.text.strip() and not piece.verbatim for piece in pieces)
        return cls(pieces, text, tuple(spans(text)) if has_words else ())

    def blocks(self) -> list[str]:
        """The text of each block."""
        return [self.text[start:end] for start, end in self.spans]

    def replaced(self, targets: Sequence[str]) -> list[str]:
        """The new text of each piece, given the new text of each block; empty if nothing changes."""
        if list(targets) == self.blocks():
            return []
        return replace(self.pieces, list(zip(self.spans, targets, strict=True)))


def replace(pieces: Sequence[Piece], edits: Sequence[tuple[Span, str]]) -> list[str]:
    """The new text of each piece after replacing spans of the joined text; edits are in order and do not overlap.

    A link whose words the target does not have is kept as a mark, [1], so that its address is not lost; such code is
    kept after the text. Ideographic spaces between blocks become a line feed, those around them go.
    """
    texts = [piece.text for piece in pieces]
    starts = [0, *accumulate(len(text) for text in texts)]
    out = [""] * len(texts)
    position = 0
    for (start, end), target in edits:
        _add_gap(out, _clip(texts, starts, (position, start)), inner=position > 0)
        parts = _clip(texts, starts, (start, end))
        styles = [(pieces[index].style, pieces[index].link, pieces[index].verbatim) for index, _ in parts]
        placed = place([text for _, text in parts], styles, target, code={style for style in styles if style[2]})
        for (index, _), text in zip(parts, placed, strict=True):
            out[index] += text
        position = end
    _add_gap(out, _clip(texts, starts, (position, starts[-1])), inner=False)
    _keep_lost(pieces, out)
    return out


def _add_gap(out: list[str], parts: list[tuple[int, str]], *, inner: bool) -> None:
    gap = "".join(text for _, text in parts)
    if inner and "\u3000" in gap and not any(character in LINE_ENDS for character in gap):
        out[next(index for index, text in parts if text)] += "\n"
        return
    for index, text in parts:
        out[index] += text.replace("\u3000", "")


def _keep_lost(pieces: Sequence[Piece], out: list[str]) -> None:
    """Put a mark where a link lost all its words, and code back where the target did not have it."""
    members: dict[Hashable, list[int]] = {}
    for index, piece in enumerate(pieces):
        if piece.text.strip() and (piece.link is not None or piece.verbatim):
            members.setdefault(index if piece.link is None else piece.link, []).append(index)
    said = "".join(out)
    marks = 0
    for indices in members.values():
        first = indices[0]
        words = pieces[first].text.strip()
        if (pieces[first].verbatim and words in said) or any(out[index].strip() for index in indices):
            continue
        marks += not pieces[first].verbatim
        mark = words if pieces[first].verbatim else f"[{marks}]"
        out[first] = f" {mark}" if any(text.strip() for text in islice(out, first)) else f"{mark} "


def _clip(texts: Sequence[str], starts: list[int], span: Span) -> list[tuple[int, str]]:
    """The pieces under a span, cut to it; empty pieces at its edges are included, since they can take text."""
    first = bisect_right(starts, span[0]) - 1
    while first > 0 and starts[first - 1] == span[0]:
        first -= 1
    found = []
    for index in range(first, len(texts)):
        if starts[index] > span[1]:
            break
        found.append((index, texts[index][max(0, span[0] - starts[index]) : max(0, span[1] - starts[index])]))
    return found


def place(
    texts: Sequence[str], styles: Sequence[Hashable], target: str, *, code: Container[Hashable] = ()
) -> list[str]:
    """The target spread over the pieces of one block; joined, the result is the target. `code` takes only itself."""
    if target == "".join(texts):
        return list(texts)
    sizes: Counter[Hashable] = Counter()
    for text, style in zip(texts, styles, strict=True):
        # Chinese counts double: digits and Latin letters are what the target is likely to have again.
        sizes[style] += 0 if style in code else len(text) + sum(character > "\u2e80" for character in text)
    base = sizes.most_common(1)[0][0]
    groups = [
        (style == base, indices[0], "".join(texts[index] for index in indices).strip())
        for style, indices in ((style, list(group)) for style, group in groupby(range(len(texts)), styles.__getitem__))
    ]
    wanted = [index for index, (is_base, _, text) in enumerate(groups[:MOST_GROUPS]) if not is_base and text]
    out = [""] * len(texts)
    for number, text in _spread(groups, wanted, target):
        out[groups[number][1]] = text
    return out


def _spread(groups: list[tuple[bool, int, str]], wanted: list[int], target: str) -> list[tuple[int, str]]:
    """Which group gets which part of the target; parts between kept groups need a base group there to go to."""
    while True:
        found: list[tuple[int, str]] = []
        cursor, free, kept = 0, 0, None
        for number in wanted:
            text = groups[number][2]
            start = target.find(text, cursor)
            between = _base_group(groups, free, number)
            if start < 0 or (start > cursor and between is None):
                continue
            if start > cursor and between is not None:
                found.append((between, target[cursor:start]))
            found.append((number, text))
            cursor, free, kept = start + len(text), number + 1, number
        rest = _base_group(groups, free, len(groups))
        if cursor == len(target):
            return found
        if rest is not None:
            return [*found, (rest, target[cursor:])]
        # Nothing after the last kept group can take the rest: do without that group.
        wanted = [number for number in wanted if number != kept]


def _base_group(groups: list[tuple[bool, int, str]], start: int, end: int) -> int | None:
    """The first group of the base style in a range, one that had text if there is one."""
    candidates = [number for number in range(start, end) if groups[number][0]]
    return next((number for number in candidates if groups[number][2]), candidates[0] if candidates else None)
