"""The rows that `translate check` reads, and the sheet that it writes on request."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from translate.errors import InputError, OutputError, Problem, SettingsError
from translate.output import write_file
from translate.records import BlockKind, Document, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from translate.bilingual.rows import Row
    from translate.records import Unit

SHEETS = ("tsv", "xlsx")
TOGETHER = 5.0  # seconds within which the files of a run are written


def read_rows(source: Path, target: Path | None, encoding: str | None = None) -> tuple[Row, ...]:
    """The rows of a sheet, of one sheet named aligned.* in each folder below this one, or of two texts line by line."""
    from translate.bilingual import load_rows

    if target is not None:
        return _paired_lines(source, target, encoding)
    if not source.is_dir():
        return load_rows(source)
    sheets = sheets_of(source)
    if not sheets:
        raise InputError(Problem("no aligned sheet in this folder", str(source), remedy="first: translate run"))
    return tuple(row for sheet in sheets for row in _of_run(load_rows(sheet), sheet.parent.relative_to(source)))


def sheets_of(folder: Path) -> list[Path]:
    """One sheet of each run, or of its review: what was saved last, of sheets made together the first."""
    from translate.bilingual import FORMATS
    from translate.review.made import REVIEWED

    of_run: dict[Path, list[Path]] = {}
    for suffix in FORMATS:
        for path in sorted(folder.rglob(f"aligned.{suffix}")):
            of_run.setdefault(path.parent, []).append(path)
    chosen = []
    for folder, paths in sorted(of_run.items()):
        if folder / REVIEWED in of_run:
            continue
        saved = [path.stat().st_mtime for path in paths]
        chosen.append(next(path for path, when in zip(paths, saved, strict=True) if when > max(saved) - TOGETHER))
    return chosen


def final_text(row: Row) -> str:
    """The English of a row: as reviewed, or else as it was made."""
    return row.reviewed if row.reviewed.strip() else row.target


def check_sheet_name(path: Path) -> None:
    """SettingsError for a sheet of a kind that cannot be written."""
    if path.suffix.lower().lstrip(".") not in SHEETS:
        known = " or ".join(f".{suffix}" for suffix in SHEETS)
        raise SettingsError(Problem("no kind of sheet that can be written", str(path), remedy=f"a name in {known}"))


def check_page_name(path: Path) -> None:
    """SettingsError for a web page that would look like something else."""
    if path.suffix.lower() not in (".html", ".htm"):
        raise SettingsError(Problem("no name of a web page", str(path), remedy="a name in .html"))


def refuse_own_inputs(outputs: Iterable[Path | None], inputs: Iterable[Path | None]) -> None:
    """OutputError for an output that is one of the inputs: not even --force overwrites what is being checked."""
    read = {path.resolve() for path in inputs if path is not None}
    lost = [path for path in outputs if path is not None and path.resolve() in read]
    OutputError.raise_if([Problem("this is what is to be checked", str(path), remedy="name another") for path in lost])


def write_sheet(path: Path, units: Sequence[Unit], rows: Sequence[Row], title: str, *, force: bool = False) -> None:
    """The rows of the units, in the same order, with what was found; `title` is what was checked."""
    from translate.bilingual import tsv, xlsx
    from translate.bilingual.rows import row_of

    is_tsv = path.suffix.lower() == ".tsv"
    found = [row_of(unit, "; " if is_tsv else "\n") for unit in units]
    merged = [
        replace(row, severity=new.severity, findings=new.findings, terms=new.terms)
        for row, new in zip(rows, found, strict=True)
    ]
    data = tsv.dumps_rows(merged) if is_tsv else xlsx.dumps_rows(merged, Run(Document(title, "", ()), tuple(units), {}))
    write_file(path, data, force=force)


def _of_run(rows: Sequence[Row], folder: Path) -> Iterator[Row]:
    """The rows with the folder of their run in front of their ids, if it is not the one that was named."""
    run = f"{folder.as_posix()}:" if folder.parts else ""
    for row in rows:
        yield replace(row, id=run + row.id, block=run + row.block)


def _paired_lines(source: Path, target: Path, encoding: str | None) -> tuple[Row, ...]:
    from translate.bilingual.rows import Row

    ours, theirs = _lines(source, encoding), _lines(target, encoding)
    if len(ours) != len(theirs):
        what = f"{len(ours)} lines, and {target} has {len(theirs)}: one segment a line is needed on both sides"
        raise InputError(Problem(what, str(source), remedy="translate align pairs texts that are not line by line"))
    pairs = enumerate(zip(ours, theirs, strict=True), 1)
    return tuple(Row(str(number), str(number), BlockKind.PARAGRAPH, *pair) for number, pair in pairs)


def _lines(path: Path, encoding: str | None) -> list[str]:
    from translate.formats import guard
    from translate.formats.encoding import decode

    data = guard.read_file(path, limit=guard.TEXT_BYTES)
    text, _ = decode(data, path=str(path), encoding=encoding)
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines[:-1] if lines[-1] == "" else lines
