from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from translate.decode.translator import make_batches
from translate.engines import LENGTH_PENALTY, Batch, DecodeOptions, Engine, Hypothesis, open_engine
from translate.engines.tokenizer import Tokenizer
from translate.errors import SettingsError
from translate.formats import read_document
from translate.models import resolve_model
from translate.pipeline import segment
from translate.script import model_text

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = ("今年新增就业岗位12万个。", "各地要做好服务工作。", "第三条 申请人应当提交材料。", "培训。")


def batches_of(paths: list[Path]) -> list[Batch]:
    tokenizer = Tokenizer(resolve_model("builtin"))
    return make_batches([tokenizer.encode(model_text(s.text)) for path in paths for s in segment(read_document(path))])


def decode(engine: Engine, batches: list[Batch], options: DecodeOptions) -> list[Hypothesis]:
    return [answers[0] for results in engine.translate(batches, options) for answers in results]


@pytest.fixture(scope="module")
def batches() -> list[Batch]:
    tokenizer = Tokenizer(resolve_model("builtin"))
    return make_batches([tokenizer.encode(sentence) for sentence in SENTENCES], budget=24)


def test_both_engines_give_the_same_text_in_float32(article: Path, tmp_path: Path) -> None:
    sentences = ROOT / "tests" / "data" / "terms" / "term_sentences.tsv"
    more = tmp_path / "sentences.txt"
    more.write_text(
        "\n\n".join(line.split("\t")[1] for line in sentences.read_text(encoding="utf-8").splitlines()[1:]),
        encoding="utf-8",
    )
    batches = batches_of([ROOT / "examples" / "notice.txt", article, more])
    model, options = resolve_model("builtin"), DecodeOptions(hypotheses=1, length_penalty=LENGTH_PENALTY)
    fast = decode(open_engine("ctranslate2", model, precision="float32"), batches, options)
    # One thread: two, on a busy machine, spend their time waiting for each other.
    reference = decode(open_engine("torch", model, threads=1), batches, options)
    same = [(one, other) for one, other in zip(fast, reference, strict=True) if one.pieces == other.pieces]
    assert len(fast) > 300
    assert len(same) >= 0.99 * len(fast)
    assert max(abs(one.score - other.score) for one, other in same) < 0.01


@pytest.mark.parametrize("engine", ["ctranslate2", "torch"])
def test_greedy_search_and_n_best(engine: str, batches: list[Batch]) -> None:
    opened = open_engine(engine, resolve_model("builtin"), threads=1, precision="float32")
    [greedy] = opened.translate(batches[:1], DecodeOptions(beam_size=1, hypotheses=1))
    [best] = opened.translate(batches[:1], DecodeOptions(beam_size=4, hypotheses=3))
    assert [len(answers) for answers in greedy] == [1] * len(batches[0])
    assert [len(answers) for answers in best] == [3] * len(batches[0])
    assert all(-20 < answers[0].score < 0 for answers in (*greedy, *best))


@pytest.mark.parametrize("engine", ["ctranslate2", "torch"])
@pytest.mark.parametrize("beam_size", [1, 4])
def test_a_score_is_the_mean_a_piece_whatever_ranks_and_whoever_is_beside(
    engine: str, beam_size: int, batches: list[Batch]
) -> None:
    opened = open_engine(engine, resolve_model("builtin"), threads=1, precision="float32")
    everything = [tuple(pieces for batch in batches for pieces in batch)]
    alone: list[Batch] = [(pieces,) for pieces in everything[0]]
    options = DecodeOptions(beam_size=beam_size, hypotheses=1, length_penalty=LENGTH_PENALTY)
    together = decode(opened, everything, options)
    for one, other, mean in zip(
        together, decode(opened, alone, options), decode(opened, alone, replace(options, length_penalty=1)), strict=True
    ):
        assert one.pieces == other.pieces
        assert one.score == pytest.approx(other.score, abs=1e-3)
        assert one.pieces != mean.pieces or one.score == pytest.approx(mean.score, abs=1e-3)
        assert -3 < one.score < 0


@pytest.mark.parametrize("engine", ["ctranslate2", "torch"])
def test_what_is_cut_off_at_the_length_limit_says_so(engine: str, batches: list[Batch]) -> None:
    opened = open_engine(engine, resolve_model("builtin"), threads=1, precision="float32")
    short = decode(opened, batches, DecodeOptions(max_length=2))
    whole = decode(opened, batches, DecodeOptions())
    assert all(hypothesis.truncated and len(hypothesis.pieces) == 2 for hypothesis in short)
    assert not any(hypothesis.truncated for hypothesis in whole)


def test_threads_never_change_a_result(batches: list[Batch]) -> None:
    model = resolve_model("builtin")
    one = decode(open_engine("ctranslate2", model, threads=1), batches, DecodeOptions())
    three = decode(open_engine("ctranslate2", model, threads=3), batches, DecodeOptions())
    assert one == three


def test_attention_has_a_row_a_target_piece_and_a_column_a_source_piece(batches: list[Batch]) -> None:
    engine = open_engine("ctranslate2", resolve_model("builtin"))
    for batch, results in zip(batches, engine.translate(batches, DecodeOptions(attention=True)), strict=True):
        for pieces, answers in zip(batch, results, strict=True):
            rows = answers[0].attention
            assert len(rows) >= len(answers[0].pieces)
            assert {len(row) for row in rows} == {len(pieces)}


def test_an_unknown_engine_names_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="ctranslate2, torch"):
        open_engine("fast", resolve_model("builtin"))


def test_batches_are_cut_by_size_and_do_not_depend_on_order() -> None:
    tokens = random.Random(5)
    sentences = [("x",) * tokens.randint(1, 60) + (str(index),) for index in range(500)]
    batches = make_batches(sentences, budget=256)
    assert sorted(piece for batch in batches for piece in batch) == sorted(sentences)
    assert all(max(map(len, batch)) * len(batch) <= 256 for batch in batches)
    tokens.shuffle(sentences)
    assert make_batches([*sentences, *sentences], budget=256) == batches


def test_a_sentence_over_the_budget_is_a_batch_of_its_own() -> None:
    assert make_batches([("x",) * 99, ("y",)], budget=10) == [(("x",) * 99,), (("y",),)]
    assert make_batches([]) == []
