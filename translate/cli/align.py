"""`translate align`: a Chinese document and its existing English translation in, aligned text with its checks out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli import console, options

if TYPE_CHECKING:
    from translate.align_pipeline import Outcome, Wishes
    from translate.settings import Settings

SURE = 0.9  # the score from which on beads are remembered, unless another is named

EXAMPLES = """[bold]Examples[/]

translate align notice.zh.docx notice.en.docx

translate align bilingual.docx --output review/notice --write tsv,xlsx,tmx

translate align notice.zh.docx notice.en.docx --method standard+model --remember

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
    model: options.Model = None,
    presplit: Annotated[
        bool, typer.Option("--presplit", help="Both files hold one sentence a line; none is split or joined.")
    ] = False,
    write: Annotated[
        str | None, typer.Option(help="Aligned files to write, with commas: tsv, xlsx, html, tmx, xlf, xliff, docx.")
    ] = None,
    order: Annotated[str | None, typer.Option(help="Order of the rows: document, or risk, the riskiest first.")] = None,
    words: Annotated[
        bool, typer.Option("--words", help="Say in run.json and --json which words of a bead answer which.")
    ] = False,
    remember: Annotated[
        bool, typer.Option("--remember", help="Put sure beads without errors into the translation memory.")
    ] = False,
    memory: Annotated[
        Path | None, typer.Option("--memory", help="The memory to put them into; else your own. Implies --remember.")
    ] = None,
    sure: Annotated[float, typer.Option(min=0.0, max=1.0, help="The score from which on a bead is remembered.")] = SURE,
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

    Writes the files for review that `translate run` writes, and run.json. What the translation leaves out or adds is
    a row with one side empty. A call that was stopped goes on when the same command is given again.
    """
    from translate.align import DEFAULT
    from translate.align_pipeline import Wishes
    from translate.settings import Settings

    settings = Settings.gather(
        {
            "model": model,
            "glossary": glossary,
            "use_glossary": False if no_glossary else None,
            "memory": memory,
            "encoding": encoding,
            "output": output,
            "formats": options.names(write, "--write"),
            "order": order,
            "fail_on": fail_on,
            "force": force or None,
        },
        file=settings_file,
    )
    folder = settings.output or (None if as_json else Path("outputs") / f"{source.stem}.aligned")
    wishes = Wishes(method or DEFAULT, words=words, remember=sure if remember or memory else None)
    try:
        outcome = _align((source, target), folder, settings, wishes, presplit=presplit)
    except KeyboardInterrupt:
        typer.echo("interrupted; the same command goes on where this one stopped", err=True)
        raise typer.Exit(console.INTERRUPTED) from None
    if as_json:
        console.print_json(outcome.manifest["beads"])
    else:
        _show(outcome, folder)
    if not outcome.manifest["alignment"]["related"]:
        console.messages().print("[yellow]These texts seem to be unrelated:[/] hardly a sentence has a counterpart.")
    raise typer.Exit(console.code_for(outcome.manifest["counts"]["flagged"], settings.fail_on))


def _align(
    paths: tuple[Path, Path | None], folder: Path | None, settings: Settings, wishes: Wishes, *, presplit: bool
) -> Outcome:
    from translate.align_pipeline import align_alone, align_into, load_pair, open_tools

    tools = open_tools(settings, wishes, announce=lambda message: console.messages().print(message, markup=False))
    if tools.model and tools.model.model.note:
        console.messages().print(f"{tools.model.model.note}.", style="yellow", markup=False)
    pair = load_pair(*paths, presplit=presplit, encoding=settings.encoding)
    with console.progress_bar(paths[0].name) as progress:
        return align_into(pair, folder, tools, progress) if folder else align_alone(pair, tools, progress)


def _show(outcome: Outcome, folder: Path | None) -> None:
    """The short table that an alignment ends with."""
    counts, found = outcome.manifest["counts"], outcome.manifest["alignment"]
    written = [str(folder / name) for name in [*outcome.manifest["outputs"], "run.json"]] if folder else []
    beads = ", ".join(f"{count} of {shape}" for shape, count in found["beads"].items())
    covered, added = found["coverage"], outcome.remembered
    console.show_rows(
        ("sentences", f"{found['sentences']['source']} Chinese, {found['sentences']['target']} English"),
        ("beads", beads + (" (done before; --force runs it again)" if outcome.already_done else "")),
        ("covered", f"{covered['source']:.1%} of the Chinese, {covered['target']:.1%} of the English"),
        ("left out", f"{found['omitted']} sentences; added: {found['added']}; moved: {found['moved']}"),
        ("uncertain", f"{found['uncertain']} beads"),
        ("flagged", console.flagged(counts["flagged"])),
        ("terms", f"{counts['terms']['applied']} of {counts['terms']['found']} in the translation"),
        *([("memory", f"{added.new} new, {added.known} known before")] if added else []),
        *([("review", written[0]), ("also", "\n".join(written[1:]))] if written else []),
    )
