"""A unit as the row that a reviewer sees, whatever the file it is in."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING

from translate.records import Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from translate.records import Finding, Match, TermHit, Unit

NEW = "new"  # the status of a row that nobody has looked at


@dataclass(frozen=True, slots=True)
class Row:
    """One row of aligned text; the field names are the header, in this order."""

    id: str
    block: str
    kind: str
    source: str
    target: str
    reviewed: str = ""  # for the reviewer: the text to use instead of `target`
    status: str = NEW  # for the reviewer
    severity: str = ""  # the worst finding's
    findings: str = ""
    terms: str = ""
    origin: str = ""
    score: str = ""
    memory: str = ""  # what the translation memory has for a source like this one
    comment: str = ""  # for the reviewer


COLUMNS = tuple(field.name for field in fields(Row))
cells_of: Callable[[Row], tuple[str, ...]] = attrgetter(*COLUMNS)


def row_of(unit: Unit, joint: str = "; ") -> Row:
    """The row of a unit, its findings, terms and matches in words, `joint` between them."""
    return Row(
        id=unit.id,
        block=unit.segments[0].block_id if unit.segments else "",
        kind=unit.kind.value,
        source=unit.source,
        target=unit.target,
        severity=unit.severity.value if unit.severity else "",
        findings=joint.join(_finding(finding) for finding in unit.findings),
        terms=joint.join(
            dict.fromkeys(_term(hit, unit.target) for hit in unit.hits if hit.term.rule is not Rule.FORBID)
        ),
        origin=unit.origin,
        score="" if unit.score is None else f"{unit.score:.4f}",
        memory=joint.join(map(_match, unit.matches)),
    )


def _match(match: Match) -> str:
    provenance = f" ({match.provenance})" if match.provenance else ""
    return f"{match.score:.0%}{provenance}: {match.source} = {match.target}"


def _finding(finding: Finding) -> str:
    return f"{finding.severity}: {finding.check}: {finding.message}"


def _term(hit: TermHit, target: str) -> str:
    rendering = target[slice(*hit.target)] if hit.target else f"{hit.term.target} (missing)"
    return f"{hit.term.source} = {rendering}"
