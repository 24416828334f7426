"""Two versions of an English text as one text with its changes: paragraph beside paragraph, then word by word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from translate.records import BlockKind, Unit
from translate.review.page import facts_list, page
from translate.review.redline import Change, Piece, as_html, redline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from translate.review.made import Made

LEAST_LIKE: Final = 0.4  # of two paragraphs that are one, changed: shared words to all words
MOST_COMPARED: Final = 250_000  # pairs of paragraphs of one changed stretch; beyond that all of it is new

Paragraph = tuple[BlockKind, str]


@dataclass(frozen=True, slots=True)
class Changed:
    """A paragraph of either version or of both, with what became of its words."""

    kind: BlockKind
    pieces: tuple[Piece, ...]

    @property
    def fate(self) -> Change | None:
        """What became of the whole paragraph; None if of some of it only."""
        changes = {piece.change for piece in self.pieces}
        return changes.pop() if len(changes) == 1 else None


def paragraphs(units: Iterable[Made | Unit]) -> list[Paragraph]:
    """The English of a run or review, block by block; blocks without English are left out."""
    texts: dict[str, list[str]] = {}
    kinds: dict[str, BlockKind] = {}
    for unit in units:
        segments = unit.segments if isinstance(unit, Unit) else ()
        block = (segments[0].block_id if segments else unit.id) if isinstance(unit, Unit) else unit.block
        texts.setdefault(block, []).append(unit.target.strip())
        kinds.setdefault(block, unit.kind)
    joined = ((kinds[block], " ".join(filter(None, parts))) for block, parts in texts.items())
    return [(kind, text) for kind, text in joined if text]


def compare(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[Changed, ...]:
    """All paragraphs of both versions in reading order; what has moved is taken out here and put in there."""
    matcher = SequenceMatcher(None, [text for _, text in old], [text for _, text in new])
    found: list[Changed] = []
    for operation, start, end, first, last in matcher.get_opcodes():
        if operation == "equal":
            found += [Changed(kind, (Piece(Change.KEPT, text),)) for kind, text in new[first:last]]
        else:
            found += _stretch(old[start:end], new[first:last])
    return tuple(found)


def _stretch(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Changed]:
    """A stretch that differs: paragraphs that are alike word by word, the others whole."""
    ours = theirs = 0
    for at, to in [*_alike(old, new), (len(old), len(new))]:
        yield from (Changed(kind, (Piece(Change.DELETED, text),)) for kind, text in old[ours:at])
        yield from (Changed(kind, (Piece(Change.INSERTED, text),)) for kind, text in new[theirs:to])
        if at < len(old) and to < len(new):
            yield Changed(new[to][0], redline(old[at][1], new[to][1]))
        ours, theirs = at + 1, to + 1


def _alike(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """Pairs of paragraphs that are alike, in order on both sides, of the greatest likeness in all."""
    if not old or not new or len(old) * len(new) > MOST_COMPARED:
        return []
    ours, theirs = ([Counter(text.lower().split()) for _, text in side] for side in (old, new))
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likes = [[_likeness(one, other) for other in theirs] for one in ours]
    for at in reversed(range(len(old))):
        for to in reversed(range(len(new))):
            joined = best[at + 1][to + 1] + likes[at][to] if likes[at][to] >= LEAST_LIKE else 0.0
            best[at][to] = max(best[at + 1][to], best[at][to + 1], joined)
    pairs = []
    at = to = 0
    while at < len(old) and to < len(new):
        if best[at][to] == best[at + 1][to]:
            at += 1
        elif best[at][to] == best[at][to + 1]:
            to += 1
        else:
            pairs.append((at, to))
            at, to = at + 1, to + 1
    return pairs


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def versions_page(changed: Sequence[Changed], name: str, facts: Iterable[tuple[str, str]] = ()) -> bytes:
    """The whole text with its changes as a page that works offline; `facts` are told above it."""
    counts = Counter(paragraph.fate for paragraph in changed)
    said = ((Change.KEPT, "as before"), (None, "changed"), (Change.INSERTED, "new"), (Change.DELETED, "taken out"))
    told = [("Paragraphs", ", ".join(f"{counts[fate]} {words}" for fate, words in said)), *facts]
    body = "\n".join(
        f'<article class="{paragraph.kind}{"" if paragraph.fate is Change.KEPT else " changed"}">'
        f"<p>{as_html(paragraph.pieces)}</p></article>"
        for paragraph in changed
    )
    return page(f"Redline: {name}", facts_list(told), f'<div class="document" lang="en">\n{body}\n</div>')
