"""Scores against references and by a glossary, the control, bad files, and the command from a file to a table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import sacrebleu
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from translate.cli import evaluate as command
from translate.errors import InputError, SettingsError
from translate.evaluate import Pair, TermScore, read_pairs, score, score_terms, shuffled
from translate.glossary import Glossary
from translate.records import Rule, Term

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

REFERENCES = [
    "The county opened a new job market in spring.",
    "Call 12333 to ask about your pension.",
    "Training lasts ten days and costs nothing.",
    "Small firms pay lower premiums this year.",
    "The office is open until eight in the evening.",
]
OUTPUTS = [
    "The county has opened a new labour market in spring.",
    "Call 12333 and ask about the pension.",
    "The training takes ten days and is free.",
    "This year small companies pay less.",
    "The office is open until eight at night.",
]
GLOSSARY = Glossary.of(
    [
        Term("零工市场", "gig market", ("casual labor market",)),
        Term("农民工", "rural migrant worker"),
        Term("12333", "12333", rule=Rule.KEEP),
        Term("农民工", "peasant worker", rule=Rule.FORBID),
    ]
)


# --- scores against references


def test_identical_texts() -> None:
    scores = {one.name: one for one in score(REFERENCES, REFERENCES, resamples=40)}
    assert list(scores) == ["BLEU", "chrF", "chrF++", "TER"]
    for name, best in {"BLEU": 100, "chrF": 100, "chrF++": 100, "TER": 0}.items():
        one = scores[name]
        assert (one.value, one.low, one.high) == pytest.approx((best, best, best))


def test_values_signatures_and_intervals_are_sacrebleus() -> None:
    metrics = [sacrebleu.BLEU(), sacrebleu.CHRF(), sacrebleu.CHRF(word_order=2), sacrebleu.TER()]
    for one, metric in zip(score(OUTPUTS, REFERENCES), metrics, strict=True):
        theirs = metric.corpus_score(OUTPUTS, [REFERENCES], n_bootstrap=1000)
        assert one.value == pytest.approx(theirs.score)
        assert one.signature == str(metric.get_signature())
        assert (one.high - one.low) / 2 == pytest.approx(theirs._ci, abs=0.01)
        assert one.low < one.value < one.high


def test_a_seed_gives_the_same_interval_and_another_seed_another() -> None:
    first, again, other = (score(OUTPUTS, REFERENCES, seed=seed, resamples=80) for seed in (1, 1, 2))
    assert first == again
    assert [one.value for one in first] == [one.value for one in other]
    assert [(one.low, one.high) for one in first] != [(one.low, one.high) for one in other]


@pytest.mark.parametrize(("outputs", "references"), [([], []), (["a"], []), (["a"], ["a", "b"])])
def test_nothing_to_score_is_a_mistake(outputs: list[str], references: list[str]) -> None:
    with pytest.raises(ValueError, match="references"):
        score(outputs, references)


def test_empty_outputs_are_scored() -> None:
    values = {one.name: one.value for one in score(["", ""], REFERENCES[:2], resamples=40)}
    assert values == pytest.approx({"BLEU": 0, "chrF": 0, "chrF++": 0, "TER": 100})


# --- terms


@pytest.mark.parametrize(
    ("sources", "outputs", "hits", "rendered"),
    [
        (["零工市场开了。"], ["The gig market opened."], 1, 1),
        (["零工市场开了。"], ["The casual labour markets opened."], 1, 1),  # variant, other spelling, plural
        (["零工市场开了。"], ["The market opened."], 1, 0),
        (["零工市场帮农民工。"], ["The gig market helps workers."], 2, 1),  # half
        (["农民工帮农民工。"], ["Rural migrant workers help each other."], 2, 1),  # a multiset: one place, one hit
        (["农民工帮农民工。"], ["Rural migrant workers help rural migrant workers."], 2, 2),
        (["农民工来了。"], ["A peasant worker came."], 1, 0),  # the ban is no hit of its own
        (["请拨打12333。", "农民工"], ["Call 12,333.", "Rural migrant worker"], 2, 1),
        (["下雨了。"], ["It rains."], 0, 0),
    ],
)
def test_term_success(sources: list[str], outputs: list[str], hits: int, rendered: int) -> None:
    result = score_terms(sources, outputs, GLOSSARY)
    assert (result.hits, result.rendered) == (hits, rendered)
    assert result.success == (rendered / hits if hits else None)


@pytest.mark.parametrize(
    ("outputs", "repeated", "agreeing"),
    [
        (["A gig market.", "The gig markets.", "Gig market"], 3, 3),  # inflection and capitals do not count
        (["A gig market.", "A gig market.", "A casual labor market."], 3, 2),
        (["A gig market.", "A casual labor market.", "The casual labour markets."], 3, 2),
        (["A gig market.", "A market.", "A market."], 3, 1),  # what is not rendered agrees with nothing
        (["A market.", "A market.", "A market."], 3, 0),
    ],
)
def test_term_consistency(outputs: list[str], repeated: int, agreeing: int) -> None:
    result = score_terms(["零工市场。"] * 3, outputs, GLOSSARY)
    assert (result.repeated, result.agreeing) == (repeated, agreeing)
    assert result.consistency == agreeing / repeated


def test_terms_that_occur_once_say_nothing_of_consistency() -> None:
    result = score_terms(["零工市场。", "农民工。"], ["Gig market.", "Rural migrant worker."], GLOSSARY)
    assert result == TermScore(hits=2, rendered=2, repeated=0, agreeing=0)
    assert result.consistency is None


def test_sources_and_outputs_must_be_as_many() -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        score_terms(["零工市场。"], [], GLOSSARY)


# --- the control


@given(st.lists(st.sampled_from("ABCDE"), min_size=2, max_size=12), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_the_control_gives_every_term_the_rendering_of_another(targets: list[str], seed: int) -> None:
    terms = [Term(f"第{chr(0x4E00 + 7 * index)}词", target, (target * 2,)) for index, target in enumerate(targets)]
    kept = [Term("12333", "12333", rule=Rule.KEEP), Term("工人", "coolie", rule=Rule.FORBID)]
    real = Glossary((*terms, *kept))
    wrong = shuffled(real, seed=seed)
    assert [term.source for term in wrong] == [term.source for term in real]
    assert sorted((term.target, term.variants) for term in wrong) == sorted((t.target, t.variants) for t in real)
    assert list(wrong)[-2:] == kept
    if max(map(targets.count, targets)) <= len(targets) / 2:
        assert not [one for one, other in zip(real.terms[:-2], wrong, strict=False) if one.target == other.target]


def test_the_control_is_seeded() -> None:
    real = Glossary(tuple(Term(f"甲{chr(0x4E00 + index)}", f"rendering {index}") for index in range(40)))
    assert shuffled(real, seed=3) == shuffled(real, seed=3) != shuffled(real, seed=4)
    assert shuffled(Glossary()) == Glossary()


# --- files of pairs


def test_pairs_are_read() -> None:
    data = '\ufeff水费降了。\tWater costs less.\r\n\n2024年\t2024\n他说"好"。\t"Fine," he said.\n'.encode()
    assert read_pairs(data, "a.tsv") == (
        Pair("水费降了。", "Water costs less.", 1),
        Pair("2024年", "2024", 3),
        Pair('他说"好"。', '"Fine," he said.', 4),
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", ["a.tsv: holds no pairs"]),
        (b"\n\r\n", ["a.tsv: holds no pairs"]),
        ("只有中文。\n".encode(), ["a.tsv:1: 1 column instead of 2"]),
        (
            "一\ta\n二\tb\tc\n三\t \n\td\n".encode(),
            ["a.tsv:2: 3 columns", "a.tsv:3: no English", "a.tsv:4: no Chinese"],
        ),
        ("source\ttarget\n一\ta\n".encode(), ["a.tsv:1: no Chinese in the first column (the file must not have"]),
        ("Rain.\t下雨。\n".encode(), ["a.tsv:1: no Chinese in the first column (the Chinese comes first)"]),
        (
            "一\ta\n二\tb".encode() + b"\xff\n" + "三".encode("gb18030"),
            ["a.tsv:2:4: not UTF-8", "a.tsv:3:1: not UTF-8"],
        ),
    ],
)
def test_all_that_is_wrong_with_a_file_is_said_at_once(data: bytes, said: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        read_pairs(data, "a.tsv")
    assert len(caught.value.problems) == len(said)
    for problem, start in zip(caught.value.problems, said, strict=True):
        assert str(problem).startswith(start)


# --- the command

app = typer.Typer()
app.command("evaluate", epilog=command.EXAMPLES)(command.evaluate)

PAIRS = """请拨打12333查询养老金。\tCall 12333 to ask about your old-age pension.
县里办起了零工市场。零工市场周末也开门。\tThe county set up a gig market. The gig market opens at weekends, too.
技工院校今年招收新生。\tTechnical colleges are enrolling new students this year.
"""


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.tsv"
    path.write_text(PAIRS, encoding="utf-8")
    return path


def test_three_modes_as_json(pairs: Path) -> None:
    result = call(pairs, "--model", "builtin", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["pairs"], found["pairs_in_file"], found["seed"]) == (3, 3, 12345)
    none, glossary, control = found["modes"]
    assert [mode["mode"] for mode in found["modes"]] == ["none", "glossary", "random"]
    assert none["glossary"]["terms"] == 0
    assert none["applied"] is None
    assert glossary["glossary"]["terms"] == control["glossary"]["terms"] > 600
    assert glossary["glossary"]["sha256"] != control["glossary"]["sha256"]
    assert none["terms"]["hits"] == glossary["terms"]["hits"] == control["applied"]["hits"] >= 4
    assert glossary["terms"] == glossary["applied"]
    assert glossary["terms"]["success"] > control["terms"]["success"]
    for mode in found["modes"]:
        assert [one["name"] for one in mode["scores"]] == ["BLEU", "chrF", "chrF++", "TER"]
        assert all("seed:12345" in one["signature"] and "version:" in one["signature"] for one in mode["scores"])
    assert "ctranslate2" in found["engine"].lower()
    assert list(pairs.parent.iterdir()) == [pairs]


def test_a_table_with_signatures(pairs: Path) -> None:
    result = call(pairs, "--model", "builtin", "--modes", "glossary", "--pairs", 2, "--seed", 7)
    assert result.exit_code == 0, result.output
    for said in ("glossary", "2 of 3 pairs, seed 7", "TER: nrefs:1|bs:1000|seed:7", "engine: ", "sha256 "):
        assert said in result.stdout
    assert "random" not in result.stdout


@pytest.mark.parametrize(
    ("modes", "said"), [("glossary,best,worst", ["'best'", "'worst'"]), ("", ["no mode"]), (",", ["no mode"])]
)
def test_unknown_modes_are_named(modes: str, said: list[str], pairs: Path) -> None:
    result = call(pairs, "--modes", modes)
    assert isinstance(result.exception, SettingsError)
    assert len(result.exception.problems) == len(said)
    assert all(part in str(result.exception) for part in said)


def test_a_missing_file_is_said_before_a_model_is_opened(tmp_path: Path) -> None:
    result = call(tmp_path / "none.tsv", "--model", tmp_path / "no-model")
    assert isinstance(result.exception, InputError)
    assert "none.tsv" in str(result.exception)


def test_a_glossary_that_is_switched_off_cannot_be_evaluated(pairs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSLATE_USE_GLOSSARY", "false")
    assert isinstance(call(pairs, "--model", "builtin").exception, SettingsError)


@pytest.mark.parametrize(("count", "lines"), [(0, [1, 2, 3, 4]), (9, [1, 2, 3, 4]), (4, [1, 2, 3, 4])])
def test_drawing_all_pairs(count: int, lines: list[int]) -> None:
    pairs = [Pair(str(line), "x", line) for line in range(1, 5)]
    assert [pair.line for pair in command.draw(pairs, count, 1)] == lines


def test_drawn_pairs_keep_their_order_and_follow_the_seed() -> None:
    pairs = [Pair(str(line), "x", line) for line in range(1, 101)]
    drawn = [[pair.line for pair in command.draw(pairs, 10, seed)] for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] == sorted(drawn[0])
    assert drawn[0] != drawn[2]
