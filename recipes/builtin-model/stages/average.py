"""Stage 5: the newest snapshots averaged, if that is better on the validation pairs than the best single one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stages.bench import Bench, RecipeError, read_pairs
from translate.training import ChrfValidator, average, load_network, save_network

if TYPE_CHECKING:
    from pathlib import Path


def run(bench: Bench, folder: Path) -> dict[str, Any]:
    """Write the MarianMT folder `model`."""
    training, start = bench.folder("train"), bench.folder("initialise") / "model"
    snapshots = sorted(training.glob("step-*.safetensors"))
    candidates = {"average": snapshots, "best": [training / "best.safetensors"]}
    candidates = {name: files for name, files in candidates.items() if files and files[0].is_file()}
    if not candidates:
        raise RecipeError("training left no snapshots: it was shorter than save_every steps")
    pairs = read_pairs(bench.folder("data") / "valid.tsv")
    validate = ChrfValidator(pairs, start, threads=bench.threads)
    network, scores = load_network(start), {}
    for name, files in candidates.items():
        network.load_state_dict(average(files), strict=False)
        scores[name] = validate(network)
    chosen = max(scores, key=lambda name: scores[name])
    network.load_state_dict(average(candidates[chosen]), strict=False)
    save_network(network, start, folder / "model")
    shown = ", ".join(f"{name} {score:.2f}" for name, score in scores.items())
    bench.say(f"chrF on {len(pairs)} validation pairs: {shown}; taken: {chosen}")
    return {"scores": scores, "chosen": chosen, "snapshots": [path.name for path in candidates[chosen]]}
