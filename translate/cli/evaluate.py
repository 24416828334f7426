"""`translate evaluate`: sentence pairs in, scores of this machine's translation out, with and without the glossary."""

from __future__ import annotations

import hashlib
import random
from dataclasses import asdict, dataclass
from pathlib import Path  # noqa: TC003  # typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import console, options
from translate.errors import Problem, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from translate.evaluate import Pair, Score, TermScore
    from translate.glossary import Glossary
    from translate.pipeline import Toolbox

    Progress = Callable[[str, int, int], None]  # (what is being done, done, in all)

EXAMPLES = """[bold]Examples[/]

translate evaluate pairs.tsv

translate evaluate pairs.tsv --glossary our-terms.tsv --pairs 300 --seed 1

translate evaluate pairs.tsv --modes none,glossary --json > scores.json"""

MODES = ("none", "glossary", "random")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of one mode. `terms` counts the real glossary, `applied` the one that was in force."""

    mode: str
    glossary: Glossary
    scores: tuple[Score, ...]
    terms: TermScore
    applied: TermScore | None  # None in mode `none`


def evaluate(
    file: Annotated[
        Path, typer.Argument(metavar="PAIRS.tsv", help="Chinese, a tab and its English reference a line; no header.")
    ],
    model: options.Model = None,
    glossary: options.Glossaries = None,
    pairs: Annotated[int, typer.Option(min=0, help="How many pairs to draw; 0 takes all.")] = 0,
    seed: Annotated[
        int | None, typer.Option(min=0, help="Of the draw, the intervals and the control. Default: 12345.")
    ] = None,
    modes: Annotated[str, typer.Option(help="Which of none, glossary and random to run, with commas.")] = ",".join(
        MODES
    ),
    settings_file: options.SettingsFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all scores with their signatures as JSON.")] = False,
) -> None:
    """Score translations against references: BLEU, chrF, chrF++, TER, term success and term consistency.

    Translates the pairs without a glossary (none), with it (glossary), and as a control with one whose renderings
    have changed places (random). Writes no files.
    """
    from translate.evaluate import SEED, read_pairs
    from translate.formats import guard
    from translate.pipeline import open_toolbox
    from translate.settings import Settings

    wanted = chosen_modes(modes)
    settings = Settings.gather({"model": model, "glossary": glossary}, file=settings_file)
    if not settings.use_glossary and wanted != ("none",):
        raise SettingsError(Problem("the glossary is switched off", remedy="--modes none, or use_glossary = true"))
    data = guard.read_file(file, limit=guard.TEXT_BYTES)
    found = read_pairs(data, str(file))
    seed = SEED if seed is None else seed
    drawn = draw(found, pairs, seed)
    told = console.messages()
    tools = open_toolbox(settings, announce=lambda message: told.print(message, markup=False))
    if tools.model.note:
        told.print(f"{tools.model.note}.", style="yellow", markup=False)
    with console.progress_bar(file.name) as progress:
        evaluations = [run_mode(mode, drawn, tools, seed=seed, progress=progress) for mode in wanted]
    about = {
        "file": {"path": str(file), "sha256": hashlib.sha256(data).hexdigest()},
        "pairs": len(drawn),
        "pairs_in_file": len(found),
        "seed": seed,
        "model": tools.model.name,
        "engine": tools.engine_signature,
        "settings": settings.model_dump(mode="json", include={"beam_size", "length_penalty", "window", "checks"}),
    }
    if as_json:
        console.print_json({**about, "modes": [as_data(evaluation) for evaluation in evaluations]})
    else:
        _show(about, evaluations)


def chosen_modes(text: str) -> tuple[str, ...]:
    """The modes of a list with commas, in the order of MODES; SettingsError names every unknown one."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    SettingsError.raise_if(
        [
            Problem(f"--modes: unknown mode {name!r}", remedy=f"known: {', '.join(MODES)}")
            for name in names
            if name not in MODES
        ]
    )
    if not names:
        raise SettingsError(Problem("--modes: no mode given", remedy=f"known: {', '.join(MODES)}"))
    return tuple(mode for mode in MODES if mode in names)


def draw(pairs: Sequence[Pair], count: int, seed: int) -> list[Pair]:
    """`count` pairs drawn at random, in the order of the file; all of them if it is 0 or more than there are."""
    if count == 0 or count >= len(pairs):
        return list(pairs)
    return sorted(random.Random(seed).sample(pairs, count), key=lambda pair: pair.line)


def run_mode(mode: str, pairs: Sequence[Pair], tools: Toolbox, *, seed: int, progress: Progress) -> Evaluation:
    """Translate all pairs in one mode and score what comes back."""
    from translate.evaluate import score, score_terms, shuffled
    from translate.glossary import Glossary

    in_force = Glossary() if mode == "none" else tools.glossary
    if mode == "random":
        in_force = shuffled(tools.glossary, seed=seed)
    sources = [pair.source for pair in pairs]
    outputs = translate_texts(
        sources, in_force, tools, lambda step, done, total: progress(f"{mode}, {step}", done, total)
    )
    return Evaluation(
        mode,
        in_force,
        score(outputs, [pair.reference for pair in pairs], seed=seed),
        score_terms(sources, outputs, tools.glossary),
        None if mode == "none" else score_terms(sources, outputs, in_force),
    )


def translate_texts(texts: Sequence[str], glossary: Glossary, tools: Toolbox, progress: Progress) -> list[str]:
    """The English of each text, as a run would make it of a paragraph: by sentences, with the given glossary.

    First mentions get no Chinese in brackets: these are sentences of a test set, not a document.
    """
    from translate.decode import capitalised
    from translate.records import Block, BlockKind
    from translate.segment import segment_block
    from translate.work import open_decoder

    blocks = [Block(f"b{number:04d}", BlockKind.PARAGRAPH, text) for number, text in enumerate(texts, 1)]
    segments = [segment for block in blocks for segment in segment_block(block)]
    units = open_decoder(tools.spec).decode(segments, [glossary.find(segment.text) for segment in segments], progress)
    sentences: dict[str, list[str]] = {block.id: [] for block in blocks}
    for unit in units:
        sentences[unit.segments[0].block_id].append(capitalised(unit.target))
    return [" ".join(filter(None, english)) for english in sentences.values()]


def as_data(evaluation: Evaluation) -> dict[str, Any]:
    """One mode for JSON; rates are unrounded."""
    return {
        "mode": evaluation.mode,
        "glossary": {"sha256": evaluation.glossary.sha256, "terms": len(evaluation.glossary)},
        "scores": [asdict(one) for one in evaluation.scores],
        "terms": _rates(evaluation.terms),
        "applied": _rates(evaluation.applied) if evaluation.applied else None,
    }


def _rates(terms: TermScore) -> dict[str, Any]:
    return {**asdict(terms), "success": terms.success, "consistency": terms.consistency}


def _show(about: dict[str, Any], evaluations: list[Evaluation]) -> None:
    table = console.table_of("", *(evaluation.mode for evaluation in evaluations))
    for scores in zip(*(evaluation.scores for evaluation in evaluations), strict=True):
        table.add_row(scores[0].name, *(f"{one.value:.1f} ({one.low:.1f}-{one.high:.1f})" for one in scores))
    terms = [evaluation.terms for evaluation in evaluations]
    table.add_row("term success", *(f"{_share(one.success)} of {one.hits}" for one in terms))
    table.add_row("consistency", *(f"{_share(one.consistency)} of {one.repeated}" for one in terms))
    applied = [evaluation.applied for evaluation in evaluations]
    table.add_row("applied", *(f"{_share(one.success)} of {one.hits}" if one else "" for one in applied))
    out = console.output()
    out.print(table)
    out.print(
        f"{about['pairs']} of {about['pairs_in_file']} pairs, seed {about['seed']}; 95% intervals by bootstrap. "
        "Term success and consistency: by the glossary; applied: by what was in force."
    )
    for one in evaluations[0].scores:
        out.print(f"{one.name}: {one.signature}", markup=False)
    out.print(f"engine: {about['engine']}", markup=False)
    for evaluation in evaluations:
        if evaluation.applied:
            glossary = evaluation.glossary
            out.print(f"glossary ({evaluation.mode}): {len(glossary)} terms, sha256 {glossary.sha256}", markup=False)


def _share(rate: float | None) -> str:
    return "none" if rate is None else f"{rate:.3f}"
