from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from translate.bilingual.tsv import loads
from translate.errors import InputError, OutputError, Problem
from translate.formats import read_bytes
from translate.glossary import locate
from translate.glossary.mention import mark_first_mentions
from translate.memory import Entry, Memory
from translate.pipeline import (
    Failure,
    Outcome,
    Source,
    Task,
    Toolbox,
    load_source,
    open_toolbox,
    run_all,
    segment,
    source_from_bytes,
    translate_document,
)
from translate.records import Run, Segment, Term, TermHit, Unit
from translate.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

NOTICE = ROOT / "examples" / "notice.txt"
SHORT = "关于做好培训工作的通知\n\n各地要做好“技能中国”行动，咨询请拨打12333。\n"


@pytest.fixture(scope="module")
def tools() -> Toolbox:
    return open_toolbox(Settings(model="builtin"))


def run(source: Source, folder: Path, tools: Toolbox) -> Outcome:
    (result,) = run_all([Task(source.document.path, lambda: source, folder)], tools, folder, _silent)
    if isinstance(result, Failure):
        raise result.error
    return result


def rows_of(folder: Path) -> list[dict[str, str]]:
    return [asdict(row) for row in loads((folder / "aligned.tsv").read_bytes(), "aligned.tsv")]


def short_source() -> Source:
    return source_from_bytes(SHORT.encode(), "short.txt", "txt")


@pytest.fixture(scope="module")
def article_run(tools: Toolbox, article: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return run(load_source(article), tmp_path_factory.mktemp("article") / "out", tools)


def test_the_article_is_whole(article_run: Outcome, article: Path) -> None:
    rows = rows_of(article_run.folder)
    blocks: dict[str, str] = {}
    for row in rows:
        blocks[row["block"]] = blocks.get(row["block"], "") + row["source"]
    assert len(blocks) == 19
    assert "\u3000\u3000".join(blocks.values()) == article.read_text(encoding="utf-8").strip()
    assert not [row["id"] for row in rows if not row["target"].strip()]
    translation = (article_run.folder / "translation.txt").read_text(encoding="utf-8")
    assert len(translation.split("\n\n")) == 19


def test_the_articles_hotline_and_programme_come_out_right(article_run: Outcome) -> None:
    for row in rows_of(article_run.folder):
        if "12333" in row["source"]:
            assert re.search(r"(?<![\d,])12333(?!,?\d)", row["target"])
        if "技能中国" in row["source"].replace("”", "").replace("“", ""):
            assert "Skills China" in row["target"]


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("42个", r"\b(42|forty-two)\b"),
        ("178个", r"\b178\b"),
        ("34万个", r"\b340,000\b|\b340 thousand\b"),
        ("100多万", r"(more than|over|upwards of) (1|one) million|1 million-plus"),
        ("近200亿", r"(nearly|almost|close to) (20|twenty) billion"),
        ("12333", r"(?<![\d,])12333(?!,?\d)"),
    ],
)
def test_the_articles_numbers_are_right_or_flagged(article_run: Outcome, written: str, right: str) -> None:
    rows = [row for row in rows_of(article_run.folder) if written in row["source"]]
    assert rows
    for row in rows:
        flagged = re.search(r"\b(number|code|term)\b", row["findings"]) and row["severity"] == "error"
        assert re.search(right, row["target"]) or flagged


def test_every_term_of_the_article_is_verified_or_flagged(article_run: Outcome) -> None:
    rows = {row["id"]: row for row in rows_of(article_run.folder)}
    hits = article_run.manifest["terms"]
    assert len(hits) > 100
    for hit in hits:
        row = rows[hit["segment"]]
        if hit["found"] is None:
            assert "term" in row["findings"]
        else:
            assert row["target"][slice(*hit["target_span"])] == hit["found"]


def test_the_manifest_says_what_was_run_and_what_came_out(tools: Toolbox, tmp_path: Path) -> None:
    outcome = run(short_source(), tmp_path / "out", tools)
    manifest = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert manifest["program"]["name"] == "policy-translate"
    assert manifest["model"]["sha256"] == tools.model.sha256
    assert manifest["glossary"]["sha256"] == tools.glossary.sha256
    assert manifest["input"]["sha256"] == short_source().document.sha256
    assert manifest["settings"]["beam_size"] == 4
    assert manifest["counts"]["blocks"] == 2
    assert sum(manifest["counts"]["origins"].values()) == manifest["counts"]["segments"] == len(rows_of(outcome.folder))
    assert set(manifest["time"]) == {"seconds"}
    assert [unit["target"] for unit in manifest["units"]] == [row["target"] for row in rows_of(outcome.folder)]
    assert outcome.manifest == manifest
    assert {hit["layer"] for hit in manifest["terms"]} == {"shipped"}


def test_two_runs_give_identical_bytes(tools: Toolbox, tmp_path: Path) -> None:
    folders = [run(load_source(NOTICE), tmp_path / name, tools).folder for name in ("one", "two")]
    for name in ("aligned.tsv", "translation.txt"):
        first, second = ((folder / name).read_bytes() for folder in folders)
        assert first == second
    manifests = [json.loads((folder / "run.json").read_text(encoding="utf-8")) for folder in folders]
    assert {key for key in manifests[0] if manifests[0][key] != manifests[1][key]} <= {"time"}


def test_a_finished_run_is_left_alone_even_when_it_was_edited(tools: Toolbox, tmp_path: Path) -> None:
    run(short_source(), tmp_path, tools)
    (tmp_path / "aligned.tsv").write_bytes(b"a reviewer's work")
    assert run(short_source(), tmp_path, tools).already_done
    assert (tmp_path / "aligned.tsv").read_bytes() == b"a reviewer's work"


def test_other_kinds_of_files_are_added_to_a_finished_run(tools: Toolbox, tmp_path: Path) -> None:
    made = run(short_source(), tmp_path, tools)
    (tmp_path / "aligned.tsv").write_bytes(b"a reviewer's work")
    more = run(short_source(), tmp_path, _with(tools, formats=("tsv", "xlf")))
    assert not more.already_done
    assert set(more.manifest["outputs"]) == {*made.manifest["outputs"], "aligned.xlf"}
    assert (tmp_path / "aligned.tsv").read_bytes() == b"a reviewer's work"
    assert more.manifest["units"] == made.manifest["units"]
    assert run(short_source(), tmp_path, tools).already_done
    with pytest.raises(OutputError):
        run(short_source(), tmp_path, _with(tools, order="risk"))


def _with(tools: Toolbox, **changed: object) -> Toolbox:
    return replace(tools, settings=tools.settings.model_copy(update=changed))


def test_other_settings_do_not_overwrite_a_finished_run(tools: Toolbox, tmp_path: Path) -> None:
    run(short_source(), tmp_path, tools)
    other = replace(tools, settings=Settings(model="builtin", beam_size=2))
    with pytest.raises(OutputError, match="--force"):
        run(short_source(), tmp_path, other)
    forced = replace(tools, settings=Settings(model="builtin", beam_size=2, force=True))
    assert not run(short_source(), tmp_path, forced).already_done


def test_segments_of_a_document_joined_are_its_blocks() -> None:
    document = load_source(NOTICE).document
    joined: dict[str, str] = {}
    for part in segment(document):
        joined[part.block_id] = joined.get(part.block_id, "") + part.text
    assert joined == {block.id: block.text for block in document.blocks}


def test_a_document_without_a_block_gives_an_empty_sheet(tools: Toolbox, tmp_path: Path) -> None:
    source = source_from_bytes("\n　\n".encode(), "empty.txt", "txt")
    assert source.document.blocks == ()
    run(source, tmp_path, tools)
    assert rows_of(tmp_path) == []


def test_traditional_text_is_kept_in_the_sheet_and_translated(tools: Toolbox, tmp_path: Path) -> None:
    traditional, simplified = "加強職業培訓，擴大就業。", "加强职业培训，扩大就业。"
    targets = []
    for text in (traditional, simplified):
        folder = run(source_from_bytes(text.encode(), "x.txt", "txt"), tmp_path / text[1], tools).folder
        [row] = rows_of(folder)
        assert row["source"] == text
        targets.append(row["target"])
    assert targets[0] == targets[1]


# --- first mentions


def unit_of(number: int, source: str, target: str, term: Term) -> Unit:
    start = source.find(term.source)
    hits = (TermHit(term, start, start + len(term.source)),) if start >= 0 else ()
    segment = Segment(f"b{number}.s01", f"b{number}", source)
    return Unit(segment.id, (segment,), target, hits=locate(hits, target, kind=segment.kind))


def test_a_first_mention_is_explained_once() -> None:
    term = Term("技能中国", "Skills China", first_mention=True)
    units = mark_first_mentions(
        [
            unit_of(1, "新时代", "The new era.", term),
            unit_of(2, "技能中国行动", "The Skills China action.", term),
            unit_of(3, "技能中国行动", "The Skills China action.", term),
        ]
    )
    assert [unit.target for unit in units] == [
        "The new era.",
        "The Skills China (技能中国) action.",
        "The Skills China action.",
    ]
    [hit] = units[1].hits
    assert hit.target is not None
    assert units[1].target[slice(*hit.target)] == "Skills China"


def test_a_term_that_is_missing_or_asks_for_no_mention_is_not_explained() -> None:
    asked = Term("技能中国", "Skills China", first_mention=True)
    units = [
        unit_of(1, "技能中国", "Something else.", asked),
        unit_of(2, "技能中国", "Skills China.", replace(asked, first_mention=False)),
    ]
    assert mark_first_mentions(units) == tuple(units)


def test_a_run_is_made_of_public_records() -> None:
    document = read_bytes(SHORT.encode(), path="short.txt", format="txt")
    assert Run(document, (), {}).document.blocks[0].text == "关于做好培训工作的通知"


def test_documents_of_a_call_share_their_sentences_and_a_bad_one_does_not_stop_the_others(
    tools: Toolbox, tmp_path: Path
) -> None:
    def unreadable() -> Source:
        raise InputError(Problem("cannot be read", "b.txt"))

    def again() -> Source:
        return source_from_bytes(f"{SHORT}\n新的一句。\n".encode(), "c.txt", "txt")

    tasks = [
        Task("a.txt", short_source, tmp_path / "a"),
        Task("b.txt", unreadable, tmp_path / "b"),
        Task("c.txt", again, tmp_path / "c"),
    ]
    seen: list[tuple[str, int, int]] = []
    results = list(run_all(tasks, tools, tmp_path, lambda *told: seen.append(told)))
    assert {result.path: type(result) for result in results} == {"a.txt": Outcome, "b.txt": Failure, "c.txt": Outcome}
    first, second = rows_of(tmp_path / "a"), rows_of(tmp_path / "c")
    assert second[: len(first)] == first
    assert ("documents", 2, 3) in seen
    assert {path.name for path in tmp_path.iterdir()} == {"a", "c"}
    assert all(
        isinstance(result, Failure) or result.already_done for result in run_all(tasks, tools, tmp_path, _silent)
    )


def test_a_document_that_cannot_be_written_does_not_stop_the_others_and_its_drafts_stay(
    tools: Toolbox, tmp_path: Path
) -> None:
    (tmp_path / "a" / "aligned.tsv.unfinished").mkdir(parents=True)
    tasks = [Task(f"{name}.txt", short_source, tmp_path / name) for name in "ab"]
    failure, outcome = run_all(tasks, tools, tmp_path, _silent)
    assert isinstance(failure, Failure)
    assert "aligned.tsv" in str(failure.error)
    assert isinstance(outcome, Outcome)
    assert len(list(tmp_path.glob(".journal-*.sqlite"))) == 1
    (tmp_path / "a" / "aligned.tsv.unfinished").rmdir()
    assert all(isinstance(result, Outcome) for result in run_all(tasks, tools, tmp_path, _silent))
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b"}


def test_what_the_memory_has_is_used_as_it_is(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.sqlite") as memory:
        memory.add([Entry("各地要做好“技能中国”行动，咨询请拨打12333。", "Skills China it is; call 12333.")])
        memory.add([Entry("关于做好培训工作的通告", "Announcement on Training")])
    with_memory = open_toolbox(Settings(model="builtin", memory=tmp_path / "memory.sqlite"))
    heading, sentence = translate_document(short_source(), with_memory).units
    assert (sentence.origin, sentence.matches[0].score) == ("memory", 1.0)
    assert sentence.target == "Skills China it is; call 12333."
    assert heading.origin != "memory"
    assert heading.matches[0].target == "Announcement on Training"
    assert 0.7 <= heading.matches[0].score < 1


def test_an_amended_document_keeps_what_has_not_changed(tools: Toolbox, tmp_path: Path) -> None:
    run(load_source(NOTICE), tmp_path / "old", tools)
    old = json.loads((tmp_path / "old" / "run.json").read_text(encoding="utf-8"))["units"]
    data = NOTICE.read_bytes().decode("utf-8").replace("12333", "12345", 1)
    amended = source_from_bytes(data.encode(), "notice.txt", "txt")
    outcome = run(amended, tmp_path / "new", open_toolbox(Settings(model="builtin", previous=tmp_path / "old")))
    origins = [unit["origin"] for unit in outcome.manifest["units"]]
    assert origins.count("previous") == len(old) - 1
    assert {"changes.html", "changes.docx"} <= outcome.manifest["outputs"].keys()
    page = (tmp_path / "new" / "changes.html").read_text(encoding="utf-8")
    assert "12345" in page


def test_processes_and_threads_give_the_same_units(tools: Toolbox) -> None:
    here = translate_document(load_source(NOTICE), tools)
    processes = replace(tools, settings=Settings(model="builtin", jobs=2))
    assert translate_document(load_source(NOTICE), processes).units == here.units


def _silent(step: str, done: int, total: int) -> None:
    """Show nothing."""
