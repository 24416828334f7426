"""Candidates and their judge: the same checks that a reviewer will see decide which translation wins."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from translate.checks.stream import severities_found
from translate.glossary import locate
from translate.records import Finding, Rule, Segment, Severity, TermHit, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

COST_OF = {Severity.ERROR: 10.0, Severity.WARNING: 3.0, Severity.NOTE: 0.2}
COST_OF_A_MISSING_TERM = 25.0  # over two errors, and whether or not its check is on: terms are what the program is for
COST_OF_A_STRAY_MARK = 10.0  # a placeholder that stands for nothing was taken out
GOOD_ENOUGH = 3.0  # below the cost of one warning there is no reason to try again
TRUNCATED = Finding("omission", Severity.ERROR, "the model was cut off at its length limit before the sentence ended")
REPLACED = Finding(
    "term", Severity.NOTE, "a term was put in place of words that the model chose; read the sentence around it"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A judged translation; `cost` adds up its findings, and `text` is what the model was given to make it."""

    unit: Unit
    cost: float
    text: str = ""

    @property
    def missing(self) -> tuple[TermHit, ...]:
        """The term hits whose rendering is not in the target."""
        return tuple(hit for hit in self.unit.hits if hit.target is None and hit.term.rule is not Rule.FORBID)

    def better_than(self, other: Candidate | None) -> bool:
        """Fewer and lighter findings win; a later way must be better, not merely equal."""
        return other is None or self.cost < other.cost


class Judge:
    """Turns a text into a judged candidate for one segment."""

    def __init__(
        self, check: Callable[[Unit], Iterable[tuple[str, Severity]]] = lambda unit: severities_found(unit, {})
    ) -> None:
        """`check` gives the check and severity of each finding of a unit, the quickly found ones first."""
        self._check = check

    def judge(
        self,
        segment: Segment,
        hits: tuple[TermHit, ...],
        target: str,
        *,
        origin: str,
        score: float | None,
        truncated: bool = False,
        replaced: bool = False,
        penalty: float = 0.0,
        text: str = "",
        beat: float = math.inf,
    ) -> Candidate:
        """Locate the terms in `target`, run the checks, and add up the cost; `penalty` is for faults mended since.

        A candidate is spared the checks that are left once it cannot cost less than `beat`: its cost is then too low.
        """
        located = locate(hits, target, kind=segment.kind)
        made = (TRUNCATED,) * truncated + (REPLACED,) * replaced
        unit = Unit(segment.id, (segment,), target, origin, score, located)
        candidate = Candidate(replace(unit, findings=made), penalty, text)
        least = penalty + COST_OF_A_MISSING_TERM * len(candidate.missing) + COST_OF[Severity.ERROR] * truncated
        found = dict.fromkeys(COST_OF, 0)
        cost = least
        if least < beat:
            for check, severity in self._check(unit):
                if check != "term":
                    found[severity] += 1  # counted, so that the order of the checks cannot change a sum
                    cost = least + sum(COST_OF[severity] * count for severity, count in found.items())
                    if cost >= beat:
                        break
        return replace(candidate, cost=cost)
