"""What a spreadsheet does to a text and what a person does to it, side by side."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.bilingual.match import is_edit, same_text

LONG = "政策" * 20_000

# (as it went out, as it came back): no person needs to have touched it.
MANGLED = [
    ("好", "好"),
    # numbers
    ("40%", "40.00%"),
    ("40%", "0.4"),
    ("40％", "40%"),
    ("5.5%", "5.50%"),
    ("$100", "$100.00"),
    ("$100", "100"),
    ("33.333%", "33.33%"),
    ("12,345", "12345"),
    ("12.60", "12.6"),
    ("12.6", "12,6"),
    ("12.6%", "12,60%"),
    ("007", "7"),
    ("+5", "5"),
    ("(5)", "-5"),
    ("１２３", "123"),
    ("1E5", "1.00E+05"),
    ("1E5", "100000"),
    ("12345678901", "1.23457E+10"),
    ("110101199003070011", "1.10101E+17"),
    ("110101199003070011", "110101199003070000"),
    ("3.14159265358979", "3.141592654"),
    ("12,345", "#####"),
    ("2024年3月15日", "########"),
    # dates and times
    ("2024年3月15日", "2024/3/15"),
    ("2024年3月15日", "3/15/2024"),
    ("2024年3月15日", "15.03.2024"),
    ("2024年3月15日", "2024-03-15"),
    ("2024年3月15日", "2024-03-15 00:00:00"),
    ("2024年3月15日", "15-Mar-24"),
    ("2024年3月15日", "45366"),
    ("March 15, 2024", "15-Mar-24"),
    ("March 15, 2024", "03/15/24"),
    ("March 2024", "Mar-24"),
    ("2024年3月", "Mar-24"),
    ("2024-3", "2024/3/1"),
    ("11月30日", "30-Nov"),
    ("11月30日", "2026/11/30"),
    ("3-5", "5-Mar"),
    ("3-5", "3月5日"),
    ("1/2", "2-Jan"),
    ("1/2", "01/02/26"),
    ("8:30", "08:30:00"),
    ("8:30", "8:30:00 AM"),
    ("20:30", "8:30 PM"),
    ("8:30", "0.354166666666667"),
    ("true", "TRUE"),
    # white space, line ends, composition, control characters
    ("Good. ", "Good."),
    ("\u3000好", "好"),
    ("one\r\ntwo", "one\ntwo"),
    ("one\ntwo", "one two"),
    ("one\ttwo", "one two"),
    ("cafe\u0301", "café"),
    ("a\x07b", "ab"),
    ("a\x07b", "a_x0007_b"),
    # apostrophes and formulas
    ("=1+1", "'=1+1"),
    ("'quoted' text", "quoted' text"),
    ("- to train", "#NAME?"),
    ("=SUM", "Err:509"),
    ("-5+3", "=-5+3"),
    # what an encoding lacks
    ("新时代", "???"),
    ("the new era (新时代)", "the new era (???)"),
    ("生𠮷僻字", "?????"),
    ("生𠮷僻字", "????"),
    ("新？", "??"),
    ("他说，好。", "??,??"),
    ("4,800", "4,8"),
    ("12.5", "12,5"),
    # what a cell has no room for
    (LONG, LONG[:32_767]),
]

# The same as far as finding the row goes, but most likely a person typed it.
LIKELY_TYPED = [
    ("12,345", "12,345.00"),
    ("12,345", "¥12,345.00"),
    ("4800", "4800.00"),
    ("4800", "4 800"),
    ("4800", "4,800"),
    ("-5", "(5)"),
    ("7", "007"),
    ("12.5", "12,50"),
    ("12.6", "12.60"),
    ("0.4", "40%"),
    ("100", "$100"),
    ("100000", "1E5"),
    ("40%", "40.0%"),
    ("TRUE", "true"),
    ('He said "yes".', "He said “yes”."),
    ("people's", "people’s"),
    ("two -- three", "two – three"),
    ("two — three", "two—three"),
    ("and so on...", "and so on…"),
    ("(c) 2024", "© 2024"),
    ("1/2 of it", "½ of it"),
    ("a  b", "a b"),
    ("你好？", "你好?"),
    ("第１条", "第1条"),
    ("12.345", "12345"),
    ("4,800", "4.8"),
    ("zero\u200bwidth", "zerowidth"),
    ("2024年3月15日", "March 15, 2024"),
    ("15 March 2024", "March 15, 2024"),
]

EDITED = [
    ("40%", "41%"),
    ("40%", "40"),
    ("5.5%", "6%"),
    ("12.6", "13"),
    ("12.6", "12.61"),
    ("12,345", "12,346"),
    ("12345678901", "1.3E+10"),
    ("4800", "480"),
    ("-5", "5"),
    ("110101199003070011", "110101199003080000"),
    ("2024年3月15日", "2024年3月16日"),
    ("2024年3月15日", "2025/3/15"),
    ("2024年3月", "2024/3/2"),
    ("March 15, 2024", "15-Apr-24"),
    ("8:30", "8:31"),
    ("8:30", "8:30 PM"),
    ("May", "5"),
    ("12.5", "125"),
    ("No. 35", "35"),
    ("35", "No. 35"),
    ("true", "FALSE"),
    ("the new era (新时代)", "the new era ()"),
    ("the new era", "the new ???"),
    ("新时代", "????"),
    ("Good.", ""),
    ("", "Good."),
    ("Good.", "Good"),
    ("Good.", "good."),
    ("to train", "#NAME?"),
    ("Skills", "#####"),
    (LONG, LONG[:100]),
    (LONG, LONG[:32_700] + "另"),
    ("一二", "二一"),
]


@pytest.mark.parametrize(("original", "returned"), MANGLED)
def test_a_mangled_text_is_the_same_and_no_edit(original: str, returned: str) -> None:
    assert same_text(original, returned)
    assert not is_edit(original, returned)


@pytest.mark.parametrize(("original", "returned"), LIKELY_TYPED)
def test_what_people_do_too_is_the_same_text_for_a_source_and_an_edit_of_a_target(original: str, returned: str) -> None:
    assert same_text(original, returned)
    assert is_edit(original, returned)


@pytest.mark.parametrize(("original", "returned"), EDITED)
def test_an_edit_is_an_edit(original: str, returned: str) -> None:
    assert not same_text(original, returned)
    assert is_edit(original, returned)


@pytest.mark.parametrize(
    ("original", "returned"), [("12,333", "12333"), ("40%", "40.00%"), ("2024年3月15日", "2024/3/15"), ("007", "7")]
)
def test_a_number_in_another_format_is_an_edit_if_it_was_typed(original: str, returned: str) -> None:
    assert is_edit(original, returned, typed=True)
    assert not is_edit(original, returned)
    assert not is_edit(original, original + " ", typed=True)
    assert not is_edit("one\r\ntwo", "one\ntwo", typed=True)


@given(st.text(max_size=30))
def test_a_text_is_itself(text: str) -> None:
    assert same_text(text, text)
    assert not is_edit(text, text)


@given(
    st.text("0123456789.,%-+/:eE()年月日 #'?MarchJn", max_size=20), st.text("0123456789.,%-+/:eE年月日 #?", max_size=20)
)
@settings(max_examples=300)
def test_every_pair_has_an_answer_and_an_unmangled_text_is_no_edit(one: str, other: str) -> None:
    if not is_edit(one, other):
        assert same_text(one, other)


def test_numbers_that_no_date_or_power_can_have() -> None:
    for text in ("1E999", "99/99", "99999999999999999999", "99:99", "2024年99月99日", "(((", "1e-999%"):
        assert same_text(text, text)
        assert not same_text(text, "45366")
        assert not same_text("2024年3月15日", text)


@pytest.mark.parametrize("text", ["-" * 60_000, " " * 60_000 + "x", "1," * 30_000, "'" * 60_000, "?" * 60_000])
def test_long_texts_take_no_time(text: str) -> None:
    began = time.monotonic()
    same_text(text, text[:-1] + "y")
    same_text("好" * len(text), text)
    assert time.monotonic() - began < 2
