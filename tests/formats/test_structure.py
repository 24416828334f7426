"""Paragraphs, headings and list items of Chinese text without markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.formats.structure import BLANK, LINE_ENDS, kinds, spans
from translate.records import BlockKind

HEADING, PARAGRAPH, LIST_ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
SENTENCE = "各地要认真组织实施，确保政策落到实处。"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲\n乙", ["甲", "乙"]),
        ("甲\r\n\r\n乙\r丙", ["甲", "乙", "丙"]),
        ("甲\u2028乙\u2029丙\x85丁", ["甲", "乙", "丙", "丁"]),
        ("　　甲。　　乙。", ["甲。", "乙。"]),
        ("甲。 　 　乙。", ["甲。", "乙。"]),
        ("甲　乙", ["甲　乙"]),  # one ideographic space is a space
        ("甲    乙", ["甲    乙"]),
        ("甲　\n　乙", ["甲", "乙"]),
        ("\ufeff甲\u200b\n\u200b\n", ["甲"]),
        (" \n\t\n　　\n", []),
        ("", []),
    ],
)
def test_paragraphs(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text)] == found


@given(st.text(st.sampled_from("甲乙。 　\n\r\t\u2028\u200b1"), max_size=60))
def test_spans_hold_all_text_and_no_edges(text: str) -> None:
    found = list(spans(text))
    inside = {index for start, end in found for index in range(start, end)}
    assert all(text[index] in BLANK + LINE_ENDS for index in range(len(text)) if index not in inside)
    assert all(text[start] not in BLANK + LINE_ENDS and text[end - 1] not in BLANK + LINE_ENDS for start, end in found)
    assert not any(character in LINE_ENDS for start, end in found for character in text[start:end])


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["关于做好就业工作的通知", SENTENCE], [HEADING, PARAGRAPH]),
        ([SENTENCE, "加强组织领导", SENTENCE], [PARAGRAPH, HEADING, PARAGRAPH]),
        (["一、总体要求", "（一）指导思想", SENTENCE], [HEADING, HEADING, PARAGRAPH]),
        (["第一章 总则", "第一条 为了规范管理，制定本办法。"], [HEADING, LIST_ITEM]),
        (["第三部分　保障措施", SENTENCE], [HEADING, PARAGRAPH]),
        (["（一）加强宣传。各地要广泛宣传政策。", SENTENCE], [LIST_ITEM, PARAGRAPH]),
        (["标题", "1.提交申请", "2.审核", SENTENCE], [HEADING, LIST_ITEM, LIST_ITEM, PARAGRAPH]),
        ([SENTENCE, "一是健全制度；", "二是加强监管。"], [PARAGRAPH, LIST_ITEM, LIST_ITEM]),
        ([SENTENCE, "（一）身份证", "（二）户口簿"], [PARAGRAPH, LIST_ITEM, LIST_ITEM]),  # heads nothing
        ([SENTENCE, "人力资源部", "2024年3月15日"], [PARAGRAPH, PARAGRAPH, PARAGRAPH]),
        (["标题", "人社发〔2024〕35号", SENTENCE], [HEADING, PARAGRAPH, PARAGRAPH]),
        ([SENTENCE, "联系电话：12333", SENTENCE], [PARAGRAPH, PARAGRAPH, PARAGRAPH]),
        ([SENTENCE, "（作者单位：某研究院）", SENTENCE], [PARAGRAPH, PARAGRAPH, PARAGRAPH]),
        ([SENTENCE, "北京", "上海", "天津"], [PARAGRAPH, PARAGRAPH, PARAGRAPH, PARAGRAPH]),
        ([SENTENCE, "2024年春季", "12.5万人参加了活动。"], [PARAGRAPH, HEADING, PARAGRAPH]),
        ([SENTENCE, "12.5万人参加了活动。", "12、13日放假。"], [PARAGRAPH, PARAGRAPH, PARAGRAPH]),
        ([SENTENCE, "第十四个五年规划实施以来，成效明显。"], [PARAGRAPH, PARAGRAPH]),
        ([SENTENCE, "12333", SENTENCE], [PARAGRAPH, PARAGRAPH, PARAGRAPH]),
        (["Notice on Employment", "1. Scope", "All offices shall comply."], [HEADING, LIST_ITEM, PARAGRAPH]),
        (["长" * 51, SENTENCE], [PARAGRAPH, PARAGRAPH]),
    ],
)
def test_kinds(texts: list[str], expected: list[BlockKind]) -> None:
    assert kinds(texts) == expected


@given(st.lists(st.text(min_size=1).filter(lambda text: any(spans(text))), max_size=5))
def test_every_text_has_a_kind(texts: list[str]) -> None:
    stripped = [text[slice(*next(spans(text)))] for text in texts]
    assert len(kinds(stripped)) == len(texts)
