"""`translate memory add`, `import` and `export`."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from translate.cli import console
from translate.cli.memory.common import Document, Force, Json, Since, Status, Where, day, number, open_memory
from translate.errors import InputError, OutputError, Problem, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from translate.memory import Added, Kept
    from translate.memory.intake import Intake

ADD = """[bold]Examples[/]

translate memory add outputs/notice/aligned.xlsx

translate memory add office.tmx pairs.tsv

translate memory add outputs/old.aligned/aligned.tsv --all"""
IMPORT = """[bold]Examples[/]

translate memory import omegat-project.tmx

translate memory import ours.tsv --memory team.sqlite"""
EXPORT = """[bold]Examples[/]

translate memory export memory.tmx

translate memory export notice.tsv --document notice.docx

translate memory export - --since 2026-01-01 > new.tmx"""
STDOUT = "-"


def add(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="Aligned sheets (.xlsx, .ods ...), .tmx, or lines of Chinese, a tab, English."
        ),
    ],
    everything: Annotated[
        bool, typer.Option("--all", help="Rows that nobody has judged too; rejected ones never.")
    ] = False,
    memory: Where = None,
    as_json: Json = False,
) -> None:
    """Remember what was accepted in sheets: rows with the status accepted or edited, or with a text under reviewed.

    Pairs, and units of a TMX that say nothing of their status, are taken as accepted. The same again adds nothing.
    """
    _take_in(paths, memory, everything=everything, as_json=as_json)


def import_entries(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE...", help="TMX of any program, or TSV that we wrote.")],
    memory: Where = None,
    as_json: Json = False,
) -> None:
    """Take over memories of other programs and people, whatever the status of their entries but rejected.

    Where a source has several translations the newest wins; all are kept. The same again adds nothing.
    """
    _take_in(paths, memory, everything=True, as_json=as_json)


def export(
    path: Annotated[str, typer.Argument(metavar="FILE", help="The file to write, or - for standard output.")],
    format: Annotated[str | None, typer.Option(help="tmx or tsv; else by the suffix, or tmx.")] = None,
    text: Annotated[str | None, typer.Option(help="Stands in the Chinese or in the English.")] = None,
    document: Document = None,
    status: Status = None,
    since: Since = None,
    force: Force = False,
    memory: Where = None,
) -> None:
    """Write entries as TMX 1.4b, for other programs, or as TSV."""
    from translate.memory import Selection
    from translate.memory.exchange import write_tmx, write_tsv

    writers: dict[str, Callable[[Iterable[Kept], BinaryIO], int]] = {"tmx": write_tmx, "tsv": write_tsv}
    chosen = format or (Path(path).suffix.lower().lstrip(".") if path != STDOUT else "tmx")
    if chosen not in writers:
        raise SettingsError(Problem(f"no format {chosen!r} for a memory", remedy="name a file in .tmx or .tsv"))
    selection = Selection(text, document, status, day(since, "--since"))
    with open_memory(memory) as opened, _writing(path, force=force) as stream:
        count = writers[chosen](opened.entries(selection), stream)
    if path != STDOUT:
        console.messages().print(f"{number(count, 'entry', 'entries')} in {path}", markup=False)


def _take_in(paths: list[Path], memory: Path | None, *, everything: bool, as_json: bool) -> None:
    from translate.formats import guard
    from translate.memory.intake import Intake

    for path in paths:
        guard.check_path(path)
    done: list[tuple[Intake, Added]] = []
    with open_memory(memory, create=True) as opened:
        for path in paths:
            intake = Intake(path, everything=everything, **_origin(path))
            with console.progress_bar(path.name) as progress:
                show = partial(_show, progress, intake)
                done.append((intake, opened.add_many(intake.entries(), after_each=show)))
        left, where = len(opened), opened.path
    if as_json:
        files = [{"path": str(intake.path), **asdict(added), "not_accepted": intake.left_out} for intake, added in done]
        console.print_json({"memory": str(where), "entries": left, "files": files})
        return
    for intake, added in done:
        told = [f"{added.new:,} new", f"{added.known:,} known before"]
        told += [f"{added.empty:,} without one of the texts"] if added.empty else []
        told += [f"{intake.left_out:,} not accepted"] if intake.left_out else []
        typer.echo(f"{intake.path}: {', '.join(told)}")
    typer.echo(f"{number(left, 'entry', 'entries')} in {where}", err=True)


def _show(progress: Callable[[str, int, int], None], intake: Intake) -> None:
    progress("reading", intake.read, intake.size)


def _origin(file: Path) -> dict[str, str]:
    """What the run beside a sheet says of its document; else only the file's own name is known."""
    from translate.review import find_folder

    try:
        manifest = find_folder(file).manifest
    except InputError:
        return {"document": file.name}
    inputs = manifest.get("input", {})
    document = inputs if "sha256" in inputs else inputs.get("source", {})
    return {
        "document": Path(str(document.get("path", file))).name,
        "sha256": str(document.get("sha256", "")),
        "run": str(manifest.get("fingerprint", "")),
    }


@contextmanager
def _writing(path: str, *, force: bool) -> Iterator[BinaryIO]:
    """A file that appears when it is whole, or standard output."""
    if path == STDOUT:
        yield sys.stdout.buffer
        return
    target = Path(path)
    if target.exists() and not force:
        raise OutputError(Problem("already exists", path, remedy="--force overwrites it"))
    unfinished = target.with_name(target.name + ".unfinished")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(target)
    except OSError as error:
        raise OutputError(Problem(error.strerror or str(error), path)) from error
    finally:
        with suppress(OSError):  # that there is none is as good
            unfinished.unlink()
