"""Beads of small texts: whole, damaged, moved, unrelated; and what holds for all texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.align.texts import PAIRS, SOURCE, TARGET
from translate.align import Bead, Resources, align, gather, method, names, shapes
from translate.align.translated import translated_words
from translate.align_pipeline import WordList
from translate.errors import SettingsError
from translate.glossary import Glossary
from translate.records import Term

RESOURCES = Resources(
    Glossary((Term("招聘会", "job fair"), Term("农民工", "rural migrant worker"))),
    WordList.shipped(),
    translate=lambda texts: [dict(PAIRS).get(text, "").upper() for text in texts],
)


def beads_of(source: list[str], target: list[str], name: str = "standard") -> list[Bead]:
    return list(align(gather(source, target, method(name).sources, RESOURCES), method(name)))


def links(beads: list[Bead]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in beads]


def test_sentences_that_belong_together_do() -> None:
    beads = beads_of(SOURCE, TARGET)
    assert links(beads) == [((number,), (number,)) for number in range(len(PAIRS))]
    assert min(bead.score for bead in beads) > 0.5


def test_a_sentence_in_two() -> None:
    one, other = "Each county holds at least two job fairs.", "They are mainly for college graduates."
    beads = beads_of(SOURCE, [*TARGET[:4], one, other, *TARGET[5:]])
    assert ((4,), (4, 5)) in links(beads)
    assert shapes(beads) == {"1-1": 13, "1-2": 1}


def test_two_sentences_in_one() -> None:
    joined = TARGET[10].rstrip(".") + ", and people may call 12333 for advice on social insurance policies."
    beads = beads_of(SOURCE, [*TARGET[:10], joined, *TARGET[12:]])
    assert ((10, 11), (10,)) in links(beads)


@pytest.mark.parametrize("gone", [2, 7, 11])
def test_what_is_left_out_or_added_has_an_empty_side(gone: int) -> None:
    less = links(beads_of(SOURCE, TARGET[:gone] + TARGET[gone + 1 :]))
    assert [source for source, target in less if not target] == [(gone,)]
    more = links(beads_of(SOURCE[:gone] + SOURCE[gone + 1 :], TARGET))
    assert [target for source, target in more if not source] == [(gone,)]


def test_a_moved_passage_is_found_and_said() -> None:
    beads = beads_of(SOURCE, [*TARGET[:3], *TARGET[6:], *TARGET[3:6]])
    moved = [bead for bead in beads if bead.moved]
    assert [(bead.source, bead.target) for bead in moved] == [((3,), (11,)), ((4,), (12,)), ((5,), (13,))]
    assert [bead.source for bead in beads] == [(number,) for number in range(len(SOURCE))]


def test_unrelated_texts_have_hardly_a_bead_in_common() -> None:
    weather = [
        "The cat slept on a warm stone.",
        "Rain fell over the hills all night.",
        "He painted the old boat blue.",
        "Nobody remembered the melody.",
        "Seven geese crossed the lake.",
    ]
    beads = beads_of(SOURCE, weather)
    assert sum(bead.score for bead in beads if bead.source and bead.target) < 0.5


@pytest.mark.parametrize("name", [name for name in names() if "encoder" not in method(name).sources])
def test_every_method_gives_beads(name: str) -> None:
    assert len(beads_of(SOURCE, TARGET, name)) >= 10


def test_the_encoder_is_a_function_that_is_passed_in() -> None:
    import numpy as np

    place = {text: number for texts in (SOURCE, TARGET) for number, text in enumerate(texts)}
    vectors = np.eye(len(PAIRS), dtype=np.float32)
    resources = Resources(embed=lambda texts: vectors[[place[text] for text in texts]])
    beads = align(gather(SOURCE, TARGET, ("encoder",), resources), method("encoder"))
    assert links(list(beads)) == [((number,), (number,)) for number in range(len(PAIRS))]


def test_a_translation_speaks_for_the_sentences_that_share_its_words() -> None:
    said = ["the CITY's plan for 1,500 farmers", "", "nothing of the kind"]
    evidence = translated_words(said, ["A plan: 1500 farmers", "Cats sleep", "Dogs bark"])
    heard = [[mark.answers.tolist() for mark in marks] for marks in evidence.source.sentences]
    assert heard[0].count([0]) == 3  # plan, 1500, farmers
    assert heard[1] == []
    assert not any(answers for answers in heard[2])


def test_progress_is_told_to_its_end() -> None:
    told: list[tuple[int, int]] = []
    chosen = method("standard")
    align(
        gather(SOURCE, TARGET, chosen.sources, RESOURCES), chosen, tell=lambda done, total: told.append((done, total))
    )
    assert [done for done, _ in told] == list(range(1, told[-1][1] + 1))
    assert {total for _, total in told} == {len(told)}


def test_an_unknown_method_and_one_that_lacks_its_source_say_so() -> None:
    with pytest.raises(SettingsError, match="standard"):
        method("magic")
    with pytest.raises(SettingsError, match="glossary"):
        gather(SOURCE, TARGET, ("glossary",), Resources())


sentences = st.lists(st.sampled_from([*SOURCE, "", "。", "？", "2024"]), max_size=12)
others = st.lists(st.sampled_from([*TARGET, "", ".", "2024", "\ud800"]), max_size=12)


@settings(max_examples=60, deadline=None)
@given(sentences, others)
def test_every_sentence_of_both_texts_is_in_exactly_one_bead(source: list[str], target: list[str]) -> None:
    beads = beads_of(source, target)
    assert sorted(number for bead in beads for number in bead.source) == list(range(len(source)))
    assert sorted(number for bead in beads for number in bead.target) == list(range(len(target)))
    assert all(0 <= bead.score <= 1 for bead in beads)
    assert beads == beads_of(source, target)


def test_long_texts_keep_to_a_band() -> None:
    from translate.align.band import around, whole

    points = [(number, number) for number in range(0, 5000, 3)]
    band = around(points, 5000, 5000)
    assert int(band.offsets[-1]) < 5000 * 80
    assert int(around([], 5000, 5000).offsets[-1]) < 5000 * 600
    assert int(whole(10, 20).offsets[-1]) == 11 * 21
