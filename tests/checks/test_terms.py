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


LABOUR = Term("和谐劳动关系", "harmonious labor relations", ("good labor relations",), pos="noun")
INSURED = Term("职工基本医保", "basic medical insurance for employees", pos="noun")


@pytest.mark.parametrize(
    ("term", "target", "severity"),
    [
        (LABOUR, "Labor relations should be harmonious.", Severity.NOTE),
        (LABOUR, "Labor relations should be stable.", Severity.ERROR),
        (
            LABOUR,
            "Harmonious towns protect the rights of all who live there and their relations in labor.",
            Severity.ERROR,
        ),
        (INSURED, "the basic medical insurance of those employed", Severity.NOTE),
        (INSURED, "basic medical insurance will cover more", Severity.WARNING),
        (INSURED, "insurance will cover more", Severity.ERROR),
        (Term("技能中国", "Skills China", pos="noun"), "skills of China", Severity.WARNING),
        (Term("技能中国", "Skills China", pos="noun"), "skills for all", Severity.ERROR),
        (
            Term("和谐劳动关系", "harmonious labor relations", pos="name"),
            "relations in harmonious labor",
            Severity.WARNING,
        ),
        (Term("和谐劳动关系", "harmonious labor relations", pos="name"), "labor relations", Severity.ERROR),
        (Term("创新", "innovation", pos="noun"), "be innovative", Severity.NOTE),
        (Term("创新", "innovation", pos="noun"), "be inventive", Severity.ERROR),
    ],
)
def test_the_words_of_a_rendering_in_another_arrangement(term: Term, target: str, severity: Severity) -> None:
    (finding,) = findings("term", f"构建{term.source}", target, terms=[term])
    assert finding.severity is severity


def test_forbidden() -> None:
    assert marked("forbidden", "农民工", "the farmer workers", terms=[BANNED]) == [("农民工", "farmer workers")]
    assert not findings("forbidden", "农民工", "rural migrant workers", terms=[BANNED])
    assert not findings("forbidden", "工人", "peasant workers", terms=[BANNED])
    assert not findings("term", "农民工", "rural migrant workers", terms=[BANNED])
