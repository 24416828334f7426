"""Which pairs of texts have the same numbers, and what is said where they differ."""

from __future__ import annotations

import pytest

from translate.numerals import Fault, compare_numbers


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("全系统有34万个窗口。", "The system has 340,000 service windows."),
        ("每年服务近200亿人次。", "Nearly 20 billion visits are handled every year."),
        ("有100多万经办人员。", "There are over one million staff members."),
        ("共42个主项178个子项。", "There are 42 main items and 178 sub-items."),
        ("三分之二的职工参加。", "Two-thirds of the workers took part."),
        ("比重为百分之八十。", "The share is 80 percent."),
        ("覆盖三成企业。", "It covers 30% of enterprises."),
        ("产量翻一番。", "Output doubled."),
        ("产量翻两番。", "Output quadrupled."),
        ("利润增长两倍。", "Profits tripled."),
        ("利润增长1.71倍。", "Profits grew by 171%."),
        ("是上年的2.2倍。", "It was an increase of 120% over the year before."),
        ("投入1.2万亿元。", "The input was $1.2 trillion."),
        ("达到1,200亿。", "It reached 120 billion."),
        ("来了１２３人。", "123 people came."),
        ("“十四五”时期", "the 14th Five-Year Plan period"),
        ("“十四五”时期", "the 14th Five-Year Plan period (2021-2025)"),
        ("第十四个五年规划（2021－2025年）", "the 14th Five-Year Plan (2021-2025)"),
        ("二〇二一年十月", "October 2021"),
        ("上世纪90年代", "the 1990s"),
        ("自10月1日起施行。", "It takes effect on 1 Oct."),
        ("1-11月", "the first 11 months"),
        ("在两年内完成。", "It will be finished within two years."),
        ("在两年内完成。", "It will be finished within 24 months."),
        ("过去十年", "the past decade"),
        ("下半年", "the second half of the year"),
        ("一是扩大就业；二是加强培训。", "First, expand employment; second, strengthen training."),
        ("（三）加强培训", "3. Strengthening training"),
        ("二、主要任务", "II. Main tasks"),
        ("第二十三条", "Article 23"),
        ("二十国集团峰会", "the G20 Summit"),
        ("四部门和三级机构", "four departments and institutions at three levels"),
        ("做到“两个维护”。", "Ensure the Two Upholds."),
        ("统一思想，进一步做好一系列工作。", "Unify thinking and carry out a series of tasks well."),
        ("坚守18亿亩耕地红线。", "Keep at least 120 million hectares of farmland."),
        ("产量1.3万亿斤。", "Output was 650 million metric tons."),
        ("每斤提高0.11元。", "The price rose by 0.22 yuan per kilogram."),
        ("分别增长9.66%和13.14%。", "They grew by 9.66 and 13.14 percent respectively."),
        ("投入3至5万元。", "Between 30,000 and 50,000 yuan was put in."),
        ("从10%提高到15%。", "It rose from 10 to 15 percent."),
        ("八折优惠", "a 20 percent discount"),
        ("实施新10年纲要。", "We will implement the 2011-2020 program."),
        ("尿毒症等8类疾病", "uremia and seven other diseases"),
        ("去年完成15项。", "Fifteen were finished in 2011."),
        ("坚持“九二共识”。", "Uphold the 1992 Consensus."),
        ("实现全部处理。", "100% of it is treated."),
        ("双方会谈", "The two sides held talks."),
        ("几十万人", "hundreds of thousands of people"),
        ("九点半开会。", "The meeting begins at 9:30 a.m."),
        ("不得超过四小时。", "It shall not last more than four hours."),
        ("十八周岁以上", "aged 18 or above"),
        ("拨打12333咨询。", "Call 12333 for advice."),
        ("没有数字。", "Nothing is counted here."),
    ],
)
def test_same_numbers(source: str, target: str) -> None:
    assert compare_numbers(source, target) == ()


@pytest.mark.parametrize(
    ("source", "target", "fault", "words", "other_words"),
    [
        ("全系统有34万个窗口。", "The system has 34,000 windows.", Fault.CHANGED, "34万个", "34,000"),
        ("共42个主项178个子项。", "42 main items and 187 sub-items.", Fault.CHANGED, "178个", "187"),
        ("投入1.2万亿元。", "It was 1.2 billion yuan.", Fault.CHANGED, "1.2万亿元", "1.2 billion"),
        ("增长6.85%。", "It grew by 6.9%.", Fault.CHANGED, "6.85%", "6.9%"),
        ("覆盖三成企业。", "It covers 3% of enterprises.", Fault.CHANGED, "三成", "3%"),
        ("利润增长两倍。", "Profits doubled.", Fault.CHANGED, "两倍", "doubled"),
        ("“十四五”时期", "the 13th Five-Year Plan period", Fault.CHANGED, "“十四五”时期", "13th Five-Year Plan"),
        ("上世纪90年代", "the 1980s", Fault.CHANGED, "上世纪90年代", "1980s"),
        ("二〇二一年十月", "October 2012", Fault.CHANGED, "二〇二一年十月", "October 2012"),
        ("自10月1日起施行。", "It takes effect on October 11.", Fault.CHANGED, "10月1日", "October 11"),
        ("自10月1日起施行。", "It takes effect in October.", Fault.CHANGED, "10月1日", "October"),
        ("采取两项措施。", "Take three measures.", Fault.CHANGED, "两项", "three"),
        ("二是加强培训。", "Third, strengthen training.", Fault.CHANGED, "二是", "Third,"),
        ("（三）加强培训", "5. Strengthening training", Fault.CHANGED, "（三）", "5."),
        ("数千万人", "tens of billions of people", Fault.CHANGED, "数千万人", "tens of billions"),
        ("建设5G网络", "Build 4G networks", Fault.CHANGED, "5G", "4G"),
        ("坚守18亿亩耕地。", "Keep 180 million hectares.", Fault.CHANGED, "18亿亩", "180 million"),
        ("培训34万人次。", "Training was provided.", Fault.MISSING, "34万人次", None),
        ("采取十五项措施。", "Measures were taken.", Fault.MISSING, "十五项", None),
        ("增长3%和3%。", "It grew by 3%.", Fault.MISSING, "3%", None),
        ("加强培训。", "Train 340,000 people.", Fault.ADDED, None, "340,000"),
        ("加强培训。", "Training rose by 5%.", Fault.ADDED, None, "5%"),
        ("疫情防控", "the control of Covid-18", Fault.ADDED, None, "Covid-18"),
        ("每年服务近200亿人次。", "There are 20 billion visits a year.", Fault.BOUND, "200亿人次", "20 billion"),
        ("有100多万人。", "There are almost 1 million people.", Fault.BOUND, "100多万人", "1 million"),
        ("不低于60%。", "It is no more than 60 percent.", Fault.BOUND, "60%", "60 percent"),
        ("投入5亿元。", "More than 500 million yuan was put in.", Fault.BOUND, "5亿元", "500 million"),
    ],
)
def test_different_numbers(source: str, target: str, fault: Fault, words: str | None, other_words: str | None) -> None:
    (mismatch,) = compare_numbers(source, target)
    assert mismatch.fault is fault
    assert words == (mismatch.source_span and source[slice(*mismatch.source_span)])
    assert other_words == (mismatch.target_span and target[slice(*mismatch.target_span)])


@pytest.mark.parametrize(
    ("source", "target", "minor"),
    [
        ("全会精神", "the decisions of the Fifth Plenary Session of the 19th Central Committee", [True, True]),
        ("粮食实现增产", "Grain output rose in 2012.", [True]),
        ("年均增长5%", "It grew by 5% a year over the past five years.", [True]),
        ("粮食实现增产", "Grain output rose within five years.", [False]),
        ("粮食实现增产", "Grain output rose by 20 million tons.", [False]),
        ("2012年粮食增产", "Grain output rose in 2013.", [False]),
        ("近5万人参加", "50,000 people took part.", [True]),
        ("5万人参加", "Nearly 50,000 people took part.", [True]),
        ("不足5万人参加", "More than 50,000 people took part.", [False]),
    ],
)
def test_which_one_and_when_and_lost_bounds_are_minor(source: str, target: str, minor: list[bool]) -> None:
    assert [mismatch.minor for mismatch in compare_numbers(source, target)] == minor


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("四省藏区的发展", "development in Tibetan areas of Sichuan, Yunnan, Gansu and Qinghai"),
        ("统筹三项工作", "coordinate training, placement, and rights protection"),
    ],
)
def test_a_list_of_so_many_answers_a_number(source: str, target: str) -> None:
    assert compare_numbers(source, target) == ()
    assert compare_numbers(source, target.replace(", ", " and ", 1))


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("培训34万人次。", "Training was provided.", '"34万人次" (340,000) has no equal in the translation.'),
        ("加强培训。", "Train 34 million people.", '"34 million" (34,000,000) does not occur in the source.'),
        ("三成企业", "three percent of firms", '"三成" (30%) stands against "three percent" (3%).'),
        ("近200亿人次", "20 billion visits", '近 (nearly) is lost before "20 billion".'),
        ("34万人", "over-all 340,000, no, more than 340,000 people", '"340,000" does not occur in the source.'),
    ],
)
def test_messages(source: str, target: str, message: str) -> None:
    assert message in [mismatch.message for mismatch in compare_numbers(source, target)]


def test_a_wrong_number_beside_right_ones_is_found_alone() -> None:
    source = "新建农村公路38万公里、线路26.6万公里，改造危房80万户，9.2万户实现定居。"
    target = (
        "We built 380,000 kilometers of rural roads and 266,000 kilometers of lines, renovated 800,000 dilapidated "
        "houses, and 29,000 households were settled."
    )
    (mismatch,) = compare_numbers(source, target)
    assert mismatch.message == '"9.2万户" (92,000) stands against "29,000".'


def test_a_loose_one_does_not_hide_a_changed_digit() -> None:
    assert compare_numbers("一、完成1项任务", "I. Four tasks were finished")
