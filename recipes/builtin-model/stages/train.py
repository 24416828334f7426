"""Stage 4: training; goes on after a kill where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stages.bench import Bench, read_pairs
from translate.training import ChrfValidator, Step, TrainingOptions, Vocabulary, encode, load_network, train

if TYPE_CHECKING:
    from pathlib import Path

FOR_THE_BENCH = ("minutes",)  # what the recipe says of training that is no option of the trainer


def run(bench: Bench, folder: Path) -> dict[str, Any]:
    """Write snapshots step-N.safetensors and best.safetensors."""
    recipe, start = bench.recipe["training"], bench.folder("initialise") / "model"
    options = TrainingOptions(
        **{name: value for name, value in recipe.items() if name not in FOR_THE_BENCH}, seed=bench.recipe["seed"]
    )
    vocabulary, data = Vocabulary(start), bench.folder("data")
    sources = bench.manifest("data")["results"]["sources"]
    corpora = [
        (encode(read_pairs(data / f"{name}.tsv"), vocabulary), about["repeats"]) for name, about in sources.items()
    ]
    outcome = train(
        load_network(start),
        corpora,
        options,
        folder,
        validate=ChrfValidator(read_pairs(data / "valid.tsv"), start, threads=bench.threads),
        progress=lambda step: _tell(bench, step),
        seconds=recipe["minutes"] * 60,
        threads=bench.threads,
    )
    bench.say(f"{outcome.step:,} steps in {outcome.seconds / 60:.1f} minutes ({outcome.ended})")
    return {
        "steps": outcome.step,
        "ended": outcome.ended,
        "minutes": round(outcome.seconds / 60, 1),
        "losses": outcome.losses[:: max(1, len(outcome.losses) // 200)],
        "scores": outcome.scores,
    }


def _tell(bench: Bench, step: Step) -> None:
    """A line for every hundredth step, about, and for every validation."""
    if step.score is not None or step.step % 100 < 5:
        score = "" if step.score is None else f", chrF {step.score:.2f}"
        left = f"{step.seconds_left / 60:.0f} minutes left"
        speed = f"{step.pieces_per_second:.0f} pieces a second"
        bench.say(f"step {step.step:,}: loss {step.loss:.3f}{score}, {speed}, {left}")
