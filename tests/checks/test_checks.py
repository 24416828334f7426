"""What all checks have in common: severities, order, risk, and that no text makes them fail."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.units import unit_of
from translate.checks import CHECKS, RUN_CHECKS, Dismissals, check_unit, only, risk, run_checks
from translate.errors import SettingsError
from translate.records import Finding, Rule, Severity, Term, Unit

ITS_TYPES = {
    *("terminology", "mistranslation", "omission", "untranslated", "addition", "duplication", "inconsistency"),
    *("grammar", "numbers", "characters", "whitespace", "length", "register"),
}
TERMS = (
    Term("技能中国", "Skills China"),
    Term("12333", "12333", rule=Rule.KEEP),
    Term("农民工", "peasant workers", rule=Rule.FORBID),
)


def test_declarations_are_complete() -> None:
    declarations = [*CHECKS, *RUN_CHECKS]
    assert len({check.id for check in declarations}) == len(declarations)
    for check in declarations:
        assert check.its_type in ITS_TYPES
        assert all((check.title, check.looks_at, check.fails_when))
        assert not check.fails_when.endswith(".")


def test_findings_carry_the_id_of_their_check() -> None:
    bad = unit_of("“技能中国”有3项，不得停。", "there is is the  4， (may", terms=TERMS)
    for check in CHECKS:
        assert {finding.check for finding in check.find(bad)} <= {check.id}


def test_the_worst_comes_first_then_by_place() -> None:
    found = check_unit(unit_of("有3项。", "there are  4 items items", terms=TERMS))
    ranks = [finding.severity.rank for finding in found]
    assert ranks == sorted(ranks, reverse=True)
    assert {"number", "repetition", "case", "whitespace", "punctuation"} <= {finding.check for finding in found}


def test_severities_can_be_changed_and_checks_switched_off() -> None:
    unit = unit_of("有3项。", "there are 4 items.")
    found = check_unit(unit, {"number": Severity.NOTE, "case": None})
    assert {(finding.check, finding.severity) for finding in found} == {("number", Severity.NOTE)}


def test_only_switches_the_others_off() -> None:
    unit = unit_of("有3项。", "there are 4 items.")
    assert {finding.check for finding in check_unit(unit, only(["case"]))} == {"case"}


@pytest.mark.parametrize("use", [lambda: check_unit(unit_of("", ""), {"numbre": None}), lambda: only(["numbre"])])
def test_an_unknown_check_is_refused_with_the_known_ones(use: object) -> None:
    with pytest.raises(SettingsError, match=r"'numbre'.*number.*confidence"):
        use()  # type: ignore[operator]  # a callable of the table above


def test_run_checks_replaces_findings_and_keeps_the_rest() -> None:
    stale = Finding("number", Severity.ERROR, "of an earlier text")
    units = [unit_of("有3项。", "There are 4 items."), unit_of("有3项。", "There are 3 items.", id="b0001.s02")]
    first, second = run_checks([Unit("b0001.s01", units[0].segments, units[0].target, findings=(stale,)), units[1]])
    assert stale not in first.findings
    assert {finding.check for finding in first.findings} == {"number"}
    assert {finding.check for finding in second.findings} == {"same-source"}  # of two equally usual, the first leads


def test_a_dismissed_finding_stays_away_until_a_text_changes() -> None:
    unit = unit_of("有3项。", "There are 4 items.")
    fine = Dismissals.of([("number", unit.source, unit.target)])
    assert run_checks([unit], {}, fine)[0].findings == ()
    changed = unit_of("有3项。", "There are 5 items.")
    assert {finding.check for finding in run_checks([changed], {}, fine)[0].findings} == {"number"}


@pytest.mark.parametrize(
    ("severities", "score", "expected"),
    [
        ((), None, 0.0),
        ((), 0.0, 0.0),
        ((Severity.ERROR,), None, 0.6),
        ((Severity.ERROR, Severity.ERROR), None, 0.84),
        ((Severity.WARNING,), None, 0.25),
        ((Severity.NOTE,), None, 0.03),
        ((), -math.inf, 0.2),
        ((), math.nan, 0.0),
        ((), 3.0, 0.0),
        ((Severity.WARNING,), math.log(0.5), 1 - 0.9 * 0.75),
    ],
)
def test_risk(severities: tuple[Severity, ...], score: float | None, expected: float) -> None:
    findings = tuple(Finding("number", severity, "") for severity in severities)
    assert risk(Unit("u", (), "", score=score, findings=findings)) == pytest.approx(expected)


@given(
    st.text(st.characters(categories=None), max_size=60)
    | st.text("不得必须、，。“”（）3万%技能中国农民工12 ", max_size=40),
    st.text(st.characters(categories=None), max_size=60) | st.text("the must not may ,.()\"“”'3%中国 \t", max_size=60),
    st.none() | st.floats(),
)
@settings(max_examples=150, deadline=None)
def test_no_text_makes_a_check_fail_and_spans_lie_inside(source: str, target: str, score: float | None) -> None:
    (unit,) = run_checks([unit_of(source, target, terms=TERMS, score=score)])
    assert 0 <= risk(unit) <= 1
    for finding in unit.findings:
        assert finding.message
        for span, text in ((finding.source_span, source), (finding.target_span, target)):
            assert span is None or 0 <= span[0] <= span[1] <= len(text)


@pytest.mark.parametrize(
    "text", ["不得，", "好不好", "“(", "一、二、", "3.5万", "the must ", "so that a ", "、\t", ", ; ", "中"]
)
def test_long_texts_take_time_in_proportion(text: str) -> None:
    def seconds(times: int) -> float:
        unit = unit_of(text * times, text * times)
        began = time.perf_counter()
        check_unit(unit)
        return time.perf_counter() - began

    seconds(10)
    assert seconds(8_000) < 40 * max(seconds(1_000), 0.02)
