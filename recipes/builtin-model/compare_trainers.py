"""The trainer of this project and the one of transformers on the same pairs and model: target pieces a second.

    python recipes/builtin-model/compare_trainers.py PAIRS.tsv [--pairs 600] [--steps 25] [--rows 24]

One thread; processor time, so that other programs on the machine count for little. transformers' trainer needs the
package accelerate, which nothing else here does. It makes batches of a number of pairs, sorted by length within groups
of fifty batches; ours have a budget of pieces. Both smooth labels and clip the gradient.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from stages.bench import read_pairs  # noqa: E402

from translate.models import BUILTIN_DIRECTORY  # noqa: E402
from translate.training import Batches, Encoded, TrainingOptions, Vocabulary, encode, load_network, train  # noqa: E402


def main() -> None:
    """Run both and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--pairs", type=int, default=600)
    parser.add_argument("--steps", type=int, default=25)
    parser.add_argument("--rows", type=int, default=24, help="pairs a batch for transformers' trainer")
    arguments = parser.parse_args()
    data = encode(read_pairs(arguments.file)[: arguments.pairs], Vocabulary(BUILTIN_DIRECTORY))
    print("| trainer | target pieces | processor seconds | pieces a second |\n|---|---|---|---|")
    for name, run in (("this project's", ours), ("transformers' Seq2SeqTrainer", theirs)):
        pieces, seconds = run(data, arguments.steps, arguments.rows)
        print(f"| {name} | {pieces:,} | {seconds:.1f} | {pieces / seconds:.0f} |", flush=True)


def ours(data: Encoded, steps: int, rows: int) -> tuple[int, float]:
    """(target pieces, processor seconds). The budget is that of `rows` pairs of mean length."""
    budget = int(rows * data.lengths.mean())
    options = TrainingOptions(steps=steps, batch_tokens=budget, save_every=10**6, precision="float32")
    with tempfile.TemporaryDirectory() as folder:
        network = load_network(BUILTIN_DIRECTORY)
        pieces = _first_batches(data, options)
        began = time.process_time()
        train(network, [(data, 1.0)], options, Path(folder), threads=1)
        return pieces, time.process_time() - began


def _first_batches(data: Encoded, options: TrainingOptions) -> int:
    """Target pieces of the batches that the trainer will see."""
    batches = Batches([(data, 1.0)], budget=options.batch_tokens, seed=options.seed)
    return sum(int((batch.targets >= 0).sum()) for _, _, batch in islice(batches.since(0, 0), options.steps))


def theirs(data: Encoded, steps: int, rows: int) -> tuple[int, float]:
    """(target pieces, processor seconds) of Seq2SeqTrainer, batches grouped by length."""
    import torch
    from transformers import Seq2SeqTrainer, Seq2SeqTrainingArguments

    network = load_network(BUILTIN_DIRECTORY)
    padding, seen = network.config.pad_token_id, [0]

    def collate(items: list[dict[str, Any]]) -> dict[str, Any]:
        width, depth = (max(len(item[key]) for item in items) for key in ("input_ids", "labels"))
        seen[0] += sum(len(item["labels"]) for item in items)
        sources = torch.tensor([item["input_ids"] + [padding] * (width - len(item["input_ids"])) for item in items])
        labels = torch.tensor([item["labels"] + [-100] * (depth - len(item["labels"])) for item in items])
        before = torch.cat([torch.full_like(labels[:, :1], padding), labels[:, :-1]], 1)
        return {
            "input_ids": sources,
            "attention_mask": (sources != padding).long(),
            "decoder_input_ids": before.masked_fill(before < 0, padding),  # with smoothing the model gets no labels
            "labels": labels,
        }

    items = [{"input_ids": data.source(i).tolist(), "labels": data.target(i).tolist()} for i in range(len(data))]
    with tempfile.TemporaryDirectory() as folder:
        options = Seq2SeqTrainingArguments(
            output_dir=folder,
            max_steps=steps,
            per_device_train_batch_size=rows,
            train_sampling_strategy="group_by_length",
            label_smoothing_factor=0.1,
            max_grad_norm=1.0,
            optim="adamw_torch_fused",
            use_cpu=True,
            save_strategy="no",
            report_to=[],
            disable_tqdm=True,
            dataloader_num_workers=0,
        )
        trainer = Seq2SeqTrainer(model=network, args=options, train_dataset=items, data_collator=collate)  # type: ignore[arg-type,unused-ignore]  # a list will do
        torch.set_num_threads(1)
        began = time.process_time()
        trainer.train()
        return seen[0], time.process_time() - began


if __name__ == "__main__":
    main()
