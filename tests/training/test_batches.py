from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.errors import InputError, ModelError
from translate.models import BUILTIN_DIRECTORY
from translate.training import Batches, Encoded, Vocabulary, encode
from translate.training.batches import padded

if TYPE_CHECKING:
    from pathlib import Path


def encoded(lengths: list[int], first: int = 0) -> Encoded:
    """Pairs of the lengths given; each number is that of its pair, so that pairs can be told apart."""
    at = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64)
    numbers = np.repeat(np.arange(first, first + len(lengths), dtype=np.int32), lengths)
    return Encoded(numbers, at, numbers, at)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=80), st.integers(20, 200), st.integers(0, 3))
def test_an_epoch_has_every_pair_once_within_the_budget(lengths: list[int], budget: int, epoch: int) -> None:
    order = Batches([(encoded(lengths), 1)], budget=budget, seed=1).order(epoch)
    assert sorted(index for batch in order for _, index in batch) == list(range(len(lengths)))
    for batch in order:
        assert len(batch) == 1 or len(batch) * max(lengths[index] for _, index in batch) <= budget


@pytest.mark.parametrize(("repeats", "expected"), [(2, 20), (0.3, 3), (1.5, 15), (0, 0)])
def test_repeats_decide_how_often_a_corpus_comes(repeats: float, expected: int) -> None:
    order = Batches([(encoded([3] * 10), repeats), (encoded([3] * 4), 1)], budget=30, seed=0).order(0)
    assert Counter(corpus for batch in order for corpus, _ in batch) == Counter({0: expected, 1: 4})


def test_a_position_is_enough_to_go_on() -> None:
    batches = Batches([(encoded([2, 5, 3, 8, 4, 4, 6]), 1)], budget=12, seed=3)
    whole = list(islice(batches.since(0, 0), 12))
    epoch, index, _ = whole[5]
    for (*place, batch), (*again, same) in zip(whole[5:], batches.since(epoch, index), strict=False):
        assert place == again
        assert (batch.sources == same.sources).all()


def test_epochs_differ_and_seeds_too() -> None:
    one, other = (Batches([(encoded([4] * 30), 1)], budget=20, seed=seed) for seed in (1, 2))
    assert one.order(0) == one.order(0)
    assert one.order(0) != one.order(1)
    assert one.order(0) != other.order(0)


def test_nothing_to_train_on_is_said() -> None:
    with pytest.raises(InputError, match="no pairs to train on"):
        Batches([(encoded([]), 1), (encoded([3]), 0)], budget=10, seed=0)


def test_padding() -> None:
    assert padded([[1, 2, 3], [4]]).tolist() == [[1, 2, 3], [4, -1, -1]]


def test_encoding_leaves_out_what_is_empty_or_too_long() -> None:
    vocabulary = Vocabulary(BUILTIN_DIRECTORY)
    pairs = [("加强培训。", "We will step up training."), ("", "x"), ("好", " "), ("长" * 300, "long"), ("办", "do")]
    found = encode(pairs, vocabulary)
    assert (len(found), found.left_out) == (2, 3)
    assert found.source(0)[-1] == found.target(1)[-1] == 0  # the end mark
    assert found.lengths.tolist() == [max(len(found.source(i)), len(found.target(i))) for i in (0, 1)]
    assert found.sha256 != encode(pairs[:1], vocabulary).sha256


def test_hostile_text_is_encoded() -> None:
    assert len(encode([("甲\ud800乙", "a\x00b")], Vocabulary(BUILTIN_DIRECTORY))) == 1


def test_a_folder_without_vocabulary_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no usable vocabulary"):
        Vocabulary(tmp_path)
