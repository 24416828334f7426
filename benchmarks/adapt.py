"""What `translate adapt` is worth: some pairs of a file to adapt on, the rest to test, before and after in one table.

    python -m benchmarks.adapt PAIRS.tsv --table docs/adapt-table.md [--pairs 200] [--test 0] [--minutes 10]

Runs the command itself on pairs drawn by hash, in a folder that is thrown away with the adapted model, and then tests
both models on pairs that the command has never seen.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.adapt_pipeline import translations
from translate.adapt_pipeline.card import table
from translate.adapt_pipeline.comparison import compare
from translate.evaluate import read_pairs
from translate.glossary import load_glossary, standard_layers
from translate.models import resolve_model

if TYPE_CHECKING:
    from collections.abc import Sequence

Pair = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--pairs", type=int, default=200, help="to adapt on")
    parser.add_argument("--test", type=int, default=0, help="of the others, to test on; 0 is all")
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--table", type=Path)
    arguments = parser.parse_args()
    pairs = sorted(
        ((pair.source, pair.reference) for pair in read_pairs(arguments.file.read_bytes(), str(arguments.file))),
        key=lambda pair: hashlib.sha256(pair[0].encode()).digest(),
    )
    rest = pairs[arguments.pairs :]
    test = rest[: arguments.test] if arguments.test else rest
    with tempfile.TemporaryDirectory() as folder:
        text = report(pairs[: arguments.pairs], test, Path(folder), arguments)
    print(text)
    if arguments.table:
        arguments.table.write_text(text, encoding="utf-8")


def report(learn: Sequence[Pair], test: Sequence[Pair], folder: Path, arguments: argparse.Namespace) -> str:
    """Adapt, test, and put both into words."""
    (folder / "pairs.tsv").write_text("".join(f"{source}\t{target}\n" for source, target in learn), encoding="utf-8")
    began, used = time.monotonic(), _processor_seconds()
    options = ["--model", arguments.model, "--minutes", str(arguments.minutes), "--threads", str(arguments.threads)]
    command = [
        sys.executable,
        "-m",
        "translate",
        "adapt",
        str(folder / "pairs.tsv"),
        "-o",
        str(folder / "out"),
        *options,
    ]
    done = subprocess.run([*command, "--keep", "--json"], capture_output=True, text=True, check=False)
    if done.returncode > 1:
        raise SystemExit(done.stderr)
    minutes, busy = (time.monotonic() - began) / 60, (_processor_seconds() - used) / 60
    told = json.loads(done.stdout)
    sources = [source for source, _ in test]
    before, after = (
        translations(path, sources, arguments.threads) for path in (resolve_model(arguments.model).path, folder / "out")
    )
    compared = compare(test, before, after, load_glossary(standard_layers()))
    signatures = "; ".join(f"{score.name} {score.signature}" for score in compared.scores)
    return (
        f"{len(learn)} pairs of {arguments.file.name} given to `translate adapt` with {arguments.model}: "
        f"{_verdict(told)} "
        f"It took {minutes:.1f} minutes ({busy:.1f} minutes of processor time); training {told['training']['steps']} "
        f"steps, {told['training']['share']:.0%} new weights.\n\n"
        f"{len(test)} other pairs of the same file, which the command never saw:\n\n{table(compared)}\n\n"
        f"What the command itself held out ({told['pairs']['judge']} pairs) and text outside the domain "
        f"({told['other_text']['pairs']} pairs):\n\n{_short(told)}\n\nSignatures: {signatures}.\n"
    )


def _verdict(told: dict[str, Any]) -> str:
    return "called better." if told["better"] else f"not called better ({'; '.join(told['reasons_against'])})."


def _short(told: dict[str, Any]) -> str:
    lines = ["| | before | after | p |", "|---|---|---|---|"]
    for title, part in (("held out", told["held_out"]), ("other text", told["other_text"])):
        for score in part["scores"]:
            lines.append(
                f"| {title}, {score['name']} | {score['before']:.1f} | {score['after']:.1f} | {score['p']:.3f} |"
            )
    return "\n".join(lines)


def _processor_seconds() -> float:
    """Of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
