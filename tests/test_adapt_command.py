"""`translate adapt` and what it is made of; the trainings here are of the tiny model and take seconds."""

from __future__ import annotations

import json
import signal
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from translate import adapt_pipeline
from translate.adapt_pipeline import gather, general_pairs, learning, split
from translate.adapt_pipeline.comparison import Comparison, Counted, Difference, differences, errors_of, reasons_against
from translate.adapt_pipeline.pairs import Gathered, key_of, unfit
from translate.bilingual.rows import Row
from translate.bilingual.tsv import dumps_rows
from translate.cli import adapt as command
from translate.errors import InputError, ModelError, OutputError
from translate.glossary import Glossary
from translate.memory import Entry, Memory
from translate.models import inspect_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from typer.testing import Result

PLACES = {"全县": "The county", "全市": "The city", "全省": "The province", "全区": "The district"}
DEEDS = {"培训了": "trained", "帮助了": "helped", "录用了": "hired", "表彰了": "honored", "慰问了": "visited"}
PEOPLE = {"教师": "teachers", "医生": "doctors", "工人": "workers", "农民": "farmers"}
PAIRS = [
    (f"{place}{deed}一批{people}。", f"{english} {did} a group of {who}.")
    for place, english in PLACES.items()
    for deed, did in DEEDS.items()
    for people, who in PEOPLE.items()
]


def write_pairs(path: Path, pairs: list[tuple[str, str]] = PAIRS) -> Path:
    path.write_text("".join(f"{source}\t{target}\n" for source, target in pairs), encoding="utf-8")
    return path


# --- pairs


def test_pairs_come_from_plain_files_sheets_and_memories(tmp_path: Path) -> None:
    rows = [
        Row("1", "b", "paragraph", "一句。", "One, accepted.", status="accepted"),
        Row("2", "b", "paragraph", "两句。", "As made.", "Two, edited.", status="edited"),
        Row("3", "b", "paragraph", "三句。", "As made.", "Three, written but not marked.", status="new"),
        Row("4", "b", "paragraph", "四句。", "Nobody looked at it."),
        Row("5", "b", "paragraph", "五句。", "Bad.", "Worse.", status="rejected"),
        Row("6", "b", "paragraph", "六句。", "As made.", "六句没有翻译出来的中文文本。", status="edited"),
    ]
    sheet, plain, memory, tmx = (tmp_path / name for name in ("a.tsv", "b.tsv", "c.sqlite", "d.tmx"))
    sheet.write_bytes(dumps_rows(rows))
    write_pairs(plain, [("一句。", "One, accepted."), ("七句。", "Seven."), ("長短句。", "Long  and short.")])
    with Memory.open(memory) as kept:
        kept.add([Entry("八句。", "Eight.")])
    tmx.write_text(
        '<tmx version="1.4"><header srclang="zh" adminlang="en" datatype="plaintext" segtype="sentence" '
        'creationtool="x" creationtoolversion="1" o-tmf="x"/><body><tu><tuv xml:lang="zh"><seg>九句。</seg></tuv>'
        '<tuv xml:lang="en"><seg>Nine.</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    found = gather([sheet, plain, memory, tmx])
    assert found.pairs == (
        ("一句。", "One, accepted."),
        ("两句。", "Two, edited."),
        ("三句。", "Three, written but not marked."),
        ("七句。", "Seven."),
        ("长短句。", "Long and short."),
        ("八句。", "Eight."),
        ("九句。", "Nine."),
    )
    assert found.left_out == {
        "not reviewed": 1,
        "rejected": 1,
        "Chinese on the English side": 1,
        "said before": 1,
    }
    assert [file["pairs"] for file in found.files] == [4, 3, 1, 1]
    assert all(len(file["sha256"]) == 64 for file in found.files)


def test_all_that_is_wrong_with_all_files_is_said_at_once(tmp_path: Path) -> None:
    bad, odd, broken, missing = (tmp_path / name for name in ("a.tsv", "b.pdf", "c.sqlite", "none.tsv"))
    bad.write_bytes("没有英文。\n只有\t\n好。\tGood.\n".encode() + b"\xff\n")
    odd.write_bytes(b"%PDF")
    broken.write_bytes(b"no database")
    with pytest.raises(InputError) as caught:
        gather([bad, odd, broken, missing, tmp_path])
    said = str(caught.value)
    assert len(caught.value.problems) == 7
    for part in ("a.tsv:1", "a.tsv:2", "a.tsv:4", "no format for pairs: pdf", "c.sqlite", "none.tsv", str(tmp_path)):
        assert part in said


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("加强培训。", "We will step up training.", ""),
        ("加强培训。", "", "one side empty"),
        ("Training", "We will step up training.", "no Chinese on the Chinese side"),
        ("加强培训。", "We will carry out 技能中国 (Skills China).", ""),
        ("加强培训。", "我们将大力加强职业技能培训工作。", "Chinese on the English side"),
        ("好" * 401, "x" * 900, "longer than a sentence"),
        ("加强职业技能培训提高就业质量。", "Training.", "lengths that do not go together"),
        ("办。", "A very long sentence that says far more than the Chinese does, as headings may.", ""),
    ],
)
def test_what_is_fit_to_learn_from(source: str, target: str, reason: str) -> None:
    assert unfit((source, target)) == reason


# --- the division


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.tuples(st.text("甲乙丙丁，。1２", min_size=3, max_size=8), st.just("x")), max_size=200),
    st.integers(0, 5),
)
def test_no_source_is_on_two_sides(pairs: list[tuple[str, str]], seed: int) -> None:
    distinct = list(dict.fromkeys([*PAIRS, *pairs]))
    parts = split(distinct, seed)
    sides = [{key_of(source) for source, _ in side} for side in (parts.learn, parts.choose, parts.judge)]
    assert sum(map(len, sides)) == len(set.union(*sides))
    assert Counter((*parts.learn, *parts.choose, *parts.judge)) == Counter(distinct)


def test_the_division_is_by_hash() -> None:
    parts = split(PAIRS, 0)
    assert (len(parts.learn), len(parts.choose), len(parts.judge)) == (52, 8, 20)
    assert split(PAIRS[::-1], 0).judge == tuple(parts.judge)
    assert set(split(PAIRS, 1).judge) != set(parts.judge)
    more = split([*PAIRS, ("另外一句话。", "One more sentence.")], 0)
    assert len(set(more.judge) & set(parts.judge)) >= 19


def test_too_few_pairs_are_refused() -> None:
    with pytest.raises(InputError, match="39 different pairs are fit"):
        split([*PAIRS[:39], *((source.replace("。", "！"), target) for source, target in PAIRS[:39])], 0)


def test_the_shipped_pairs_do_not_overlap() -> None:
    mixed, choose, judge = general_pairs()
    assert len(mixed) >= 150
    assert len(choose) >= 30
    assert len(judge) >= 60
    assert len({source for source, _ in (*mixed, *choose, *judge)}) == len(mixed) + len(choose) + len(judge)
    assert not [pair for pair in (*mixed, *choose, *judge) if unfit(pair)]


# --- the judgement


def comparison(
    chrf: tuple[float, float, float] = (40, 44, 0.001),
    bleu: tuple[float, float, float] = (20, 22, 0.01),
    errors: tuple[int, int] = (5, 8),
    terms: tuple[int, int] = (30, 33),
) -> Comparison:
    one, other = (
        Difference(name, before, after, 2.0, 2.0, p, "s")
        for name, (before, after, p) in (("BLEU", bleu), ("chrF", chrf))
    )
    worse, better = errors
    counted = Counted("with error findings", 20, 20 + worse - better, 60, worse, better)
    none = Counted("with a wrong number", 0, 0, 60)
    return Comparison(60, (one, other), Counted("terms rendered", *terms, 40), counted, none)


SAME = comparison(chrf=(30, 29.5, 0.2))


@pytest.mark.parametrize(
    ("own", "general", "said"),
    [
        (comparison(), SAME, ""),
        (comparison(chrf=(40, 39, 0.3)), SAME, "fell from 40.0 to 39.0"),
        (comparison(chrf=(40, 41, 0.051)), SAME, "may be chance (p = 0.051)"),
        (comparison(chrf=(40, 40.3, 0.01)), SAME, "rose by 0.30, less than 0.5"),
        (comparison(chrf=(40, 40.3, 0.2)), SAME, "may be chance"),
        (comparison(bleu=(20, 18, 0.01)), SAME, "BLEU fell"),
        (comparison(bleu=(20, 19, 0.4)), SAME, ""),
        (comparison(errors=(20, 5)), SAME, "error findings rose from 20 to 35"),
        (comparison(errors=(9, 8)), SAME, ""),
        (comparison(terms=(30, 27)), SAME, "terms rendered fell from 30 to 27 of 40"),
        (comparison(terms=(30, 28)), SAME, ""),
        (comparison(), comparison(chrf=(30, 28.9, 0.2)), "on other text 1.1 chrF are lost"),
        (comparison(), comparison(chrf=(30, 31, 0.2)), ""),
    ],
)
def test_better_is_a_matter_of_rules(own: Comparison, general: Comparison, said: str) -> None:
    reasons = reasons_against(own, general)
    assert bool(reasons) == bool(said)
    assert said in " ".join(reasons)


@pytest.mark.parametrize(("worse", "better", "p"), [(0, 0, 1.0), (5, 0, 0.0625), (1, 9, 0.0215), (10, 10, 1.0)])
def test_the_sign_test(worse: int, better: int, p: float) -> None:
    assert Counted("x", 0, 0, 100, worse, better).p == pytest.approx(p, abs=1e-4)


def test_differences_have_p_and_signatures() -> None:
    references = [target for _, target in PAIRS]
    worse = [reference.replace("group", "lot").replace("The", "A") for reference in references]
    bleu, chrf = differences(references, worse, references)
    assert (bleu.name, chrf.name) == ("BLEU", "chrF")
    assert chrf.after == pytest.approx(100)
    assert chrf.before < 95
    assert chrf.p < 0.05
    assert "bs:1000|seed:12345" in chrf.signature
    assert differences(references, worse, worse)[1].p == 1
    assert differences(references, references, worse)[1].p == chrf.p


def test_errors_are_those_that_reviewers_see() -> None:
    assert errors_of("全市有3万人参加培训。", "The city has 40,000 people in training.", Glossary()) == {"number"}
    assert errors_of("全市有3万人参加培训。", "", Glossary()) >= {"empty"}
    assert not errors_of("加强培训。", "We will strengthen training.", Glossary())


# --- the command


@pytest.fixture(scope="module")
def model(tiny_model: Callable[..., Path]) -> Path:
    return tiny_model()


def few_general_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that knows nothing writes to the limit, which takes long."""
    few = tuple(pairs[:2] for pairs in general_pairs())
    monkeypatch.setattr(adapt_pipeline, "general_pairs", lambda: few)
    monkeypatch.setattr(adapt_pipeline, "BEAM", 1)


@pytest.fixture
def adapt(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the command in an empty folder, the whole model free to learn fast; a user's mistake is raised."""
    how = replace(
        learning.HOW, batch_tokens=120, learning_rate=2e-2, frozen=(), dropout=0.0, label_smoothing=0.0, patience=0
    )
    monkeypatch.setattr(learning, "HOW", how)
    monkeypatch.setattr(learning, "PASSES", 20)
    monkeypatch.setattr(learning, "MIXED", 0.0)
    few_general_pairs(monkeypatch)
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    app.command()(command.adapt)

    def run(*arguments: object) -> Result:
        given = ["--output", "out", *map(str, arguments), "--model", str(model), "--threads", "1", "--no-glossary"]
        result = CliRunner().invoke(app, given)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def test_a_model_that_got_better_is_written(adapt: Callable[..., Result], model: Path, tmp_path: Path) -> None:
    result = adapt(write_pairs(tmp_path / "p.tsv"), "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    assert found["better"] is True
    assert found["reasons_against"] == []
    assert found["pairs"] == {"learn": 52, "choose": 8, "judge": 20, "left_out": {}}
    chrf = found["held_out"]["scores"][1]
    assert chrf["after"] > chrf["before"] + 20
    assert chrf["p"] < 0.05
    assert "seed:12345" in chrf["signature"]
    assert found["other_text"]["pairs"] == 2
    adapted = inspect_model(tmp_path / "out", name="out", origin="directory")
    assert adapted.sha256 != inspect_model(model, name="m", origin="directory").sha256
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    for said in ("p.tsv: 80 pairs, SHA-256", "52 pairs to learn from", "Better on the held-out pairs", "| chrF |"):
        assert said in card
    assert not (tmp_path / "out.adapting").exists()


def test_a_model_that_did_not_is_not(
    adapt: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "HOW", replace(learning.HOW, learning_rate=1e-9))
    monkeypatch.setattr(learning, "PASSES", 1)
    pairs = write_pairs(tmp_path / "p.tsv")
    result = adapt(pairs)
    assert result.exit_code == 1
    for said in ("Not called better", "may be chance", "Nothing was written", "held out, 20 pairs", "chrF: nrefs:1"):
        assert said in result.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p.tsv"]
    kept = adapt(pairs, "--keep")
    assert kept.exit_code == 1
    assert "not called better" in (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    with pytest.raises(OutputError, match="is there already"):
        adapt(pairs)


def test_mistakes_are_said_before_work_begins(adapt: Callable[..., Result], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="are the fewest"):
        adapt(write_pairs(tmp_path / "few.tsv", PAIRS[:10]))
    with pytest.raises(InputError, match=r"none\.tsv"):
        adapt(tmp_path / "none.tsv")
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be made"):
        adapt(write_pairs(tmp_path / "p.tsv"), "--output", "file/out")
    with pytest.raises(ModelError, match="no model"):
        CliRunner().invoke(_app(), ["few.tsv", "--model", "nothing", "-o", "out"], catch_exceptions=False)
    assert not (tmp_path / "out.adapting").exists()


def _app() -> typer.Typer:
    app = typer.Typer()
    app.command()(command.adapt)
    return app


def test_a_stop_keeps_the_work_and_the_same_call_goes_on(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few_general_pairs(monkeypatch)
    gathered = Gathered(tuple(PAIRS), (), {})
    original = inspect_model(model, name="m", origin="directory")
    asked = iter([False] * 3)
    arguments: dict[str, Any] = {"minutes": 5.0, "threads": 1, "keep": True}
    out = tmp_path / "deep" / "out"
    stopped = adapt_pipeline.adapt(gathered, original, out, Glossary(), stop=lambda: next(asked, True), **arguments)
    assert stopped is None
    assert (tmp_path / "deep" / "out.adapting").is_dir()
    asked = iter([False] * 2)
    assert (
        adapt_pipeline.adapt(gathered, original, out, Glossary(), stop=lambda: next(asked, True), **arguments) is None
    )
    other = Gathered((*PAIRS, ("另外一句话。", "One more sentence.")), (), {})
    with pytest.raises(OutputError, match="other data or options"):
        adapt_pipeline.adapt(other, original, out, Glossary(), **arguments)


def test_control_c_stops_and_says_how_to_go_on(
    adapt: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def asked() -> Iterator[Callable[[], bool]]:
        yield lambda: True

    monkeypatch.setattr(command, "_asked_to_stop", asked)
    result = adapt(write_pairs(tmp_path / "p.tsv"))
    assert result.exit_code == 130
    assert "the same command goes on from here" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.adapting", "p.tsv"]


def test_the_first_control_c_asks_and_the_second_interrupts() -> None:
    with command._asked_to_stop() as stop:
        assert not stop()
        signal.raise_signal(signal.SIGINT)
        assert stop()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
