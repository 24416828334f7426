"""`translate run`: documents in, aligned text with its checks out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import console, options
from translate.cli.inputs import STDIN, Input, load, plan, sizes_of
from translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from translate.cli.archive import Archive
    from translate.cli.watch import Watch
    from translate.pipeline import Failure, Outcome, Toolbox
    from translate.settings import Settings

    Progress = Callable[[str, int, int], None]

EXAMPLES = """[bold]Examples[/]

translate run notice.docx

translate run notice.docx --glossary our-terms.tsv --output review/notice

translate run amended.docx --previous outputs/notice

translate run archive/ --fail-on error --json

translate run - < notice.txt > notice.en.txt"""

SECONDS_A_CHARACTER = 0.002  # built-in model, one processor, retries included; only for the estimate of --dry-run


def run(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Documents (txt md html docx odt pptx xlsx epub srt pdf), folders of them, or - for stdin."
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for the results; of several inputs, each gets one inside it."),
    ] = None,
    model: options.Model = None,
    glossary: options.Glossaries = None,
    no_glossary: options.NoGlossary = False,
    memory: options.Memory = None,
    no_memory: options.NoMemory = False,
    previous: Annotated[
        Path | None,
        typer.Option(help="Folder of an earlier version's run or review: what has not changed keeps its English."),
    ] = None,
    engine: Annotated[str | None, typer.Option(help="ctranslate2 (fast) or torch (the reference).")] = None,
    precision: Annotated[str | None, typer.Option(help="int8 or float32.")] = None,
    beam_size: Annotated[int | None, typer.Option(help="How many hypotheses the search keeps.")] = None,
    threads: Annotated[int | None, typer.Option(help="Processors to use; 0 is all. Does not change results.")] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", help="Processes to share the work; each loads the model.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="A Dask cluster to share the work: the scheduler's address, tcp://HOST:8786.")
    ] = None,
    encoding: options.Encoding = None,
    format: Annotated[str, typer.Option(help="Format of standard input.")] = "txt",
    write: Annotated[
        str | None, typer.Option(help="Aligned files to write, with commas: tsv, xlsx, html, tmx, xlf, xliff, docx.")
    ] = None,
    order: Annotated[str | None, typer.Option(help="Order of the rows: document, or risk, the riskiest first.")] = None,
    fail_on: options.FailOn = None,
    settings_file: options.SettingsFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count blocks, segments and terms; no model.")] = False,
    force: options.Force = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a machine-readable summary.")] = False,
    events: Annotated[
        bool, typer.Option("--events", help="Progress and failures as JSON, a line each, on standard error.")
    ] = False,
) -> None:
    """Translate documents and write aligned text with quality checks.

    Each input gets a folder, outputs/NAME/, with aligned.xlsx for review in a spreadsheet, the translation in the
    input's own format, and run.json. A run that was stopped goes on when the same command is given again.
    """
    from translate.settings import Settings

    settings = Settings.gather(
        {
            "model": model,
            "glossary": glossary,
            "use_glossary": False if no_glossary else None,
            "memory": memory,
            "use_memory": False if no_memory else None,
            "previous": previous,
            "engine": engine,
            "precision": precision,
            "beam_size": beam_size,
            "threads": threads,
            "jobs": jobs,
            "scheduler": scheduler,
            "encoding": encoding,
            "output": output,
            "formats": options.names(write, "--write"),
            "order": order,
            "fail_on": fail_on,
            "force": force or None,
        },
        file=settings_file,
    )
    found = plan(inputs, settings.output)
    if dry_run:
        raise typer.Exit(_dry_run(found, settings, format, as_json=as_json))
    try:
        code = _run_all(found, settings, format, as_json=as_json, events=events)
    except KeyboardInterrupt:
        typer.echo("interrupted; the same command goes on where this one stopped", err=True)
        code = console.INTERRUPTED
    raise typer.Exit(code)


def _run_all(inputs: list[Input], settings: Settings, format: str, *, as_json: bool, events: bool) -> int:
    """Run every input; one that fails is reported, and the others go on. The exit code."""
    from functools import partial

    from translate.cli.archive import Archive
    from translate.cli.watch import watching
    from translate.formats import guard
    from translate.pipeline import Outcome, Task, open_toolbox, run_all

    alone = len(inputs) == 1
    if alone and inputs[0].path != STDIN:
        guard.check_path(Path(inputs[0].path))  # before a model is looked for
    with watching(Path(inputs[0].path).name if alone else "translating", sizes_of(inputs), events=events) as watch:
        tools = open_toolbox(settings, announce=watch.say)
        if tools.model.note:
            watch.say(f"{tools.model.note}.")
        if inputs[0].folder is None:
            return _to_stdout(inputs[0], tools, format, watch, as_json=as_json)
        tasks = [Task(one.path, partial(load, one.path, settings, format), one.folder) for one in inputs if one.folder]
        root = tasks[0].folder if alone else tasks[0].folder.parent
        archive = Archive(root)
        summaries: list[dict[str, Any]] = []
        codes = [console.OK]
        for result in run_all(tasks, tools, root, watch.progress):
            if isinstance(result, Outcome):
                summary = _summary(result.path, result.manifest, result)
                archive.add(result.path, result.folder, result.manifest)
                codes.append(console.code_for(result.manifest["counts"]["flagged"], settings.fail_on))
                watch.done(**summary)
            else:
                summary = _failed(result, watch, archive, alone=alone)
                codes.append(console.WRONG)
            summaries.append(summary)
    written = () if alone else archive.write()
    if as_json:
        console.print_json(summaries)
    elif not alone:
        archive.show(written)
    elif isinstance(result, Outcome):
        _show(result)
    return max(codes)


def _to_stdout(one: Input, tools: Toolbox, format: str, watch: Watch, *, as_json: bool) -> int:
    from translate.pipeline import files_of, translate_document
    from translate.results import translation_name

    source = load(one.path, tools.settings, format)
    result = translate_document(source, tools, watch.progress)
    if as_json:
        console.print_json([_summary(one.path, dict(result.manifest), None)])
    else:
        files = files_of(result, source, tools)
        sys.stdout.buffer.write(files[translation_name(source.document)])
        sys.stdout.buffer.flush()
    return console.code_for(result.manifest["counts"]["flagged"], tools.settings.fail_on)


def _summary(path: str, manifest: dict[str, Any], outcome: Outcome | None) -> dict[str, Any]:
    return {
        "input": path,
        "output": str(outcome.folder) if outcome else None,
        "already_done": outcome.already_done if outcome else False,
        "model": manifest["model"]["name"],
        **manifest["counts"],
        "time": manifest["time"],
    }


def _failed(failure: Failure, watch: Watch, archive: Archive, *, alone: bool) -> dict[str, Any]:
    """Say what is wrong with an input; alone, it is the whole answer."""
    if alone:
        raise failure.error
    problems = [str(problem) for problem in failure.error.problems]
    watch.fail(failure.path, problems)
    archive.fail(failure.path, problems)
    return {"input": failure.path, "error": problems}


def _show(outcome: Outcome) -> None:
    """The short table that a run ends with."""
    counts, model = outcome.manifest["counts"], outcome.manifest["model"]
    seconds = outcome.manifest["time"]["seconds"]
    small = " (built in, small: review every segment)" if model["origin"] == "builtin" else ""
    files = sorted([*outcome.manifest["outputs"], "run.json"], key=lambda name: name != "aligned.xlsx")
    sheet, *others = (str(outcome.folder / name) for name in files)
    console.show_rows(
        ("[bold]document[/]", outcome.path + (" (done before; --force runs it again)" if outcome.already_done else "")),
        (
            "segments",
            f"{counts['segments']} in {console.number(counts['blocks'], 'block')}"
            if counts["blocks"]
            else "none: it has no text",
        ),
        ("flagged", console.flagged(counts["flagged"])),
        ("terms", f"{counts['terms']['applied']} of {counts['terms']['found']} in their English"),
        ("time", f"{seconds:.1f} s, {counts['characters'] / max(seconds, 0.001):.0f} characters a second"),
        ("model", f"{model['name']}{small}"),
        ("review", sheet),
        ("also", "\n".join(others)),
    )


def _dry_run(inputs: list[Input], settings: Settings, format: str, *, as_json: bool) -> int:
    from translate.pipeline import open_glossary, segment
    from translate.records import Rule

    glossary = open_glossary(settings)
    rows: list[dict[str, Any]] = []
    code = console.OK
    for one in inputs:
        try:
            document = load(one.path, settings, format).document
        except InputError as error:
            if len(inputs) == 1:
                raise
            for problem in error.problems:
                typer.echo(f"error: {problem}", err=True)
            rows.append({"input": one.path, "error": [str(problem) for problem in error.problems]})
            code = console.WRONG
            continue
        segments = segment(document)
        characters = sum(len(segment.text) for segment in segments)
        hits = [hit for segment in segments for hit in glossary.find(segment.text)]
        rows.append(
            {
                "input": one.path,
                "output": str(one.folder) if one.folder else None,
                "blocks": len(document.blocks),
                "segments": len(segments),
                "characters": characters,
                "terms": sum(hit.term.rule is not Rule.FORBID for hit in hits),
                "estimated_seconds": round(characters * SECONDS_A_CHARACTER, 1),
            }
        )
    if as_json:
        console.print_json(rows)
        return code
    nouns = ("block", "segment", "character", "term")
    for row in rows:
        if "error" not in row:
            counts = ", ".join(console.number(row[f"{noun}s"], noun) for noun in nouns)
            typer.echo(
                f"{row['input']}: {counts}; about {row['estimated_seconds']:.0f} s with the built-in model; "
                f"would write to {row['output'] or 'standard output'}"
            )
    return code
