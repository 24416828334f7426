"""The shipped glossary through the decoder and the built-in model: the terms arrive, and nothing else is applied."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.conftest import ROOT
from translate.pipeline import open_toolbox
from translate.records import BlockKind, Rule, Segment
from translate.settings import Settings
from translate.work import open_decoder

if TYPE_CHECKING:
    from translate.records import Unit

SENTENCES = ROOT / "tests" / "data" / "terms" / "term_sentences.tsv"
FLOOR = 0.98


class Sentence(NamedTuple):
    """A line of the sheet, with what the decoder made of it."""

    id: str
    kind: str
    unit: Unit


@pytest.fixture(scope="module")
def decoded() -> list[Sentence]:
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    tools = open_toolbox(Settings(model="builtin"))
    kinds = {"heading": BlockKind.HEADING}
    segments = [
        Segment(f"{row['id']}.s01", row["id"], row["sentence"], kinds.get(row["kind"], BlockKind.PARAGRAPH))
        for row in rows
    ]
    units = open_decoder(tools.spec).decode(segments, [tools.glossary.find(segment.text) for segment in segments])
    return [Sentence(row["id"], row["kind"], unit) for row, unit in zip(rows, units, strict=True)]


def test_the_terms_arrive(decoded: list[Sentence]) -> None:
    hits = [(sentence, hit) for sentence in decoded for hit in sentence.unit.hits if hit.term.rule is not Rule.FORBID]
    lost = [f"{sentence.id} {hit.term.source}: {sentence.unit.target}" for sentence, hit in hits if hit.target is None]
    success = 1 - len(lost) / len(hits)
    print(f"term success {success:.4f}: {len(hits) - len(lost)} of {len(hits)}", *lost, sep="\n")
    assert len(hits) >= 200
    assert success >= FLOOR, lost


def test_nothing_is_applied_where_no_term_stands(decoded: list[Sentence]) -> None:
    bare = [sentence for sentence in decoded if sentence.kind == "none"]
    assert len(bare) >= 50
    assert not [sentence.id for sentence in bare if sentence.unit.hits]


def test_no_placeholder_is_left(decoded: list[Sentence]) -> None:
    assert not [sentence.id for sentence in decoded if set("⟦⟧") & set(sentence.unit.target)]
