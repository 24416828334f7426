"""Numbers by value, and codes as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate.checks.base import Check
from translate.numerals import compare_codes, compare_numbers
from translate.records import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.records import Unit


def find_number(unit: Unit) -> Iterator[Finding]:
    """A value on one side has no equal on the other, or a bound is lost, added or turned round."""
    if unit.target.strip():
        for one in compare_numbers(unit.source, unit.target):
            severity = Severity.WARNING if one.minor else Severity.ERROR
            yield Finding("number", severity, one.message, one.source_span, one.target_span)


def find_code(unit: Unit) -> Iterator[Finding]:
    """A hotline, telephone or document number, identifier, address or file name is altered."""
    if unit.target.strip():
        for one in compare_codes(unit.source, unit.target):
            yield Finding("code", Severity.ERROR, one.message, one.source_span, one.target_span)


CHECKS = (
    Check(
        id="number",
        title="Number differs",
        its_type="numbers",
        severity=Severity.ERROR,
        looks_at="both sides",
        fails_when=(
            "a value on one side has no equal on the other, whatever the script and scale (34万 is 340,000, 三成 is "
            "30%), or 近, 约, 多, 以上 and their like are turned round; a warning if they are only lost or added, or "
            "if the target says which one or when (the 19th Congress, in 2012) where the source does not"
        ),
        find=find_number,
    ),
    Check(
        id="code",
        title="Code altered",
        its_type="numbers",
        severity=Severity.ERROR,
        looks_at="both sides",
        fails_when=(
            "a hotline, telephone number, document number, identifier, web or e-mail address or file name of the "
            "source is not in the target as it is (12333 is never 12,333), or one stands in the target alone"
        ),
        find=find_code,
    ),
)
