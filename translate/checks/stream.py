"""The findings of a unit one by one, for a judge who stops listening when he has heard enough."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from translate.checks import CHECKS, completeness, terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from translate.checks import Check
    from translate.records import Severity, Unit

SLOW = {completeness.find_unrelated, completeness.find_omission, completeness.find_addition}  # half of all the time
READ_TERMS = {*SLOW, *(check.find for check in terms.CHECKS)}  # where they are rendered: locating them comes first


def severities_found(
    unit: Unit, severities: Mapping[str, Severity | None], checks: Sequence[Check]
) -> Iterator[tuple[str, Severity]]:
    """(check, severity) of each finding that `check_unit` gives, check after check of `checks`."""
    for check in checks:
        if severities.get(check.id, check.severity) is not None:
            for finding in check.find(unit):
                yield check.id, severities.get(finding.check) or finding.severity


@lru_cache(maxsize=256)
def in_two_parts(likely: frozenset[str]) -> tuple[tuple[Check, ...], tuple[Check, ...]]:
    """All checks: first the `likely` ones that need no located terms, then the others, the quick ones first."""
    first = [check for check in CHECKS if check.id in likely and check.find not in READ_TERMS]
    others = [check for check in CHECKS if check not in first]
    return tuple(first), tuple(sorted(others, key=lambda check: check.find in SLOW))
