"""Renderings located in English: what counts as the rendering, and each place serving one hit."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.glossary import Glossary, forbidden, locate, missing
from translate.records import BlockKind, Rule, Term, TermHit


def place_of(
    rendering: str, target: str, *, kind: BlockKind = BlockKind.PARAGRAPH, rule: Rule = Rule.USE
) -> str | None:
    hit = TermHit(Term("词", rendering, rule=rule), 0, 1)
    (located,) = locate([hit], target, kind=kind)
    return None if located.target is None else target[slice(*located.target)]


@pytest.mark.parametrize(
    ("rendering", "target", "place"),
    [
        ("employment services", "We offer employment services here.", "employment services"),
        ("employment service", "Employment services grew.", "Employment services"),
        ("skilled workers", "every skilled worker", "skilled worker"),
        ("strengthen and improve", "by strengthening and improving it", "strengthening and improving"),
        ("build a platform", "built a platform", "built a platform"),
        ("policy", "policies", "policies"),
        ("people", "the people's needs", "people's"),
        ("workers' rights", "the workers’ rights", "workers’ rights"),
        ("public-service jobs", "public service jobs", "public service jobs"),
        ("public service jobs", "public-service jobs", "public-service jobs"),
        ("well-being", "their wellbeing", "wellbeing"),
        ("cooperation", "deeper co-operation", "co-operation"),
        ("health care", "healthcare reform", "healthcare"),
        ("labor relations", "labour relations", "labour relations"),
        ("organisation centre", "Organization Center", "Organization Center"),
        ("training programme", "training programs", "training programs"),
        ("modernization", "modernisation", "modernisation"),
        ("ageing", "aging", "aging"),
        ("people-centered", "People-centred", "People-centred"),
        ("fulfill duties", "fulfilled duties", "fulfilled duties"),
        ("fulfil duties", "fulfilling duties", "fulfilling duties"),
        ("analyze a crisis", "analysing crises", None),
        ("analyze crises", "analysing a crisis", None),
        ("analyze crises", "analysing crisis", "analysing crisis"),
        ("statistical analysis", "statistical analyses", "statistical analyses"),
        ("skillful", "skilful", "skilful"),
        ("travel", "travelled", "travelled"),
        ("defense", "defence", "defence"),
        ("practice", "practised", "practised"),
        ("the masses", "of masses", "masses"),
        ("masses", "of the masses", "masses"),
        ("Skills China", "“Skills” China", "Skills” China"),
        ("Skills China", 'the "Skills China" plan', "Skills China"),
        ("Five-Year Plan", "two Five-Year Plans", "Five-Year Plans"),
        ("Party building", "Party building", "Party building"),
        ("talent", "Talent is key.", "Talent"),
        ("laws and regulations", "laws, regulations, and standards", "laws, regulations"),
        ("laws and regulations", "laws or regulations", "laws or regulations"),
        ("laws, rules and standards", "laws, rules, and standards", "laws, rules, and standards"),
        ("U.S. market", "the US market", "US market"),
        ("research and development (R&D)", "research and development (R&D)", "research and development (R&D"),
        ("14th Five-Year Plan", "the 14th five-year plan", None),
        ("Party building", "party building", None),
        ("Skills China", "Skill China", None),
        ("Skills China", "skills China", None),
        ("employment", "employ people", None),
        ("employment", "unemployment", None),
        ("employment service", "employment. Services", None),
        ("employment service", "employment, service", None),
        ("laws and regulations", "laws; and regulations", None),
        ("social security", "social and security", None),
        ("talent", "", None),
        ("", "talent", None),
    ],
)
def test_rendering(rendering: str, target: str, place: str | None) -> None:
    found = place_of(rendering, target)
    assert (found or "").rstrip(")") == (place or "")


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("call 12333.", True),
        ("call “12333” or 12345", True),
        ("the 12333-based line", True),
        ("12,333", False),
        ("12333,000", False),
        ("12333.5", False),
        ("4123335", False),
        ("www.12333.gov.cn", False),
        ("a@12333.cn", False),
    ],
)
def test_keep_stands_unaltered(target: str, found: bool) -> None:
    assert (place_of("12333", target, rule=Rule.KEEP) is not None) is found


def test_capitals_of_a_name_may_all_be_capitals_in_a_heading_only() -> None:
    assert place_of("Skills China", "THE SKILLS CHINA plan", kind=BlockKind.HEADING) == "SKILLS CHINA"
    assert place_of("Skills China", "THE SKILLS CHINA plan") is None
    assert place_of("social security", "Better Social Security", kind=BlockKind.HEADING) == "Social Security"


SKILLS = Term("技能中国", "Skills China")
INITIATIVE = Term("技能中国行动", "Skills China Initiative")
PEOPLE = Term("人民", "the people")
MASSES = Term("群众", "the people", ("the public",))
WORKERS = Term("农民工", "rural migrant workers", ("migrant workers",))
PEASANTS = Term("农民工", "peasant workers", ("peasants",), rule=Rule.FORBID)
GLOSSARY = Glossary.of([SKILLS, INITIATIVE, PEOPLE, MASSES, WORKERS, PEASANTS])


def places(source: str, target: str) -> list[str | None]:
    hits = [hit for hit in GLOSSARY.find(source) if hit.term.rule is not Rule.FORBID]
    return [None if hit.target is None else target[slice(*hit.target)] for hit in locate(hits, target)]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("人民和人民", "The people and the people", ["people", "people"]),
        ("人民和人民", "The people", ["people", None]),
        ("人民和群众", "The people", ["people", None]),
        ("群众和人民", "The people and the public", ["public", "people"]),
        ("人民和群众", "The public and the people", ["people", "public"]),
        ("技能中国行动和技能中国", "the Skills China Initiative", ["Skills China Initiative", None]),
        (
            "技能中国和技能中国行动",
            "the Skills China Initiative of Skills China",
            ["Skills China", "Skills China Initiative"],
        ),
        ("技能中国", "the Skills China Initiative", ["Skills China"]),
        ("农民工", "rural migrant workers", ["rural migrant workers"]),
        ("农民工农民工", "migrant workers, rural migrant workers", ["migrant workers", "rural migrant workers"]),
    ],
)
def test_a_place_serves_one_hit(source: str, target: str, expected: list[str | None]) -> None:
    assert places(source, target) == expected


def test_missing_leaves_bans_out() -> None:
    located = locate(GLOSSARY.find("农民工和人民"), "workers and the people")
    assert [hit.term for hit in missing(located)] == [WORKERS]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("rural migrant workers", []),
        ("Peasant workers and a peasant worker", ["Peasant workers", "peasant worker"]),
        ("Peasants", ["Peasants"]),
        ("peasant-workers", ["peasant-workers"]),
    ],
)
def test_forbidden(target: str, expected: list[str]) -> None:
    hits = GLOSSARY.find("农民工")
    assert [target[slice(*hit.target)] for hit in forbidden(hits, target) if hit.target] == expected
    bans = [hit for hit in locate(hits, target) if hit.term is PEASANTS]
    assert [hit.target is not None for hit in bans] == [bool(expected)]


def test_a_ban_inside_a_good_rendering_is_none() -> None:
    ban = Term("甲", "plan", rule=Rule.FORBID)
    glossary = Glossary.of([Term("甲", "scheme"), ban, Term("乙", "action plan")])
    assert forbidden(glossary.find("甲乙"), "scheme and action plan") == ()
    assert len(forbidden(glossary.find("甲乙"), "plan and action plan")) == 1


def test_a_ban_on_another_case_spares_the_good_one_wherever_it_stands() -> None:
    hits = Glossary.of(
        [Term("党建", "Party building"), Term("党建", "Party Building", ("party building",), Rule.FORBID)]
    )
    found = forbidden(hits.find("党建"), "Party building is Party building, not party building")
    assert [hit.target for hit in found] == [(38, 52)]


@settings(max_examples=200, deadline=None)
@given(st.text(), st.lists(st.tuples(st.text(max_size=6), st.sampled_from(Rule)), max_size=4))
def test_any_texts_are_survived(target: str, renderings: list[tuple[str, Rule]]) -> None:
    hits = [TermHit(Term("词", text, rule=rule), 0, 1) for text, rule in renderings]
    for hit in (*locate(hits, target + "".join(text for text, _ in renderings)), *forbidden(hits, target)):
        assert hit.target is None or hit.target[0] < hit.target[1]


WORDS = st.lists(
    st.sampled_from(["the people", "people's", "Skills China", "Initiative", ",", ".", "public"]), max_size=9
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["人民", "群众", "技能中国", "技能中国行动"]), max_size=6), WORDS)
def test_places_do_not_overlap(sources: list[str], words: list[str]) -> None:
    target = " ".join(words)
    spans = sorted(hit.target for hit in locate(GLOSSARY.find("，".join(sources)), target) if hit.target)
    for before, after in itertools.pairwise(spans):
        assert before[1] <= after[0]


def test_long_hostile_targets_take_linear_time() -> None:
    hits = GLOSSARY.find("人民，" * 3000 + "农民工，" * 3000)
    start = time.perf_counter()
    locate(hits, "the people " * 20_000)
    locate(hits[:2], "-" * 200_000 + "a" * 200_000 + "'a" * 100_000)
    assert time.perf_counter() - start < 10
