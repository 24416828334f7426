"""Decisions as units again: terms located, checks run on the final texts, what a reviewer marked as fine left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from translate.checks import CHECKS, RUN_CHECKS, Dismissals, dismissed_checks, run_checks
from translate.glossary import locate
from translate.records import Finding, Segment, Severity, Unit
from translate.review.merge import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translate.glossary import Glossary
    from translate.review.merge import Decision, Merged

REJECTED: Final = "rejected"
CONFLICT: Final = "conflict"


def final_units(merged: Merged, glossary: Glossary, severities: Mapping[str, Severity | None]) -> tuple[Unit, ...]:
    """The units with their final texts and what the checks find in them, rejections and conflicts first."""
    units = run_checks([_unit(decision, glossary) for decision in merged.decisions], severities, _fine(merged))
    conflicts = {remark.id: remark.message for remark in merged.conflicts}
    return tuple(
        replace(unit, findings=(*_said(decision, conflicts), *unit.findings))
        for unit, decision in zip(units, merged.decisions, strict=True)
    )


def _unit(decision: Decision, glossary: Glossary) -> Unit:
    made = decision.made
    segments = (Segment(made.id, made.block, made.source, made.kind),) if made.source or made.block else ()
    hits = locate(glossary.find(made.source), decision.final, kind=made.kind)
    origin = "reviewer" if decision.final != made.target else made.origin
    return Unit(made.id, segments, decision.final, origin, made.score if origin == made.origin else None, hits)


def _fine(merged: Merged) -> Dismissals:
    """What the reviewer dismissed, by status or comment."""
    ids = [check.id for check in (*CHECKS, *RUN_CHECKS)]
    return Dismissals.of(
        (check, decision.made.source, decision.final)
        for decision in merged.decisions
        for check in dismissed_checks(decision.status, decision.comment, ids)
    )


def _said(decision: Decision, conflicts: Mapping[str, str]) -> tuple[Finding, ...]:
    if decision.made.id in conflicts:
        message = f"The reviewed sheet is not clear: the segment {conflicts[decision.made.id]}."
        return (Finding(CONFLICT, Severity.ERROR, message),)
    if decision.status is Status.REJECTED:
        return (Finding(REJECTED, Severity.ERROR, "The reviewer rejected this translation."),)
    return ()
