"""What holds for any text: nothing raises, spans are right, values survive their notation, time stays linear."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.numerals import compare_codes, compare_numbers, find_numbers

if TYPE_CHECKING:
    from translate.numerals.find import Language

PIECES = [
    *(
        "0",
        "1",
        "12",
        "2024",
        "1,234",
        "3.5",
        "０",
        "％",
        "%",
        "一",
        "十",
        "百",
        "万",
        "亿",
        "两",
        "半",
        "几",
        "多",
        "第",
        "分之",
    ),
    *(
        "百分之",
        "成",
        "倍",
        "个",
        "年",
        "月",
        "日",
        "以上",
        "以下",
        "至",
        "—",
        "（",
        "）",
        "“",
        "”",
        "翻番",
        "十四五",
        "〔2024〕1号",
    ),
    *(
        "one",
        "two",
        "hundred",
        "million",
        "and",
        "-",
        " ",
        "third",
        "half",
        "dozens of",
        "more than",
        "not",
        "May",
        "March 5",
    ),
    *(
        "percent",
        "p.m.",
        "1:30",
        "No.",
        "G20",
        "covid-",
        "@",
        "http://a",
        ".cn",
        "12333",
        "\n",
        "\x00",
        "\ud800",
        "İ",
        "壹",
        "萬",
    ),
]
TEXTS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=20).map("".join))


@given(TEXTS, st.sampled_from(["zh", "en"]))
@settings(max_examples=300, deadline=None)
def test_spans_are_in_order_and_hold_the_words(text: str, language: Language) -> None:
    end = 0
    for quantity in find_numbers(text, language):
        assert end <= quantity.span[0] < quantity.span[1] <= len(text)
        assert quantity.text == text[slice(*quantity.span)]
        end = quantity.span[1]


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_comparing_never_raises_and_points_into_the_texts(source: str, target: str) -> None:
    for mismatch in (*compare_numbers(source, target), *compare_codes(source, target)):
        for span, text in ((mismatch.source_span, source), (mismatch.target_span, target)):
            assert span is None or 0 <= span[0] < span[1] <= len(text)


@given(st.integers(min_value=3, max_value=10**12))
@settings(max_examples=150, deadline=None)
def test_an_integer_is_the_same_in_every_notation(number: int) -> None:
    grouped = f"{number:,}"
    assert compare_numbers(f"共{number}个", f"{grouped} of them") == ()
    assert compare_numbers(f"共{han(number)}个", f"{grouped} of them") == ()


@given(st.integers(min_value=11, max_value=10**9), st.integers(min_value=11, max_value=10**9))
@settings(max_examples=150, deadline=None)
def test_two_integers_are_the_same_only_if_they_are_equal(number: int, other: int) -> None:
    assert bool(compare_numbers(f"共{han(number)}名", f"a total of {other:,} persons")) is (number != other)


def han(number: int) -> str:
    """A number below 10**16 in Chinese characters, by the rules of counting, not of the code under test."""
    if number >= 10**8:
        return han(number // 10**8) + "亿" + rest(number % 10**8, 10**7)
    if number >= 10**4:
        return han(number // 10**4) + "万" + rest(number % 10**4, 10**3)
    for size, name in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            return "一二三四五六七八九"[number // size - 1] + name + rest(number % size, size // 10)
    return "一二三四五六七八九"[number - 1]


def rest(number: int, next_size: int) -> str:
    """What follows, with 零 for the places left out."""
    if not number:
        return ""
    return ("零" if number < next_size else "") + han(number)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        "1,",
        "1亿",
        "百分之",
        "one ",
        "hundred and ",
        "3至",
        "not more than 5 ",
        "March 5 ",
        "12333 ",
        "a.",
        "@",
        "〔2024〕1号",
    ],
)
def test_time_is_linear(piece: str) -> None:
    def seconds(length: int) -> float:
        """Of three tries the quickest: other programs cost processor time too."""
        return min(once(length, " " * number) for number in range(3))  # other texts, since readings are kept

    def once(length: int, before: str) -> float:
        text = before + (piece * length)[:length]
        start = time.process_time()
        compare_numbers(text, text[1:])
        compare_codes(text, text[1:])
        return time.process_time() - start

    seconds(100)  # the word lists are read once
    short, long = seconds(2_000), seconds(16_000)
    assert long < 24 * max(short, 0.01), "8 times the text took more than 24 times as long"
