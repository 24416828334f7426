"""Speed and memory of a run against the bare engine and against transformers, in one go.

    python -m benchmarks.speed [DOCUMENT] [--limit 60] [--table docs/speed.md]

Four ways, each in a process of its own, models loaded and warmed up before the clock starts:

- ours: reading, segmenting, terms, decoding with retries, checks and writing, through the pipeline;
- bare: CTranslate2 alone on exactly the batches that ours decoded;
- batched: transformers on the same sentences in the same batches, plain decoding;
- one at a time: transformers, a sentence a call.

For the built-in model, and for a model that answers as it does with the depth and vocabulary of opus-mt-zh-en.
Sentences a second are of plain sentences; peak memory is the process's. Ratios are what to quote.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from translate.decode import Translator
from translate.decode.translator import make_batches
from translate.engines import DecodeOptions, open_engine
from translate.engines.tokenizer import Tokenizer
from translate.models import BUILTIN_DIRECTORY
from translate.pipeline import Toolbox, files_of, load_source, open_toolbox, segment, translate_document
from translate.script import model_text
from translate.settings import Settings
from translate.work import decoding, open_decoder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.engines import Batch, Engine, Hypothesis
    from translate.records import Document

Asked = tuple[list["Batch"], DecodeOptions]  # one call of an engine

WAYS = ("ours", "bare", "batched", "one at a time")


@dataclass
class Recorder:
    """An engine that writes down what it is asked."""

    engine: Engine
    asked: list[Asked] = field(default_factory=list)

    def translate(
        self, batches: Sequence[Batch], options: DecodeOptions
    ) -> Iterator[tuple[tuple[Hypothesis, ...], ...]]:
        self.asked.append((list(batches), options))
        return self.engine.translate(batches, options)


def ours(document: Path, tools: Toolbox, limit: int) -> tuple[float, list[Asked]]:
    """Seconds for the whole flow, and what the engine was asked."""
    decoder = open_decoder(tools.spec)
    recorder = Recorder(open_engine(tools.spec.engine, tools.model))
    decoder = replace(decoder, translator=Translator(recorder, Tokenizer(tools.model)))
    with patch.object(decoding, "open_decoder", lambda spec: decoder):
        began = time.perf_counter()
        source = load_source(document)
        few = replace(source, document=first_sentences(source.document, limit))
        files_of(translate_document(few, tools), source, tools)
        return time.perf_counter() - began, recorder.asked


def first_sentences(document: Document, limit: int) -> Document:
    """The document with nothing in the blocks behind its first `limit` sentences."""
    kept = {part.block_id for part in segment(document)[:limit]}
    blocks = tuple(block if block.id in kept else replace(block, text="") for block in document.blocks)
    return replace(document, blocks=blocks)


def together(asked: list[Asked]) -> list[Asked]:
    """All batches of the same options in one call: the bare engine at its best."""
    grouped: dict[DecodeOptions, list[Batch]] = {}
    for batches, options in asked:
        grouped.setdefault(options, []).extend(batches)
    return [(batches, options) for options, batches in grouped.items()]


def replay(engine: Engine, asked: list[Asked]) -> float:
    began = time.perf_counter()
    for batches, options in asked:
        for _ in engine.translate(batches, options):
            pass
    return time.perf_counter() - began


def worker(way: str, model_name: str, document: Path, limit: int) -> dict[str, float]:
    tools = open_toolbox(Settings(model=model_name, use_memory=False))
    tokenizer = Tokenizer(tools.model)
    sentences = segment(first_sentences(load_source(document).document, limit))
    if way in ("ours", "bare"):
        seconds, asked = ours(document, tools, limit)  # warms everything up
        if way == "ours":
            seconds, asked = ours(document, tools, limit)
        else:
            seconds = replay(open_engine(tools.spec.engine, tools.model), together(asked))
    else:
        batches = make_batches([tokenizer.encode(model_text(sentence.text)) for sentence in sentences])
        engine = open_engine("torch", tools.model)
        replay(engine, [([(tokenizer.encode("今天开会。"),)], DecodeOptions(max_length=4))])
        if way == "one at a time":
            batches = [(pieces,) for batch in batches for pieces in batch]
        seconds = replay(engine, [(batches, DecodeOptions(hypotheses=1))])
    return {"sentences_per_second": len(sentences) / seconds, "peak_mb": peak_memory()}


def peak_memory() -> float:
    """Megabytes; of this program alone where the system tells, since ru_maxrss remembers the parent across exec."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text(encoding="ascii"))[1]) / 1024  # type: ignore[index]  # Linux always has it
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def deepened_model(folder: Path) -> Path:
    """The built-in model with the depth and vocabulary of opus-mt-zh-en, answering as before.

    Four decoder layers are added (6 and 6 then) that change nothing: their sublayers give zero, and the last
    normalisation of the old top layer moves to the new one, so that the others only normalise what is normal. The
    vocabulary grows to 65,001 by pieces that are never chosen. The width stays at 384, where opus-mt-zh-en has 512,
    so that the real one is dearer still.
    """
    import shutil

    import torch
    from transformers import MarianConfig, MarianMTModel

    old = MarianMTModel.from_pretrained(BUILTIN_DIRECTORY, dtype=torch.float32)
    vocabulary = json.loads((BUILTIN_DIRECTORY / "vocab.json").read_text(encoding="utf-8"))
    padding, old_padding, layers = 65_000, old.config.pad_token_id, old.config.decoder_layers
    shape = {"vocab_size": padding + 1, "decoder_vocab_size": padding + 1, "decoder_layers": 6}
    tokens = {"pad_token_id": padding, "decoder_start_token_id": padding}
    torch.manual_seed(0)
    model = MarianMTModel(MarianConfig(**{**old.config.to_dict(), **shape, **tokens}))
    model.load_state_dict({name: value for name, value in old.state_dict().items() if ".layers." in name}, strict=False)
    with torch.no_grad():
        rows = model.model.shared.weight
        rows[:old_padding], rows[padding] = old.model.shared.weight[:old_padding], 0
        model.final_logits_bias.fill_(-1e4)[0, :old_padding] = old.final_logits_bias[0, :old_padding]
        top, *added = model.model.decoder.layers[layers - 1 :]
        for layer in added:
            for last in (layer.self_attn.out_proj, layer.encoder_attn.out_proj, layer.fc2):
                last.weight.zero_()
                last.bias.zero_()
        added[-1].final_layer_norm.load_state_dict(top.final_layer_norm.state_dict())
        top.final_layer_norm.weight.fill_(1)
        top.final_layer_norm.bias.zero_()
    model.half().save_pretrained(folder)
    del vocabulary["<pad>"]
    vocabulary |= {f"<unused{index}>": index for index in range(len(vocabulary), padding)} | {"<pad>": padding}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text('{"source_lang": "zh", "target_lang": "en"}', encoding="utf-8")
    for name in ("source.spm", "target.spm"):
        shutil.copy(BUILTIN_DIRECTORY / name, folder / name)
    return folder


def measure(way: str, model: str, arguments: argparse.Namespace) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.speed", str(arguments.document), "--limit", str(arguments.limit)]
    command += ["--worker", way, "--model", model]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def table(arguments: argparse.Namespace) -> str:
    lines = ["| model | way | sentences a second | ratio to bare | peak memory |", "|---|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        for name, model in (("built-in", "builtin"), ("deepened", str(deepened_model(Path(folder))))):
            results = {way: measure(way, model, arguments) for way in WAYS}
            bare = results["bare"]["sentences_per_second"]
            for way, result in results.items():
                speed = result["sentences_per_second"]
                lines.append(f"| {name} | {way} | {speed:.2f} | {speed / bare:.2f} | {result['peak_mb']:.0f} MB |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("document", type=Path, nargs="?", default=Path("examples/notice.txt"))
    parser.add_argument("--limit", type=int, default=60, help="sentences at most")
    parser.add_argument("--table", type=Path, help="file to write the table to")
    parser.add_argument("--worker", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--model", default="builtin", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        print(json.dumps(worker(arguments.worker, arguments.model, arguments.document, arguments.limit)))
        return
    text = table(arguments)
    print(text)
    if arguments.table:
        arguments.table.write_text(f"# Speed\n\nMade by `python -m benchmarks.speed`.\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
