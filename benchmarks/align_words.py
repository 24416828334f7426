"""How well `translate align --words` links words, on sentences linked by hand.

    python -m benchmarks.align_words tests/data/words/pairs.tsv >> docs/alignment.md

One pair a line, Chinese TAB English, with {1:word} on both sides: what has the same number belongs together. Judged are
pairs of characters (one of the source, one of the target, spaces left out): precision over those found whose source
character is in a span of the gold, recall over those of the gold. `found` is the share of gold spans of the source that
have a link which overlaps their target; `exact` that of those whose target is exactly that of the gold.
"""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from translate.align_pipeline.attention import Attention
from translate.align_pipeline.linking import links_of
from translate.glossary import Glossary, load_glossary, locate, standard_layers
from translate.models import resolve_model
from translate.work import DecoderSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from translate.records import Span

    Attentions = Sequence[NDArray[np.float64] | None]

Cells = set[tuple[int, int]]
_MARKED = re.compile(r"\{(\d+):([^}]*)\}")


@dataclass(frozen=True)
class Gold:
    """A pair of sentences and its links, by their number."""

    source: str
    target: str
    links: dict[str, tuple[Span, Span]]


def read(path: Path) -> list[Gold]:
    """The pairs of a file."""
    golds = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            (source, ours), (target, theirs) = map(_unmarked, line.split("\t"))
            golds.append(Gold(source, target, {number: (ours[number], theirs[number]) for number in ours}))
    return golds


def _unmarked(text: str) -> tuple[str, dict[str, Span]]:
    plain, spans, end = "", {}, 0
    for match in _MARKED.finditer(text):
        plain += text[end : match.start()]
        spans[match[1]] = len(plain), len(plain) + len(match[2])
        plain, end = plain + match[2], match.end()
    return plain + text[end:], spans


def cells(gold: Gold, links: Sequence[tuple[Span, Span]]) -> Cells:
    """The pairs of characters of links."""
    return {
        (one, other)
        for source, target in links
        for one in range(*source)
        for other in range(*target)
        if not gold.target[other].isspace()
    }


def judged(golds: Sequence[Gold], found: Sequence[Sequence[tuple[Span, Span]]]) -> list[float]:
    """Precision, recall and F1 of pairs of characters; the shares of spans found and exactly found."""
    right = said = wanted = reached = exact = spans = 0
    for gold, links in zip(golds, found, strict=True):
        inside = {place for source, _ in gold.links.values() for place in range(*source)}
        mine = {cell for cell in cells(gold, links) if cell[0] in inside}
        yours = cells(gold, list(gold.links.values()))
        right, said, wanted = right + len(mine & yours), said + len(mine), wanted + len(yours)
        for source, target in gold.links.values():
            answers = {other for one, other in mine if source[0] <= one < source[1]}
            aim = {other for _, other in cells(gold, [(source, target)])}
            spans, reached, exact = spans + 1, reached + bool(answers & aim), exact + (answers == aim)
    precision, recall = right / max(1, said), right / max(1, wanted)
    return [precision, recall, 2 * precision * recall / max(1e-9, precision + recall), reached / spans, exact / spans]


def attentions(golds: Sequence[Gold], model: Attention) -> Attentions:
    """Where the model looks in each pair."""
    found = dict(model.of([(gold.source, gold.target) for gold in golds]))
    return [found[number] for number in range(len(golds))]


def linked(gold: Gold, glossary: Glossary, attention: NDArray[np.float64] | None) -> list[tuple[Span, Span]]:
    """The links found."""
    hits = locate(glossary.find(gold.source), gold.target)
    return [(link.source, link.target) for link in links_of(gold.source, gold.target, hits, attention)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    golds = read(options.file)
    terms, nothing = load_glossary(standard_layers()), Glossary()
    looked = attentions(golds, Attention(DecoderSpec(resolve_model("builtin"))))
    none: Attentions = [None] * len(golds)
    ways: dict[str, tuple[Glossary, Attentions]] = {
        "lexicon": (nothing, none),
        "lexicon, attention": (nothing, looked),
        "terms, lexicon": (terms, none),
        "terms, lexicon, attention": (terms, looked),
    }
    spans = sum(len(gold.links) for gold in golds)
    print(f"{len(golds)} pairs with {spans} links.\n")
    print("| evidence (numbers always) | precision | recall | F1 | found | exact |\n|---|---:|---:|---:|---:|---:|")
    for name, (glossary, attention) in ways.items():
        found = [linked(gold, glossary, weights) for gold, weights in zip(golds, attention, strict=True)]
        print(f"| {name} | " + " | ".join(f"{value:.3f}" for value in judged(golds, found)) + " |")


if __name__ == "__main__":
    main()
