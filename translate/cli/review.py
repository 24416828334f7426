"""`translate review`: a reviewed sheet in, the final document and what was changed out."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path  # noqa: TC003  # typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import console, options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.text import Text

    from translate.glossary import Glossary
    from translate.review import Folder, Merged, Outcome, Remark
    from translate.settings import Settings

EXAMPLES = """[bold]Examples[/]

translate review outputs/notice/aligned.tsv

translate review ~/mail/notice-checked.xlsx --run outputs/notice

translate review ~/mail/notice-checked.ods --run outputs/notice

translate review outputs/notice/aligned.xlsx --fail-on error --json"""

MOST_SHOWN = 20  # conflicts and remarks of each kind on the terminal; the files have all


def review(
    sheet: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The reviewed sheet: .xlsx, .ods, .tsv, .csv or another aligned file."),
    ],
    run: Annotated[
        Path | None, typer.Option("--run", help="Folder of the run; else that of the run.json nearest above the file.")
    ] = None,
    document: Annotated[
        Path | None, typer.Option(help="The document that was translated, if it is not where the run found it.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the results; else reviewed/ in that of the run.")
    ] = None,
    glossary: options.Glossaries = None,
    no_glossary: options.NoGlossary = False,
    memory: Annotated[
        Path | None, typer.Option(help="Translation memory that takes what was accepted; else your own.")
    ] = None,
    no_memory: Annotated[bool, typer.Option("--no-memory", help="Remember nothing.")] = False,
    fail_on: options.FailOn = None,
    settings_file: options.SettingsFile = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what was edited in the output folder.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a machine-readable summary.")] = False,
) -> None:
    """Take a reviewed sheet back: check it again, write the final document, tell what was changed.

    The sheet may be sorted, filtered and shortened, and have other columns. What does not fit together is listed and
    left as the run had made it, and the exit code is 1. docs/review.md says how to work in the sheet.
    """
    from translate.memory import Memory
    from translate.review import Request, find_folder
    from translate.review import review as take_back
    from translate.settings import Settings

    settings = Settings.gather(
        {
            "glossary": glossary,
            "use_glossary": False if no_glossary else None,
            "memory": memory,
            "use_memory": False if no_memory else None,
            "fail_on": fail_on,
            "force": force or None,
        },
        file=settings_file,
    )
    folder = find_folder(sheet, run)
    terms = _glossary(folder, settings, named=bool(glossary))
    request = Request(
        sheet=sheet,
        run=folder,
        output=output or folder.path / "reviewed",
        glossary=terms,
        severities=settings.severities,
        document=document,
        force=settings.force,
    )
    with Memory.open(settings.memory) if settings.use_memory else nullcontext() as kept:
        outcome = take_back(request, kept)
    if as_json:
        console.print_json(_summary(request.output, outcome))
    else:
        _show(request.output, outcome)
    code = console.code_for(outcome.manifest["review"]["findings"], settings.fail_on)
    raise typer.Exit(console.FINDINGS if outcome.merged.conflicts else code)


def _glossary(folder: Folder, settings: Settings, *, named: bool) -> Glossary:
    """The terms that the run had been held to, as far as they are at hand."""
    from translate.glossary import Glossary, load_glossary, standard_layers

    had = folder.manifest.get("glossary", {})
    without = folder.manifest.get("settings", {}).get("use_glossary") is False and not named
    if without or not settings.use_glossary:
        return Glossary()
    terms = load_glossary(standard_layers(settings.glossary, team=settings.team_glossary))
    if lacking := [name for name in had.get("layers", ()) if name and name not in terms.layers]:
        console.messages().print(
            f"the run also used {', '.join(lacking)}: give --glossary to check with it again", markup=False
        )
    return terms


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
    facts, merged = outcome.manifest["review"], outcome.merged
    _list(merged)
    counts = facts["segments"]
    done = " (done before; nothing has changed since)" if outcome.already_done else ""
    reviewed = f"{counts['accepted']} accepted, {counts['edited']} edited, {counts['rejected']} rejected"
    rows: list[tuple[str, str | Text]] = [
        ("[bold]segments[/]", f"{counts['all']}{done}"),
        ("reviewed", f"{reviewed}; {counts['new']} not yet"),
        ("edit rate", _rate(facts["edit_rate"])),
        ("findings left", console.flagged(facts["findings"])),
    ]
    if counts["conflicts"]:
        rows.append(("[red]conflicts[/]", f"{counts['conflicts']}: these segments are as the run had made them"))
    if outcome.remembered is not None:
        rows.append(("memory", f"{outcome.remembered.new} new, {outcome.remembered.known} known"))
    paths = {name: str(output / name) for name in outcome.manifest["outputs"]}
    final = next((path for name, path in paths.items() if name.startswith("final.")), None)
    rows += [("document", final)] if final else []
    rows.append(("changes", paths["changes.html"]))
    rows.append(("also", "\n".join(path for name, path in paths.items() if path not in (final, paths["changes.html"]))))
    console.show_rows(*rows)


def _list(merged: Merged) -> None:
    from translate.formats.guard import one_line

    told = console.messages()
    for title, remarks in (("conflict", merged.conflicts), ("remark", merged.remarks), ("unknown row", merged.unknown)):
        for remark in remarks[:MOST_SHOWN]:
            texts = "".join(f"\n  {one_line(text)}" for text in remark.texts)
            told.print(f"{title}: {one_line(remark.id)} {one_line(remark.message)}{texts}", markup=False)
        if len(remarks) > MOST_SHOWN:
            told.print(f"... and {len(remarks) - MOST_SHOWN} more, in changes.html", markup=False)
    if merged.missing:
        names = " ".join([*merged.missing[:MOST_SHOWN], *(["..."] if len(merged.missing) > MOST_SHOWN else [])])
        told.print(
            f"{len(merged.missing)} segments are not in the sheet, and stay as they were: {one_line(names)}",
            markup=False,
        )


def _rate(rates: Mapping[str, Any]) -> str:
    rate = rates["reviewed"]
    if rate is None:
        return "nothing was reviewed"
    scores = f"TER {rate['TER']['score']}, chrF {rate['chrF']['score']}"
    return f"{scores} over the {rate['segments']} accepted and edited"
