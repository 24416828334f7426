from __future__ import annotations

import pytest

from tests.checks.units import findings, marked
from translate.records import Term

UNKNOWN = "犇猋骉麤鱻羴掱惢"  # characters that the lexicon does not have
SENTENCE = "我们要完善公共就业服务体系，加强职业技能培训，维护劳动者合法权益。"
GOOD = (
    "We will improve the public employment service system, strengthen vocational skills training, and protect"
    " the lawful rights and interests of workers."
)


@pytest.mark.parametrize(
    ("source", "target", "count"),
    [
        ("加强培训。", "", 1),
        ("加强培训。", " ... ", 1),
        ("加强培训。", "Strengthen training.", 0),
        ("12333", "", 1),
        ("——", "", 0),
        ("", "", 0),
    ],
)
def test_empty(source: str, target: str, count: int) -> None:
    assert len(findings("empty", source, target)) == count


@pytest.mark.parametrize(
    ("source", "target", "spans"),
    [
        ("完善制度。", "We will improve the 制度.", [("制度", "制度")]),
        ("完善制度。", "We will 提高 it.", [("", "提高")]),
        ("完善制度。", "完善制度。", [("完善制度。", "完善制度。")]),
        ("完善制度。", "We will improve the system.", []),
        ("“技能中国”行动", "the Skills China (技能中国) initiative", []),
        ("“技能中国”行动", "the Skills China (“技能中国”) initiative", []),
        ("“技能中国”行动", "the 技能中国 initiative", [("技能中国", "技能中国")]),
        ("“技能中国”行动", "the Skills China (提高) initiative", [("", "提高")]),
        ("12333", "12333", []),
    ],
)
def test_untranslated(source: str, target: str, spans: list[tuple[str, str]]) -> None:
    assert marked("untranslated", source, target) == spans


def test_unrelated() -> None:
    other = "Grain output rose and farmers' incomes increased in most northern provinces last year."
    assert marked("unrelated", SENTENCE, other) == [(SENTENCE, other)]
    assert not findings("unrelated", SENTENCE, GOOD)
    assert not findings("unrelated", "开会。", other)  # too short to tell
    assert not findings("omission", SENTENCE, other)  # one finding is enough
    assert not findings("addition", SENTENCE, other)


def test_a_lost_clause_is_an_omission() -> None:
    shorter = GOOD.replace(" strengthen vocational skills training,", "")
    assert marked("omission", SENTENCE, shorter) == [("加强职业技能培训", "")]
    assert not findings("omission", SENTENCE, GOOD)


def test_traditional_characters_make_no_difference() -> None:
    source = "我們要完善公共就業服務體系，加強職業技能培訓，維護勞動者合法權益。"
    shorter = GOOD.replace(" strengthen vocational skills training,", "")
    assert marked("omission", source, shorter) == [("加強職業技能培訓", "")]
    assert not findings("omission", source, GOOD)


def test_a_lost_list_item_is_an_omission() -> None:
    source = "加快发展教育、体育、交通、住房等民生事业，提高人民生活水平。"
    whole = (
        "We will accelerate the development of education, sports, transportation, and housing to raise the living"
        " standards of the people."
    )
    assert not findings("omission", source, whole)
    assert marked("omission", source, whole.replace(" sports,", "")) == [("体育", "")]


@pytest.mark.parametrize(
    ("target", "count"),
    [
        ("The fund is fixed at 300 yuan a person, and the shares are as follows.", 0),
        ("The fund is fixed at 300 yuan a person, with more to come later on.", 1),
    ],
)
def test_a_set_phrase_is_no_omission_if_its_english_is_there(target: str, count: int) -> None:
    assert len(findings("omission", "资金标准定为每人300元，具体划分如下。", target)) == count


def test_a_time_of_day_is_one_part() -> None:
    assert not findings("omission", "受理时间：上午9:00至11:30。", "Hours of service: 9:00 a.m. to 11:30 a.m.")


def test_a_far_too_short_target_is_an_omission() -> None:
    source = UNKNOWN * 6
    assert marked("omission", source, "Yes.") == [(source, "Yes.")]


def test_a_name_that_the_lexicon_does_not_know_is_not_left_out() -> None:
    assert not findings("omission", UNKNOWN, "Moumou, Moumoumou and Moumoumoumou")


def test_a_term_that_is_there_is_not_left_out() -> None:
    source, target = "做好筑同心工作，促进就业。", "We will forge unity and promote employment."
    term = Term("筑同心工作", "forge unity")
    assert not findings("omission", source, target, terms=[term])


def test_a_clause_too_many_is_an_addition() -> None:
    longer = GOOD.replace(" strengthen", " build railways and airports across the western provinces, strengthen")
    assert marked("addition", SENTENCE, longer) == [("", " build railways and airports across the western provinces")]
    assert not findings("addition", SENTENCE, GOOD)


def test_a_target_without_a_source_is_an_addition() -> None:
    assert marked("addition", "", "Something else.") == [("", "Something else.")]
    assert not findings("addition", "", "")


def test_a_far_too_long_target_is_an_addition() -> None:
    target = "Zorgum " * 60
    assert marked("addition", UNKNOWN, target) == [(UNKNOWN, target)]
