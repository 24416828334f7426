"""`translate align`: a Chinese document and its existing English translation in, aligned text with its checks out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import console, options

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
    glossary: options.Glossaries = None,
    no_glossary: options.NoGlossary = False,
    encoding: options.Encoding = None,
    fail_on: options.FailOn = None,
    settings_file: options.SettingsFile = None,
    force: options.Force = False,
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
    raise typer.Exit(console.code_for(manifest["counts"]["flagged"], settings.fail_on))


def shown(bead: Bead) -> dict[str, Any]:
    """A bead as JSON: sentence numbers of both sides from 0, the score in [0, 1]; `moved` where it is."""
    value: dict[str, Any] = {"source": list(bead.source), "target": list(bead.target), "score": bead.score}
    return {**value, "moved": True} if bead.moved else value


def _show(manifest: Mapping[str, Any], folder: Path | None) -> None:
    counts, found = manifest["counts"], manifest["alignment"]
    written = [str(folder / name) for name in [*manifest["outputs"], "run.json"]] if folder else []
    console.show_rows(
        ("sentences", f"{found['sentences']['source']} Chinese, {found['sentences']['target']} English"),
        ("beads", ", ".join(f"{count} of {shape}" for shape, count in found["beads"].items())),
        (
            "covered",
            f"{found['coverage']['source']:.1%} of the Chinese, {found['coverage']['target']:.1%} of the English",
        ),
        ("left out", f"{found['omitted']} sentences; added: {found['added']}; moved: {found['moved']}"),
        ("uncertain", f"{found['uncertain']} beads"),
        ("flagged", console.flagged(counts["flagged"])),
        ("terms", f"{counts['terms']['applied']} of {counts['terms']['found']} in the translation"),
        *([("review", written[0]), ("also", ", ".join(written[1:]))] if written else []),
    )
