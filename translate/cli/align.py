"""`translate align`: a Chinese document and its existing English translation in, aligned text with its checks out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import console

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translate.align import Bead

EXAMPLES = """[bold]Examples[/]

translate align notice.zh.docx notice.en.docx

translate align bilingual.docx --output review/notice

translate align zh.txt en.txt --presplit --json"""


def align(
    source: Annotated[Path, typer.Argument(help="The Chinese document, or one file that holds both languages.")],
    target: Annotated[Path | None, typer.Argument(help="The English document.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the results; else outputs/NAME.aligned.")
    ] = None,
    method: Annotated[
        str | None, typer.Option(help="Way to align; docs/alignment.md compares them. Default: standard.")
    ] = None,
    presplit: Annotated[
        bool, typer.Option("--presplit", help="Both files hold one sentence a line; none is split or joined.")
    ] = False,
    glossary: Annotated[
        list[Path] | None,
        typer.Option("--glossary", "-g", help="A sheet of terms; may be given again. Wins over ours."),
    ] = None,
    no_glossary: Annotated[bool, typer.Option("--no-glossary", help="Use no terms at all.")] = False,
    encoding: Annotated[str | None, typer.Option(help="Of text inputs, if it is recognised wrongly.")] = None,
    fail_on: Annotated[
        str | None, typer.Option(help="Exit with 1 if a finding is at least this bad: note, warning, error.")
    ] = None,
    settings_file: Annotated[
        Path | None, typer.Option("--settings", help="Settings file; else translate.toml in this folder.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite earlier results.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the beads, sentence numbers from 0; write only with --output.")
    ] = False,
) -> None:
    """Align a document with an existing translation and check it.

    Writes aligned.tsv, the same sheet that `translate run` writes, and run.json. What the translation leaves out or
    adds is a row with one side empty.
    """
    from translate.align import DEFAULT
    from translate.align_pipeline import align_into, align_pair, load_pair
    from translate.settings import Settings

    settings = Settings.gather(
        {
            "glossary": glossary,
            "use_glossary": False if no_glossary else None,
            "encoding": encoding,
            "output": output,
            "fail_on": fail_on,
            "force": force or None,
        },
        file=settings_file,
    )
    pair = load_pair(source, target, presplit=presplit, encoding=settings.encoding)
    folder = settings.output or (None if as_json else Path("outputs") / f"{source.stem}.aligned")
    name = method or DEFAULT
    with console.progress_bar(source.name) as progress:
        result = (
            align_pair(pair, settings, name, progress)
            if folder is None
            else align_into(pair, folder, settings, name, progress)
        )
    manifest = result.run.manifest
    if as_json:
        console.print_json([shown(bead) for bead in result.beads])
    else:
        _show(manifest, folder)
    if not manifest["alignment"]["related"]:
        console.messages().print("[yellow]These texts seem to be unrelated:[/] hardly a sentence has a counterpart.")
    raise typer.Exit(console.FINDINGS if _fails(manifest, settings.fail_on) else console.OK)


def shown(bead: Bead) -> dict[str, Any]:
    """A bead as JSON: sentence numbers of both sides from 0, the score in [0, 1]; `moved` where it is."""
    value: dict[str, Any] = {"source": list(bead.source), "target": list(bead.target), "score": bead.score}
    return {**value, "moved": True} if bead.moved else value


def _fails(manifest: Mapping[str, Any], fail_on: str) -> bool:
    levels = ["note", "warning", "error"]
    flagged = manifest["counts"]["flagged"]
    return fail_on != "never" and any(flagged[level] for level in levels[levels.index(fail_on) :])


def _show(manifest: Mapping[str, Any], folder: Path | None) -> None:
    from rich.table import Table

    counts, found = manifest["counts"], manifest["alignment"]
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_row("sentences", f"{found['sentences']['source']} Chinese, {found['sentences']['target']} English")
    table.add_row("beads", ", ".join(f"{count} of {shape}" for shape, count in found["beads"].items()))
    table.add_row(
        "covered",
        f"{found['coverage']['source']:.1%} of the Chinese, {found['coverage']['target']:.1%} of the English",
    )
    table.add_row("left out", f"{found['omitted']} sentences; added: {found['added']}; moved: {found['moved']}")
    table.add_row("uncertain", f"{found['uncertain']} beads")
    flagged = counts["flagged"]
    table.add_row(
        "flagged",
        f"[red]{flagged['error']} with errors[/], [yellow]{flagged['warning']} with warnings[/], "
        f"{flagged['note']} with notes only",
    )
    table.add_row("terms", f"{counts['terms']['applied']} of {counts['terms']['found']} in the translation")
    if folder is not None:
        table.add_row("review", str(folder / "aligned.tsv"))
        table.add_row("also", str(folder / "run.json"))
    console.output().print(table)
