"""Models beside each other on the development report, all of it and the part that is new: two tables.

    python recipes/builtin-model/compare.py NAME=FOLDER... [--trained-on FILE...] [--threads N]

The second table leaves out the sentences that have a near copy among the pairs of --trained-on (by the rule of the data
stage), so that nothing in it can have been learned by heart.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from stages.bench import ROOT, load_recipe, read_pairs
from stages.data import copies_of
from stages.evaluate import HEADER, row, scored

from translate.adapt_pipeline import translations


def main() -> None:
    """Read the arguments, translate with every model, and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", metavar="NAME=FOLDER")
    parser.add_argument("--trained-on", nargs="*", default=[], type=Path, metavar="FILE")
    parser.add_argument("--threads", type=int, default=0)
    arguments = parser.parse_args()
    recipe = load_recipe(smoke=False)
    pairs = read_pairs(ROOT / recipe["test"])
    sources = [source for source, _ in pairs]
    models = dict(one.split("=", 1) for one in arguments.models)
    outputs = {name: translations(Path(folder), sources, arguments.threads) for name, folder in models.items()}
    copies = copies_of(sources, recipe)
    for path in arguments.trained_on:
        for line in path.read_text(encoding="utf-8").splitlines():
            copies.like(line.split("\t")[0])
    new = [number for number in range(len(pairs)) if number not in copies.hit]
    for title, chosen in (("all pairs", range(len(pairs))), ("without near copies", new)):
        print(f"\n{title}: {len(chosen)}\n\n{HEADER}")
        for name, found in outputs.items():
            result = scored([pairs[number] for number in chosen], [found[number] for number in chosen])
            print(row(name, result), flush=True)
    print("\n" + "; ".join(f"{one['name']} {one['signature']}" for one in result["scores"]))


if __name__ == "__main__":
    main()
