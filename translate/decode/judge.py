"""Candidates and their judge: the same checks that a reviewer will see decide which translation wins."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from translate.checks.stream import in_two_parts, severities_found
from translate.glossary import locate, missing
from translate.records import Finding, Segment, Severity, TermHit, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from translate.checks import Check

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
    """A judged translation; `cost` adds up its findings, and `text` is what the model was given to make it.

    `faults` are the checks that found something.
    """

    unit: Unit
    cost: float
    text: str = ""
    faults: frozenset[str] = frozenset()

    @property
    def missing(self) -> tuple[TermHit, ...]:
        """The term hits whose rendering is not in the target."""
        return missing(self.unit.hits)

    def better_than(self, other: Candidate | None) -> bool:
        """Fewer and lighter findings win; a later way must be better, not merely equal."""
        return other is None or self.cost < other.cost


class Judge:
    """Turns a text into a judged candidate for one segment."""

    def __init__(self, severities: Mapping[str, Severity | None] = MappingProxyType({})) -> None:
        """`severities` of checks by id, where they differ from the checks' own; None switches one off."""
        self._severities = severities

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
        rival: Candidate | None = None,
    ) -> Candidate:
        """Locate the terms in `target`, run the checks, and add up the cost; `penalty` is for faults mended since.

        What cannot cost less than `rival` any more is not looked at further: its cost is then too low, and its terms
        may not be located. Candidates of a segment mostly have the same faults, so those of the rival come first.
        """
        made = (TRUNCATED,) * truncated + (REPLACED,) * replaced
        unit = Unit(segment.id, (segment,), target, origin, score, hits, made)
        bill = _Bill(penalty + COST_OF[Severity.ERROR] * truncated, rival.cost if rival else math.inf)
        likely, others = in_two_parts(rival.faults if rival and not rival.missing else frozenset())
        if self._is_dearer(bill, unit, likely):
            return Candidate(unit, bill.cost, text)
        unit = replace(unit, hits=locate(hits, target, kind=segment.kind))
        bill.least += COST_OF_A_MISSING_TERM * len(missing(unit.hits))
        self._is_dearer(bill, unit, others)
        return Candidate(unit, bill.cost, text, frozenset(bill.faults))

    def _is_dearer(self, bill: _Bill, unit: Unit, checks: Sequence[Check]) -> bool:
        """Add what the checks find in the unit, until there is too much."""
        if bill.cost >= bill.limit:
            return True
        for check, severity in severities_found(unit, self._severities, checks):
            if check != "term":
                bill.faults.add(check)
                bill.found[severity] += 1
                if bill.cost >= bill.limit:
                    return True
        return False


@dataclass(slots=True)
class _Bill:
    """What a candidate costs so far. Findings are counted, so that the order of the checks cannot change the sum."""

    least: float
    limit: float
    found: dict[Severity, int] = field(default_factory=lambda: dict.fromkeys(COST_OF, 0))
    faults: set[str] = field(default_factory=set)

    @property
    def cost(self) -> float:
        return self.least + sum(COST_OF[severity] * count for severity, count in self.found.items())
