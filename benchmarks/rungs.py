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
from typing import TYPE_CHECKING

import sacrebleu

from translate.checks import run_checks
from translate.decode.rungs import PLAIN, RUNGS
from translate.pipeline import open_toolbox
from translate.records import BlockKind, Rule, Segment, Severity, Unit
from translate.settings import Settings
from translate.work import open_decoder

if TYPE_CHECKING:
    from translate.decode import Decoder


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
    for name, variant in variants(open_decoder(tools.spec)):
        before = variant.translator.pieces_decoded
        units = variant.decode(segments, [tools.glossary.find(segment.text) for segment in segments])
        pieces = variant.translator.pieces_decoded - before
        base = base or pieces
        print("| " + " | ".join([name, *scores(units, references), f"{pieces / base:.2f}"]) + " |", flush=True)
    print(f"sacrebleu {sacrebleu.__version__}, {tools.engine_signature}, glossary {tools.glossary.sha256[:16]}")


def variants(decoder: Decoder) -> list[tuple[str, Decoder]]:
    """Plain, each way after plain, and all of them."""
    plain = replace(decoder, rungs=(PLAIN,), by_clauses=False, replace_missing=False)
    return [
        ("plain", plain),
        *((f"plain, {rung.name}", replace(plain, rungs=(PLAIN, rung))) for rung in RUNGS[1:]),
        ("plain, clauses", replace(plain, by_clauses=True)),
        ("plain, replacement", replace(plain, replace_missing=True)),
        ("all but clauses", replace(decoder, by_clauses=False)),
        ("all", decoder),
    ]


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
