"""Stage 7: the model as it ships: float16, small enough, with a card that is honest about it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from stages.bench import Bench, RecipeError, sha256
from translate.models import inspect_model
from translate.training import load_network, save_network

if TYPE_CHECKING:
    from pathlib import Path


def run(bench: Bench, folder: Path) -> dict[str, Any]:
    """Write the MarianMT folder `model`, its card included."""
    source, options = bench.folder("average") / "model", bench.recipe["package"]
    network = load_network(source)
    settings = network.generation_config
    settings.num_beams, settings.max_new_tokens = 4, 200
    settings.bad_words_ids = [[network.config.pad_token_id]]
    save_network(network, source, folder / "model", half=True)
    size = sum(path.stat().st_size for path in (folder / "model").iterdir()) / 1e6
    if size > options["megabytes"]:
        raise RecipeError(f"{size:.1f} MB are more than the {options['megabytes']:g} MB that a package may have")
    digest = sha256(folder / "model" / "model.safetensors")
    (folder / "model" / "README.md").write_text(card(bench, size, digest), encoding="utf-8")
    model = inspect_model(folder / "model", name=options["name"], origin="directory")
    bench.say(f"{size:.1f} MB, SHA-256 of model.safetensors {digest}")
    return {"megabytes": round(size, 2), "sha256": digest, "content": model.sha256}


def card(bench: Bench, size: float, digest: str) -> str:
    """The README.md of the model, every number in it from what the stages wrote down."""
    options, shape = bench.recipe["package"], _shape(bench)
    data, training = bench.manifest("data")["results"], bench.manifest("train")["results"]
    sources = "\n".join(
        f"- {name}: {about['kept']:,} pairs, {about['repeats']:g} times an epoch; {about['origin']}; {about['licence']}"
        for name, about in data["sources"].items()
    )
    near = data["near_copies"]
    table = (bench.folder("evaluate") / "table.md").read_text(encoding="utf-8").strip()
    parameters = bench.manifest("initialise")["results"]["parameters"] / 1e6
    begun = f"continued from `{bench.start}`" if bench.start else "random weights"
    return f"""---
language: [zh, en]
license: mit
library_name: transformers
pipeline_tag: translation
---
# {options["name"]}
A compact MarianMT model, Simplified Chinese to English, for policy texts. It exists so that the program works on a
machine with no network. It is far weaker than `Helsinki-NLP/opus-mt-zh-en` on general text: expect fluent-looking
sentences that miss or invent content. Everything that it writes needs review.

- **Shape**: MarianMT, {shape}, {parameters:.1f} million parameters, {size:.1f} MB as float16 (load with
  `dtype=torch.float32` on a CPU). SHA-256 of model.safetensors: `{digest}`.
- **Conventions**: one sentence at a time, up to about 110 source pieces; digits are single pieces; the placeholders ⟦0⟧
  to ⟦9⟧ are single pieces that it was taught to copy; English words and codes inside the Chinese are meant to be
  copied. Decoding starts from the padding piece, whose embedding is zero.
- **Training**: {begun}; {training["steps"]:,} steps in {training["minutes"]} minutes; weights:
  {bench.manifest("average")["results"]["chosen"]} of the snapshots. Made by recipes/builtin-model.
- **Known faults**: {options["faults"]}

## Data
{sources}

The development report was not trained on: pairs whose Chinese shares {near["threshold"]:.0%} of its five-character
strings with a sentence of it were removed ({near["test_hit"]} of its {near["test_pairs"]} sentences had such a pair).
No translator has reviewed the invented pairs.

## Scores
{table}

{options["published"]}
"""


def _shape(bench: Bench) -> str:
    config = json.loads((bench.folder("average") / "model" / "config.json").read_text(encoding="utf-8"))
    return (
        f"{config['encoder_layers']} encoder and {config['decoder_layers']} decoder layers, "
        f"d_model {config['d_model']}, {config['encoder_attention_heads']} heads, ffn {config['encoder_ffn_dim']}, "
        f"shared vocabulary of {config['vocab_size']:,}"
    )
