"""Options that several commands have, in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from translate.errors import Problem, SettingsError

Model = Annotated[str | None, typer.Option("--model", "-m", help="auto, builtin, a hub id, or a MarianMT folder.")]
Glossaries = Annotated[
    list[Path] | None, typer.Option("--glossary", "-g", help="A sheet of terms; may be given again. Wins over ours.")
]
NoGlossary = Annotated[bool, typer.Option("--no-glossary", help="Use no terms at all.")]
Memory = Annotated[Path | None, typer.Option("--memory", help="Translation memory; else your own, if there is one.")]
NoMemory = Annotated[bool, typer.Option("--no-memory", help="Use no translation memory.")]
Encoding = Annotated[str | None, typer.Option(help="Of text inputs, if it is recognised wrongly.")]
FailOn = Annotated[
    str | None, typer.Option(help="Exit with 1 if a finding is at least this bad: note, warning, error; or never.")
]
SettingsFile = Annotated[
    Path | None, typer.Option("--settings", help="Settings file; else translate.toml in this folder.")
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite earlier results.")]


def names(value: str | None, option: str) -> tuple[str, ...] | None:
    """The names in an option's value, parted by commas; None if it was not given, SettingsError if it names nothing."""
    if value is None:
        return None
    found = tuple(filter(None, (name.strip() for name in value.split(","))))
    if not found:
        raise SettingsError(Problem(f"{option}: names nothing", remedy="leave it out, or give names with commas"))
    return found
