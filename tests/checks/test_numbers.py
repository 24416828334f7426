"""The checks `number` and `code` turn what differs into findings with spans on both sides."""

from __future__ import annotations

import pytest

from translate.checks.numbers import CHECKS, find_code, find_number
from translate.records import Finding, Segment, Severity, Unit


def unit(source: str, target: str) -> Unit:
    return Unit("u1", (Segment("b1.s1", "b1", source),), target)


def test_a_changed_number_points_at_both_sides() -> None:
    assert list(find_number(unit("共34万个窗口。", "There are 34,000 windows."))) == [
        Finding("number", Severity.ERROR, '"34万个" (340,000) stands against "34,000".', (1, 5), (10, 16))
    ]


def test_a_lost_bound_is_a_warning() -> None:
    (finding,) = find_number(unit("共近34万个窗口。", "There are 340,000 windows."))
    assert finding.severity is Severity.WARNING


def test_an_altered_hotline_is_a_code_and_no_number() -> None:
    altered = unit("请拨打12333。", "Please call 12,333.")
    assert list(find_number(altered)) == []
    assert list(find_code(altered)) == [
        Finding("code", Severity.ERROR, 'The hotline "12333" has become "12,333".', (3, 8), (12, 18))
    ]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("共34万个窗口。", "There are 340,000 windows."),
        ("请拨打12333。", "Please call 12333."),
        ("共34万个。", " "),
        ("", ""),
    ],
)
def test_nothing_is_said_of_equal_numbers_or_of_an_empty_side(source: str, target: str) -> None:
    assert [*find_number(unit(source, target)), *find_code(unit(source, target))] == []


def test_both_checks_are_declared() -> None:
    assert [(check.id, check.severity, check.its_type) for check in CHECKS] == [
        ("number", Severity.ERROR, "numbers"),
        ("code", Severity.ERROR, "numbers"),
    ]
