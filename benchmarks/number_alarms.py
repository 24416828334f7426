"""How often the checks of numbers and codes alarm on good pairs, and how many planted number errors they find.

python benchmarks/number_alarms.py PAIRS.tsv [PAIRS.tsv ...] [--seed 1] [--show 20]

PAIRS.tsv holds Chinese, a tab and English a line. The errors are planted by patterns of this file alone, one a pair,
in pairs that raise no alarm as they are; an error counts as found when the pair then raises one.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable
from pathlib import Path

from translate.numerals import Mismatch, compare_codes, compare_numbers

Pair = tuple[str, str]
Planter = Callable[[Pair, random.Random], Pair | None]

NUMERAL = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w,])|(?<![\w.,])\d+(?:\.\d+)?(?![\d,])(?!\.\d)")
SCALE = re.compile(r"(?<=\d )(?:million|billion|trillion)\b")
AMOUNT = re.compile(
    r"(?<![\w.,])[$¥]?\d[\d,]*(?:\.\d+)?"
    r"(?:\s?%| (?:million|billion|trillion|percent|percentage points)\b)?(?![\w,])(?!\.\d)"
)
SMALL = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
WORD = re.compile(rf"\b(?:{'|'.join(SMALL)})\b")
HAN_DIGITS = "一二三四五六七八九"
HAN = re.compile(
    r"[一二三四五六七八九十百千万亿]{2,}(?=[个项年人名次家条种倍亿万元成月多余])|百分之[一二三四五六七八九十]+"
)
BOUND = re.compile(
    r"\b(?:about|around|approximately|nearly|almost|over|more than|at least|less than|no more than) "
    r"(?=[$¥]?\d)(?!(?:19|20)\d\d\b)"
)


def one_digit(pair: Pair, rng: random.Random) -> Pair | None:
    """A digit of a number of the English becomes another."""
    places = [
        match.start() + offset
        for match in NUMERAL.finditer(pair[1])
        for offset, character in enumerate(match[0])
        if character.isdigit() and not (offset == len(match[0]) - 1 and character == "0" and "." in match[0])
    ]
    if not places:
        return None
    place = rng.choice(places)
    digit = rng.choice([d for d in "123456789" if d != pair[1][place]])
    return pair[0], pair[1][:place] + digit + pair[1][place + 1 :]


def scale_word(pair: Pair, rng: random.Random) -> Pair | None:
    """Million, billion and trillion are taken for one another."""
    return _replaced(
        SCALE, pair, rng, lambda word: rng.choice([s for s in ("million", "billion", "trillion") if s != word])
    )


def tenfold(pair: Pair, rng: random.Random) -> Pair | None:
    """A number becomes ten times as large, or a tenth."""

    def moved(number: str) -> str:
        value = float(number.replace(",", ""))
        value = value * 10 if rng.random() < 0.5 else value / 10
        return f"{value:,.10g}" if "," in number or value >= 10000 else f"{value:.10g}"

    return _replaced(NUMERAL, pair, rng, moved, lambda number: float(number.replace(",", "")) > 0)


def rounding(pair: Pair, rng: random.Random) -> Pair | None:
    """A number loses its last decimal."""
    return _replaced(
        re.compile(r"(?<![\w.,])\d[\d,]*\.\d+(?!\w)"),
        pair,
        rng,
        lambda number: f"{float(number.replace(',', '')):,.{len(number.partition('.')[2]) - 1}f}",
        lambda number: not number.endswith("0"),
    )


def dropped(pair: Pair, rng: random.Random) -> Pair | None:
    """A number of the English is left out, with its scale and percent sign."""
    return _replaced(AMOUNT, pair, rng, lambda _: "")


def added(pair: Pair, rng: random.Random) -> Pair | None:
    """The English says a number more."""
    number = rng.choice([f"{rng.randint(13, 99)}%", f"{rng.randint(13, 999)} million", f"{rng.randint(13, 999)}"])
    words = pair[1].split(" ")
    words.insert(rng.randint(0, len(words)), f"some {number} cases,")
    return pair[0], " ".join(words)


def small_word(pair: Pair, rng: random.Random) -> Pair | None:
    """A number word of the English, two to twelve, becomes another."""
    return _replaced(WORD, pair, rng, lambda word: rng.choice([other for other in SMALL if other != word]))


def han_digit(pair: Pair, rng: random.Random) -> Pair | None:
    """A digit of a Chinese numeral of two characters or more becomes another, in the source."""
    places = [
        match.start() + offset
        for match in HAN.finditer(pair[0])
        for offset, character in enumerate(match[0])
        if character in HAN_DIGITS
    ]
    if not places:
        return None
    place = rng.choice(places)
    digit = rng.choice([d for d in HAN_DIGITS if d != pair[0][place]])
    return pair[0][:place] + digit + pair[0][place + 1 :], pair[1]


def bound_lost(pair: Pair, rng: random.Random) -> Pair | None:
    """Nearly, about, more than and their like disappear before a number in digits."""
    return _replaced(BOUND, pair, rng, lambda _: "")


def bound_turned(pair: Pair, rng: random.Random) -> Pair | None:
    """Over becomes nearly, and the reverse."""
    turned = {
        "nearly ": "over ",
        "almost ": "more than ",
        "over ": "nearly ",
        "more than ": "almost ",
        "at least ": "at most ",
    }
    return _replaced(BOUND, pair, rng, turned.__getitem__, turned.__contains__)


def _replaced(
    pattern: re.Pattern[str],
    pair: Pair,
    rng: random.Random,
    change: Callable[[str], str],
    suits: Callable[[str], bool] = lambda _: True,
) -> Pair | None:
    matches = [match for match in pattern.finditer(pair[1]) if suits(match[0])]
    if not matches:
        return None
    match = rng.choice(matches)
    changed = change(match[0])
    return None if changed == match[0] else (pair[0], pair[1][: match.start()] + changed + pair[1][match.end() :])


PLANTERS: tuple[Planter, ...] = (
    one_digit,
    scale_word,
    tenfold,
    rounding,
    dropped,
    added,
    small_word,
    han_digit,
    bound_lost,
    bound_turned,
)


def compare(source: str, target: str) -> tuple[Mismatch, ...]:
    return compare_numbers(source, target) + compare_codes(source, target)


def read_pairs(paths: list[Path]) -> list[Pair]:
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [(fields[0], fields[1]) for line in lines if len(fields := line.split("\t")) >= 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pairs", type=Path, nargs="+")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print so many false alarms and missed errors of each kind")
    options = parser.parse_args()
    pairs = read_pairs(options.pairs)
    start = time.process_time()
    alarms = {pair: found for pair in pairs if (found := compare(*pair))}
    seconds = time.process_time() - start
    print(f"{len(pairs)} good pairs, {len(alarms)} with an alarm: {len(alarms) / len(pairs):.2%}")
    print(f"{len(pairs) / seconds:.0f} pairs a second")
    for pair in list(alarms)[: options.show]:
        print("", *pair, *(f"  {found.fault}: {found.message}" for found in alarms[pair]), sep="\n")
    good = [pair for pair in pairs if pair not in alarms]
    for planter in PLANTERS:
        rng = random.Random(options.seed)
        planted = [bad for pair in good if (bad := planter(pair, rng)) is not None]
        missed = [pair for pair in planted if not compare(*pair)]
        rate = 1 - len(missed) / len(planted) if planted else float("nan")
        print(f"{planter.__name__:14}{len(planted):6} planted, {rate:7.1%} found")
        for pair in missed[: options.show]:
            print("", *pair, sep="\n")


if __name__ == "__main__":
    main()
