from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.checks.units import unit_of
from translate.checks import RUN_CHECKS
from translate.records import Rule, Term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate.records import Unit

FIND = {check.id: check.find for check in RUN_CHECKS}
TERM = Term("合法权益", "lawful rights and interests", ("legitimate rights and interests",))


def flagged(check: str, units: Sequence[Unit]) -> list[int]:
    return [index for index, _ in FIND[check](units)]


def run_of(*pairs: tuple[str, str], terms: Sequence[Term] = ()) -> list[Unit]:
    return [unit_of(*pair, id=f"u{number}", terms=terms) for number, pair in enumerate(pairs)]


def test_a_term_that_is_rendered_in_another_way() -> None:
    units = run_of(
        ("维护合法权益", "protect the legitimate rights and interests"),
        ("维护合法权益。", "protect lawful rights and interests"),
        ("合法权益", "Lawful rights and interests"),
        ("合法权益受到侵害", "whose lawful rights and interests are infringed"),
        terms=[TERM],
    )
    assert flagged("term-consistency", units) == [0]
    ((_, finding),) = FIND["term-consistency"](units)
    assert "«合法权益» is “legitimate rights and interests” here" in finding.message
    assert "in 3 other places" in finding.message
    assert finding.source_span == (2, 6)


@pytest.mark.parametrize(
    "targets",
    [
        ("a service user", "service users", "the service user's"),
        ("labor center", "labour centre", "Labor Center"),
    ],
)
def test_inflection_and_spelling_are_no_other_rendering(targets: tuple[str, ...]) -> None:
    term = Term("对象", targets[0], targets[1:])
    assert flagged("term-consistency", run_of(*(("服务对象", target) for target in targets), terms=[term])) == []


def test_forbidden_renderings_are_no_renderings() -> None:
    terms = [Term("农民工", "rural migrant workers"), Term("农民工", "peasant workers", rule=Rule.FORBID)]
    units = run_of(("农民工", "peasant workers"), ("农民工", "rural migrant workers"), terms=terms)
    assert flagged("term-consistency", units) == []


def test_the_same_source_with_another_target() -> None:
    units = run_of(
        ("各位代表：", "Fellow Deputies,"),
        ("各位代表！", "fellow deputies"),
        ("各位代表", "Dear Representatives,"),
        ("各位代表", ""),  # `empty` says so
        ("各位委員", "Members,"),
        ("各位委员", "Colleagues,"),
        ("——", "--"),
        ("……", "..."),
    )
    assert flagged("same-source", units) == [2, 5]


def test_the_same_target_of_another_source() -> None:
    units = run_of(
        ("稳定就业", "Stabilize employment."),
        ("稳就业", "Stabilize employment"),
        ("稳定就业。", "Stabilize employment."),
        ("促进就业", "Promote employment."),
    )
    assert flagged("same-target", units) == [0, 1, 2]


def test_a_score_far_below_the_others() -> None:
    units = [replace(unit, score=-0.4 - 0.01 * (number % 5)) for number, unit in enumerate(run_of(*[("甲", "A")] * 12))]
    units[7] = replace(units[7], score=-1.5)
    units[3] = replace(units[3], score=None)
    assert flagged("confidence", units) == [7]
    assert flagged("confidence", units[:9]) == []  # too few to know what is usual


def test_an_even_run_has_no_doubt() -> None:
    units = [replace(unit, score=-0.4) for unit in run_of(*[("甲", "A")] * 12)]
    units[5] = replace(units[5], score=-0.7)
    assert flagged("confidence", units) == []


@pytest.mark.parametrize("check", sorted(FIND))
def test_a_run_of_nothing(check: str) -> None:
    assert flagged(check, []) == []
