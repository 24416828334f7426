"""Terms found in Chinese: which win, where they may not stand, and what their spans cover."""

from __future__ import annotations

import itertools
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.glossary import Glossary
from translate.glossary.match import key_of
from translate.records import Rule, Term

SKILLS = Term("技能中国", "Skills China")
INITIATIVE = Term("技能中国行动", "Skills China Initiative")
HOTLINE = Term("12333", "12333", rule=Rule.KEEP)
GLOSSARY = Glossary.of(
    [
        SKILLS,
        INITIATIVE,
        HOTLINE,
        Term("就业", "employment"),
        Term("就业服务", "employment services"),
        Term("服务大厅", "service hall"),
        Term("人力资源", "human resources"),
        Term("三位一体", "three-in-one"),
        Term("十大", "top ten"),
        Term("十四五", "14th Five-Year Plan"),
        Term("“三农”问题", "issues of agriculture, rural areas and farmers"),
        Term("AI", "AI", rule=Rule.KEEP),
        Term("5G网络", "5G network"),
        Term("掌上12333App", "Mobile 12333 App"),
        Term("110", "110", rule=Rule.KEEP),
    ]
)


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in GLOSSARY.find(text)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("实施技能中国行动", ["技能中国行动"]),
        ("技能中国技能中国行动", ["技能中国", "技能中国行动"]),
        ("就业服务大厅", ["就业服务"]),  # of equals the first
        ("促进就业，做好就业服务", ["就业", "就业服务"]),
        ("“技能中国”行动启动", ["“技能中国”行动"]),
        ("技能「中国行动」启动", ["技能「中国行动」"]),
        ("“技能中国行动”启动", ["技能中国行动"]),
        ("《技能中国行动》", ["技能中国行动"]),
        ('"技能中国"行动', ['"技能中国"行动']),
        ("“‘技能’中国”行动", ["“‘技能’中国”行动"]),
        ("三农问题和“三农”问题", ["三农问题", "“三农”问题"]),
        ("技能中國行動", ["技能中國行動"]),
        ("就業服務與人力資源", ["就業服務", "人力資源"]),
        ("人 力 资　源", ["人 力 资　源"]),
        ("人力\n资源", ["人力\n资源"]),
        ("人力\u200b资源", ["人力\u200b资源"]),
        ("⼈力资源", ["⼈力资源"]),  # a radical code point, as PDF files have them
        ("１２３３３热线", ["１２３３３"]),
        ("拨打12333。", ["12333"]),
        ("12345、12333", ["12333"]),
        ("12345,12333", ["12333"]),
        ("010-12333", ["12333"]),
        ("“12333”热线", ["12333"]),
        ("12333人社服务", ["12333"]),
        ("用AI赋能", ["AI"]),
        ("5g网络", ["5g网络"]),
        ("掌上12333APP", ["掌上12333APP"]),
        ("统一三位一体", ["三位一体"]),
        ("“十四五”十大工程", ["十四五", "十大"]),
        ("拨打110，120", ["110"]),
        ("参数三位一体", ["三位一体"]),
        ("重点十大工程", ["十大"]),
        ("次第，三位一体", ["三位一体"]),
    ],
)
def test_found(text: str, spans: list[str]) -> None:
    assert found(text) == spans


@pytest.mark.parametrize(
    "text",
    [
        "",
        "技能，中国",
        "技能、中国行",
        "技能\n\n中国",
        "技能　　中国",
        "他说“提高技能”中国代表团赞同",  # the mark closes a quotation that began before
        "“技能”“中国”",
        '"技能""中国"',
        "'技能' '中国'",
        "《技能》《中国》",
        "4123335",
        "12,333",
        "１12333",
        "12333.5",
        "0.12333",
        "12333万元",
        "共12333人次",
        "12333名职工",
        "12333%",
        "www.12333.gov.cn",
        "a@12333.cn",
        "a12333",
        "12333a",
        "110,120",
        "OpenAI",
        "AIGC",
        "ai",
        "E-AI",
        "15G网络",
        "二十大报告",
        "十三位一体",
        "三十四五岁",
        "第十大产油国",
        "第三位一体机",
        "几十大类",
        "三点十四五",
    ],
)
def test_nothing_found(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("term", "text", "is_found"),
    [
        ("民生", "保障和改善民生", True),
        ("民生", "人民生命安全", False),
        ("民生", "人民“生命安全”", False),
        ("民生", "群众关心民生服务", True),
        ("動作", "发挥带动作用", False),
        ("人才", "高技能人才队伍", True),
        ("人才", "发挥个人才能", False),
        ("人才", "个“人才”能", True),
        ("国人", "全国人民", False),
        ("甲乙", "丙甲乙丁", True),
    ],
)
def test_a_short_term_is_no_seam_of_two_words(term: str, text: str, is_found: bool) -> None:
    assert bool(Glossary.of([Term(term, "x")]).find(text)) is is_found


def test_the_longest_match_wins_over_an_earlier_one() -> None:
    glossary = Glossary.of([Term("甲乙丙", "abc"), Term("丙丁戊己", "cdef"), Term("甲乙", "ab")])
    assert [hit.term.target for hit in glossary.find("甲乙丙丁戊己")] == ["ab", "cdef"]


def test_bans_give_hits_at_the_place_of_their_term() -> None:
    use = Term("农民工", "rural migrant workers")
    ban = Term("农民工", "peasant workers", rule=Rule.FORBID)
    only_ban = Term("贫下中农", "poor peasants", rule=Rule.FORBID)
    hits = Glossary.of([ban, use, only_ban]).find("农民工与贫下中农")
    assert [(hit.term, hit.start, hit.end) for hit in hits] == [(use, 0, 3), (ban, 0, 3), (only_ban, 4, 8)]


def test_a_one_character_term_is_found_but_not_twice() -> None:
    assert [(hit.start, hit.end) for hit in Glossary.of([Term("党", "Party")]).find("党的党")] == [(0, 1), (2, 3)]


def test_a_term_of_marks_only_never_matches() -> None:
    assert Glossary.of([Term("“”", "x"), Term(" ", "y")]).find("“”  ") == ()


def test_get_accepts_either_script() -> None:
    assert GLOSSARY.get("人力資源") == (Term("人力资源", "human resources"),)
    assert GLOSSARY.get("没有") == ()


ALPHABET = "技能中国行动就业服务大厅人力资源三农十四五一二12333,.AIapp“”‘’「」《》\"' 　\n\u200b，。業務"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=40))
def test_spans_are_apart_and_fold_to_their_term(text: str) -> None:
    hits = GLOSSARY.find(text)
    for hit in hits:
        assert key_of(text[hit.start : hit.end]) == key_of(hit.term.source)
    for before, after in itertools.pairwise(hits):
        assert before.end <= after.start


@settings(max_examples=200, deadline=None)
@given(st.text(), st.lists(st.text(max_size=5), max_size=5))
def test_any_text_and_any_terms_are_survived(text: str, sources: list[str]) -> None:
    glossary = Glossary.of([Term(source, "x") for source in sources])
    for hit in glossary.find(text + "".join(sources)):
        assert 0 <= hit.start < hit.end


def test_many_terms_over_a_long_text_take_under_two_seconds() -> None:
    """The target is a second (benchmarks/glossary_matching.py); a busy machine gets twice that."""
    pick = random.Random(7)
    characters = [chr(code) for code in range(0x4E00, 0x4E00 + 600)]
    terms = [Term("".join(pick.choices(characters, k=pick.randint(2, 8))), "x") for _ in range(100_000)]
    text = "".join(pick.choices(characters, k=150_000))
    glossary = Glossary.of(terms)
    glossary.find("先建索引")
    start = time.perf_counter()
    assert glossary.find(text)
    assert time.perf_counter() - start < 2


def test_a_long_run_of_one_character_is_linear() -> None:
    glossary = Glossary.of([Term("一", "one"), Term("一" * 50, "many"), Term('"一', "quoted")])
    start = time.perf_counter()
    glossary.find("一" * 300_000 + '"' * 300_000)
    assert time.perf_counter() - start < 10
