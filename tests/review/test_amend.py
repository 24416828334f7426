from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.records import BlockKind, Segment
from translate.review.amend import carry
from translate.review.made import Made


def old(*pairs: str, status: str = "accepted") -> list[Made]:
    """Units from "source=target"."""
    split = [pair.split("=") for pair in pairs]
    return [
        Made(f"o{number}", "b", BlockKind.PARAGRAPH, source, target, status=status)
        for number, (source, target) in enumerate(split)
    ]


def new(*texts: str) -> list[Segment]:
    return [Segment(f"n{number}", "b", text) for number, text in enumerate(texts)]


def carried(units: list[Made], texts: list[str]) -> list[str | None]:
    found = carry(units, new(*texts))
    return [found[f"n{number}"].target if f"n{number}" in found else None for number in range(len(texts))]


@pytest.mark.parametrize(
    ("pairs", "texts", "expected"),
    [
        (["甲=A", "乙=B", "丙=C"], ["甲", "乙", "丙"], ["A", "B", "C"]),
        (["甲=A", "乙=B", "丙=C"], ["甲", "新", "丙"], ["A", None, "C"]),  # changed
        (["甲=A", "乙=B", "丙=C"], ["丙", "甲", "乙"], ["C", "A", "B"]),  # moved
        (["甲=A", "乙=B"], ["甲", "甲", "乙"], ["A", "A", "B"]),  # one serves two
        (["甲=A", "乙=B"], [" 甲", "乙\n"], ["A", "B"]),
        (["甲=A", "乙="], ["甲", "乙"], ["A", None]),  # nothing to carry
        (
            ["项=Item", "甲=A", "项=Matter", "乙=B"],
            ["项", "乙", "项", "甲"],
            ["Matter", "B", "Item", "A"],
        ),
        (["甲=A", "项=Item", "乙=B", "项=Matter"], ["乙", "项"], ["B", "Matter"]),  # by what goes before
        (["项=1", "项=2", "项=3"], ["项", "项", "项"], ["1", "2", "3"]),
        (["项=1", "甲=A", "项=2", "乙=B", "项=3"], ["项", "甲", "项", "新", "项"], ["1", "A", "2", None, "3"]),
        ([], ["甲"], [None]),
        (["甲=A"], [], []),
    ],
)
def test_sentences_keep_their_english(pairs: list[str], texts: list[str], expected: list[str | None]) -> None:
    assert carried(old(*pairs), texts) == expected


def test_rejected_sentences_are_translated_again() -> None:
    units = [*old("甲=A", status="rejected"), *old("乙=B")]
    assert set(carry(units, new("甲", "乙"))) == {"n1"}


def test_it_is_told_what_is_not_sure() -> None:
    found = carry(old("项=Item", "甲=A", "项=Matter"), new("新", "项", "新"))
    assert not found["n1"].sure
    assert found["n1"].provenance.endswith(", accepted, one of several")
    assert carry(old("项=Item", "甲=A", "项=Item"), new("新", "项", "新"))["n1"].sure


TEXTS = st.lists(st.sampled_from("甲乙丙丁戊"), max_size=12)


@given(TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_only_the_same_sentence_is_carried(before: list[str], after: list[str]) -> None:
    units = old(*(f"{text}={text}{number}" for number, text in enumerate(before)))
    found = carried(units, after)
    for text, target in zip(after, found, strict=True):
        assert (target is not None) == (text in before)
        assert target is None or target[0] == text
    assert carried(units, before) == [unit.target for unit in units]


def test_long_tables_take_little_time() -> None:
    texts = ["—", "项目", "—", "是"] * 5_000
    units = old(*(f"{text}={text}" for text in texts))
    began = time.monotonic()
    assert len(carry(units, new(*texts[1:]))) == len(texts) - 1
    assert time.monotonic() - began < 10
