"""A MarianMT network: from a directory, to a directory, and its loss on a batch."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import warnings
from pathlib import Path  # noqa: TC003  # used when the functions run
from typing import TYPE_CHECKING, Any

from translate.errors import ModelError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.training.batches import Batch

TEXT_FILES = ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json", "special_tokens_map.json")


def load_network(directory: Path) -> Any:
    """The model of a MarianMT directory as float32 on the CPU; pickled weights are read as data only."""
    import torch
    from transformers import MarianMTModel

    try:
        with quiet():
            return MarianMTModel.from_pretrained(
                directory, dtype=torch.float32, local_files_only=True, weights_only=True
            )
    except Exception as error:  # the loader fails in many ways on a damaged weights file
        raise ModelError(Problem(f"the weights cannot be loaded: {error}", str(directory))) from error


def new_network(shape: dict[str, Any], size: int, seed: int) -> Any:
    """A MarianMT network with random weights: `shape` names its layers, `size` is that of its vocabulary.

    The end mark is number 0 and the last number is the padding, from whose zero embedding decoding starts, as Marian's.
    """
    import torch
    from transformers import MarianConfig, MarianMTModel

    torch.manual_seed(seed)
    padding = size - 1
    ends = {"eos_token_id": 0, "bos_token_id": 0, "forced_eos_token_id": 0, "pad_token_id": padding}
    network = MarianMTModel(
        MarianConfig(
            **shape,
            **ends,
            vocab_size=size,
            decoder_start_token_id=padding,
            bad_words_ids=[[padding]],
            scale_embedding=True,
            static_position_embeddings=True,
        )
    )
    with torch.no_grad():
        network.model.shared.weight[padding].zero_()
    return network


def save_network(network: Any, vocabulary: Path, directory: Path, *, half: bool = False) -> None:
    """Write a MarianMT directory, its vocabulary copied from another: whole under its name, or not at all.

    `half`: weights as float16. What was in `directory` is replaced.
    """
    unfinished = directory.with_name(directory.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    state = network.state_dict()
    if half:
        import torch

        state = {name: value.half() if value.dtype == torch.float32 else value for name, value in state.items()}
    with quiet():
        network.save_pretrained(unfinished, state_dict=state)
    if half:
        config = json.loads((unfinished / "config.json").read_text(encoding="utf-8"))
        (unfinished / "config.json").write_text(json.dumps(config | {"dtype": "float16"}, indent=2) + "\n")
    for name in TEXT_FILES:
        if (vocabulary / name).is_file():
            shutil.copyfile(vocabulary / name, unfinished / name)
    if directory.exists():
        shutil.rmtree(directory)
    unfinished.rename(directory)


def loss_of(network: Any, batch: Batch, label_smoothing: float, device: Any) -> tuple[Any, int]:
    """(cross-entropy a target piece, pieces). The output layer sees real pieces only, never padding."""
    import torch

    config = network.config
    sources = torch.from_numpy(batch.sources).to(device)
    targets = torch.from_numpy(batch.targets).to(device)
    start = torch.full_like(targets[:, :1], config.decoder_start_token_id)
    before = torch.cat([start, targets[:, :-1]], 1)
    hidden = network.model(
        input_ids=sources.masked_fill(sources < 0, config.pad_token_id),
        attention_mask=(sources >= 0).long(),
        decoder_input_ids=before.masked_fill(before < 0, config.pad_token_id),
        use_cache=False,
    )[0]
    real = targets >= 0
    logits = network.lm_head(hidden[real]) + network.final_logits_bias
    loss = torch.nn.functional.cross_entropy(logits.float(), targets[real], label_smoothing=label_smoothing)
    return loss, int(real.sum())


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Without the bars and advice of the loader."""
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        yield
