"""Learn what the aligner weighs (translate/data/align.toml) from documents with gold beads.

    python -m benchmarks.align_tune --fold LEXICON_A gwr2008.tsv ... --fold LEXICON_B gwr2011.tsv ... > align.toml

Each file is a document as benchmarks/align_gold.py reads it, taken as it is and with a tenth of the sentences of each
side deleted. The lexicon of a fold must be learned from other documents than the fold's, or it would seem surer than
it is. The weights are those of a conditional random field over ways through the band (Lafferty et al. 2001): the
gradient of the gold way's log probability is what it says minus what is expected, climbed by Adam (Kingma and Ba 2015).

The built-in model was trained on these very years, and would seem better than it is: a third of the words of its
translations are therefore exchanged for words of its other translations before anything is learned from them.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.align_gold import RATE, Gold, Link, read, remembering, translations
from translate.align import Resources, gather
from translate.align.band import around
from translate.align.lattice import ADDED, OMITTED, Lattice
from translate.align.score import Features
from translate.align_pipeline import WordList, embedder
from translate.glossary import load_glossary, standard_layers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from translate.align.lattice import Shape
    from translate.align.translated import Translate

    Floats = NDArray[np.float64]

METHODS = {
    "lengths": ("lengths",),
    "anchors": ("anchors",),
    "glossary": ("glossary",),
    "lexicon": ("lexicon",),
    "encoder": ("encoder",),
    "model": ("model",),
    "lengths+anchors": ("lengths", "anchors"),
    "standard": ("lengths", "anchors", "glossary", "lexicon"),
    "standard+model": ("lengths", "anchors", "glossary", "lexicon", "model"),
    "standard+encoder": ("lengths", "anchors", "glossary", "lexicon", "encoder"),
}
FIRST_WEIGHTS = {"lengths": 0.8, "anchors": 0.5, "glossary": 0.4, "lexicon": 0.3, "encoder": 15.0, "model": 0.3}
FIRST_SHAPES: dict[Shape, float] = {
    (1, 1): 0.0, (1, 2): -3.0, (2, 1): -3.5, (1, 3): -5.0, (3, 1): -5.5, (2, 2): -6.0, (1, 4): -6.5, (4, 1): -7.0,
    (2, 3): -7.5, (3, 2): -7.5, (3, 3): -8.5, OMITTED: -3.0, ADDED: -3.0,
}  # fmt: skip
EXCHANGED = 0.35  # of the words of translations that the model has learned by heart
SLACK = 8  # sentences around the gold way: all that is likely is near it
STEPS, FIRST_RATE, LAST_RATE = 24, 1.0, 0.35


class Lesson:
    """A document with the evidence of all its beads, and what the gold way says."""

    def __init__(self, gold: Gold, names: tuple[str, ...], resources: Resources) -> None:
        """Gather the evidence in a band around the gold way."""
        texts = gather(gold.source, gold.target, names, resources)
        points = [(bead[0][0], bead[1][0]) for bead in gold.beads if bead[0] and bead[1]]
        self.band = around(points, len(gold.source), len(gold.target), SLACK)
        features = Features(texts, names, self.band)
        self.inside: dict[Shape, NDArray[np.bool_]] = {OMITTED: self.band.shifted(*OMITTED)[1]}
        self.evidence: dict[Shape, Floats] = {}
        for shape in FIRST_SHAPES:
            if shape not in (OMITTED, ADDED):
                self.inside[shape], found = features.of(shape)
                self.evidence[shape] = np.array([np.where(self.inside[shape], found[name], 0.0) for name in names])
        self.said = np.zeros(len(names))
        self.counts = dict.fromkeys(FIRST_SHAPES, 0)
        for source, target in (part for bead in gold.beads for part in _parts(bead)):
            shape = (len(source), len(target))
            self.counts[shape] += 1
            if shape in self.evidence:
                state = self.band.offsets[source[0]] + target[0] - self.band.low[source[0]]
                self.said += self.evidence[shape][:, state]
        self.added = np.ones(len(gold.target))

    def gradient(self, weights: Floats, shapes: Mapping[Shape, float]) -> tuple[Floats, Floats]:
        """What the gold way says more than is expected, by source of evidence and by shape."""
        scores = {
            shape: np.where(self.inside[shape], weights @ found + shapes[shape], -np.inf)
            for shape, found in self.evidence.items()
        }
        scores[OMITTED] = np.where(self.inside[OMITTED], shapes[OMITTED], -np.inf)
        found = Lattice(self.band, scores, self.added * shapes[ADDED]).probabilities()
        said = self.said - sum(self.evidence[shape] @ found[shape] for shape in self.evidence)
        return said, np.array([self.counts[shape] - found[shape].sum() for shape in shapes])


def _parts(bead: Link) -> list[Link]:
    """A bead in shapes that the aligner has: the few larger ones are cut, one-sided ones taken one by one."""
    source, target = bead
    if not source or not target:
        return [((number,), ()) for number in source] + [((), (number,)) for number in target]
    if (len(source), len(target)) in FIRST_SHAPES:
        return [bead]
    ours = 1 if len(source) <= len(target) or len(source) > 4 + len(target) - 1 else len(source) - len(target) + 1
    theirs = max(1, min(4, len(target) - len(source) + 1))
    return [(source[:ours], target[:theirs]), *_parts((source[ours:], target[theirs:]))]


def thinned(gold: Gold, seed: int) -> Gold:
    """The gold with a tenth of the sentences of each side deleted."""
    chance = random.Random(seed)
    sides = [[text for text in enumerate(side) if chance.random() >= RATE] for side in (gold.source, gold.target)]
    ours, theirs = ({old: new for new, (old, _) in enumerate(side)} for side in sides)
    beads = [
        (tuple(ours[n] for n in source if n in ours), tuple(theirs[n] for n in target if n in theirs))
        for source, target in gold.beads
    ]
    return Gold([text for _, text in sides[0]], [text for _, text in sides[1]], beads)


def worsened(translate: Translate) -> Translate:
    """Translations with some of their words exchanged, always the same ones."""

    def answer(texts: Sequence[str]) -> list[str]:
        chance = random.Random(len(texts))
        made = [text.split() for text in translate(texts)]
        words = [word for text in made for word in text]
        return [
            " ".join(chance.choice(words) if chance.random() < EXCHANGED else word for word in text) for text in made
        ]

    return answer


def learn(lessons: list[Lesson], names: tuple[str, ...]) -> tuple[Floats, dict[Shape, float]]:
    """Weights by source, and the score of each shape."""
    first = np.array([*(FIRST_WEIGHTS[name] for name in names), *FIRST_SHAPES.values()])
    stride = np.array([*(FIRST_WEIGHTS[name] * 0.12 for name in names), *([0.25] * len(FIRST_SHAPES))])
    values, mean, square = first.copy(), np.zeros_like(first), np.zeros_like(first)
    for step in range(1, STEPS + 1):
        slope = np.zeros_like(first)
        for lesson in lessons[step % 2 :: 2]:
            shapes = dict(zip(FIRST_SHAPES, values[len(names) :].tolist(), strict=True))
            slope += np.concatenate(lesson.gradient(values[: len(names)], shapes))
        slope[len(names) :] -= (values - first)[len(names) :]  # a prior, for shapes that hardly occur
        mean, square = 0.8 * mean + 0.2 * slope, 0.95 * square + 0.05 * slope**2
        rate = FIRST_RATE if step < STEPS * 0.6 else LAST_RATE
        values += rate * stride * mean / (1 - 0.8**step) / (np.sqrt(square / (1 - 0.95**step)) + 1e-6)
        values[: len(names)] = np.maximum(values[: len(names)], 0.0)
    return values[: len(names)], dict(zip(FIRST_SHAPES, values[len(names) :].tolist(), strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fold", nargs="+", action="append", type=Path, required=True, metavar="LEXICON FILE")
    parser.add_argument("--method", action="append", choices=METHODS, help="only these")
    parser.add_argument("--translations", type=Path, help="file to keep the model's translations in")
    options = parser.parse_args()
    translate = worsened(translations(options.translations))
    base = Resources(load_glossary(standard_layers()), embed=remembering(embedder()), translate=translate)
    for name in options.method or METHODS:
        names = METHODS[name]
        if "encoder" in names and base.embed is None:
            continue
        lessons: list[Lesson] = []
        for lexicon, *files in options.fold:
            have = replace(base, lexicon=WordList.read(lexicon))
            for path in files:
                gold = read(path)
                lessons += [Lesson(gold, names, have), Lesson(thinned(gold, len(lessons)), names, have)]
        weights, shapes = learn(lessons, names)
        print(f'[methods."{name}"]')
        print(
            "weights = {" + ", ".join(f"{one} = {value:.3f}" for one, value in zip(names, weights, strict=True)) + "}"
        )
        print(
            "shapes = {" + ", ".join(f'"{a}-{b}" = {value:.2f}' for (a, b), value in shapes.items()) + "}\n", flush=True
        )


if __name__ == "__main__":
    main()
