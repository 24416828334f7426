from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.units import findings, marked
from translate.checks.places import gazetteer, is_read_as, pinyin, plain_letters, spellings
from translate.records import Severity


@pytest.mark.parametrize(
    ("source", "target", "spans"),
    [
        ("会议在杭州召开。", "The meeting was held in Guangzhou.", [("", "Guangzhou")]),
        ("会议在杭州召开。", "The meeting was held in Hangzhou.", []),
        ("会议在西安召开。", "The meeting was held in Xi'an's east.", []),
        ("会议在西安召开。", "The meeting was held in Ya'an's east.", [("", "Ya'an")]),
        ("会议在杭州召开。", "The meeting was held in Xi'an.", [("", "Xi'an")]),
        ("李健同志", "Comrade Li Jian", []),  # read like 吉安 without its apostrophe
        ("毕业生来云就业。", "Graduates come to Yunzhou to work.", []),
        ("毕业生来云就业。", "Graduates come to Pingzhou to work.", [("", "Pingzhou")]),
        ("新种花椒十亩。", "Ten mu of Sichuan pepper were planted.", []),
        ("京沪两地合作。", "Beijing and Shanghai work together.", []),
        ("京沪两地合作。", "Beijing and Tianjin work together.", [("", "Tianjin")]),
        ("兰新高铁", "the Lanzhou-Xinjiang high-speed railway", []),
        ("兰新高铁", "the Lanzhou-Kunming high-speed railway", [("", "Lanzhou"), ("", "Kunming")]),
        ("粤港澳三地", "Guangdong, Hong Kong and Macao", []),
        ("该港口已通航。", "The Hong Kong port is open.", [("", "Hong Kong")]),
        ("內蒙古的草原", "The grassland of Inner Mongolia", []),
        ("草原", "The grassland of Inner Mongolia", [("", "Inner Mongolia")]),
        ("宿州的企业", "Enterprises in Suzhou", []),  # 苏州 has the same English
        ("李安阳同志", "Comrade Li Anyang", []),  # read like 安阳
        ("去了乌鲁木齐", "They went to Ürümqi.", []),
        ("去了乌鲁木齐", "They went to Kashgar.", [("", "Kashgar")]),
        ("去了 Guangzhou 一趟", "They went to Guangzhou.", []),
        ("京津冀协同发展", "the Beijing-Tianjin-Hebei region", []),
        ("参加学习", "He went to the guangzhou.", []),  # no capital, no name
        ("清华大学", "Tsinghua University", []),
        ("该企业", "Suzhouangzhou enterprises", [("", "Suzhouangzhou")]),
        ("云州市的企业", "Suzhouangzhouang enterprises", [("云州市", "Suzhouangzhouang")]),
        ("甪州的企业", "Luzhoudian enterprises", []),  # who knows how 甪 is read
        ("周强同志", "Comrade Zhou Qiang", []),
        ("杭州", "", []),  # `empty` says so
    ],
)
def test_a_place_that_the_source_does_not_have(source: str, target: str, spans: list[tuple[str, str]]) -> None:
    assert marked("name", source, target) == spans


@pytest.mark.parametrize(
    ("source", "target", "places"),
    [
        ("云州市人力资源和社会保障局", "Human Resources and Social Security Bureau", ["云州市"]),
        ("云州市人力资源和社会保障局", "Yunzhou Human Resources and Social Security Bureau", []),
        ("云州市人力资源和社会保障局", "Yun Zhou Municipal Bureau", []),
        ("近日，云州市、平川县（城关）启动试点。", "Recently, pilots started.", ["云州市", "平川县"]),
        ("浙江省云州市人民政府", "The People's Government of Zhejiang", ["云州市"]),
        ("雲州縣人民政府", "The county government", ["雲州縣"]),
        ("云州市与苏州市结对", "The cloud city and Suzhou", ["云州市"]),
        ("开放云州市场", "Open markets", []),
        ("新建市图书馆开馆。", "The new city library has opened.", []),
        ("口岸市可以先行", "Port cities may go first", []),
        ("大城市要先行", "Large cities should go first", []),
        ("全市人力资源市场", "The city's labor market", []),
        ("各县（市、区）人民政府", "County, city and district governments", []),
        ("开发区人民政府", "The government of the development zone", []),
        ("加强城乡公共设施建设", "Build more facilities", []),
        ("今年市政府办实事", "This year the government will do it", []),
        ("杭州市人民政府", "The people's government", []),  # known: `term` says so
    ],
)
def test_a_place_that_no_sheet_knows(source: str, target: str, places: list[str]) -> None:
    assert [before for before, _ in marked("name", source, target)] == places


def test_one_finding_for_one_wrong_name() -> None:
    (finding,) = findings("name", "云州市财政局", "Guangzhou Finance Bureau")
    assert finding.severity is Severity.ERROR
    assert finding.message == "“Guangzhou” is in the translation, but not in the Chinese; «云州市» there is “Yunzhou”"
    assert (finding.source_span, finding.target_span) == ((0, 3), (0, 9))
    (finding,) = findings("name", "云州市财政局", "Finance Bureau")
    assert finding.severity is Severity.ERROR
    assert finding.message == "«云州市» should be “Yunzhou”; it is not in the translation"
    (finding,) = findings("name", "长田市财政局", "Finance Bureau")
    assert finding.severity is Severity.WARNING
    assert finding.message == "«长田市» seems to be a place; it is not in the translation"


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("云州", "Yunzhou"),
        ("平安", "Ping'an"),
        ("清源", "Qingyuan"),
        ("吕山", "Lyushan"),
        ("长山", None),  # chang or zhang
        ("甪直", None),
        ("", None),
    ],
)
def test_pinyin(name: str, english: str | None) -> None:
    assert pinyin(name) == english


def test_spellings_are_all_the_readings() -> None:
    assert set(spellings("长山")) == {"changshan", "zhangshan"}
    assert set(spellings("吕山")) == {"lvshan", "lyushan", "lushan"}
    assert spellings("甪直") == ()
    assert is_read_as("去过长山的人", "zhangshan")
    assert not is_read_as("去过长山的人", "zhangsha")


def test_the_sheet_and_the_syllables_agree() -> None:
    """Most names of the sheet are read off their characters; the others come from other languages."""
    read = {
        name
        for name, chinese in gazetteer().chinese.items()
        if any(name.replace(" ", "") in spellings(stem) for stem in chinese)
    }
    assert len(read) > 0.8 * len(gazetteer().chinese)
    assert {"hohhot", "lhasa", "urumqi", "hong kong", "macao", "kashgar"}.isdisjoint(read)
    assert {"guangzhou", "luliang", "lyuliang", "chongqing", "luan", "xian", "yaan"} <= read


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text())
def test_any_text_is_fine(source: str, target: str) -> None:
    for finding in findings("name", source, target):
        assert finding.target_span or finding.source_span


@pytest.mark.parametrize("text", ["云州市人民政府" * 5_000, "云" * 30_000, "Guangzhou " * 5_000])
def test_long_texts_take_no_longer_than_they_are(text: str) -> None:
    assert findings("name", text, "Hangzhou " + text[:2000])


def test_plain_letters() -> None:
    assert plain_letters("Ürümqi’s") == "urumqi"
    assert plain_letters("Hong Kong") == "hong kong"
