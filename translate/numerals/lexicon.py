"""The words of data/numerals.toml, in the forms that the scanners look them up in."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from translate.numerals.quantity import Bound

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
NUMERAL = re.compile(r"[〇零一二两三四五六七八九十百千万亿半]")


@dataclass(frozen=True, slots=True)
class Chinese:
    """Word lists of Chinese; `words` and `formulae` are by (offset of the first numeral, length)."""

    words: dict[tuple[int, int], frozenset[str]]
    not_words: tuple[str, ...]
    formulae: dict[tuple[int, int], frozenset[str]]
    measures: frozenset[str]
    longest_measure: int
    before: re.Pattern[str]
    far_before: re.Pattern[str]
    after: re.Pattern[str]
    ascii_and_simplified: dict[int, int]


@dataclass(frozen=True, slots=True)
class English:
    """Bound phrases of English, as patterns that end before, or begin after, a number."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    open: frozenset[str]
    no_unit: frozenset[str]
    after_pronoun_one: frozenset[str]


@dataclass(frozen=True, slots=True)
class Implied:
    """Words by which a text says a number without a numeral."""

    hints_english: dict[Fraction, frozenset[str]]
    hints_chinese: dict[Fraction, tuple[str, ...]]
    years_chinese: tuple[str, ...]
    years_english: tuple[str, ...]
    whole_chinese: tuple[str, ...]
    whole_english: frozenset[str]
    days: dict[tuple[int, int], tuple[str, ...]]
    keepers_english: dict[str, frozenset[str]]
    keepers_chinese: dict[str, tuple[str, ...]]
    numbered_names: dict[str, str]  # COVID -> COVID-19


@cache
def chinese() -> Chinese:
    """The Chinese lists, read once."""
    data = _data()["chinese"]
    measures = frozenset(data["measures"].split())
    table = {code: code - 0xFEE0 for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]}
    table |= {ord(full): ord(half) for full, half in zip("．％：（）－／＋＠", ".%:()-/+@", strict=True)}
    table |= {ord(a): ord(b) for a, b in zip(data["traditional"]["from"], data["traditional"]["to"], strict=True)}
    before = {bound: phrases.split() for bound, phrases in data["before"].items()}
    after = {bound: phrases.split() for bound, phrases in data["after"].items()}
    return Chinese(
        words=_by_numeral(data["words"].split()),
        not_words=tuple(data["not_words"].split()),
        formulae=_by_numeral(data["formulae"].split()),
        measures=measures,
        longest_measure=max(map(len, measures)),
        # 近 of 附近 and 约 of 节约 bound nothing.
        before=re.compile(
            rf"(?<![节契条预合签公制违履解特邀附最临])(?:{_alternatives(before)})[了达到至为占有]{{0,2}}$"
        ),
        # 不得低于岗位工资的80%, 约占总数的五分之一
        far_before=re.compile(rf"(?:{_alternatives(_long_phrases(before))})[^，。；、：0-9]{{1,12}}的$"),
        # Up to six characters of unit stand between: 40摄氏度以上.
        after=re.compile(
            rf"[^\s，。；、：！？“”（）()0-9〇一二两三四五六七八九十百千万亿]{{0,6}}?(?:{_alternatives(after)})"
        ),
        ascii_and_simplified=table,
    )


@cache
def english() -> English:
    """The English phrases, read once."""
    data = _data()["english"]
    before, after = _alternatives(data["before"]), _alternatives(data["after"])
    return English(
        before=re.compile(
            rf"(?<![A-Za-z])(?:{before})\s{{1,2}}(?:(?P<article>an?\s)|the\s)?(?:US|RMB)?[$¥€£]?\s?$", re.I
        ),
        after=re.compile(rf"(?:[ -][A-Za-z]{{1,20}}){{0,3}}?[ -](?:{after})(?![A-Za-z])", re.I),
        open=frozenset(data["open"]),
        no_unit=frozenset(data["no_unit"].split()),
        after_pronoun_one=frozenset(data["after_pronoun_one"].split()),
    )


@cache
def implied() -> Implied:
    """The words of [hints] and [implied], read once."""
    data = _data()
    hints, words = data["hints"], data["implied"]
    return Implied(
        hints_english={Fraction(value): frozenset(found.split()) for value, found in hints["english"].items()},
        hints_chinese={Fraction(value): tuple(found.split()) for value, found in hints["chinese"].items()},
        years_chinese=tuple(words["years_chinese"].split()),
        years_english=tuple(words["years_english"]),
        whole_chinese=tuple(words["whole_chinese"].split()),
        whole_english=frozenset(words["whole_english"].split()),
        days={_day(day): tuple(found.split()) for day, found in data["days"].items()},
        keepers_english={name: frozenset(found.split()) for name, found in data["keepers"]["english"].items()},
        keepers_chinese={name: tuple(found.split()) for name, found in data["keepers"]["chinese"].items()},
        numbered_names={letters_of(name): name for name in data["names"]["numbered"].split()},
    )


@cache
def plurals(name: str) -> frozenset[str]:
    """The words, in lower case, by which an English unit shows: square kilometer, kilometers."""
    word = name.lower().split()[-1]
    return frozenset({word, f"{word}s"})


@cache
def conversions() -> dict[str, dict[str, Fraction]]:
    """Chinese unit -> English unit -> what one Chinese unit is in it."""
    return {
        unit: {name: Fraction(factor) for name, factor in targets.items()}
        for unit, targets in _data()["conversions"].items()
    }


def bound_of(match: re.Match[str]) -> Bound:
    """The bound whose phrase a `before` or `after` pattern has found."""
    return Bound(_group_of(match).replace("_", "-"))


def phrase_of(match: re.Match[str]) -> str:
    """The phrase itself, in lower case."""
    return match[_group_of(match)].lower()


def _group_of(match: re.Match[str]) -> str:
    return next(name for name, found in match.groupdict().items() if found and name != "article")


def letters_of(token: str) -> str:
    """The letters of a token, in capitals: COVID-19 and Covid19 are alike."""
    return "".join(filter(str.isalpha, token)).upper()


def _data() -> dict[str, Any]:
    return tomllib.loads((files("translate") / "data" / "numerals.toml").read_text(encoding="utf-8"))


def _day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _by_numeral(words: list[str]) -> dict[tuple[int, int], frozenset[str]]:
    places: dict[tuple[int, int], set[str]] = {}
    for word in words:
        if first := NUMERAL.search(word):
            places.setdefault((first.start(), len(word)), set()).add(word)
    return {place: frozenset(found) for place, found in sorted(places.items(), key=lambda item: -item[0][1])}


def _long_phrases(phrases: dict[str, list[str]]) -> dict[str, list[str]]:
    return {bound: [*(p for p in found if len(p) > 1), *(p + "占" for p in found)] for bound, found in phrases.items()}


def _alternatives(phrases: dict[str, list[str]]) -> str:
    """One named group a bound."""
    return "|".join(
        f"(?P<{bound.replace('-', '_')}>{'|'.join(map(re.escape, sorted(found, key=len, reverse=True)))})"
        for bound, found in phrases.items()
    )
