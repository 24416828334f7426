"""What reviewers' edits propose for the glossary, with which evidence, and what they do not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.glossary import Glossary
from translate.glossary.mine import Proposal, Reviewed, mine
from translate.glossary.rewording import Rewording, text_of
from translate.records import Rule, Term

GLOSSARY = Glossary.of(
    [Term("就业服务", "employment services", ("job services",)), Term("12333", "12333", rule=Rule.KEEP)]
)


def found(*reviewed: tuple[str, str, str], glossary: Glossary = GLOSSARY, least: int = 2) -> dict[str, Proposal]:
    return {item.term.source: item for item in mine([Reviewed(*one) for one in reviewed], glossary, least=least)}


NEW_TERM = (
    ("推进零工市场建设。", "Promote the zero-work market.", "Develop the casual labor market."),
    (
        "各地零工市场要规范管理。",
        "Zero-work markets must be managed.",
        "Casual labor markets everywhere must be managed.",
    ),
    ("加强安全管理。", "Safety will be managed.", "Safety will be better managed."),
    ("企业提供便利。", "Businesses offer convenience.", "Businesses offer convenience."),
)
REPLACED = (
    ("优化就业服务。", "Improve employment services.", "Improve placement support."),
    ("提供就业服务和培训。", "Provide employment services and training.", "Provide placement support and training."),
)


def test_a_term_is_proposed_from_edits_that_agree() -> None:
    proposals = found(*NEW_TERM)
    assert set(proposals) == {"零工市场"}
    proposal = proposals["零工市场"]
    assert proposal.term.target.lower() in ("casual labor market", "casual labor markets")
    assert (proposal.count, proposal.of) == (2, 2)
    assert "edited in 2 of 2 reviewed segments; was:" in proposal.term.note
    assert "ero-work market" in proposal.term.note
    assert "推进零工市场建设。" in proposal.term.note


def test_one_edit_is_not_enough_unless_it_is_the_whole_segment() -> None:
    assert not found(NEW_TERM[0], *NEW_TERM[2:])
    table = found(("零工市场", "Zero-work market", "Casual labor market"))
    assert [(item.term.target, item.was) for item in table.values()] == [("casual labor market", ("zero-work market",))]


def test_a_rendering_that_was_replaced_throughout_becomes_the_target() -> None:
    term = found(*REPLACED)["就业服务"].term
    assert (term.target, term.variants) == ("placement support", ("employment services", "job services"))
    assert "glossary kept in 0" in term.note


def test_a_rendering_that_was_replaced_now_and_then_becomes_a_variant() -> None:
    kept = [("完善就业服务。", "Improve employment services.", "Better employment services.")] * 3
    term = found(*REPLACED, *kept)["就业服务"].term
    assert (term.target, term.variants) == ("employment services", ("job services", "placement support"))
    assert "edited in 2 of 5 reviewed segments, glossary kept in 3" in term.note


@pytest.mark.parametrize(
    "reviewed",
    [
        [("优化就业服务。", "Improve employment services.", "Improve job services.")] * 2,  # an accepted variant
        [("优化就业服务。", "Improve employment services.", "Improving employment services")] * 2,  # other words
        [("优化就业服务。", "Improve the services.", "Improve employment services.")] * 2,  # the glossary's own
        [("优化就业服务。", "Improve employment services.", "")] * 2,  # taken out
        [("拨打12333。", "Call 12333.", "Call the hotline.")] * 2,  # a label is no matter of wording
        [("零工市场", "casual labor market", "Casual labor markets.")],  # the same in another form
        [("一、零工市场", "I. zero-work", "I. Casual labor market")],  # not only the term
        [],
    ],
)
def test_what_is_no_evidence(reviewed: list[tuple[str, str, str]]) -> None:
    assert "就业服务" not in found(*reviewed)
    assert not {"12333", "零工市场", "一、零工市场"} & set(found(*reviewed))


def test_what_stood_in_a_place() -> None:
    change = Rewording("We offer job services to all.", "We offer a full placement support to all.")
    assert [change.after.words[number].text for number in sorted(change.put_in)] == [
        "a",
        "full",
        "placement",
        "support",
    ]
    place = change.now((2, 4))
    assert place is not None
    assert text_of(place, change.after, change.final) == "a full placement support"
    assert change.was(place) == (2, 4)
    assert change.now((0, 1)) is None
    assert text_of(change.now((1, 4)) or (0, 0), change.after, change.final) == "offer a full placement support"


WORDS = st.lists(st.sampled_from(["job", "services", "the", ",", "of", "support", "一", "\x00", "."]), max_size=12).map(
    " ".join
)
SOURCES = st.text(st.sampled_from("就业服务零工市场，的12333"), max_size=12)


@given(st.lists(st.tuples(SOURCES, WORDS, WORDS), max_size=6))
@settings(max_examples=100, deadline=None)
def test_every_proposal_has_its_evidence(reviewed: list[tuple[str, str, str]]) -> None:
    for source, proposal in found(*reviewed).items():
        assert 0 < proposal.count <= proposal.of
        assert all(source in example for example in proposal.examples)
        assert proposal.term.target
        assert "\n" not in proposal.term.note
