"""What is known before anything is translated: a sentence of the earlier version, or of the translation memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate.records import Finding, Match, Severity
from translate.review import carry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate.memory import Memory
    from translate.records import Segment
    from translate.review import Made

PREVIOUS, MEMORY = "previous", "memory"  # as a unit's origin

UNSURE = Finding(
    "same-source", Severity.NOTE, "the earlier version has this sentence in several translations; this is one of them"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The English that a segment gets without being translated, the way it came by it, and where it is from."""

    target: str
    origin: str
    match: Match
    findings: tuple[Finding, ...] = ()


def known_answers(
    segments: Sequence[Segment], memory: Memory | None = None, previous: Sequence[Made] = ()
) -> dict[str, Answer]:
    """Answers by segment id. The earlier version goes before the memory: it is the same document."""
    carried = carry(previous, segments) if previous else {}
    found = {
        segment.id: Answer(
            one.target, PREVIOUS, Match(segment.text, one.target, 1.0, one.provenance), () if one.sure else (UNSURE,)
        )
        for segment in segments
        if (one := carried.get(segment.id))
    }
    if memory is not None:
        matches = memory.exact_in_order([segment.text for segment in segments])
        for segment, match in zip(segments, matches, strict=True):
            if match is not None and segment.id not in found:
                found[segment.id] = Answer(match.target, MEMORY, match)
    return found
