"""Speed and memory of a run against the bare engine and against transformers, in one go.

    python -m benchmarks.speed [DOCUMENT] [--limit 60] [--table docs/speed.md]

Four ways, each in a process of its own, models loaded and warmed up before the clock starts:

- ours: reading, segmenting, terms, decoding with retries, checks and writing, through the pipeline;
- bare: CTranslate2 alone on exactly the batches that ours decoded;
- batched: transformers on the same sentences in the same batches, plain decoding;
- one at a time: transformers, a sentence a call.

For the built-in model, and for a model of opus-mt-zh-en's shape with random weights whose outputs are all cut at the
same length (its end token is never chosen), where ours decodes plainly, since random output can only fail.
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
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from translate.decode import Translator
from translate.decode.rungs import PLAIN
from translate.engines import DecodeOptions, open_engine
from translate.engines.tokenizer import Tokenizer
from translate.models import BUILTIN_DIRECTORY, resolve_model
from translate.pipeline import Toolbox, files_of, load_source, open_toolbox, segment, translate_document
from translate.settings import Settings
from translate.work import decoding, open_decoder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.engines import Batch, Engine, Hypothesis
    from translate.records import Document

Asked = tuple[list["Batch"], DecodeOptions]  # one call of an engine

WAYS = ("ours", "bare", "batched", "one at a time")
FORCED_LENGTH = 32


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


def ours(document: Path, tools: Toolbox, limit: int, *, plain: bool) -> tuple[float, list[Asked]]:
    """Seconds for the whole flow, and what the engine was asked."""
    decoder = open_decoder(tools.spec)
    recorder = Recorder(open_engine(tools.spec.engine, tools.model))
    translator = Translator(recorder, Tokenizer(tools.model))
    decoder = replace(decoder, translator=translator)
    if plain:
        options = replace(decoder.options, max_length=FORCED_LENGTH)
        decoder = replace(decoder, rungs=(PLAIN,), by_clauses=False, replace_missing=False, options=options)
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


def worker(way: str, model_name: str, document: Path, limit: int, *, plain: bool) -> dict[str, float]:
    model = resolve_model(model_name)
    tools = open_toolbox(Settings(model=model_name))
    sentences = len(segment(first_sentences(load_source(document).document, limit)))
    warm = (Tokenizer(model).encode("今天开会。"),)
    if way in ("ours", "bare"):
        seconds, asked = ours(document, tools, limit, plain=plain)  # warms everything up
        if way == "ours":
            seconds, asked = ours(document, tools, limit, plain=plain)
        else:
            seconds = replay(open_engine(tools.spec.engine, model), together(asked))
    else:
        _, asked = ours(document, tools, limit, plain=True)
        ((batches, options),) = together(asked)
        options = options if plain else replace(options, max_length=DecodeOptions().max_length)
        options = replace(options, hypotheses=1)
        engine = open_engine("torch", model)
        replay(engine, [([warm], DecodeOptions(max_length=4))])
        if way == "one at a time":
            batches = [(pieces,) for batch in batches for pieces in batch]
        seconds = replay(engine, [(batches, options)])
    return {"sentences_per_second": sentences / seconds, "peak_mb": peak_memory()}


def peak_memory() -> float:
    """Megabytes; of this program alone where the system tells, since ru_maxrss remembers the parent across exec."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text(encoding="ascii"))[1]) / 1024  # type: ignore[index]  # Linux always has it
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def random_model(folder: Path) -> Path:
    """A MarianMT folder of opus-mt-zh-en's shape: d_model 512, 6+6 layers, 8 heads, ffn 2048, 65,001 pieces."""
    import shutil

    import torch
    from transformers import MarianConfig, MarianMTModel

    vocabulary = json.loads((BUILTIN_DIRECTORY / "vocab.json").read_text(encoding="utf-8"))
    padding = 65_000
    del vocabulary["<pad>"]
    vocabulary |= {f"<unused{index}>": index for index in range(len(vocabulary), padding)} | {"<pad>": padding}
    shape: dict[str, Any] = {"d_model": 512, "encoder_layers": 6, "decoder_layers": 6, "vocab_size": padding + 1}
    for side in ("encoder", "decoder"):
        shape |= {f"{side}_attention_heads": 8, f"{side}_ffn_dim": 2048}
    tokens = {"pad_token_id": padding, "eos_token_id": 0, "decoder_start_token_id": padding, "forced_eos_token_id": 0}
    torch.manual_seed(0)
    model = MarianMTModel(MarianConfig(**shape, **tokens, scale_embedding=True, activation_function="swish"))
    with torch.no_grad():
        model.model.shared.weight[padding].zero_()
        model.final_logits_bias[0, 0] = -1e4  # the end never comes: outputs are cut at the same length
        model.final_logits_bias[0, padding] = -1e4
    model.save_pretrained(folder)
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text('{"source_lang": "zh", "target_lang": "en"}', encoding="utf-8")
    for name in ("source.spm", "target.spm"):
        shutil.copy(BUILTIN_DIRECTORY / name, folder / name)
    return folder


def measure(way: str, model: str, arguments: argparse.Namespace, *, plain: bool) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.speed", str(arguments.document), "--limit", str(arguments.limit)]
    command += ["--worker", way, "--model", model, *(["--plain"] if plain else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def table(arguments: argparse.Namespace) -> str:
    lines = ["| model | way | sentences a second | ratio to bare | peak memory |", "|---|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        shaped = str(random_model(Path(folder)))
        for name, model, plain in (("built-in", "builtin", False), ("opus-mt-zh-en's shape", shaped, True)):
            results = {way: measure(way, model, arguments, plain=plain) for way in WAYS}
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
    parser.add_argument("--plain", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        result = worker(arguments.worker, arguments.model, arguments.document, arguments.limit, plain=arguments.plain)
        print(json.dumps(result))
        return
    text = table(arguments)
    print(text)
    if arguments.table:
        arguments.table.write_text(f"# Speed\n\nMade by `python -m benchmarks.speed`.\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
