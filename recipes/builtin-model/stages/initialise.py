"""Stage 3: the weights that training begins with: those of the model to go on from, or random ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from translate.training import load_network, new_network, save_network

if TYPE_CHECKING:
    from pathlib import Path

    from stages.bench import Bench


def run(bench: Bench, folder: Path) -> dict[str, Any]:
    """Write the MarianMT folder `model`."""
    vocabulary = bench.folder("vocabulary")
    if bench.start:
        network = load_network(bench.start)
    else:
        size = bench.manifest("vocabulary")["results"]["size"]
        network = new_network(bench.recipe["shape"], size, bench.recipe["seed"])
    save_network(network, vocabulary, folder / "model")
    parameters = sum(value.numel() for value in network.parameters())
    bench.say(f"{parameters / 1e6:.1f} million parameters, {'as they were' if bench.start else 'random'}")
    return {"parameters": parameters, "from": str(bench.start or "random")}
