"""`translate run`: documents in, aligned text with its checks out."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import console
from translate.errors import InputError, PolicyTranslateError, Problem

if TYPE_CHECKING:
    from translate.pipeline import Outcome, Source, Toolbox
    from translate.settings import Settings

EXAMPLES = """[bold]Examples[/]

translate run notice.docx

translate run notice.docx --glossary our-terms.tsv --output review/notice

translate run archive/ --fail-on error --json

translate run - < notice.txt > notice.en.txt"""

STDIN = "-"
SECONDS_A_CHARACTER = 0.002  # built-in model, one processor, retries included; only for the estimate of --dry-run


@dataclass(frozen=True, slots=True)
class Task:
    """One input and where its files go; `folder` None: the translation goes to standard output."""

    path: str
    folder: Path | None


def run(
    inputs: Annotated[
        list[str], typer.Argument(help="Documents (.txt .md .html .docx), folders of them, or - for standard input.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for the results; of several inputs, each gets one inside it."),
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", "-m", help="auto, builtin, a hub id, or a MarianMT folder.")
    ] = None,
    glossary: Annotated[
        list[Path] | None,
        typer.Option("--glossary", "-g", help="A sheet of terms; may be given again. Wins over ours."),
    ] = None,
    no_glossary: Annotated[bool, typer.Option("--no-glossary", help="Use no terms at all.")] = False,
    engine: Annotated[str | None, typer.Option(help="ctranslate2 (fast) or torch (the reference).")] = None,
    precision: Annotated[str | None, typer.Option(help="int8 or float32.")] = None,
    beam_size: Annotated[int | None, typer.Option(help="How many hypotheses the search keeps.")] = None,
    threads: Annotated[int | None, typer.Option(help="Processors to use; 0 is all. Does not change results.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Of text inputs, if it is recognised wrongly.")] = None,
    format: Annotated[str, typer.Option(help="Format of standard input.")] = "txt",
    fail_on: Annotated[
        str | None, typer.Option(help="Exit with 1 if a finding is at least this bad: note, warning, error.")
    ] = None,
    settings_file: Annotated[
        Path | None, typer.Option("--settings", help="Settings file; else translate.toml in this folder.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count blocks, segments and terms; no model.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite earlier results.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a machine-readable summary.")] = False,
) -> None:
    """Translate documents and write aligned text with quality checks.

    Each input gets a folder, outputs/NAME/, with aligned.tsv for review in a spreadsheet, the translation in the
    input's own format, and run.json. A run that was stopped goes on when the same command is given again.
    """
    from translate.settings import Settings

    settings = Settings.gather(
        {
            "model": model,
            "glossary": glossary,
            "use_glossary": False if no_glossary else None,
            "engine": engine,
            "precision": precision,
            "beam_size": beam_size,
            "threads": threads,
            "encoding": encoding,
            "output": output,
            "fail_on": fail_on,
            "force": force or None,
        },
        file=settings_file,
    )
    tasks = plan(inputs, settings.output)
    if dry_run:
        _dry_run(tasks, settings, format, as_json=as_json)
        return
    try:
        code = _run_all(tasks, settings, format, as_json=as_json)
    except KeyboardInterrupt:
        typer.echo("interrupted; the same command goes on where this one stopped", err=True)
        code = console.INTERRUPTED
    raise typer.Exit(code)


def plan(inputs: list[str], output: Path | None) -> list[Task]:
    """Every document that the inputs name, folders walked, each with a folder of its own for the results.

    One document goes straight into `output`; several go into folders inside it, named after the files.
    """
    from translate.formats import FORMATS

    paths: list[str] = []
    for name in inputs:
        path = Path(name)
        if name == STDIN or not path.is_dir():
            paths.append(name)
            continue
        found = sorted(file for file in path.rglob("*") if _is_document(file, path, FORMATS))
        if not found:
            known = ", ".join(FORMATS)
            raise InputError(Problem("no documents in this folder", name, remedy=f"known formats: {known}"))
        paths += map(str, found)
    paths = list(dict.fromkeys(paths))
    if len(paths) == 1:
        folder = output if paths[0] == STDIN else output or Path("outputs") / Path(paths[0]).stem
        return [Task(paths[0], folder)]
    root = output or Path("outputs")
    return [Task(path, root / name) for path, name in zip(paths, _names(paths), strict=True)]


def _is_document(file: Path, root: Path, formats: dict[str, str]) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in file.relative_to(root).parts)
    return file.suffix.lower().lstrip(".") in formats and file.is_file() and not hidden


def _names(paths: list[str]) -> list[str]:
    """A folder name for each path: its stem, or as much more of the path as it takes to tell them apart."""
    forms = [
        [Path(path).stem if path != STDIN else "stdin" for path in paths],
        [Path(path).name for path in paths],
        ["__".join(part for part in Path(path).parts if part not in ("/", "..")) for path in paths],
    ]
    names = []
    for candidates in zip(*forms, strict=True):
        unique = (name for form, name in zip(forms, candidates, strict=True) if _once(name, form))
        names.append(next(unique, candidates[-1]))
    return names


def _once(name: str, names: list[str]) -> bool:
    return sum(other.casefold() == name.casefold() for other in names) == 1


def _run_all(tasks: list[Task], settings: Settings, format: str, *, as_json: bool) -> int:
    """Run every task; one that fails is reported, and the others go on. The exit code."""
    from translate.pipeline import open_toolbox

    told = console.messages()
    tools: Toolbox | None = None
    summaries: list[dict[str, Any]] = []
    code = console.OK
    for task in tasks:
        try:
            source = _load(task, settings, format)
            if tools is None:
                tools = open_toolbox(settings, announce=lambda message: told.print(message))
                if tools.model.note:
                    told.print(f"[yellow]{tools.model.note}[/].")
            summary = _run_one(task, source, tools, as_json=as_json)
        except InputError as error:
            if len(tasks) == 1:
                raise
            _report(error)
            summaries.append({"input": task.path, "error": [str(problem) for problem in error.problems]})
            code = console.WRONG
            continue
        summaries.append(summary)
        if code == console.OK and _fails(summary, settings.fail_on):
            code = console.FINDINGS
    if as_json:
        console.print_json(summaries)
    return code


def _load(task: Task, settings: Settings, format: str) -> Source:
    from translate.pipeline import load_source, source_from_bytes

    if task.path == STDIN:
        return source_from_bytes(sys.stdin.buffer.read(), "standard input", format, settings.encoding)
    return load_source(Path(task.path), settings.encoding)


def _run_one(task: Task, source: Source, tools: Toolbox, *, as_json: bool) -> dict[str, Any]:
    from translate.pipeline import files_of, run, translate_document

    with console.progress_bar(Path(task.path).name) as progress:
        if task.folder is None:
            result = translate_document(source, tools, progress)
            if not as_json:
                translation = next(data for name, data in files_of(result, source).items() if name != "aligned.tsv")
                sys.stdout.buffer.write(translation)
                sys.stdout.buffer.flush()
            return _summary(task, dict(result.manifest), None)
        outcome = run(source, task.folder, tools, progress)
    if not as_json:
        _show(task, outcome)
    return _summary(task, outcome.manifest, outcome)


def _summary(task: Task, manifest: dict[str, Any], outcome: Outcome | None) -> dict[str, Any]:
    return {
        "input": task.path,
        "output": str(task.folder) if task.folder else None,
        "already_done": outcome.already_done if outcome else False,
        "model": manifest["model"]["name"],
        **manifest["counts"],
        "time": manifest["time"],
    }


def _fails(summary: dict[str, Any], fail_on: str) -> bool:
    levels = ["note", "warning", "error"]
    return fail_on != "never" and any(summary["flagged"][level] for level in levels[levels.index(fail_on) :])


def _report(error: PolicyTranslateError) -> None:
    for problem in error.problems:
        typer.echo(f"error: {problem}", err=True)


def _show(task: Task, outcome: Outcome) -> None:
    """The short table that a run ends with."""
    from rich.table import Table

    counts, model, took = (outcome.manifest[key] for key in ("counts", "model", "time"))
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_row(
        "[bold]document[/]", task.path + (" (done before; --force runs it again)" if outcome.already_done else "")
    )
    table.add_row("segments", f"{counts['segments']} in {counts['blocks']} blocks")
    flagged = counts["flagged"]
    table.add_row(
        "flagged",
        f"[red]{flagged['error']} with errors[/], [yellow]{flagged['warning']} with warnings[/], "
        f"{flagged['note']} with notes only",
    )
    table.add_row("terms", f"{counts['terms']['applied']} of {counts['terms']['found']} in their English")
    table.add_row("speed", f"{took['pieces_per_second']:.0f} tokens a second, {took['seconds']:.1f} s in all")
    small = " (built in, small: review every segment)" if model["origin"] == "builtin" else ""
    table.add_row("model", f"{model['name']}{small}")
    table.add_row("review", str(outcome.folder / "aligned.tsv"))
    others = [name for name in outcome.manifest.get("outputs", {}) if name != "aligned.tsv"]
    table.add_row("also", ", ".join(str(outcome.folder / name) for name in [*others, "run.json"]))
    console.output().print(table)


def _dry_run(tasks: list[Task], settings: Settings, format: str, *, as_json: bool) -> None:
    from translate.pipeline import open_glossary, segment

    glossary = open_glossary(settings)
    rows = []
    for task in tasks:
        document = _load(task, settings, format).document
        segments = segment(document)
        characters = sum(len(segment.text) for segment in segments)
        terms = sum(len(glossary.find(segment.text)) for segment in segments)
        rows.append(
            {
                "input": task.path,
                "output": str(task.folder) if task.folder else None,
                "blocks": len(document.blocks),
                "segments": len(segments),
                "characters": characters,
                "terms": terms,
                "estimated_seconds": round(characters * SECONDS_A_CHARACTER, 1),
            }
        )
    if as_json:
        console.print_json(rows)
        return
    for row in rows:
        console.output().print(
            f"{row['input']}: {row['blocks']} blocks, {row['segments']} segments, {row['characters']} characters, "
            f"{row['terms']} terms; about {row['estimated_seconds']:.0f} s with the built-in model; "
            f"would write to {row['output'] or 'standard output'}"
        )
