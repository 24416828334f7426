"""Pairs made to teach what models are worst at: copying, numbers by value, terms, fragments, longer texts."""

from __future__ import annotations

import random
import tomllib
from typing import TYPE_CHECKING, Any

from stages.bench import HERE, Pair
from translate.glossary import load_glossary, locate, standard_layers
from translate.records import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.glossary import Glossary

TAUGHT = ("reports", "invented-old", "invented-new")  # the sources that lessons are made from
JOINED = 100  # Chinese characters of a joined pair at most
MADE = 4000  # pairs from templates, for each kind


def make(kept: dict[str, list[Pair]], shares: dict[str, float], seed: int) -> Iterator[tuple[str, list[Pair], float]]:
    """(name, pairs, repeats) of each lesson."""
    draw = random.Random(seed)
    pairs = [pair for name in TAUGHT for pair in kept.get(name, ())]
    glossary = load_glossary(standard_layers())
    templates: dict[str, list[list[str]]] = tomllib.loads((HERE / "templates.toml").read_text(encoding="utf-8"))
    few = min(MADE, 4 * len(pairs))
    makers: dict[str, Any] = {
        "placeholders": lambda: _swapped(pairs, glossary, draw, inline=False),
        "inline": lambda: _swapped(pairs, glossary, draw, inline=True),
        "joined": lambda: _joined(pairs),
        "fragments": lambda: _fragments(glossary, templates["frames"]),
        "numbers": lambda: [_number(templates, draw) for _ in range(few)],
        "codes": lambda: [_code(templates["codes"], draw) for _ in range(few)],
    }
    for name, maker in makers.items():
        yield f"lesson-{name}", list(dict.fromkeys(maker())), shares[name]


def _swapped(pairs: Sequence[Pair], glossary: Glossary, draw: random.Random, *, inline: bool) -> Iterator[Pair]:
    """Pairs whose terms stand as ⟦n⟧ on both sides, or (`inline`) in English on the Chinese side."""
    for source, target in pairs:
        hits = [hit for hit in locate(glossary.find(source), target) if hit.target and hit.term.rule is Rule.USE]
        if not hits:
            continue
        chosen = draw.sample(hits, min(len(hits), draw.randint(1, 3)))
        slots = draw.sample(range(10), len(chosen))
        left, right = source, target
        signs = {id(hit): f"⟦{slot}⟧" for hit, slot in zip(chosen, slots, strict=True)}
        for hit in sorted(chosen, key=lambda hit: -hit.start):
            english = target[slice(*hit.target)] if hit.target else ""
            left = left[: hit.start] + (english if inline else signs[id(hit)]) + left[hit.end :]
        if not inline:
            for hit in sorted(chosen, key=lambda hit: -(hit.target or (0, 0))[0]):
                start, end = hit.target or (0, 0)
                right = right[:start] + signs[id(hit)] + right[end:]
        yield left, right


def _joined(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Two neighbours as one text, where both are sentences and together not too long."""
    for one, other in zip(pairs[::2], pairs[1::2], strict=False):
        if one[0].endswith("。") and other[0].endswith("。") and len(one[0]) + len(other[0]) <= JOINED:
            yield one[0] + other[0], f"{one[1]} {other[1]}"


def _fragments(glossary: Glossary, frames: list[list[str]]) -> Iterator[Pair]:
    """Terms alone and in the frames of headings."""
    for number, term in enumerate(glossary):
        if term.rule is Rule.USE and len(term.source) >= 3:
            yield term.source, term.target
            source, target = frames[number % len(frames)]
            yield source.format(term=term.source), target.format(term=term.target)


def _number(templates: dict[str, list[list[str]]], draw: random.Random) -> Pair:
    if draw.random() < 0.2:
        source, target = draw.choice(templates["shares"])
        share = f"{draw.uniform(0.1, 99):.{draw.randint(0, 2)}f}"
        return source.format(n=share), target.format(n=share)
    source, target = draw.choice(templates["numbers"])
    chinese, value = _amount(draw)
    around = draw.choice([("", ""), ("", ""), ("近", "nearly "), ("约", "about "), ("超过", "more than ")])
    english = _sentence(target.format(n=around[1] + in_english(value)))
    return source.format(n=around[0] + chinese), english


def _amount(draw: random.Random) -> tuple[str, int]:
    """A number as Chinese writes it, and its value."""
    unit, size = draw.choice([("", 1), ("万", 10**4), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12)])
    if size == 1:
        value = draw.randint(11, 9999)
        return str(value), value
    digits = draw.choice([0, 0, 1, 2])
    number = draw.randint(1, 9999 if digits == 0 else 999 * 10**digits)
    whole, part = divmod(number, 10**digits)
    text = f"{whole}.{part:0{digits}d}" if digits else str(whole)
    return text + unit, number * size // 10**digits


def in_english(value: int) -> str:
    """A value as English writes it: 3.4 million, 52,000."""
    for size, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if value >= size and value * 10_000 % size == 0:
            return f"{value / size:.4f}".rstrip("0").rstrip(".") + f" {word}"
    return f"{value:,}"


def _code(templates: list[list[str]], draw: random.Random) -> Pair:
    source, target = draw.choice(templates)
    number = "".join(draw.choice("0123456789") for _ in range(8))
    forms = [
        f"12{number[:3]}",
        f"0{number[0]}{number[1]}-{number}",
        f"www.{_letters(draw)}.gov.cn/{number[:4]}",
        f"{_letters(draw)}@{_letters(draw)}.cn",
        f"{_letters(draw).upper()}-{number[:4]}",
    ]
    code = draw.choice(forms)
    return source.format(code=code), target.format(code=code)


def _letters(draw: random.Random) -> str:
    return "".join(draw.choice("abcdefghijklmnoprstuvwxyz") for _ in range(draw.randint(3, 7)))


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
