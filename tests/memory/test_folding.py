from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.memory.folding import digest_of, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("参加培训３００人", "参加培训300人"),
        ("（一）做好工作；", "(一)做好工作;"),
        ("加强 培训\u3000工作 ", "加强培训工作"),
        ("加强\u200b培训\ufeff", "加强培训"),
        ("使用 Excel  2021 软件", "使用Excel 2021软件"),
        ("第一行\n第二行", "第一行第二行"),
    ],
)
def test_the_same_sentence_however_it_was_typed(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert digest_of(one) == digest_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("拨打12，333", "拨打12,333"),  # two numbers, and one
        ("增长3．5", "增长3.5"),
        ("PDF文件", "pdf文件"),
        ("Excel 2021", "Excel2021"),
        ("培训300人", "培训301人"),
        ("培训。", "培训"),
        ("職業培訓", "职业培训"),
        ("“培训”", "培训"),
    ],
)
def test_what_could_mean_something_else_is_another_sentence(one: str, other: str) -> None:
    assert digest_of(one) != digest_of(other)


@settings(max_examples=100)
@given(st.text(alphabet=st.characters()))
def test_folding_twice_is_folding_once_and_any_text_has_a_key(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert len(digest_of(text)) == 16
