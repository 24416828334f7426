from __future__ import annotations

from typing import TYPE_CHECKING

from translate.checks import CHECKS
from translate.glossary import Glossary, locate
from translate.records import BlockKind, Segment, Term, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate.records import Finding

FIND = {check.id: check.find for check in CHECKS}


def unit_of(
    source: str,
    target: str,
    *,
    terms: Sequence[Term] = (),
    id: str = "b0001.s01",
    score: float | None = None,
    kind: BlockKind = BlockKind.PARAGRAPH,
) -> Unit:
    hits = locate(Glossary(tuple(terms)).find(source), target, kind=kind)
    return Unit(id, (Segment(id, "b0001", source, kind),), target, score=score, hits=hits)


def findings(check: str, source: str, target: str, *, terms: Sequence[Term] = ()) -> list[Finding]:
    return list(FIND[check](unit_of(source, target, terms=terms)))


def marked(check: str, source: str, target: str, *, terms: Sequence[Term] = ()) -> list[tuple[str, str]]:
    """What the findings point at on either side; an empty string where they do not."""
    return [
        (
            source[slice(*finding.source_span)] if finding.source_span else "",
            target[slice(*finding.target_span)] if finding.target_span else "",
        )
        for finding in findings(check, source, target, terms=terms)
    ]
