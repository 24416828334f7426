from __future__ import annotations

import pytest

from tests.checks.units import findings, marked
from translate.records import Rule, Severity, Term

SKILLS = Term("技能中国", "Skills China")
HOTLINE = Term("12333", "12333", rule=Rule.KEEP)
RIGHTS = Term("权益", "rights and interests", ("rights",))
BANNED = Term("农民工", "peasant workers", ("farmer workers",), rule=Rule.FORBID)


@pytest.mark.parametrize(
    ("source", "target", "spans"),
    [
        ("“技能中国”行动", "the Skilled China initiative", ["技能中国"]),
        ("拨打12333", "call 12,333", ["12333"]),
        ("维护权益和权益", "protect rights", ["权益"]),
        ("“技能中国”行动", "the Skills China initiative", []),
        ("拨打12333", "call 12333", []),
        ("维护权益", "protect their rights", []),
        ("维护权益", "", []),  # `empty` says so
    ],
)
def test_term(source: str, target: str, spans: list[str]) -> None:
    assert [before for before, _ in marked("term", source, target, terms=[SKILLS, HOTLINE, RIGHTS])] == spans


def test_a_second_mention_may_be_a_pronoun() -> None:
    (finding,) = findings("term", "维护权益和权益", "protect rights", terms=[RIGHTS])
    assert finding.severity is Severity.WARNING
    (first, second) = findings("term", "维护权益和权益", "protect them", terms=[RIGHTS])
    assert {first.severity, second.severity} == {Severity.ERROR}


def test_forbidden() -> None:
    assert marked("forbidden", "农民工", "the farmer workers", terms=[BANNED]) == [("农民工", "farmer workers")]
    assert not findings("forbidden", "农民工", "rural migrant workers", terms=[BANNED])
    assert not findings("forbidden", "工人", "peasant workers", terms=[BANNED])
    assert not findings("term", "农民工", "rural migrant workers", terms=[BANNED])
