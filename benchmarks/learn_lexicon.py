"""Learn the word tables of the coverage checks (translate/data/checks/*.tsv) from parallel text.

    python -m benchmarks.learn_lexicon --documents gwr2008.tsv ... --pairs laws.tsv.xz ... --terms terms.tsv.xz

All files are UTF-8, Chinese TAB English, one pair a line. `--documents` are pairs in the order of a document.
Word links are IBM model 1 (Brown et al. 1993, Computational Linguistics 19:2). How often a link shows is measured on
the half of the pairs that the links were not learned from.
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from sentencepiece import SentencePieceProcessor

from translate.checks.lexicon import HAN, LONGEST_WORD, chinese_words, english_words

if TYPE_CHECKING:
    from collections.abc import Iterable

Array = npt.NDArray[np.int64]
Pair = tuple[str, str]
Links = dict[str, list[str]]
Rates = defaultdict[tuple[str, str], float]
DATA = Path(__file__).parent.parent / "translate" / "data"
HEADER = (
    "# Learned by benchmarks/learn_lexicon.py from parallel text; see translate/checks/lexicon.py for the columns.\n"
)

ITERATIONS = 6
RAREST = 4  # a word seen in fewer pairs is left out
WEAKEST_LINK = 0.008
# Beta priors: what is believed of a word never seen, as so many sightings.
PRIOR_PRESENT, PRIOR_CHANCE, PRIOR_WEIGHT = 0.6, 0.15, 4
HIGHEST_RATE = 0.97
OTHER_PAIRS = 0.1  # weight of pairs that are no official document when rates are measured: they are more literal
LEAST_CONTRAST = 1.1  # present over chance; less says nothing


def main() -> None:
    options = parse()
    documents = [read(path) for path in options.documents]
    others = [read(path, options.limit) for path in options.pairs]
    terms = read(options.terms) if options.terms else []
    halves = [documents[half::2] + [pairs[half::2] for pairs in others] for half in (0, 1)]

    vocabulary = known_words(terms, [pair for part in halves[0] + halves[1] for pair in part])
    learned = [link([pair for part in half for pair in part] + terms * 2, vocabulary) for half in halves]
    rates = (Rates(float), Rates(float))
    for links, unseen in zip(learned, reversed(halves), strict=True):
        for number, part in enumerate(unseen):
            is_document = number < len(unseen) - len(others)
            count(part, links, vocabulary, rates, 1.0 if is_document else OTHER_PAIRS)
    links = link([pair for half in halves for part in half for pair in part] + terms * 2, vocabulary)
    inputs = [*options.documents, *options.pairs, *([options.terms] if options.terms else [])]
    header = f"{HEADER}# From {', '.join(path.name for path in inputs)}.\n"
    write(options.output / "chinese.tsv", header, rates[0], {word: " ".join(stems) for word, stems in links.items()})
    write(
        options.output / "english.tsv",
        header,
        rates[1],
        dict.fromkeys((stem for stems in links.values() for stem in stems), ""),
    )


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", nargs="+", type=Path, default=[], help="pairs in document order, one file each")
    parser.add_argument("--pairs", nargs="+", type=Path, default=[], help="other pairs")
    parser.add_argument("--terms", type=Path, help="words and terms with their English")
    parser.add_argument("--output", type=Path, default=DATA / "checks", help="folder to write the two tables to")
    parser.add_argument("--limit", type=int, default=60_000, help="pairs read of each file of --pairs")
    return parser.parse_args()


def read(path: Path, limit: int | None = None) -> list[Pair]:
    """Pairs of a .tsv or .tsv.xz file; with a limit, evenly spread runs of 20 lines that keep neighbours together."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    pairs = [(row[0], row[1]) for row in rows if len(row) == 2]
    every = -(-len(pairs) // limit) if limit else 1
    return [pair for start in range(0, len(pairs), 20 * every) for pair in islice(pairs, start, start + 20)]


def known_words(terms: list[Pair], pairs: list[Pair]) -> dict[str, int]:
    """Words of the built-in model's vocabulary and of the terms that the pairs use."""
    model = SentencePieceProcessor(model_file=str(DATA / "model" / "source.spm"))
    pieces = [model.id_to_piece(number).lstrip("▁") for number in range(model.get_piece_size())]
    words = {
        word: 0
        for word in (*pieces, *(source for source, _ in terms))
        if 1 < len(word) <= LONGEST_WORD and HAN.fullmatch(word)
    }
    used = Counter(word for source, _ in pairs for word in {word for _, word in chinese_words(source, words)})
    return {word: used[word] for word in words if used[word] >= RAREST}


def link(pairs: list[Pair], vocabulary: dict[str, int]) -> Links:
    """English stems by Chinese word, the likeliest first, by IBM model 1."""
    texts = [
        (
            list({word for _, word in chinese_words(source, vocabulary)}),
            list({stem for _, stem in english_words(target)}),
        )
        for source, target in pairs
    ]
    word_ids = {word: number for number, word in enumerate(frequent(words for words, _ in texts), 1)}
    stem_ids = {stem: number for number, stem in enumerate(frequent(stems for _, stems in texts))}
    words: list[Array] = []
    stems: list[Array] = []
    tokens: list[Array] = []
    for sources, targets in texts:
        candidates = np.array([0, *(word_ids[word] for word in sources if word in word_ids)])  # 0 is the empty word
        for stem in targets:
            if stem in stem_ids:
                words.append(candidates)
                stems.append(np.full(len(candidates), stem_ids[stem]))
                tokens.append(np.full(len(candidates), len(tokens)))
    combined = np.concatenate(words) * len(stem_ids) + np.concatenate(stems)
    token = np.concatenate(tokens)
    pair_keys, pair_of = np.unique(combined, return_inverse=True)
    word_of_pair = pair_keys // len(stem_ids)
    probability = np.ones(len(pair_keys))
    for _ in range(ITERATIONS):
        share = probability[pair_of]
        share /= np.bincount(token, share)[token]
        counts = np.bincount(pair_of, share)
        probability = counts / np.bincount(word_of_pair, counts)[word_of_pair]
    names, stem_names = ["", *word_ids], list(stem_ids)
    links = defaultdict(list)
    for index in np.argsort(-probability):
        if probability[index] >= WEAKEST_LINK and counts[index] > 0.5 and word_of_pair[index]:
            links[names[word_of_pair[index]]].append(stem_names[pair_keys[index] % len(stem_ids)])
    return links


def frequent(texts: Iterable[list[str]]) -> list[str]:
    counts = Counter(word for text in texts for word in text)
    return sorted(word for word, count in counts.items() if count >= RAREST - 1)


def count(
    pairs: list[Pair], links: Links, vocabulary: dict[str, int], rates: tuple[Rates, Rates], weight: float
) -> None:
    """Count, both ways, how often a word's counterparts are in its own pair and in the neighbours."""
    back = defaultdict(set)
    for word, stems in links.items():
        for stem in stems:
            back[stem].add(word)
    sources = [{word for _, word in chinese_words(source, vocabulary)} for source, _ in pairs]
    targets = [{stem for _, stem in english_words(target)} for _, target in pairs]
    for own, other, table, rate in ((sources, targets, links, rates[0]), (targets, sources, back, rates[1])):
        for index, words in enumerate(own):
            neighbours = [other[at] for at in (index - 1, index + 1) if 0 <= at < len(other)]
            for word in words & table.keys():
                rate[word, "seen"] += weight
                rate[word, "present"] += weight * (not other[index].isdisjoint(table[word]))
                rate[word, "beside"] += weight * len(neighbours)
                rate[word, "chance"] += weight * sum(not near.isdisjoint(table[word]) for near in neighbours)


def write(path: Path, header: str, rates: Rates, last_column: dict[str, str]) -> None:
    lines = []
    for word, links in sorted(last_column.items()):
        present = (rates[word, "present"] + PRIOR_PRESENT * PRIOR_WEIGHT) / (rates[word, "seen"] + PRIOR_WEIGHT)
        chance = (rates[word, "chance"] + PRIOR_CHANCE * PRIOR_WEIGHT) / (rates[word, "beside"] + PRIOR_WEIGHT)
        present = min(present, HIGHEST_RATE)
        if present >= chance * LEAST_CONTRAST:
            lines.append("\t".join(filter(None, (word, f"{present:.3f}", f"{chance:.3f}", links))) + "\n")
    path.write_text(header + "".join(lines), encoding="utf-8")
    print(f"{path}: {len(lines)} words")


if __name__ == "__main__":
    main()
