"""Which words answer which: terms, numbers, words of the lexicon, and where the model looks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from benchmarks.align_words import attentions, judged, linked, read
from tests.align.texts import PAIRS, SOURCE, TARGET
from tests.conftest import ROOT
from translate.align.links import link_words
from translate.align_pipeline.attention import Attention
from translate.align_pipeline.linking import links_of
from translate.cli import align
from translate.glossary import Glossary, locate
from translate.models import resolve_model
from translate.records import Term
from translate.work import DecoderSpec

if TYPE_CHECKING:
    from pathlib import Path

GLOSSARY = Glossary((Term("招聘会", "job fair"), Term("农民工", "rural migrant worker")))
GOLD = ROOT / "tests" / "data" / "words" / "pairs.tsv"


def words(source: str, target: str) -> dict[str, str]:
    links = links_of(source, target, locate(GLOSSARY.find(source), target))
    return {source[slice(*link.source)]: target[slice(*link.target)] for link in links}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (2, {"34万人": "340,000", "4.2%": "4.2 percent", "去年": "Last year"}),
        (4, {"两场": "two", "招聘会": "job fairs"}),
        (7, {"农民工": "rural migrant workers", "1500元": "1,500"}),
        (11, {"12333": "12333", "政策": "policies"}),
    ],
)
def test_terms_numbers_and_words(number: int, expected: dict[str, str]) -> None:
    found = words(*PAIRS[number])
    assert expected.items() <= found.items(), found


def test_a_wrong_number_has_no_answer() -> None:
    assert "34万人" not in words(SOURCE[2], TARGET[2].replace("340,000", "430,000"))


def test_the_best_pair_is_linked_first_and_neighbours_join() -> None:
    source, target = [(0, 2), (2, 4)], [(0, 3), (4, 7), (8, 11)]
    scores = np.array([[0.9, 0.8, 0.0], [0.8, 0.1, 0.0]])
    assert link_words(source, target, scores) == [((0, 4), (0, 7))]  # both neighbours join
    assert link_words(source, target, np.array([[0.9, 0.25, 0.0], [0.0, 0.0, 0.1]])) == [((0, 2), (0, 7))]
    assert link_words(source, target, np.zeros((2, 3))) == []


texts = st.text(st.sampled_from("农民工培训12，。 万％abc job fair\u3000\ud800𠀀\x00"), max_size=40)


@settings(max_examples=60, deadline=None)
@given(texts, texts)
def test_links_stand_inside_both_texts(source: str, target: str) -> None:
    for link in links_of(source, target, locate(GLOSSARY.find(source), target)):
        assert 0 <= link.source[0] < link.source[1] <= len(source)
        assert 0 <= link.target[0] < link.target[1] <= len(target)


@pytest.fixture(scope="module")
def attention() -> Attention:
    return Attention(DecoderSpec(resolve_model("builtin"), threads=1))


def test_where_the_model_looks(attention: Attention) -> None:
    odd = [("", "x"), ("一", ""), ("\ud800一", "\ud800 x"), ("㎡第１２３号…", "㎡ No. 123 … ½"), ("长" * 2000, "long")]
    by_number = dict(attention.of([*PAIRS, *odd]))
    found = [by_number[number] for number in range(len(PAIRS) + len(odd))]
    for weights, (source, target) in zip(found, PAIRS, strict=False):
        assert weights is not None
        assert weights.shape == (len(source), len(target))
    source, target = PAIRS[7]
    weights = found[7]
    assert weights is not None
    training = target.index("training")
    column = weights[:, training : training + 8].max(axis=1)
    assert source[int(column.argmax())] in "培训"
    assert [weights is None for weights in found[len(PAIRS) :]] == [True, True, False, False, True]
    [(_, alone)] = attention.of([PAIRS[7]])
    assert alone is not None
    assert np.abs(alone - weights).max() < 0.6  # other neighbours in the batch: int8 rounding, no more


def test_the_gold_is_linked_as_the_documentation_says(attention: Attention) -> None:
    golds = read(GOLD)
    assert len(golds) >= 60
    looked = attentions(golds, attention)
    precision, recall, *_ = judged(
        golds, [linked(gold, Glossary(), seen) for gold, seen in zip(golds, looked, strict=True)]
    )
    assert precision > 0.88
    assert recall > 0.8


def test_the_command_gives_spans_of_its_units(tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text("\n".join(SOURCE), encoding="utf-8")
    (tmp_path / "en.txt").write_text("\n".join([*TARGET[:5], *TARGET[6:]]), encoding="utf-8")
    app = typer.Typer()
    app.command("align")(align.align)
    arguments = ("zh.txt", "en.txt", "--presplit", "--words", "--model", "builtin", "--write", "tsv", "-o", "out")
    places = [str(tmp_path / name) if name.endswith((".txt", "out")) else name for name in arguments]
    assert CliRunner().invoke(app, places).exit_code == 0
    manifest = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert len(manifest["beads"]) == len(manifest["units"]) == 14
    said = {
        unit["source"][slice(*one)]: unit["target"][slice(*other)]
        for bead, unit in zip(manifest["beads"], manifest["units"], strict=True)
        for one, other in bead["words"]
    }
    assert said["1500元"] == "1,500"
    assert manifest["beads"][5]["words"] == []
