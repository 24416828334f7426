"""A new version of a document: its sentences that the old one had keep the English that the old one had in the end.

A sentence is known by its text, wherever it now stands. One that stands in several places, with different English in
some, is known by its neighbours: the more of them agree, the better.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from translate.review.merge import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from translate.records import Segment
    from translate.review.made import Made

# Which neighbours of a sentence must be the same too, one attempt after the other; the last asks for none.
_CONTEXTS: Final = ((-2, -1, 1, 2), (-1, 1), (-1,), (1,), ())
_EDGE: Final = "\x00"  # beyond either end of a document


@dataclass(frozen=True, slots=True)
class Carried:
    """The English that a new segment takes over, and where from."""

    target: str
    id: str  # of the old unit
    status: str  # what the reviewer had said of it: new, accepted or edited
    origin: str  # how it had been made
    sure: bool = True  # False: the sentence had several translations, and its neighbours do not tell which

    @property
    def provenance(self) -> str:
        """Where it is from, in words."""
        said = "not reviewed" if self.status == Status.NEW else self.status
        return f"earlier version, {self.id}, {said}" + ("" if self.sure else ", one of several")


def carry(old: Sequence[Made], new: Sequence[Segment]) -> dict[str, Carried]:
    """New segment id -> the old text it takes over; a segment that is not there must be translated.

    `old` are the units of the earlier run or of its review; both sides are in document order. Rejected and empty
    translations are not carried. An old sentence may serve several new ones. Time is linear in the sentences.
    """
    before, after = [unit.source.strip() for unit in old], [segment.text.strip() for segment in new]
    choices: dict[str, list[int]] = defaultdict(list)
    for number, unit in enumerate(old):
        if unit.status != Status.REJECTED and unit.target.strip():
            choices[before[number]].append(number)
    several = {text for text, numbers in choices.items() if len({old[number].target for number in numbers}) > 1}
    paired = _paired(before, after)
    carried = {}
    for number, segment in enumerate(new):
        candidates = choices.get(after[number])
        if not candidates:
            continue
        found, sure = paired.get(number, (-1, False))
        at = bisect_left(candidates, found if found >= 0 else number * len(old) // len(new))
        if candidates[at : at + 1] != [found]:  # the one that it goes with is not there, or not usable: the nearest
            sure = False
            at = min(at, len(candidates) - 1)
        match = old[candidates[at]]
        sure = sure or after[number] not in several
        carried[segment.id] = Carried(match.target, match.id, match.status, match.origin, sure)
    return carried


def _paired(before: Sequence[str], after: Sequence[str]) -> dict[int, tuple[int, bool]]:
    """New sentence -> (old sentence of the same text, whether neighbours say so), each old one once.

    Sentences that are alike in text and neighbours go together in their order, if there are as many on both sides.
    """
    pairs: dict[int, tuple[int, bool]] = {}
    taken: set[int] = set()
    common = set(before) & set(after)
    for context in _CONTEXTS:
        ours = _grouped(before, (number for number in range(len(before)) if number not in taken), context, common)
        theirs = _grouped(after, (number for number in range(len(after)) if number not in pairs), context, common)
        for key, numbers in theirs.items():
            old = ours.get(key, [])
            if len(old) == len(numbers):
                pairs.update({new: (number, bool(context)) for new, number in zip(numbers, old, strict=True)})
                taken.update(old)
    return pairs


def _grouped(
    texts: Sequence[str], numbers: Iterable[int], context: tuple[int, ...], common: set[str]
) -> dict[tuple[str, ...], list[int]]:
    """The sentences by text and neighbours."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in numbers:
        if texts[number] in common:
            places = (number + step for step in context)
            around = [texts[at] if 0 <= at < len(texts) else _EDGE for at in places]
            if around != [_EDGE]:  # that a sentence is the first or last says little
                groups[texts[number], *around].append(number)
    return groups
