"""`translate review`: a reviewed sheet in, the final document and what was changed out."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path  # noqa: TC003  # typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import console
from translate.cli.memory.common import Where, open_memory
from translate.records import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translate.glossary import Glossary
    from translate.review import Folder, Merged, Outcome, Remark
    from translate.settings import Settings

EXAMPLES = """[bold]Examples[/]

translate review outputs/notice/aligned.tsv

translate review ~/mail/notice-checked.xlsx --run outputs/notice

translate review outputs/notice/aligned.xlsx --fail-on error --json"""

MOST_SHOWN = 20  # conflicts and remarks of each kind on the terminal; the files have all


def review(
    sheet: Annotated[Path, typer.Argument(metavar="FILE", help="The reviewed sheet, in any aligned format.")],
    run: Annotated[
        Path | None, typer.Option("--run", help="Folder of the run; else that of the run.json nearest above the file.")
    ] = None,
    document: Annotated[
        Path | None, typer.Option(help="The document that was translated, if it is not where the run found it.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the results; else reviewed/ in that of the run.")
    ] = None,
    glossary: Annotated[
        list[Path] | None,
        typer.Option("--glossary", "-g", help="A sheet of terms; may be given again. Wins over ours."),
    ] = None,
    no_glossary: Annotated[bool, typer.Option("--no-glossary", help="Use no terms at all.")] = False,
    memory: Where = None,
    no_memory: Annotated[bool, typer.Option("--no-memory", help="Remember nothing.")] = False,
    fail_on: Annotated[
        str | None, typer.Option(help="Exit with 1 if a finding is at least this bad: note, warning, error; or never.")
    ] = None,
    settings_file: Annotated[
        Path | None, typer.Option("--settings", help="Settings file; else translate.toml in this folder.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what was edited in the output folder.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a machine-readable summary.")] = False,
) -> None:
    """Take a reviewed sheet back: check it again, write the final document, tell what was changed.

    The sheet may be sorted, filtered and shortened, and have other columns. What does not fit together is listed and
    left as the run had made it, and the exit code is 1. docs/review.md says how to work in the sheet.
    """
    from translate.review import Request, find_folder
    from translate.review import review as take_back
    from translate.settings import Settings

    options = {"glossary": glossary, "fail_on": fail_on, "force": force or None}
    settings = Settings.gather(options, file=settings_file)
    folder = find_folder(sheet, run)
    terms = _glossary(folder, settings, named=bool(glossary), switched_off=no_glossary)
    request = Request(
        sheet=sheet,
        run=folder,
        output=output or folder.path / "reviewed",
        glossary=terms,
        severities=settings.severities,
        document=document,
        force=settings.force,
    )
    with nullcontext() if no_memory else open_memory(memory, create=True) as kept:
        outcome = take_back(request, kept)
    if as_json:
        console.print_json(_summary(request.output, outcome))
    else:
        _show(request.output, outcome)
    raise typer.Exit(_code(outcome, settings.fail_on))


def _glossary(folder: Folder, settings: Settings, *, named: bool, switched_off: bool) -> Glossary:
    """The terms that the run had been held to, as far as they are at hand."""
    from translate.glossary import Glossary, load_glossary, standard_layers

    had = folder.manifest.get("glossary", {})
    without = folder.manifest.get("settings", {}).get("use_glossary") is False and not named
    if switched_off or without or not settings.use_glossary:
        return Glossary()
    terms = load_glossary(standard_layers(settings.glossary, team=settings.team_glossary))
    if lacking := [name for name in had.get("layers", ()) if name and name not in terms.layers]:
        console.messages().print(f"the run also used {', '.join(lacking)}: give --glossary to check with it again")
    return terms


def _code(outcome: Outcome, fail_on: str) -> int:
    found = outcome.manifest["review"]["findings"]
    failed = fail_on != "never" and any(
        found[level] for level in Severity if Severity(level).rank >= Severity(fail_on).rank
    )
    return console.FINDINGS if failed or outcome.merged.conflicts else console.OK


def _summary(output: Path, outcome: Outcome) -> dict[str, Any]:
    merged = outcome.merged
    return {
        "output": str(output),
        "already_done": outcome.already_done,
        **outcome.manifest["review"],
        "conflicts": [_remark(remark) for remark in merged.conflicts],
        "remarks": [_remark(remark) for remark in merged.remarks],
        "unknown": [_remark(remark) for remark in merged.unknown],
        "not_in_sheet": list(merged.missing),
        "memory": None if outcome.remembered is None else asdict(outcome.remembered),
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return {"id": remark.id, "message": remark.message, "texts": list(remark.texts)}


def _show(output: Path, outcome: Outcome) -> None:
    """The conflicts and remarks, and the short table that a review ends with."""
    from rich.table import Table

    facts, merged = outcome.manifest["review"], outcome.merged
    _list(merged)
    counts = facts["segments"]
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    done = " (done before; nothing has changed since)" if outcome.already_done else ""
    table.add_row("[bold]segments[/]", f"{counts['all']}{done}")
    reviewed = f"{counts['accepted']} accepted, {counts['edited']} edited, {counts['rejected']} rejected"
    table.add_row("reviewed", f"{reviewed}; {counts['new']} not yet")
    table.add_row("edit rate", _rate(facts["edit_rate"]))
    left = facts["findings"]
    table.add_row(
        "findings left",
        f"[red]{left['error']} with errors[/], [yellow]{left['warning']} with warnings[/], "
        f"{left['note']} with notes only",
    )
    if counts["conflicts"]:
        table.add_row("[red]conflicts[/]", f"{counts['conflicts']}: these segments are as the run had made them")
    if outcome.remembered is not None:
        table.add_row("memory", f"{outcome.remembered.new} new, {outcome.remembered.known} known")
    names = [name for name in outcome.manifest["outputs"] if name != "changes.html"]
    table.add_row("changes", str(output / "changes.html"))
    table.add_row("also", ", ".join(str(output / name) for name in names))
    console.output().print(table)


def _list(merged: Merged) -> None:
    told = console.messages()
    missing = [f"{len(merged.missing)} segments are not in the sheet, and stay as they were:", *merged.missing]
    for title, remarks in (("conflict", merged.conflicts), ("remark", merged.remarks), ("unknown row", merged.unknown)):
        for remark in remarks[:MOST_SHOWN]:
            texts = "".join(f"\n  {' '.join(text.split())}" for text in remark.texts)
            told.print(f"{title}: {remark.id} {remark.message}{texts}", markup=False)
        if len(remarks) > MOST_SHOWN:
            told.print(f"... and {len(remarks) - MOST_SHOWN} more, in changes.html", markup=False)
    if merged.missing:
        more = ["..."] if len(missing) > MOST_SHOWN else []
        told.print(" ".join([*missing[:MOST_SHOWN], *more]), markup=False)


def _rate(rates: Mapping[str, Any]) -> str:
    rate = rates["reviewed"]
    if rate is None:
        return "nothing was reviewed"
    scores = f"TER {rate['TER']['score']}, chrF {rate['chrF']['score']}"
    return f"{scores} over the {rate['segments']} accepted and edited"
