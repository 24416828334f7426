from __future__ import annotations

import pytest

from tests.checks.units import findings, marked


@pytest.mark.parametrize(
    ("source", "target", "spans"),
    [
        ("“放管服”改革", 'reform of "services', ['"']),
        ("“放管服”改革", "reform of “services", ["“"]),
        ("“放管服”改革", "reform of ”services“", ["“"]),
        ("改革", 'the "big" reform', ['"big"']),
        ("他说：“我们要努力，不能停。”", "He said we must work and never stop.", [""]),
        # right, and near misses
        ("本办法所称小店，是指书店。", 'A "small shop" is a bookshop.', []),
        ("“放管服”改革", 'the "services" reform', []),
        ("“放管服”改革", "reform of services", []),
        ("《条例》", "the “Regulations”", []),
        ("他说：“我们要努力，不能停。”", "He said, “We must work and never stop.”", []),
        ("他说：“我们要努力。", "He said, “We must work.", []),  # the quotation goes on in the next sentence
        ("不能停。”", "We must never stop.”", []),
        ("他的", "the people's", []),
    ],
)
def test_quotes(source: str, target: str, spans: list[str]) -> None:
    assert [after for _, after in marked("quotes", source, target)] == spans


@pytest.mark.parametrize(
    ("target", "spans"),
    [
        ("the plan (2021 to 2025", ["("]),
        ("the plan 2021 to 2025)", [")"]),
        ("[the plan (draft]", ["["]),
        ("the plan (2021 to 2025)", []),
        ("1) the plan, b) the budget, iv) the rest", []),
        ("the plan (draft) 1)", []),
        ("", []),
    ],
)
def test_brackets(target: str, spans: list[str]) -> None:
    assert [after for _, after in marked("brackets", "规划", target)] == spans


@pytest.mark.parametrize(
    ("source", "target", "spans"),
    [
        ("制度，规则", "systems，rules", ["，"]),
        ("制度。", "Systems.。", ["。"]),
        ("制度。", "Systems..", [".."]),
        ("制度，规则", "systems,, rules", [",,"]),
        ("制度，规则", "systems , rules", [" "]),
        ("完善制度。", "Improve systems", ["s"]),
        # right, and near misses
        ("七点至九点，休息。", "From 7 a.m. to 9 p.m., we rest.", []),
        ("甲公司，乙公司", "A Co., Ltd. and B Co., Ltd.", []),
        ("完善制度", "Improving systems", []),
        ("完善制度。", "Improve systems.", []),
        ("完善制度。", "Improve “systems.”", []),
        ("制度……", "systems ...", []),
        ("3.5", "3.5", []),
        ("比例", "a ratio of 1:2, U.S., etc.", []),
    ],
)
def test_punctuation(source: str, target: str, spans: list[str]) -> None:
    assert [after for _, after in marked("punctuation", source, target)] == spans


@pytest.mark.parametrize(
    ("target", "count"),
    [
        ("We  will", 1),
        (" We will", 1),
        ("We will ", 1),
        ("We\u200bwill", 1),
        ("We\twill", 1),
        ("\u3000We will", 1),
        ("We will", 0),
        ("We will.\nWe did.", 0),
        ("", 0),
        ("  ", 0),
    ],
)
def test_whitespace(target: str, count: int) -> None:
    assert len(findings("whitespace", "我们", target)) == count


@pytest.mark.parametrize(
    ("target", "spans"),
    [
        ("we will go.", ["w"]),
        ("“we will go.”", ["w"]),
        ("We will go. then we rest.", ["t"]),
        ("We will go.", []),
        ("It is open from 7 a.m. to 9 p.m. on weekdays.", []),
        ("Tasks: 1. sweep the road; 2. mend the wall.", []),
        ("It is open in 2020. we rest.", ["w"]),
        ("iPhone sales rose.", []),
        ("www.example.cn is the address.", []),
        ("We use tools, e.g. hammers.", []),
        ("12333 is the hotline.", []),
        ("12333", []),
        ("", []),
    ],
)
def test_case(target: str, spans: list[str]) -> None:
    assert [after for _, after in marked("case", "我们", target)] == spans


@pytest.mark.parametrize(
    ("target", "spans"),
    [
        ("We will build the, and go on.", ["the"]),
        ("We will build a society of, and for, all.", ["of"]),
        ("We will go and.", ["and"]),
        ("We will build the roads, and go on.", []),
        ("people dropping out of, or missing from, the lists", []),
        ("Group A, B, or C", []),
        ("and, above all, the people", []),
        ("", []),
    ],
)
def test_fragment(target: str, spans: list[str]) -> None:
    assert [after for _, after in marked("fragment", "建设", target)] == spans
