"""The command from files to files: what it prints, writes and refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import typer
from typer.testing import CliRunner

from tests.align.texts import SOURCE, TARGET
from translate.align_pipeline import load_pair
from translate.bilingual import load_rows
from translate.cli import align
from translate.errors import InputError, OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

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


def test_nothing_is_overwritten_unasked(files: tuple[Path, Path], tmp_path: Path) -> None:
    assert call(*files, "--output", tmp_path / "out").exit_code == 0
    assert isinstance(call(*files, "--output", tmp_path / "out").exception, OutputError)
    assert call(*files, "--output", tmp_path / "out", "--force").exit_code == 0


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
