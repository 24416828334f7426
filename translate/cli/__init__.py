"""The command line: each module parses one command, calls the library, and prints."""

from __future__ import annotations

import typer

from translate.cli import adapt, align, check, evaluate, glossary, memory, models, review, run
from translate.cli.console import add

app = typer.Typer(
    name="translate",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Translate Chinese policy documents into English that can be defended word by word, on this machine.",
    epilog="First: [bold]translate run document.docx[/], then open outputs/document/aligned.xlsx in a spreadsheet.",
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"policy-translate {version('policy-translate')}")
        raise typer.Exit


@app.callback()
def main(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version and stop."
    ),
) -> None:
    """Options that come before a command."""


add(app, "run", run.run, run.EXAMPLES)
add(app, "align", align.align, align.EXAMPLES)
add(app, "check", check.check, check.EXAMPLES)
add(app, "review", review.review, review.EXAMPLES)
add(app, "evaluate", evaluate.evaluate, evaluate.EXAMPLES)
add(app, "adapt", adapt.adapt, adapt.EXAMPLES)
app.add_typer(glossary.app, name="glossary")
app.add_typer(memory.app, name="memory")
app.add_typer(models.app, name="models")
