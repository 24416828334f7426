"""What each way of translating is worth: every rung alone and together, on pairs with a reference.

    python -m benchmarks.rungs PAIRS.tsv [--pairs 300] [--model builtin]

PAIRS.tsv has Chinese and English, tab-separated. For each set of rungs: chrF, BLEU, the share of glossary hits whose
rendering is in the output (term success), the share of segments with error findings, and the work in target pieces as
a ratio to plain decoding.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import replace
from pathlib import Path

import sacrebleu

from translate.checks import run_checks
from translate.decode.rungs import PLAIN, RUNGS, Rung
from translate.pipeline import Toolbox, decoder_for, open_toolbox
from translate.records import BlockKind, Rule, Segment, Severity, Unit
from translate.settings import Settings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--precision", default="int8")
    arguments = parser.parse_args()
    lines = [line.split("\t") for line in arguments.file.read_text(encoding="utf-8").splitlines()]
    pairs = random.Random(1).sample(lines, min(arguments.pairs, len(lines)))
    segments = [Segment(f"b{i:04d}.s01", f"b{i:04d}", pair[0], BlockKind.PARAGRAPH) for i, pair in enumerate(pairs)]
    references = [pair[1] for pair in pairs]
    tools = open_toolbox(Settings(model=arguments.model, precision=arguments.precision))
    print("| rungs | chrF | BLEU | term success | error segments | work |\n|---|---|---|---|---|---|")
    base = 0
    for name, rungs, replacing in variants():
        units, pieces = decode(tools, segments, rungs, replacing=replacing)
        base = base or pieces
        print("| " + " | ".join([name, *scores(units, references), f"{pieces / base:.2f}"]) + " |", flush=True)
    print(f"sacrebleu {sacrebleu.__version__}, {tools.engine.signature}, glossary {tools.glossary.sha256[:16]}")


def variants() -> list[tuple[str, tuple[Rung, ...], bool]]:
    """Plain, each rung after plain, replacement after plain, and all of them."""
    alone = [(f"plain, {rung.name}", (PLAIN, rung), False) for rung in RUNGS[1:]]
    return [
        ("plain", (PLAIN,), False),
        *alone,
        ("plain, replacement", (PLAIN,), True),
        ("all", RUNGS, True),
    ]


def decode(
    tools: Toolbox, segments: list[Segment], rungs: tuple[Rung, ...], *, replacing: bool
) -> tuple[tuple[Unit, ...], int]:
    decoder = replace(decoder_for(tools), rungs=rungs, replace_missing=replacing)
    units = decoder.decode(segments, [tools.glossary.find(segment.text) for segment in segments])
    return units, decoder.translator.pieces_decoded


def scores(units: tuple[Unit, ...], references: list[str]) -> list[str]:
    outputs = [unit.target for unit in units]
    hits = [hit for unit in units for hit in unit.hits if hit.term.rule is not Rule.FORBID]
    found = sum(hit.target is not None for hit in hits)
    bad = sum(unit.severity is Severity.ERROR for unit in run_checks(units))
    return [
        f"{sacrebleu.corpus_chrf(outputs, [references]).score:.1f}",
        f"{sacrebleu.corpus_bleu(outputs, [references]).score:.1f}",
        f"{found / max(1, len(hits)):.3f} ({len(hits)})",
        f"{bad / len(units):.2f}",
    ]


if __name__ == "__main__":
    main()
