"""Numbers that the two languages write in very different ways, each right and then wrong by a little."""

from __future__ import annotations

import pytest

from translate.numerals import compare_numbers

# Source, a good translation, and a translation with another number.
CASES = [
    # Months whose name is also a word.
    ("截至5月中旬，播种已过半。", "As of mid-May, half of the sowing was done.", "As of mid-March, half was done."),
    ("试点（3月）", "Pilot phase (March)", "Pilot phase (May)"),
    ("3月", "March", "May"),
    ("一月内三次", "three times within a month", "four times within a month"),
    ("三月内答复", "reply within three months", "reply within five months"),
    ("5月内蒙古来访", "Inner Mongolia visited in May.", "Inner Mongolia visited in June."),
    # Rates.
    ("每10万人18.2例", "18.2 per 100,000", "18.2 per 10,000"),
    ("每10万人18.2例", "18.2 per 100,000 people", "18.4 per 100,000 people"),
    ("误差低于百万分之七", "an error below seven per million", "an error below six per million"),
    ("含量为百万分之12", "a content of 12 parts per million", "a content of 12 per thousand"),
    ("只有原来的四十分之一", "only one fortieth of what it was", "only one fiftieth of what it was"),
    ("六十分之一", "one sixtieth", "one sixth"),
    # Shares in tenths.
    ("六成八为女性", "68 percent are women.", "60 percent are women."),
    ("二成五", "25 percent", "20 percent"),
    ("六成人员在基层", "60 percent of the staff work at the grassroots.", "16 percent of the staff work there."),
    ("四成年轻人", "40 percent of young people", "4 percent of young people"),
    # Shares after the first whose percent sign English leaves out.
    (
        "城区下降1.9个百分点，县里下降2.7个百分点。",
        "It fell by 1.9 percentage points in the city and 2.7 in the counties.",
        "It fell by 1.9 percentage points in the city and 2.8 in the counties.",
    ),
    (
        "城区增长4%，县里增长6%。",
        "It grew by 4 percent in the city and 6 in the counties.",
        "It grew by 4 in the city and 6 in the counties.",
    ),
    # Ranks in Roman numerals, and articles.
    ("由四类升为三类", "It rose from Grade IV to Grade III.", "It rose from Grade V to Grade III."),
    ("第五类", "Category V", "Category X"),
    ("第一条 坚持就业优先。", "Article 1 Put employment first.", "Article 3 Put employment first."),
    # Large, and with PCT, which is no percent.
    ("每秒300亿亿次", "3 quintillion times a second", "3 quadrillion times a second"),
    ("PCT申请420件", "420 PCT applications", "240 PCT applications"),
    ("PM2.5浓度为31，三年前为46。", "PM2.5 was 31, and 46 three years ago.", "PM2.5 was 31, and 46 five years ago."),
    (
        "每千人有4个3岁以下托位",
        "4 places for children under three per 1,000 people",
        "4 places for children under three per 10,000 people",
    ),
    # Ages, copies, doubling.
    ("年过八旬", "over 80 years old", "over 90 years old"),
    ("一式三份", "in triplicate", "in quadruplicate"),
    ("一式四份，各留一份", "in quadruplicate, one each", "in triplicate, one each"),
    ("假日补贴加倍。", "Subsidies are doubled on holidays.", "Subsidies are tripled on holidays."),
    # Once in Chinese, for each in English.
    (
        "省、市各补助20万元。",
        "The province grants 200,000 yuan and the city 200,000 yuan.",
        "The province grants 200,000 yuan and the city 300,000 yuan.",
    ),
    ("“三五”普法规划", "the third five-year legal education plan", "the fourth five-year legal education plan"),
    # Times of day.
    ("下午13:30至17:00", "1:30 p.m. to 5:00 p.m.", "1:30 p.m. to 6:00 p.m."),
    ("14:30至16:00", "2:30 to 4:00 p.m.", "2:30 to 4:00 a.m."),
    (
        "上午8:30至12:00，下午14:00至17:30",
        "8:30 a.m. to 12:00 noon and 2:00 p.m. to 5:30 p.m.",
        "8:30 a.m. to 12:00 noon and 3:00 p.m. to 5:30 p.m.",
    ),
]


@pytest.mark.parametrize(("source", "good", "wrong"), CASES)
def test_a_number_worded_otherwise_is_the_same_and_another_is_not(source: str, good: str, wrong: str) -> None:
    assert not [mismatch for mismatch in compare_numbers(source, good) if not mismatch.minor]
    assert [mismatch for mismatch in compare_numbers(source, wrong) if not mismatch.minor]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("成立三周年", "its third anniversary"),
        ("一座二十世纪的建筑", "a twentieth-century building"),
        ("五年来避免重复建设", "It has avoided waste in duplicate building for years."),
        ("今后加倍努力", "We will redouble our efforts."),
        ("税率为5%", "a rate of 5 pct"),
        ("两成员国", "two member states"),
    ],
)
def test_words_that_only_look_alike_count_nothing_new(source: str, target: str) -> None:
    assert compare_numbers(source, target) == ()


def test_an_amount_said_twice_is_wrong_unless_it_is_for_each() -> None:
    target = "The province grants 200,000 yuan and the city 200,000 yuan."
    assert compare_numbers("省、市共补助20万元。", target)
