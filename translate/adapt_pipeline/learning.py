"""Training on a few hundred pairs without forgetting the rest: what was found to work, and the choice of weights."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path  # noqa: TC003  # used when the functions run
from typing import TYPE_CHECKING, Any, Final

from translate.training import (
    Batches,
    ChrfValidator,
    TrainingOptions,
    Vocabulary,
    encode,
    interpolate,
    load_network,
    save_network,
    train,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from translate.adapt_pipeline.division import Parts
    from translate.adapt_pipeline.pairs import Pair
    from translate.training import Outcome, Step

PASSES: Final = 10  # over the pairs, if time allows
MIXED: Final = 1.0  # general pairs an epoch, for each pair to learn from; there are no more than there are
SHARES: Final = (1.0, 0.7, 0.4)  # of the new weights that are tried
FORGOTTEN: Final = 0.5  # chrF on general text that a share may cost before a smaller one is taken
OFTEN: Final = (20, 200)  # steps between validations, at least and at most; otherwise a pass
HOW: Final = TrainingOptions(
    steps=1,
    batch_tokens=600,
    learning_rate=3e-4,
    final_share=0.1,
    warmup=20,
    weight_decay=0.0,
    frozen=("model.shared",),
    patience=4,
)


@dataclass(frozen=True, slots=True)
class Learned:
    """The outcome of training and the share of the new weights that was chosen; the model is in `directory`."""

    outcome: Outcome
    share: float
    directory: Path


def learn(
    parts: Parts,
    mixed: Sequence[Pair],
    elsewhere: Sequence[Pair],
    original: Path,
    work: Path,
    *,
    seconds: float,
    seed: int,
    threads: int,
    progress: Callable[[Step], None],
    stop: Callable[[], bool],
) -> Learned | None:
    """Train the model in `original` on `parts.learn`; None if `stop` said so. `work` keeps what going on needs.

    `mixed`: general text with what the original model makes of it, which it learns to go on saying.
    `elsewhere`: general pairs that tell how much is forgotten.
    """
    vocabulary = Vocabulary(original)
    new = encode(parts.learn, vocabulary)
    old = encode(mixed, vocabulary)
    corpora = [(new, 1.0), (old, min(1.0, MIXED * len(new) / max(1, len(old))))]
    epoch = len(Batches(corpora, budget=HOW.batch_tokens, seed=seed).order(0))
    options = replace(HOW, seed=seed, steps=PASSES * epoch, validate_every=min(max(OFTEN[0], epoch), OFTEN[1]))
    network = load_network(original)
    validate = ChrfValidator(parts.choose, original, threads=threads)
    outcome = train(
        network,
        corpora,
        options,
        work / "training",
        validate=validate,
        progress=progress,
        stop=stop,
        seconds=seconds,
        threads=threads,
    )
    if outcome.ended == "stopped":
        return None
    share = _choose(network, outcome, elsewhere, validate, original, threads)
    save_network(network, original, work / "model", half=_is_half(original))
    return Learned(outcome, share, work / "model")


def _choose(
    network: Any, outcome: Outcome, general: Sequence[Pair], validate: ChrfValidator, original: Path, threads: int
) -> float:
    """Load into `network` the mix of original and best weights that is best on the pairs to choose by.

    A mix that costs more than FORGOTTEN on general text is taken only if all do.
    """
    from safetensors.torch import load_file

    start = load_network(original).state_dict()
    best = load_file(outcome.best) if outcome.best else {}
    elsewhere = ChrfValidator(general, original, threads=threads)
    network.load_state_dict(start)
    floor = elsewhere(network) - FORGOTTEN
    tried = []
    for share in SHARES:
        network.load_state_dict(interpolate(start, best, share), strict=False)
        tried.append((elsewhere(network) >= floor, validate(network), share))
    _, _, share = max(tried)
    network.load_state_dict(interpolate(start, best, share), strict=False)
    return share


def _is_half(original: Path) -> bool:
    """Whether a model's weights are stored as float16."""
    config = json.loads((original / "config.json").read_text(encoding="utf-8"))
    return "float16" in str(config.get("dtype") or config.get("torch_dtype"))
