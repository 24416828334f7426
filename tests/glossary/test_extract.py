"""Candidate terms: what is proposed, with which evidence, and what is not."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from translate.glossary import Glossary
from translate.glossary.extract import extract
from translate.records import Term

TEXTS = (
    ("推进零工市场建设。", "We will build casual labor markets."),
    ("各地零工市场要规范，加强管理。", "Casual labor markets everywhere must be regulated and better managed."),
    (
        "支持企业参与零工市场，提供“一站式”便利。",
        "Businesses may join the casual labor market and offer one-stop convenience.",
    ),
    ("加强安全生产管理。", "Workplace safety will be better managed."),
    ("企业提供便利。", "Businesses offer convenience."),
)


def test_a_repeated_phrase_is_proposed_with_evidence_and_english() -> None:
    best = extract(TEXTS)[0]
    assert (best.source, best.count) == ("零工市场", 3)
    assert (best.target.lower(), best.target_count) == ("casual labor markets", 3)
    assert best.examples[0] == "推进零工市场建设。"


def test_what_is_in_quotation_marks_needs_to_stand_once() -> None:
    assert [(found.source, found.count) for found in extract(TEXTS) if found.count == 1] == [("一站式", 1)]


def test_the_glossary_is_left_out() -> None:
    glossary = Glossary.of([Term("零工市场", "casual labor market"), Term("一站式", "one-stop")])
    assert extract(TEXTS, glossary) == ()


def test_without_english_there_is_no_proposal() -> None:
    assert {(found.target, found.target_count) for found in extract([(zh, "") for zh, _ in TEXTS])} == {("", 0)}


def test_parts_of_a_longer_candidate_are_left_out() -> None:
    texts = [
        (f"{before}职业技能等级认定{after}", "") for before, after in (("做好", "，"), ("推行", "。"), ("扩大", "！"))
    ]
    found = [candidate.source for candidate in extract(texts)]
    assert "职业技能等级认定" in found
    assert not {"职业技能", "技能等级", "等级认定"} & set(found)


def test_the_same_texts_give_the_same_candidates() -> None:
    assert extract(TEXTS) == extract(TEXTS)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.text("零工市场建设“”，的。 A1\n"), st.text("casual labor, market'.\n ")), max_size=6))
def test_any_texts_are_survived(texts: list[tuple[str, str]]) -> None:
    for found in extract(texts):
        assert any(found.source in text for text, _ in texts)
        assert found.count >= 1
