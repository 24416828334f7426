"""How well `translate align` finds the beads of a gold standard, per method: strict and lax F1, damage, calibration.

    python -m benchmarks.align_gold gwr2015.tsv ... --lexicon DIR >> docs/alignment.md

Each file is a document: UTF-8, Chinese TAB English, one pair a line. A pair, split into sentences on both sides, is a
gold bead. A bead found is strictly right if the gold has it, laxly if it shares a source and a target sentence with a
gold bead; beads with an empty side are not counted there. Damage (seeded): a tenth of the sentences of each side is
deleted, a paragraph of the target is moved, and three from another document are inserted, two on the target's side.
`--lexicon` is a folder with the two tables of benchmarks/learn_lexicon.py, so that the years measured are not those
that the lexicon was learned from. `--translations` keeps the built-in model's translations for the next call.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from translate.align import Bead, Resources, align, gather, method, names
from translate.align_pipeline import WordList, embedder
from translate.align_pipeline.translating import PlainTranslations
from translate.glossary import load_glossary, standard_layers
from translate.models import resolve_model
from translate.segment import split_sentences
from translate.work import DecoderSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from translate.align.encoder import Embed

Link = tuple[tuple[int, ...], tuple[int, ...]]
RATE, PARAGRAPH = 0.1, 8
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)


@dataclass(frozen=True)
class Gold:
    """Two texts by sentence and the beads that are right; `moved` are source sentences whose target was moved."""

    source: list[str]
    target: list[str]
    beads: list[Link]
    moved: frozenset[int] = frozenset()


def read(path: Path) -> Gold:
    """The gold of one file."""
    source: list[str] = []
    target: list[str] = []
    beads: list[Link] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        chinese, english = line.split("\t")
        ours, theirs = split_sentences(chinese, "zh"), split_sentences(english, "en")
        beads.append((_numbers(source, ours), _numbers(target, theirs)))
        source += ours
        target += theirs
    return Gold(source, target, beads)


def damaged(gold: Gold, other: Gold, seed: int) -> Gold:
    """The gold after seeded damage; what is inserted comes from `other`."""
    chance = random.Random(seed)
    size = len(gold.beads)
    ours = [[(number, gold.source[number]) for number in bead[0] if chance.random() >= RATE] for bead in gold.beads]
    theirs = [[(number, gold.target[number]) for number in bead[1] if chance.random() >= RATE] for bead in gold.beads]
    start = chance.randrange(size // 4, size // 2)
    away = range(start, start + PARAGRAPH)
    order = [index for index in range(size) if index not in away]
    place = chance.randrange(size * 3 // 5, size * 4 // 5)
    target_order: list[int] = [*order[:place], *away, *order[place:]]
    source_new = _with_insertions([found for bead in ours for found in bead], other.source, 1, chance)
    target_new = _with_insertions([pair for index in target_order for pair in theirs[index]], other.target, 2, chance)
    source_at = {number: at for at, (number, _) in enumerate(source_new) if number >= 0}
    target_at = {number: at for at, (number, _) in enumerate(target_new) if number >= 0}
    beads: list[Link] = [((at,), ()) for at, (number, _) in enumerate(source_new) if number < 0]
    beads += [((), (at,)) for at, (number, _) in enumerate(target_new) if number < 0]
    moved: set[int] = set()
    for index, (mine, yours) in enumerate(zip(ours, theirs, strict=True)):
        one = tuple(source_at[number] for number, _ in mine)
        two = tuple(target_at[number] for number, _ in yours)
        beads += [(one, two)] if one and two else [((at,), ()) for at in one] + [((), (at,)) for at in two]
        if index in away and one and two:
            moved.update(one)
    return Gold([text for _, text in source_new], [text for _, text in target_new], beads, frozenset(moved))


def _with_insertions(
    texts: list[tuple[int, str]], other: list[str], count: int, chance: random.Random
) -> list[tuple[int, str]]:
    for _ in range(count):
        begin = chance.randrange(len(other) - PARAGRAPH)
        place = chance.randrange(len(texts))
        texts = [*texts[:place], *((-1, text) for text in other[begin : begin + PARAGRAPH]), *texts[place:]]
    return texts


def _numbers(before: list[str], new: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(range(len(before), len(before) + len(new)))


def rates(found: list[Link], gold: list[Link]) -> list[float]:
    """Strict precision, recall and F1, then lax ones."""
    mine = [bead for bead in found if bead[0] and bead[1]]
    right = [bead for bead in gold if bead[0] and bead[1]]
    strict = _f1(_share(mine, set(right).__contains__), _share(right, set(mine).__contains__))
    cells, covered = _cells(right), _cells(mine)
    lax = _f1(
        _share(mine, lambda bead: not cells.isdisjoint(_cells([bead]))),
        _share(right, lambda bead: not covered.isdisjoint(_cells([bead]))),
    )
    return [*strict, *lax]


def _cells(beads: list[Link]) -> set[tuple[int, int]]:
    return {(one, other) for bead in beads for one in bead[0] for other in bead[1]}


def _share(beads: list[Link], is_right: Callable[[Link], bool]) -> float:
    return sum(map(is_right, beads)) / max(1, len(beads))


def _f1(precision: float, recall: float) -> list[float]:
    return [precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)]


def one_sided(found: list[Link], gold: list[Link], side: int) -> list[float]:
    """Precision and recall of the sentences of a side that have nothing on the other."""
    mine = {number for bead in found if not bead[1 - side] for number in bead[side]}
    right = {number for bead in gold if not bead[1 - side] for number in bead[side]}
    both = len(mine & right)
    return [both / max(1, len(mine)), both / max(1, len(right))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--lexicon", type=Path, help="folder of chinese.tsv and english.tsv; else those that ship")
    parser.add_argument("--method", action="append", help="only these methods")
    parser.add_argument("--translations", type=Path, help="file to keep the model's translations in")
    parser.add_argument("--insert", type=Path, help="document that insertions come from; else the one before")
    options = parser.parse_args()
    golds = [read(path) for path in options.files]
    other = read(options.insert) if options.insert else None
    hurt = [damaged(gold, other or golds[number - 1], number) for number, gold in enumerate(golds)]
    words = WordList.read(options.lexicon) if options.lexicon else WordList.shipped()
    have = Resources(
        load_glossary(standard_layers()), words, remembering(embedder()), translations(options.translations)
    )
    chosen = options.method or [name for name in names() if have.embed or "encoder" not in method(name).sources]
    print(
        "| method | strict P | strict R | strict F1 | lax P | lax R | lax F1 | damaged: strict F1 |"
        " omissions P | omissions R | additions P | additions R | moved R | seconds a document |"
    )
    print("|---|" + "---:|" * 13)
    scored: dict[str, list[tuple[float, bool]]] = {}
    for name in chosen:
        began, rows = time.process_time(), []
        scored[name] = []
        for gold, broken in zip(golds, hurt, strict=True):
            found = _links(run(gold, name, have))
            again = run(broken, name, have)
            scored[name] += _judged(again, broken)
            links = _links(again)
            moved = {number for bead in again if bead.moved for number in bead.source}
            rows.append(
                [
                    *rates(found, gold.beads),
                    rates(links, broken.beads)[2],
                    *one_sided(links, broken.beads, 0),
                    *one_sided(links, broken.beads, 1),
                    len(moved & broken.moved) / max(1, len(broken.moved)),
                ]
            )
        means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
        seconds = (time.process_time() - began) / len(rows) / 2
        print(f"| {name} | " + " | ".join(f"{value:.3f}" for value in means) + f" | {seconds:.1f} |", flush=True)
    for name in chosen:
        if name in ("standard", "gale-church"):
            print(f"\nCalibration of {name} on the damaged documents:\n")
            calibration(scored[name])


def remembering(embed: Embed | None) -> Embed | None:
    """The encoder, embedding each text once; None if it is not installed."""
    if embed is None:
        return None
    known: dict[str, NDArray[np.float32]] = {}

    def recall(texts: Sequence[str]) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, embed(new) if new else (), strict=True))
        return np.array([known[text] for text in texts])

    return recall


def translations(journal: Path | None = None) -> PlainTranslations:
    """The built-in model, translating each sentence once."""
    return PlainTranslations(DecoderSpec(resolve_model("builtin")), journal)


def run(gold: Gold, name: str, have: Resources) -> tuple[Bead, ...]:
    """The beads that a method finds."""
    return align(gather(gold.source, gold.target, method(name).sources, have), method(name))


def _links(beads: tuple[Bead, ...]) -> list[Link]:
    return [(bead.source, bead.target) for bead in beads]


def _judged(beads: tuple[Bead, ...], gold: Gold) -> list[tuple[float, bool]]:
    right = set(gold.beads)
    return [(bead.score, (bead.source, bead.target) in right) for bead in beads]


def calibration(scored: list[tuple[float, bool]]) -> None:
    """Print how often beads of each range of scores are right."""
    print("| score | beads | mean score | right |\n|---|---:|---:|---:|")
    for low, high in pairwise(BINS):
        beads = [(score, right) for score, right in scored if low <= score < high]
        if beads:
            mean, share = (sum(values) / len(beads) for values in zip(*beads, strict=True))
            print(f"| {low:.2f} to {min(high, 1.0):.2f} | {len(beads)} | {mean:.3f} | {share:.3f} |")


if __name__ == "__main__":
    main()
