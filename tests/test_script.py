"""Script and language: plain cases, and what must hold for any text."""

from __future__ import annotations

import sys
import unicodedata
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.script import is_traditional, language_of, model_text, simplify_characters, to_simplified

ANY = st.text(st.characters(), max_size=40)


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("勞動合同應當以書面形式訂立。", "劳动合同应当以书面形式订立。"),
        ("里程與裡面", "里程与里面"),
        ("皇后之後", "皇后之后"),
        ("乾燥的乾坤", "干燥的乾坤"),
        ("劳动合同应当以书面形式订立。", "劳动合同应当以书面形式订立。"),
        ("瞭望塔很著名", "瞭望塔很著名"),
        ("a\x00說\ud800話", "a\x00说\ud800话"),
        ("", ""),
    ],
)
def test_to_simplified(text: str, simplified: str) -> None:
    assert to_simplified(text) == simplified


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ＡＢＣ１２３％", "ABC123%"),
        ("第一章\u3000總則", "第一章 总则"),
        ("，。！？；：（）《》、", "，。！？；：（）《》、"),
        ("面積為５００㎡，見①", "面积为500㎡，见①"),
        ("他說：「好。」『是』", "他说：“好。”‘是’"),
        ("等等⋯⋯", "等等……"),
        ("零\u200b宽\ufeff字\x07符\ud800", "零宽字符"),
        ("cafe\u0301", "café"),
        ("兩個詞\u3000 \t中間", "两个词 中间"),
        ("  两头  ", "两头"),
        ("一行折\n  成两行", "一行折成两行"),
        ("逗号，\r\n之后", "逗号，之后"),
        ("in two\nlines", "in two lines"),
        ("\uf9dc", "\u9686"),
        ("保留⟦0⟧记号", "保留⟦0⟧记号"),
        ("", ""),
    ],
)
def test_model_text(text: str, read: str) -> None:
    assert model_text(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "經濟",
        "勞動法",
        "社會保險",
        "臺灣地區",
        "之後",
        "關於",
        "為了人民",
        "他說",
        "「國發」",
        "第三條\u3000雇主應給付工資。",
        "象徵",
        "夥伴關係",
    ],
)
def test_traditional(text: str) -> None:
    assert is_traditional(text)


@pytest.mark.parametrize(
    "text",
    [
        *[
            "",
            "12333",
            "Skills China",
            "中文",
            "人口",
            "里程",
            "皇后",
            "台风",
            "干部",
            "万里",
            "只有",
            "著名",
            "乾坤",
            "瞭望",
            "哪吒",
        ],
        *[
            "社会保险",
            "第三条　用人单位应当支付工资。",
            "书名叫《說文解字》，介绍汉字的结构与来历。",
            "丑时",
            "面条",
            "准予",
            "系统",
        ],
    ],
)
def test_not_traditional(text: str) -> None:
    assert not is_traditional(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("加强培训", "zh"),
        ("加強培訓", "zh"),
        ("办理ETC业务", "zh"),
        ("使用 Microsoft Office 办公软件的单位", "zh"),
        ("好", "zh"),
        ("Strengthen training", "en"),
        ("The Skills China (技能中国) initiative began last year.", "en"),
        ("OK", "en"),
        ("Ｓｋｉｌｌｓ", "en"),
        ("", "other"),
        ("12333", "other"),
        ("——……", "other"),
        ("こんにちは、世界", "other"),
        ("職業訓練を強化する。", "other"),
        ("직업 훈련 강화", "other"),
        ("Усилить обучение", "other"),
        ("تعزيز التدريب", "other"),
        ("\ud800", "other"),
    ],
)
def test_language_of(text: str, language: str) -> None:
    assert language_of(text) == language


def test_simplify_characters_goes_character_by_character() -> None:
    assert simplify_characters("頭髮與發展，裡面") == "头发与发展，里面"
    assert simplify_characters("劳动") == "劳动"


@given(text=ANY)
@settings(max_examples=200, deadline=None)
def test_any_text_is_taken(text: str) -> None:
    assert len(simplify_characters(text)) == len(text)
    read = model_text(text)
    assert read == read.strip()
    read.encode("utf-8")
    to_simplified(text)
    is_traditional(text)
    language_of(text)


@given(text=st.text(st.sampled_from("aéẹ\u0301\u0323\u0327か\u3099각\u1100\u1161字\uf900Å"), max_size=40))
@settings(max_examples=200, deadline=None)
def test_model_text_is_nfc(text: str) -> None:
    assert unicodedata.is_normalized("NFC", model_text(text))


def test_every_decomposed_character_is_composed() -> None:
    for code in range(0x80, sys.maxunicode + 1):
        decomposed = unicodedata.normalize("NFD", chr(code))
        if decomposed != chr(code):
            assert model_text("a" + decomposed) == model_text("a" + unicodedata.normalize("NFC", chr(code)))


@pytest.mark.parametrize(
    "text", ["a" + "\u0300\u0327" * 50_000, "說" * 100_000, "\ud800a" * 50_000, "\n " * 50_000, "字\n" * 50_000]
)
def test_a_huge_line_takes_linear_time(text: str) -> None:
    started = process_time()
    model_text(text)
    language_of(text)
    is_traditional(text)
    assert process_time() - started < 5


def test_opencc_is_loaded_only_when_used() -> None:
    import subprocess

    code = "import sys, translate.script; assert 'opencc' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
