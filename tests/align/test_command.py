"""The command from files to files: what it prints, writes and refuses."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.align.texts import PAIRS, SOURCE, TARGET
from translate.align_pipeline import Wishes, align_pair, load_pair, open_tools, translating
from translate.align_pipeline.translating import PlainTranslations
from translate.bilingual import load_rows
from translate.cli import align
from translate.errors import InputError, OutputError, SettingsError
from translate.memory import Memory
from translate.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

    from translate.align_pipeline import Tools

app = typer.Typer()
app.command("align", epilog=align.EXAMPLES)(align.align)


def write(folder: Path, name: str, lines: list[str], gap: str = "\n") -> Path:
    path = folder / name
    path.write_text(gap.join(lines) + "\n", encoding="utf-8")
    return path


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path, "zh.txt", SOURCE), write(tmp_path, "en.txt", TARGET)


def test_presplit_lines_as_json(files: tuple[Path, Path]) -> None:
    result = call(*files, "--presplit", "--json")
    assert result.exit_code == 0
    beads = json.loads(result.stdout)
    assert [(bead["source"], bead["target"]) for bead in beads] == [([number], [number]) for number in range(14)]
    assert all(0 <= bead["score"] <= 1 for bead in beads)


def test_two_documents_into_a_folder(files: tuple[Path, Path], tmp_path: Path) -> None:
    files[1].write_text("\n\n".join(TARGET[:6] + TARGET[7:] + ["Nobody had asked for this long remark on poems."]))
    files[0].write_text("\n\n".join(SOURCE), encoding="utf-8")
    result = call(*files, "--output", tmp_path / "out")
    assert result.exit_code == 0, result.output
    rows = load_rows(tmp_path / "out" / "aligned.tsv")
    assert "".join(row.source for row in rows) == "".join(SOURCE)
    assert [row.source for row in rows if not row.target] == [SOURCE[6]]
    assert [row.target for row in rows if not row.source] == ["Nobody had asked for this long remark on poems."]
    assert len({row.id for row in rows}) == len(rows)
    manifest = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert manifest["alignment"]["omitted"] == manifest["alignment"]["added"] == 1
    assert manifest["alignment"]["related"]
    assert "13 of 1-1" in result.stdout


def test_what_is_done_is_left_alone_and_nothing_is_overwritten_unasked(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert call(*files, "--output", out).exit_code == 0
    before = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}
    assert set(before) == {"aligned.tsv", "aligned.xlsx", "report.html", "run.json"}
    again = call(*files, "--output", out)
    assert "done before" in again.stdout
    assert {path.name: path.stat().st_mtime_ns for path in out.iterdir()} == before
    assert len(json.loads(call(*files, "--output", out, "--json").stdout)) == 14
    assert call(*files, "--output", out, "--write", "tsv,tmx").exit_code == 0
    assert (out / "aligned.tmx").is_file()
    assert {path.name: path.stat().st_mtime_ns for path in out.iterdir()}["aligned.tsv"] == before["aligned.tsv"]
    assert isinstance(call(*files, "--output", out, "--order", "risk").exception, OutputError)
    assert isinstance(call(*files, "--output", out, "--method", "lexicon").exception, OutputError)
    assert call(*files, "--output", out, "--force", "--write", "tmx").exit_code == 0
    assert "aligned.tmx" in {path.name for path in out.iterdir()}


@pytest.mark.parametrize("suffix", ["tsv", "xlsx", "tmx", "xlf", "xliff", "docx"])
def test_every_format_holds_every_bead(suffix: str, files: tuple[Path, Path], tmp_path: Path) -> None:
    write(files[1].parent, "en.txt", TARGET[:5] + TARGET[6:])
    assert call(*files, "--presplit", "--output", tmp_path / "out", "--write", suffix).exit_code == 0
    rows = load_rows(tmp_path / "out" / f"aligned.{suffix}")
    assert [row.source for row in rows] == SOURCE
    assert [row.target for row in rows] == [*TARGET[:5], "", *TARGET[6:]]


def test_an_unknown_format_is_refused_before_anything_is_done(files: tuple[Path, Path], tmp_path: Path) -> None:
    assert isinstance(call(*files, "--output", tmp_path / "out", "--write", "pdf").exception, SettingsError)
    assert not (tmp_path / "out").exists()


def test_the_riskiest_rows_first(files: tuple[Path, Path], tmp_path: Path) -> None:
    write(files[1].parent, "en.txt", TARGET[:5] + TARGET[6:])
    call(*files, "--presplit", "--output", tmp_path / "out", "--order", "risk")
    assert load_rows(tmp_path / "out" / "aligned.tsv")[0].source == SOURCE[5]


def test_sure_beads_without_errors_are_remembered(files: tuple[Path, Path], tmp_path: Path) -> None:
    wrong = TARGET[2].replace("340,000", "430,000")
    write(files[1].parent, "en.txt", [*TARGET[:2], wrong, *TARGET[3:5], *TARGET[6:]])
    path = tmp_path / "memory.sqlite"
    result = call(*files, "--presplit", "--output", tmp_path / "out", "--memory", path, "--sure", "0.5")
    assert "12 new, 0 known before" in result.stdout
    with Memory.open(path, create=False) as memory:
        kept = {one.entry.source: one.entry for one in memory.entries()}
        found = memory.exact([SOURCE[7]])[SOURCE[7]]
    assert set(kept) == {*SOURCE} - {SOURCE[2], SOURCE[5]}
    assert found.target == TARGET[7]
    assert "zh.txt" in found.provenance
    entry = kept[SOURCE[1]]
    assert (entry.previous, entry.next, entry.status) == (SOURCE[0], SOURCE[2], "imported")
    assert "en.txt" in entry.note
    again = call(*files, "--presplit", "--output", tmp_path / "out", "--memory", path, "--sure", "0.5")
    assert "0 new, 12 known before" in again.stdout
    assert "done before" in again.stdout
    assert call(*files, "--presplit", "--json", "--memory", tmp_path / "other", "--sure", "1.0").exit_code == 0
    with Memory.open(tmp_path / "other", create=False) as memory:
        assert len(memory) == 0


def test_an_interrupt_says_how_to_go_on(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("translate.align_pipeline.align", interrupted)
    result = call(*files, "--output", files[0].parent / "out")
    assert result.exit_code == 130
    assert "goes on" in result.stderr
    monkeypatch.undo()
    assert call(*files, "--output", files[0].parent / "out").exit_code == 0


def test_translations_outlive_an_interrupt(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def translate(self: PlainTranslations, texts: list[str]) -> list[str]:
        if len(asked) >= 8 and not go_on:
            raise KeyboardInterrupt
        asked.extend(texts)
        return [dict(PAIRS)[text] for text in texts]

    go_on = False
    monkeypatch.setattr(PlainTranslations, "_translate", translate)
    monkeypatch.setattr(translating, "CHUNK_CHARACTERS", 40)
    arguments = (*files, "--presplit", "--output", tmp_path / "out", "--method", "standard+model", "--model", "builtin")
    assert call(*arguments).exit_code == 130
    assert 8 <= len(asked) < 14
    go_on = True
    assert call(*arguments).exit_code == 0
    assert asked == SOURCE
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        *("aligned.tsv", "aligned.xlsx", "report.html", "run.json")
    }
    manifest = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert manifest["alignment_model"]["name"] == "builtin"


def test_the_whole_text_on_one_line(tmp_path: Path) -> None:
    files = write(tmp_path, "zh.txt", ["".join(SOURCE[4:])]), write(tmp_path, "en.txt", [" ".join(TARGET[4:])])
    result = call(*files, "--output", tmp_path / "out")
    assert result.exit_code == 0, result.output
    rows = load_rows(tmp_path / "out" / "aligned.tsv")
    assert len(rows) >= 6
    assert "".join(row.source for row in rows) == "".join(SOURCE[4:])
    assert " ".join(row.target for row in rows if row.target) == " ".join(TARGET[4:])


@cache
def plain_tools() -> Tools:
    return open_tools(Settings(use_glossary=False), Wishes())


zh = st.lists(st.sampled_from([*SOURCE, "第一。第二！", "2024年", "“是的。”他说。"]), min_size=1, max_size=8)
en = st.lists(st.sampled_from([*TARGET, "One. Two!", "In 2024", '"Yes." he said.']), min_size=1, max_size=8)


@settings(max_examples=25, deadline=None)
@given(zh, en, st.booleans())
def test_every_character_of_both_texts_is_in_exactly_one_unit(
    tmp_path_factory: pytest.TempPathFactory, source: list[str], target: list[str], presplit: bool
) -> None:
    folder = tmp_path_factory.mktemp("pair")
    paths = write(folder, "a.txt", source, "\n" if presplit else "\n\n"), write(folder, "b.txt", target)
    try:
        pair = load_pair(*paths, presplit=presplit)
    except InputError:
        return
    found = align_pair(pair, plain_tools())
    if not any(bead.moved for bead in found.beads):
        assert "".join(unit.source for unit in found.run.units) == "".join(segment.text for segment in pair.source)
        said = "".join(unit.target for unit in found.run.units)
        assert "".join(said.split()) == "".join("".join(segment.text for segment in pair.target).split())
    else:
        said = "".join(sorted("".join(unit.target for unit in found.run.units)))
        assert said.strip() == "".join(sorted("".join(segment.text for segment in pair.target))).strip()


def test_one_bilingual_file(tmp_path: Path) -> None:
    blocks = [text for pair in zip(SOURCE, TARGET, strict=True) for text in pair]
    pair = load_pair(write(tmp_path, "both.txt", blocks, "\n\n"), None)
    assert [segment.text.strip() for segment in pair.source] == SOURCE
    assert [segment.text.strip() for segment in pair.target] == TARGET


def test_a_table_of_two_columns(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for source, target in zip(SOURCE, TARGET, strict=True):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = source, target
    document.save(str(tmp_path / "both.docx"))
    result = call(tmp_path / "both.docx", "--json")
    beads = json.loads(result.stdout)
    assert [(bead["source"], bead["target"]) for bead in beads] == [([number], [number]) for number in range(14)]


def test_a_finding_can_fail_the_command(files: tuple[Path, Path]) -> None:
    write(files[1].parent, "en.txt", TARGET[:5] + TARGET[6:])
    assert call(*files, "--presplit", "--json", "--fail-on", "error").exit_code == 1


def test_unrelated_texts_are_said_to_be(files: tuple[Path, Path]) -> None:
    write(files[1].parent, "en.txt", ["The cat slept on a warm stone.", "Rain fell on the hills.", "Geese are loud."])
    result = call(*files, "--presplit", "--json")
    assert "unrelated" in result.stderr


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        (TARGET, SOURCE, "swapped"),
        ([], TARGET, "holds no text"),
        (SOURCE, [], "holds no text"),
        (SOURCE, SOURCE, "same text"),
        (SOURCE, SOURCE[1:], "is Chinese, not English"),
        (TARGET, TARGET[1:], "is English, not Chinese"),
    ],
)
@pytest.mark.parametrize("presplit", [True, False])
def test_what_cannot_be_aligned_is_refused(
    source: list[str], target: list[str], said: str, presplit: bool, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=said):
        load_pair(write(tmp_path, "a.txt", source), write(tmp_path, "b.txt", target), presplit=presplit)


def test_a_single_file_must_hold_both_languages(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no English text"):
        load_pair(write(tmp_path, "a.txt", SOURCE, "\n\n"), None)
    with pytest.raises(InputError, match="two files"):
        load_pair(write(tmp_path, "a.txt", SOURCE), None, presplit=True)


def test_traditional_characters(tmp_path: Path) -> None:
    import opencc

    lines = [opencc.OpenCC("s2t").convert(text) for text in SOURCE]
    result = call(write(tmp_path, "zh.txt", lines), write(tmp_path, "en.txt", TARGET), "--presplit", "--json")
    assert [bead["source"] for bead in json.loads(result.stdout)] == [[number] for number in range(14)]
