"""Sentences and clauses: plain cases, and what must hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.records import Block, BlockKind
from translate.segment import Language, segment_block, split_clauses, split_sentences
from translate.segment.marks import has_content

MARKED = st.text(st.sampled_from("字说a1. 。！？；：，、…“”‘’（）《》\"'\n\u3000\u200b\ud800"), max_size=60)
ANY = st.one_of(st.text(st.characters(), max_size=60), MARKED)


@given(text=ANY, language=st.sampled_from(["zh", "en"]))
@settings(max_examples=300, deadline=None)
def test_sentences_joined_are_the_text(text: str, language: Language) -> None:
    sentences = split_sentences(text, language)
    assert "".join(sentences) == text
    assert all(sentences)
    assert len(sentences) < 2 or all(has_content(sentence, 0, len(sentence)) for sentence in sentences)


@given(text=ANY, limit=st.integers(1, 20))
@settings(max_examples=300, deadline=None)
def test_clauses_joined_are_the_text_and_fit(text: str, limit: int) -> None:
    pieces = split_clauses(text, limit, len)
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= limit for piece in pieces)


def test_segments_are_numbered_within_their_block() -> None:
    block = Block("b0003", BlockKind.LIST_ITEM, "先调研。再起草！")
    segments = segment_block(block)
    assert [(segment.id, segment.text) for segment in segments] == [
        ("b0003.s01", "先调研。"),
        ("b0003.s02", "再起草！"),
    ]
    assert {(segment.block_id, segment.kind) for segment in segments} == {("b0003", BlockKind.LIST_ITEM)}


@pytest.mark.parametrize("text", ["", " ", "。", "”"])
def test_a_block_of_marks_is_one_segment_and_an_empty_one_none(text: str) -> None:
    segments = segment_block(Block("b0001", BlockKind.PARAGRAPH, text))
    assert [segment.text for segment in segments] == ([text] if text else [])
