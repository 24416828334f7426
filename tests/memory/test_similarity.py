from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.memory.similarity import distance, numbers_differ, similarity


def plain_distance(one: str, other: str) -> int:
    """The table of the textbooks, row by row."""
    above = list(range(len(other) + 1))
    for row, mine in enumerate(one, 1):
        left = [row]
        for column, theirs in enumerate(other, 1):
            left.append(min(above[column] + 1, left[-1] + 1, above[column - 1] + (mine != theirs)))
        above = left
    return above[-1]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", 0),
        ("培训", "", 2),
        ("加强技能培训", "加强技能培训", 0),
        ("加强技能培训", "加强职业技能培训", 2),
        ("加强技能培训", "开展技能培训", 2),
        ("技能", "能技", 2),
    ],
)
def test_distances(one: str, other: str, expected: int) -> None:
    assert distance(one, other) == distance(other, one) == expected


@settings(max_examples=200)
@given(st.text(alphabet="甲乙丙", max_size=12), st.text(alphabet="甲乙丙", max_size=12))
def test_the_distance_is_that_of_the_table(one: str, other: str) -> None:
    assert distance(one, other) == plain_distance(one, other)


def test_texts_longer_than_a_machine_word() -> None:
    one, other = "甲乙丙丁戊" * 60, "乙丙丁戊己" * 60
    assert distance(one, other) == plain_distance(one, other)


def test_the_formula() -> None:
    assert similarity("加强技能培训", "加强职业技能培训") == 1 - 2 / 8
    assert similarity("甲", "乙") == 0
    assert similarity("", "") == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2023年培训30万人", "2024年培训30万人", True),
        ("覆盖率达30%", "覆盖率达三成", False),
        ("培训30万人", "培训300000人", False),
        ("培训近30万人", "培训30万人", True),
        ("加强培训", "开展培训", False),
        ("甲30人，乙20人", "甲20人，乙30人", False),  # a multiset: their order is the translator's to see
    ],
)
def test_numbers_by_value(one: str, other: str, expected: bool) -> None:
    assert numbers_differ(one, other) is expected
