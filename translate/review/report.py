"""What a review tells: the summary of the terminal and the manifest, and the whole for other programs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from translate.records import Severity
from translate.review.merge import Status
from translate.review.rate import Rates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate.records import Finding, Unit
    from translate.review.merge import Decision, Merged, Remark
    from translate.review.rate import Rate

REVIEWED = (Status.ACCEPTED, Status.EDITED)


def rates_of(merged: Merged) -> Rates:
    """The edit rates of all decisions, by their numbers."""
    return Rates([(decision.made.first, decision.final) for decision in merged.decisions])


def summary(merged: Merged, units: Sequence[Unit], rates: Rates) -> dict[str, Any]:
    """Counts and edit rates. The rate over accepted and edited segments says what the review was worth."""
    decisions = list(enumerate(merged.decisions))
    statuses = Counter(decision.status for decision in merged.decisions)
    return {
        "segments": {
            "all": len(merged.decisions),
            **{status.value: statuses[status] for status in Status},
            "changed": sum(decision.changed for decision in merged.decisions),
            "not_in_sheet": len(merged.missing),
            "conflicts": len(merged.conflicts),
            "remarks": len(merged.remarks),
            "unknown": len(merged.unknown),
        },
        "findings": {level.value: sum(unit.severity is level for unit in units) for level in reversed(Severity)},
        "edit_rate": {
            "reviewed": _rate(rates, [number for number, one in decisions if one.status in REVIEWED]),
            "edited": _rate(rates, [number for number, one in decisions if one.changed]),
        },
    }


def machine_report(merged: Merged, units: Sequence[Unit], rates: Rates, facts: dict[str, Any]) -> dict[str, Any]:
    """All of a review: its summary, each segment that was changed, what is left to do."""
    pairs = enumerate(zip(merged.decisions, units, strict=True))
    return {
        **facts,
        "edited": [_edited(one, unit, rates.over([number])) for number, (one, unit) in pairs if one.changed],
        "rejected": [decision.made.id for decision in merged.decisions if decision.status is Status.REJECTED],
        "conflicts": [_remark(remark) for remark in merged.conflicts],
        "remarks": [_remark(remark) for remark in merged.remarks],
        "not_in_sheet": list(merged.missing),
        "unknown": [_remark(remark) for remark in merged.unknown],
        "findings_left": [
            {"id": unit.id, "source": unit.source, "target": unit.target, "findings": _findings(unit)}
            for unit in units
            if unit.findings
        ],
    }


def units_reviewed(merged: Merged, units: Sequence[Unit]) -> list[dict[str, Any]]:
    """The units for the manifest: as a run writes them, with the first text and what the reviewer said."""
    return [
        {
            "id": unit.id,
            "block": decision.made.block,
            "kind": decision.made.kind.value,
            "source": decision.made.source,
            "target": decision.final,
            "origin": unit.origin,
            "score": unit.score,
            "machine": decision.made.first,
            "status": decision.status.value,
            "comment": decision.comment,
        }
        for decision, unit in zip(merged.decisions, units, strict=True)
    ]


def _rate(rates: Rates, numbers: Sequence[int]) -> dict[str, Any] | None:
    rate = rates.over(numbers)
    return None if rate is None else rate.as_object()


def _edited(decision: Decision, unit: Unit, rate: Rate | None) -> dict[str, Any]:
    return {
        "id": unit.id,
        "block": decision.made.block,
        "status": decision.status.value,
        "source": decision.made.source,
        "machine": decision.made.first,
        "final": decision.final,
        "TER": round(rate.ter, 2) if rate and decision.final.strip() else None,
        "comment": decision.comment,
        "findings": _findings(unit),
    }


def _findings(unit: Unit) -> list[dict[str, Any]]:
    return [_finding(finding) for finding in unit.findings]


def _finding(finding: Finding) -> dict[str, Any]:
    return {"check": finding.check, "severity": finding.severity.value, "message": finding.message}


def _remark(remark: Remark) -> dict[str, Any]:
    return {"id": remark.id, "message": remark.message, "texts": list(remark.texts)}
