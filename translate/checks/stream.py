"""The findings of a unit one by one, for a judge who stops listening when he has heard enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate.checks import CHECKS, completeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from translate.records import Severity, Unit

SLOW = {completeness.find_unrelated, completeness.find_omission, completeness.find_addition}  # half of all the time


def severities_found(unit: Unit, severities: Mapping[str, Severity | None]) -> Iterator[tuple[str, Severity]]:
    """(check, severity) of each finding that `check_unit` gives, the quick checks first."""
    for check in sorted(CHECKS, key=lambda check: check.find in SLOW):
        if severities.get(check.id, check.severity) is not None:
            for finding in check.find(unit):
                yield check.id, severities.get(finding.check) or finding.severity
