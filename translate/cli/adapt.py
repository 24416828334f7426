"""`translate adapt`: reviewed pairs in, a model that is better on texts like them out, or the news that it is not."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path  # noqa: TC003  # typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import console, options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from translate.adapt_pipeline import Adaptation, Comparison, Gathered
    from translate.models import Model

EXAMPLES = """[bold]Examples[/]

translate adapt outputs/notice/aligned.tsv outputs/law/aligned.tsv --output our-model

translate adapt pairs.tsv memory.tmx --model builtin --output our-model --minutes 20

then: translate run document.docx --model our-model"""


def adapt(
    pairs: Annotated[
        list[Path],
        typer.Argument(
            metavar="PAIRS...",
            help="Reviewed sheets (accepted and edited rows count), TSV of Chinese, tab, English; or .tmx, .sqlite.",
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the adapted model; must not exist.")],
    model: options.Model = None,
    minutes: Annotated[float, typer.Option(min=0.1, max=10_000, help="About how long it may take.")] = 10.0,
    seed: Annotated[int, typer.Option(min=0, help="Of the division into pairs to learn from and to judge by.")] = 0,
    threads: Annotated[int | None, typer.Option(min=0, help="Processors to use; 0 is all of them.")] = None,
    glossary: options.Glossaries = None,
    no_glossary: options.NoGlossary = False,
    keep: Annotated[bool, typer.Option("--keep", help="Write the model even if it is not better.")] = False,
    settings_file: options.SettingsFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """Adapt a model to texts like yours, and prove on held-out pairs that it is better.

    Exit code 1, and nothing written, if it is not. Ctrl-C stops; the same command goes on.

    Two hundred reviewed pairs are about the fewest that help: see docs/adapt.md.
    """
    from translate import adapt_pipeline
    from translate.models import resolve_model
    from translate.pipeline import open_glossary
    from translate.settings import Settings

    settings = Settings.gather(
        {
            "model": model,
            "glossary": glossary,
            "use_glossary": False if no_glossary else None,
            "threads": threads,
        },
        file=settings_file,
    )
    told = console.messages()
    gathered = adapt_pipeline.gather(pairs)
    terms = open_glossary(settings)
    original = resolve_model(settings.model, announce=told.print)
    if original.note:
        told.print(f"[yellow]{original.note}[/].")
    with _progress() as say, _asked_to_stop() as stop:
        done = adapt_pipeline.adapt(
            gathered,
            original,
            output,
            terms,
            minutes=minutes,
            seed=seed,
            threads=settings.threads,
            keep=keep,
            say=say,
            stop=stop,
        )
    if done is None:
        told.print("stopped; the same command goes on from here")
        raise typer.Exit(console.INTERRUPTED)
    if as_json:
        console.print_json(as_data(gathered, original, done, output))
    else:
        _show(gathered, done, output)
    raise typer.Exit(console.FINDINGS if done.against else console.OK)


def as_data(gathered: Gathered, model: Model, done: Adaptation, output: Path) -> dict[str, Any]:
    """The outcome for JSON."""
    outcome = done.outcome
    return {
        "better": not done.against,
        "reasons_against": list(done.against),
        "written": str(output) if done.written else None,
        "model": {"name": model.name, "sha256": model.sha256},
        "files": list(gathered.files),
        "pairs": {
            "learn": len(done.parts.learn),
            "choose": len(done.parts.choose),
            "judge": len(done.parts.judge),
            "left_out": gathered.left_out,
        },
        "training": {
            "steps": outcome.step,
            "ended": outcome.ended,
            "seconds": round(outcome.seconds, 1),
            "losses": outcome.losses,
            "scores": outcome.scores,
            "share": done.share,
        },
        "held_out": _comparison(done.own),
        "other_text": _comparison(done.general),
        "seconds": round(done.seconds, 1),
    }


def _comparison(compared: Comparison) -> dict[str, Any]:
    counted = {"terms": compared.terms, "errors": compared.errors, "numbers": compared.numbers}
    return {
        "pairs": compared.pairs,
        "scores": [asdict(score) for score in compared.scores],
        **{name: {**asdict(one), "p": one.p} for name, one in counted.items()},
    }


def _show(gathered: Gathered, done: Adaptation, output: Path) -> None:
    out = console.output()
    parts = done.parts
    left_out = ", ".join(f"{count} {reason}" for reason, count in gathered.left_out.items())
    console.show_rows(
        (
            "pairs",
            f"{len(parts.learn)} to learn from, {len(parts.choose)} to choose by, {len(parts.judge)} to judge by",
        ),
        *([("left out", left_out)] if left_out else []),
        ("training", f"{done.outcome.step} steps in {done.outcome.seconds:.0f} s; {done.share:.0%} new weights"),
    )
    for title, compared in (("held out", done.own), ("other text", done.general)):
        table = console.table_of(f"{title}, {compared.pairs} pairs", "before", "after", "p")
        for score in compared.scores:
            before, after = (
                f"{score.before:.1f} ± {score.before_margin:.1f}",
                f"{score.after:.1f} ± {score.after_margin:.1f}",
            )
            table.add_row(score.name, before, after, f"{score.p:.3f}")
        for one in (compared.terms, compared.errors, compared.numbers):
            p = f"{one.p:.3f}" if one.worse or one.better else ""
            table.add_row(f"{one.name} (of {one.of})", str(one.before), str(one.after), p)
        out.print(table)
    for score in done.own.scores:
        out.print(f"{score.name}: {score.signature}", markup=False)
    if done.against:
        out.print("[yellow]Not called better[/]: " + "; ".join(done.against) + ".")
    if done.written:
        out.print(f"written: {output}; use it with --model {output}", markup=False)
    else:
        out.print("Nothing was written; --keep writes it all the same.")


@contextmanager
def _progress() -> Iterator[Callable[[str, float, float | None], None]]:
    """What is being done, on a terminal as one line that changes; elsewhere nothing."""
    told = console.messages()
    if not told.is_terminal:
        yield lambda step, share, left: None
        return
    with told.status("reading") as status:

        def say(step: str, share: float, left: float | None) -> None:
            minutes = "" if left is None else f", {share:.0%}, about {left / 60:.1f} minutes left"
            status.update(f"{step}{minutes}")

        yield say


@contextmanager
def _asked_to_stop() -> Iterator[Callable[[], bool]]:
    """The first Ctrl-C asks for a stop at the next safe moment, the second one interrupts at once."""
    asked = False

    def note(number: int, frame: object) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        console.messages().print("stopping after this step; Ctrl-C again stops at once")

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)
