"""Numbers of Chinese texts: exact value, kind, bound, unit and span."""

from __future__ import annotations

from fractions import Fraction

import pytest

from translate.numerals import Bound, Date, Kind, Quantity, find_numbers


def only(text: str) -> Quantity:
    found = find_numbers(text, "zh")
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("34万个", 340_000, "个"),
        ("200亿人次", 20_000_000_000, "人次"),
        ("2.5亿", 250_000_000, ""),
        ("1.2万亿元", 1_200_000_000_000, "元"),
        ("1.4亿亿元", 14_000_000_000_000_000, "元"),
        ("1,200亿", 120_000_000_000, ""),
        ("１２３", 123, ""),
        ("１，２３４户", 1234, "户"),
        ("4，620个", 4620, "个"),
        ("1亿2000万人", 120_000_000, "人"),
        ("3万5千", 35_000, ""),
        ("三万五", 35_000, ""),
        ("一百二十三个", 123, "个"),
        ("一千零五十", 1050, ""),
        ("十五家", 15, "家"),
        ("二十一项", 21, "项"),
        ("两千两百万", 22_000_000, ""),
        ("零点五个", Fraction(1, 2), "个"),
        ("兩萬個", 20_000, "个"),
        ("伍拾万元", 500_000, "元"),
        ("2617万千瓦", 26_170_000, "千瓦"),
        ("五千克", 5, "千克"),
        ("两年半", Fraction(5, 2), "年"),
        ("一个半小时", Fraction(3, 2), "个"),
        ("一块二", Fraction(6, 5), "块"),
        ("25平方公里", 25, "平方公里"),
        ("八旬", 8, "旬"),
    ],
)
def test_amounts(text: str, value: Fraction, unit: str) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.kind, quantity.unit) == (value, Kind.CARDINAL, unit)
    assert quantity.bound is Bound.EXACT


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("三分之二", Fraction(2, 3), Kind.FRACTION),
        ("千分之五", Fraction(5, 1000), Kind.FRACTION),
        ("百分之八十", Fraction(8, 10), Kind.PERCENTAGE),
        ("百分之二点五", Fraction(25, 1000), Kind.PERCENTAGE),
        ("百分之百", 1, Kind.PERCENTAGE),
        ("12.5%", Fraction(1, 8), Kind.PERCENTAGE),
        ("１２％", Fraction(12, 100), Kind.PERCENTAGE),
        ("4‰", Fraction(4, 1000), Kind.PERCENTAGE),
        ("三成", Fraction(3, 10), Kind.PERCENTAGE),
        ("三成五", Fraction(35, 100), Kind.PERCENTAGE),
        ("四成半", Fraction(45, 100), Kind.PERCENTAGE),
        ("八折", Fraction(8, 10), Kind.PERCENTAGE),
        ("0.5个百分点", Fraction(5, 1000), Kind.PERCENTAGE_POINT),
        ("两个百分点", Fraction(2, 100), Kind.PERCENTAGE_POINT),
        ("翻一番", 2, Kind.MULTIPLE),
        ("翻了两番", 4, Kind.MULTIPLE),
        ("翻番", 2, Kind.MULTIPLE),
        ("增长两倍", 3, Kind.MULTIPLE),
        ("增长1.5倍", Fraction(5, 2), Kind.MULTIPLE),
        ("是去年的3倍", 3, Kind.MULTIPLE),
        ("第23条", 23, Kind.ORDINAL),
        ("第三十二次", 32, Kind.ORDINAL),
        ("十四五", 14, Kind.ORDINAL),
        ("“十二五”规划", 12, Kind.ORDINAL),
        ("第十四个五年规划", 14, Kind.ORDINAL),
        ("2021年", 2021, Kind.YEAR),
        ("一九七八年", 1978, Kind.YEAR),
        ("民国一百零九年", 2020, Kind.YEAR),
    ],
)
def test_kinds(text: str, value: Fraction, kind: Kind) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.kind) == (value, kind)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("二〇二一年十月", Date(2021, 10, None)),
        ("2021年10月1日", Date(2021, 10, 1)),
        ("10月1日", Date(None, 10, 1)),
        ("十月", Date(None, 10, None)),
        ("3月份", Date(None, 3, None)),
        ("2021-10-01", Date(2021, 10, 1)),
        ("二〇二二年十二月三十一日", Date(2022, 12, 31)),
        ("民国110年7月1日", Date(2021, 7, 1)),
    ],
)
def test_dates(text: str, date: Date) -> None:
    assert (only(text).value, only(text).kind) == (date, Kind.DATE)


@pytest.mark.parametrize(
    ("text", "low", "high", "kind"),
    [
        ("上世纪90年代", 1990, 1999, Kind.YEAR),
        ("八十年代", 1980, 1989, Kind.YEAR),
        ("本世纪20年代", 2020, 2029, Kind.YEAR),
        ("2011—2015年", 2011, 2015, Kind.YEAR),
        ("3至5万元", 30_000, 50_000, Kind.CARDINAL),
        ("三至五年", 3, 5, Kind.CARDINAL),
        ("三四百人", 300, 400, Kind.CARDINAL),
        ("七八个", 7, 8, Kind.CARDINAL),
        ("10%-15%", Fraction(10, 100), Fraction(15, 100), Kind.PERCENTAGE),
        ("百分之三十至七十", Fraction(3, 10), Fraction(7, 10), Kind.PERCENTAGE),
        ("三年以上五年以下", 3, 5, Kind.CARDINAL),
        ("1-11月", Date(None, 1, None), Date(None, 11, None), Kind.DATE),
        ("10月1日至5日", Date(None, 10, 1), Date(None, 10, 5), Kind.DATE),
    ],
)
def test_ranges(text: str, low: Fraction, high: Fraction, kind: Kind) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.high, quantity.kind) == (low, high, kind)


def test_a_change_is_no_range() -> None:
    assert [quantity.high for quantity in find_numbers("从10%提高到15%", "zh")] == [None, None]


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("近200亿人次", 20_000_000_000, Bound.NEARLY),
        ("接近3000家", 3000, Bound.NEARLY),
        ("约5万人", 50_000, Bound.APPROXIMATE),
        ("8%左右", Fraction(8, 100), Bound.APPROXIMATE),
        ("100多万", 1_000_000, Bound.ABOVE),
        ("100多名", 100, Bound.ABOVE),
        ("三十余年", 30, Bound.ABOVE),
        ("超过3亿元", 300_000_000, Bound.ABOVE),
        ("2个多百分点", Fraction(2, 100), Bound.ABOVE),
        ("不足10人", 10, Bound.BELOW),
        ("900万人以上", 9_000_000, Bound.AT_LEAST),
        ("40摄氏度以上", 40, Bound.AT_LEAST),
        ("不得低于岗位工资的80%", Fraction(8, 10), Bound.AT_LEAST),
        ("不少于3名", 3, Bound.AT_LEAST),
        ("4.6%以内", Fraction(46, 1000), Bound.AT_MOST),
        ("不超过15人", 15, Bound.AT_MOST),
        ("翻了近一番", 2, Bound.NEARLY),
        # Near misses: part of a word, or a period of time.
        ("节约15%", Fraction(15, 100), Bound.EXACT),
        ("附近3家", 3, Bound.EXACT),
        ("近三年", 3, Bound.EXACT),
    ],
)
def test_bounds(text: str, value: Fraction, bound: Bound) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.bound) == (value, bound)


@pytest.mark.parametrize(
    "text",
    [
        *("一切", "统一思想", "唯一", "万一", "第一时间", "一系列", "进一步", "一些", "一方面", "一把手", "一体化"),
        *("千方百计", "老百姓", "万众一心", "四川", "十分重要", "百花齐放", "零售", "半导体", "一点一滴", "一一对应"),
        *("一二三产业", "三亚", "二氧化碳", "千百万", "接二连三", "征兆", "没有数字的句子", "双方", ""),
    ],
)
def test_words_that_count_nothing(text: str) -> None:
    assert find_numbers(text, "zh") == ()


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("做到两个维护", "两个维护", 2),
        ("增强“四个意识”", "四个意识", 4),
        ("健全三位一体机制", "三位一体", 3),
        ("“三公”经费", "三公", 3),
        ("甲型H1N1流感", "H1N1", "H1N1"),
        ("建设5G网络", "5G", "5G"),
    ],
)
def test_labels(text: str, words: str, value: object) -> None:
    quantity = only(text)
    assert (quantity.kind, quantity.text, quantity.value, quantity.firm) == (Kind.LABEL, words, value, False)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("健全12333公共服务号码", Kind.CODE, "12333"),
        ("拨打010-12345678", Kind.CODE, "01012345678"),
        ("致电13812345678", Kind.CODE, "13812345678"),
        ("根据国发〔2024〕12号", Kind.DOCUMENT_NUMBER, "2024-12"),
        ("见www.example.gov.cn/a1.html", Kind.CODE, "www.example.gov.cn/a1.html"),
    ],
)
def test_codes_are_no_amounts(text: str, kind: Kind, value: str) -> None:
    assert (only(text).kind, only(text).value) == (kind, value)


def test_an_amount_of_five_digits_is_no_hotline() -> None:
    assert only("共12333人").value == 12333


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("一是扩大就业", 1),
        ("（三）总体要求", 3),
        ("四、保障措施", 4),
        ("12. 附则", 12),
        ("③其他", 3),
        ("成效好；二要落实", 2),
    ],
)
def test_items(text: str, rank: object) -> None:
    assert (only(text).value, only(text).kind, only(text).unit) == (rank, Kind.ORDINAL, "item")


def test_clock_times_and_halves_of_years() -> None:
    assert [quantity.value for quantity in find_numbers("9时30分开会，下午3点半散会", "zh")] == [
        Fraction(19, 2),
        Fraction(7, 2),
    ]
    assert [(quantity.value, quantity.unit) for quantity in find_numbers("上半年和下半年", "zh")] == [
        (Fraction(1), "半年"),
        (Fraction(2), "半年"),
    ]


def test_several_numbers_in_order_with_their_spans() -> None:
    text = "共有42个主项178个子项，34万个窗口。"
    assert [(text[slice(*quantity.span)], quantity.text) for quantity in find_numbers(text, "zh")] == [
        ("42个", "42个"),
        ("178个", "178个"),
        ("34万个", "34万个"),
    ]


@pytest.mark.parametrize(("text", "value"), [("几十万人", 100_000), ("数千万元", 10_000_000), ("数百家", 100)])
def test_only_the_size_is_known(text: str, value: object) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.bound, quantity.firm) == (value, Bound.APPROXIMATE, False)
