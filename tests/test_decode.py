from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.decode import Decoder, has_chinese
from translate.decode.amounts import wrong_amounts
from translate.decode.clauses import capitalised, clause_jobs, join_clauses
from translate.decode.judge import TRUNCATED, Judge
from translate.decode.replacement import aligned_span, mend, replace_place
from translate.decode.rungs import PLAIN, RUNGS, Job, Tools, put_term, repairs, substitute, without_strays
from translate.decode.translator import tidy
from translate.engines import DecodeOptions
from translate.glossary import Glossary
from translate.pipeline import open_toolbox
from translate.records import BlockKind, Rule, Segment, Severity, Term, TermHit
from translate.settings import Settings
from translate.work import open_decoder


@pytest.fixture(scope="module")
def decoder() -> Decoder:
    return open_decoder(open_toolbox(Settings(model="builtin", use_glossary=False)).spec)


def sentence(text: str, number: int = 1) -> Segment:
    return Segment(f"b{number:04d}.s01", f"b{number:04d}", text, BlockKind.PARAGRAPH)


def hits_of(text: str, *terms: Term) -> tuple[TermHit, ...]:
    return Glossary.of(terms).find(text)


# --- pure functions


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [
        ("Jobs , pay .", "Jobs, pay."),
        ("a  b\n c", "a b c"),
        ("-- Policy - first", "Policy - first"),
        ("-5 degrees", "-5 degrees"),
        ("( HRSS ) and [ 2024 ]", "(HRSS) and [2024]"),
        ("$ 5 and 80 %", "$5 and 80%"),
        ("", ""),
    ],
)
def test_tidy(raw: str, tidied: str) -> None:
    assert tidy(raw) == tidied


@pytest.mark.parametrize(
    ("clauses", "joined"),
    [
        (["We will act.", "The pay rises."], "We will act; the pay rises."),
        (["We will act.", "China leads."], "We will act; China leads."),
        (["We will act.", "Combine them."], "We will act; combine them."),
        (["We will act.", "State Council leads."], "We will act; State Council leads."),
        (["Food, etc.", "Skills China grows."], "Food, etc. Skills China grows."),
        (["One."], "One."),
        ([], ""),
    ],
)
def test_clauses_are_joined_into_one_sentence(clauses: list[str], joined: str) -> None:
    assert join_clauses(clauses) == joined


@pytest.mark.parametrize(
    ("attention", "columns", "span"),
    [
        ([[0.9, 0.1], [0.1, 0.9], [0.1, 0.9], [0.9, 0.1]], range(1, 2), (1, 3)),
        ([[0.9, 0.1], [0.96, 0.04]], range(1, 2), (0, 1)),
        ([[0.97, 0.03], [0.96, 0.04]], range(1, 2), None),
        ([[0.5, 0.5], [0.5, 0.5]], range(2), (0, 2)),
        ([], range(1), None),
    ],
)
def test_the_target_span_of_source_pieces(
    attention: list[list[float]], columns: range, span: tuple[int, int] | None
) -> None:
    assert aligned_span(attention, columns) == span


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("we hold the the Skills China meeting", "We hold the Skills China meeting"),
        ("An hotline and a initiative", "A hotline and an initiative"),
        ("a the plan", "The plan"),
        ("an hour and an HRSS office", "An hour and an HRSS office"),
        ("an one-stop service", "A one-stop service"),
        ("a one-stop service in an hour", "A one-stop service in an hour"),
    ],
)
def test_articles_around_a_term(text: str, mended: str) -> None:
    assert mend(text) == mended


@given(st.text(alphabet="技能中国新时代，。ab1", max_size=30))
def test_substituting_every_hit_by_its_own_source_changes_nothing(text: str) -> None:
    hits = hits_of(text, Term("技能中国", "Skills China"), Term("新时代", "new era"), Term("ab1", "ab1"))
    spans = [(hit.start, hit.end) for hit in hits]
    assert substitute(text, spans, [text[start:end] for start, end in spans]) == text


@pytest.mark.parametrize(
    ("source", "target", "amounts"),
    [
        ("建成34万个窗口", "34,000 windows were built", [("34万", "340,000")]),
        ("建成34万个窗口", "340,000 windows were built", []),
        ("服务近200亿人次", "nearly 2 billion visits", [("200亿", "20 billion")]),
        ("有100多万人", "one hundred people", [("100多万", "more than 1 million")]),
        ("投入1.25万亿元", "1.25 billion yuan", [("1.25万亿", "1.25 trillion")]),
        ("投入12345万元", "123 yuan", [("12345万", "123.45 million")]),
        ("请拨打12345热线", "Call the 1234 hotline", [("12345", "12345")]),
        ("增长三成", "rose by half", []),
        ("在11月30日前完成", "by January 10", [("11月30日", "November 30")]),
        ("2024年3月15日施行", "takes effect on May 1", [("2024年3月15日", "March 15, 2024")]),
        ("2021年10月以来", "since October 2021", []),
    ],
)
def test_wrong_amounts_and_their_english(source: str, target: str, amounts: list[tuple[str, str]]) -> None:
    found = wrong_amounts(source, target)
    assert [(source[slice(*span)], english) for span, english in found] == amounts


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("skills and jobs.", "Skills and jobs."),
        ("(1) broaden channels", "(1) Broaden channels"),
        ("1. to do it", "1. To do it"),
        ("IV. requirements", "IV. Requirements"),
        ('"skills" first', '"Skills" first'),
        ("x@y.example is the address", "x@y.example is the address"),
        ("iPhone users", "iPhone users"),
        ("3.5 percent", "3.5 percent"),
        ("Already", "Already"),
        ("", ""),
    ],
)
def test_a_segment_begins_with_a_capital(text: str, begun: str) -> None:
    assert capitalised(text) == begun


@pytest.mark.parametrize(("text", "chinese"), [("12333", False), ("Skills", False), ("第1条", True), ("㐀", True)])
def test_has_chinese(text: str, chinese: bool) -> None:
    assert has_chinese(text) is chinese


# --- rungs


PURE = Tools(prepare=str, split=lambda text, limit: (text,), count=len, placeholders=True, window=100)


def request_of(name: str, job: Job, tools: Tools = PURE) -> tuple[str, ...] | None:
    rung = next(rung for rung in RUNGS if rung.name == name)
    request = rung.request(job, tools)
    return request.texts if request else None


def test_what_the_model_is_given() -> None:
    text = "实施“技能中国”行动，拨打12333。"
    hits = hits_of(
        text,
        Term("技能中国", "Skills China"),
        Term("12333", "", rule=Rule.KEEP),
        Term("技能中国", "Skilled China", rule=Rule.FORBID),
    )
    job = Job(sentence(text), hits)
    assert request_of("plain", job) == (text,)
    assert request_of("inline", job) == ("实施“Skills China”行动，拨打12333。",)
    assert request_of("placeholder", job) == ("实施“⟦0⟧”行动，拨打⟦1⟧。",)
    assert request_of("placeholder", job, replace(PURE, placeholders=False)) is None
    assert request_of("inline", Job(sentence("无"), ())) is None


def test_a_place_that_the_translation_lacks_is_put_into_the_source() -> None:
    text, judge = "云州市财政局发放34万元。", Judge()
    wrong = judge.judge(sentence(text), (), "Guangzhou's finance bureau paid 3,400 yuan.", origin="plain", score=None)
    right = judge.judge(sentence(text), (), "Yunzhou's finance bureau paid 340,000 yuan.", origin="plain", score=None)
    assert repairs(Job(sentence(text), (), wrong)) == (((0, 3), "Yunzhou"), ((8, 11), "340,000"))
    assert repairs(Job(sentence(text), (), right)) == ()
    assert request_of("placeholder", Job(sentence(text), (), wrong)) == ("⟦0⟧财政局发放⟦1⟧元。",)
    beside = "云州市社保局和服务大厅"
    hits = hits_of(beside, Term("社保局", "social security bureau"), Term("服务大厅", "service hall"))
    best = judge.judge(sentence(beside), hits, "Social security bureau and service hall", origin="plain", score=None)
    assert repairs(Job(sentence(beside), hits, best)) == (((0, 3), "Yunzhou"), ((3, 6), "social security bureau"))
    unclear = "长田市财政局"  # Changtian or Zhangtian
    best = judge.judge(sentence(unclear), (), "Finance bureau", origin="plain", score=None)
    assert repairs(Job(sentence(unclear), (), best)) == ()


@pytest.mark.parametrize(
    ("source", "target", "whole"),
    [
        ("云州市财政局", "Guangzhou City's Finance Bureau", "Yunzhou City's Finance Bureau"),
        ("云州市财政局", "Finance Bureau", "Finance Bureau"),  # nothing to replace
        ("云州市财政局", "Guangzhou and Suzhou Finance Bureau", "Guangzhou and Suzhou Finance Bureau"),  # which one?
        ("长田市财政局", "Guangzhou Finance Bureau", "Guangzhou Finance Bureau"),  # by what?
        ("市财政局", "Guangzhou Finance Bureau", "Guangzhou Finance Bureau"),
    ],
)
def test_an_invented_place_gives_way_to_the_one_that_is_missing(source: str, target: str, whole: str) -> None:
    judge = Judge()
    job = Job(sentence(source), (), judge.judge(sentence(source), (), target, origin="plain", score=-0.5))
    best = replace_place(job, judge).best
    assert best is not None
    assert best.unit.target == whole
    assert (best.unit.origin, len(best.unit.findings)) == (("plain", 0) if whole == target else ("replaced", 1))


def test_placeholders_are_put_back_once_each() -> None:
    text = "技能中国和技能中国"
    job = Job(sentence(text), hits_of(text, Term("技能中国", "Skills China")))
    request = next(rung for rung in RUNGS if rung.name == "placeholder").request(job, PURE)
    assert request is not None
    assert request.finish("⟦1⟧ and ⟦0⟧ and ⟦0⟧") == "Skills China and Skills China and ⟦0⟧"


@pytest.mark.parametrize(
    ("text", "rendering", "whole"),
    [
        ("the ⟦0⟧ works", "new era", "the new era works"),
        ("the ⟦0⟧ Initiative works", "Skills China Initiative", "the Skills China Initiative works"),
        ("In the ⟦0⟧, we", "the Party", "In the Party, we"),
        ("⟦0⟧ and ⟦0⟧", "12333", "12333 and ⟦0⟧"),
        ("call 12333 ⟦0⟧ 12333", "12333", "call 12333 12333 12333"),
        ("nothing", "new era", "nothing"),
    ],
)
def test_a_term_in_place_of_its_mark(text: str, rendering: str, whole: str) -> None:
    assert put_term(text, "⟦0⟧", rendering) == whole


@pytest.mark.parametrize(
    ("text", "source", "whole", "strays"),
    [
        ("we act on ⟦1⟧ and ⟦ 0⟧ now", "行动", "we act on and now", 2),
        ("we act ⟦", "行动", "we act", 1),
        ("keep ⟦1⟧", "保留⟦1⟧", "keep ⟦1⟧", 0),
        ("fine", "好", "fine", 0),
    ],
)
def test_no_placeholder_is_left_that_stands_for_nothing(text: str, source: str, whole: str, strays: int) -> None:
    assert without_strays(text, source) == (whole, strays)


def test_clauses_keep_the_hits_that_lie_within_them() -> None:
    text = "实施技能中国，拨打12333。"
    hits = hits_of(text, Term("技能中国", "Skills China"), Term("12333", "12333", rule=Rule.KEEP))
    tools = replace(PURE, split=lambda text, limit: (text[:7], text[7:]))
    clauses = clause_jobs(Job(sentence(text), hits), tools)
    assert [clause.segment.text for clause in clauses] == ["实施技能中国，", "拨打12333。"]
    for clause in clauses:
        [hit] = clause.hits
        assert clause.segment.text[hit.start : hit.end] == hit.term.source


# --- the judge


def test_a_missing_term_costs_more_than_a_present_one() -> None:
    text = "实施技能中国行动。"
    hits = hits_of(text, Term("技能中国", "Skills China"))
    judge = Judge()
    good = judge.judge(sentence(text), hits, "Launch the Skills China action.", origin="plain", score=None)
    bad = judge.judge(sentence(text), hits, "Launch the skilled action.", origin="plain", score=None)
    assert good.better_than(bad)
    assert not bad.better_than(good)
    assert not good.missing
    assert [hit.term.source for hit in bad.missing] == ["技能中国"]


def test_a_truncated_translation_is_flagged_and_loses() -> None:
    judge, unit = Judge(), sentence("各地要做好服务。")
    whole = judge.judge(unit, (), "All localities should provide good services.", origin="plain", score=None)
    cut = judge.judge(
        unit, (), "All localities should provide good services.", origin="plain", score=None, truncated=True
    )
    assert cut.unit.findings == (TRUNCATED,)
    assert whole.better_than(cut)


# --- the decoder, with the built-in model


def test_one_unit_a_segment_in_order_and_equal_sentences_once(decoder: Decoder) -> None:
    segments = [sentence(text, number) for number, text in enumerate(["加强培训。", "改善服务。", "加强培训。"], 1)]
    before = decoder.translator.pieces_decoded
    units = replace(decoder, rungs=(PLAIN,)).decode(segments, [()] * 3)
    decoded = decoder.translator.pieces_decoded - before
    assert [unit.id for unit in units] == [segment.id for segment in segments]
    assert units[0].target == units[2].target != units[1].target
    assert units[2].segments == (segments[2],)
    assert decoded < 30


def test_what_has_no_chinese_is_copied(decoder: Decoder) -> None:
    units = decoder.decode([sentence("12333"), sentence("ＡＢＣ　2024"), sentence("service@example.org。")], [()] * 3)
    assert [(unit.target, unit.origin, unit.score) for unit in units] == [
        ("12333", "copied", None),
        ("ABC 2024", "copied", None),
        ("service@example.org.", "copied", None),
    ]


def test_a_sentence_beyond_the_window_is_split_and_nothing_is_cut_off(decoder: Decoder) -> None:
    text = "，".join(f"第{number}类企业要做好就业服务和技能培训工作" for number in "一二三四五六七八九" * 2) + "。"
    assert decoder.tools.count(text) > decoder.tools.window
    asked = PLAIN.request(Job(sentence(text), ()), decoder.tools)
    assert asked is not None
    assert len(asked.texts) > 1
    assert all(decoder.tools.count(part) <= decoder.tools.window for part in asked.texts)
    [unit] = decoder.decode([sentence(text)], [()])
    assert TRUNCATED not in unit.findings
    assert unit.target


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("要深入实施“灯塔匠人”行动。", Term("灯塔匠人", "Beacon Artisans")),
        ("请拨打45678热线。", Term("45678", "45678", rule=Rule.KEEP)),
        ("推进三线联动机制建设。", Term("三线联动", "Three-Line Coordination")),
    ],
)
def test_terms_that_the_model_has_never_seen_are_applied(decoder: Decoder, text: str, term: Term) -> None:
    [unit] = decoder.decode([sentence(text)], [hits_of(text, term)])
    assert [hit.target is not None for hit in unit.hits] == [True]
    assert (term.target or term.source) in unit.target
    assert "⟦" not in unit.target


def test_replacement_is_flagged(decoder: Decoder) -> None:
    text = "要深入实施“灯塔匠人”行动。"
    last = replace(decoder, rungs=(PLAIN,))
    [unit] = last.decode([sentence(text)], [hits_of(text, Term("灯塔匠人", "Beacon Artisans"))])
    assert unit.origin == "replaced"
    assert "Beacon Artisans" in unit.target
    assert [(finding.check, finding.severity) for finding in unit.findings] == [("term", Severity.NOTE)]


def test_a_place_that_no_model_knows_is_spelled(decoder: Decoder) -> None:
    [unit] = decoder.decode([sentence("云州市人力资源和社会保障局")], [()])
    assert "Yunzhou" in unit.target


def test_a_wider_rung_keeps_the_options_that_it_does_not_change() -> None:
    options = DecodeOptions(beam_size=2, max_length=99)
    beam = next(rung for rung in RUNGS if rung.name == "beam")
    assert beam.widen(options).max_length == 99
    assert beam.widen(options).beam_size > 2
