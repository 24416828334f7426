"""Time of the glossary's steps: loading, indexing, finding in a long document, finding and verifying in sentences.

    python -m benchmarks.glossary_matching [--terms 100000] [--pairs FILE]

The large glossary and its document are invented (seeded): terms of two to eight characters out of the 3,000 commonest,
one character in five of the document within a term. Sentences come from --pairs, Chinese TAB English a line, or are
invented as well. CPU seconds of this process, the best of three where a step can be repeated.
"""

from __future__ import annotations

import argparse
import platform
import random
import tempfile
from importlib import resources
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from translate.glossary import Glossary, load_glossary, locate, shipped_glossary_directory
from translate.records import Term
from translate.script import simplify_characters

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES, CHARACTERS_A_PAGE = 100, 1_500
SENTENCES = 10_000


def invented_terms(count: int) -> list[Term]:
    pick = random.Random(20)
    characters = resources.files("translate").joinpath("data/common_characters.txt").read_text("utf-8")
    simplified = [character for character in characters if "\u4e00" <= character <= "\u9fff"]
    usual = [character for character in simplified if character == simplify_characters(character)][:3_000]
    sources = {"".join(pick.choices(usual, k=pick.randint(2, 8))) for _ in range(2 * count)}
    return [Term(source, f"term {number}") for number, source in enumerate(sorted(sources)[:count])]


def invented_document(terms: list[Term], length: int) -> str:
    pick = random.Random(21)
    characters = sorted({character for term in terms[:20_000] for character in term.source})
    parts: list[str] = []
    while sum(map(len, parts)) < length:
        parts += [pick.choice(terms).source, "".join(pick.choices(characters, k=19)), "，"]
    return "".join(parts)[:length]


def sentence_pairs(path: Path | None, glossary: Glossary) -> list[tuple[str, str]]:
    if path is not None:
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        pairs = [(row[0], row[1]) for row in rows if len(row) > 1]
    else:
        pick, terms, zh, en = random.Random(22), list(glossary), "工作要做好，并且", " should be done well, and "
        chosen = [pick.choices(terms, k=3) for _ in range(1_000)]
        pairs = [(zh.join(term.source for term in some), en.join(term.target for term in some)) for some in chosen]
    return (pairs * (SENTENCES // len(pairs) + 1))[:SENTENCES]


def seconds(step: Callable[[], object], repeat: int = 3) -> float:
    best = float("inf")
    for _ in range(repeat):
        started = process_time()
        step()
        best = min(best, process_time() - started)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--terms", type=int, default=100_000)
    parser.add_argument("--pairs", type=Path)
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}")

    terms = invented_terms(options.terms)
    document = invented_document(terms, PAGES * CHARACTERS_A_PAGE)
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "terms.tsv"
        sheet.write_text("source\ttarget\n" + "".join(f"{term.source}\t{term.target}\n" for term in terms), "utf-8")
        report(f"load {len(terms):,} terms", seconds(lambda: load_glossary([sheet]), 1))
    glossary = Glossary.of(terms)
    report(f"index {len(terms):,} terms", seconds(lambda: glossary.index, 1))
    found = len(glossary.find(document))
    report(f"find {found:,} hits in {len(document):,} characters", seconds(lambda: glossary.find(document)))

    shipped = load_glossary([shipped_glossary_directory()])
    pairs = sentence_pairs(options.pairs, shipped)
    hits = [shipped.find(source) for source, _ in pairs]
    report(
        f"find {sum(map(len, hits)):,} hits of {len(shipped):,} shipped terms in {len(pairs):,} sentences",
        seconds(lambda: [shipped.find(source) for source, _ in pairs]),
    )
    report(
        "verify them in the English",
        seconds(lambda: [locate(some, english) for some, (_, english) in zip(hits, pairs, strict=True)]),
    )


def report(what: str, taken: float) -> None:
    print(f"{taken:8.2f} s  {what}", flush=True)


if __name__ == "__main__":
    main()
