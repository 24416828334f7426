"""Place names: the English of glossary/places.tsv, and how a Chinese name is spelled in Pinyin."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from translate.glossary import shipped_glossary_directory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from translate.records import Span

SHEET: Final = "places.tsv"
CATEGORIES: Final = frozenset(("province", "prefecture", "county"))  # not rivers and regions, which are often described
LONGEST: Final = 4  # characters of a name without a suffix that is spelled
_TWO_WORDS: Final = frozenset(("hong kong", "inner mongolia"))
_DESIGNATION: Final = re.compile(
    r"^(?:city|municipality|province) of | (?:City|Municipality|Provincial|Province|Autonomous Region|"
    r"Autonomous Prefecture|Prefecture|League|County|District|New Area|New District)$"
)
_PEOPLE: Final = (
    "朝鲜|土家|苗|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回|蒙古|哈萨克|柯尔克孜|维吾尔"  # of an autonomous area
)
_STEM: Final = re.compile(
    rf"(.{{2,}}?)(?:(?:{_PEOPLE})族?)*(?:自治区|自治州|合作区|新区|地区|[省市州县区盟])?", re.DOTALL
)
_CAPITALISED: Final = re.compile(r"(?<![^\W_])[A-ZÀ-Þ][^\W\d_]*(?:['’ʼ][^\W\d_]+)*")
_POSSESSIVE: Final = re.compile("['’ʼ][sS]$")
_NEXT: Final = re.compile(r"[\s-]+([A-Z][^\W\d_]*)")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places by their English in plain letters (hong kong, xian), with what they are called in Chinese."""

    chinese: Mapping[str, frozenset[str]]
    stems: frozenset[str]  # all Chinese names, without a suffix
    first_of_two: frozenset[str]  # hong, inner

    def initials(self, name: str) -> frozenset[str]:
        """The characters that a place is shortened to among others: the first of its name, or one of its own (沪)."""
        said = self.chinese.get(name, frozenset())
        return frozenset(one[0] for one in said if one in self.stems or len(one) == 1)

    def find(self, english: str) -> Iterator[tuple[str, Span]]:
        """(plain name, span) of every known place in a text, as a whole capitalised word or two."""
        for match in _CAPITALISED.finditer(english):
            name, (start, end) = plain_letters(match[0]), match.span()
            if name in self.first_of_two and (following := _NEXT.match(english, end)):
                name, end = f"{name} {plain_letters(following[1])}", following.end()
            if name in self.chinese:
                yield name, (start, start + len(_POSSESSIVE.sub("", english[start:end])))


@cache
def gazetteer() -> Gazetteer:
    """The places of the shipped glossary; none if it is not there."""
    settings = place_settings()
    ignored = {plain_letters(name) for name in settings["english"]["ignored"]}
    chinese: dict[str, set[str]] = {}
    stems = set()
    for row in _rows():
        source, target, variants, _, category = row[:5]
        if category not in CATEGORIES:
            continue
        match = _STEM.fullmatch(source)
        stem = match[1] if match else source
        stems.add(stem)
        for rendering in (target, *variants.split("|")):
            name = plain_letters(_DESIGNATION.sub("", rendering))
            if name and (name in _TWO_WORDS or not re.search(r"[^a-z]", name)) and name not in ignored:
                chinese.setdefault(name, set()).add(stem)
    for name, also in settings["also_said"].items():
        if (plain := plain_letters(name)) in chinese:
            chinese[plain].update(also)
    return Gazetteer(
        {name: frozenset(said) for name, said in chinese.items()},
        frozenset(stems),
        frozenset(name.split()[0] for name in _TWO_WORDS),
    )


def _rows() -> Iterator[list[str]]:
    path = shipped_glossary_directory() / SHEET
    if path.is_file():
        yield from (line.split("\t") for line in path.read_text("utf-8").splitlines()[1:])


@cache
def place_settings() -> dict[str, Any]:
    """translate/data/checks/places.toml."""
    return tomllib.loads(files("translate").joinpath("data", "checks", "places.toml").read_text("utf-8"))


@cache
def syllables() -> Mapping[str, tuple[str, ...]]:
    """The Pinyin of the characters of place names, without tones; several for a character with several readings."""
    found: dict[str, tuple[str, ...]] = {}
    for line in files("translate").joinpath("data", "checks", "syllables.tsv").read_text("utf-8").splitlines():
        syllable, characters = line.split("\t")
        for character in characters:
            found[character] = (*found.get(character, ()), syllable)
    return found


def spellings(name: str) -> tuple[str, ...]:
    """Every way to spell a Chinese name in plain letters, the likeliest first; none if a character is not known."""
    ways: tuple[str, ...] = ("",)
    for character in name[: LONGEST + 1]:
        ways = tuple(way + syllable for way in ways for syllable in _written(character))
    return ways if len(name) <= LONGEST else ()


@cache
def _written(character: str) -> tuple[str, ...]:
    """The readings of a character in every way to write them: lv is also lyu, and lu without its dots."""
    return tuple(
        dict.fromkeys(
            written
            for syllable in syllables().get(character, ())
            for written in (syllable, *((syllable[0] + "yu", syllable[0] + "u") if syllable in ("lv", "nv") else ()))
        )
    )


def pinyin(name: str) -> str | None:
    """A Chinese name as it is written in English: Yunzhou, Xi'an; None unless it can be read in one way only."""
    readings = [syllables().get(character, ()) for character in name]
    if not name or any(len(reading) != 1 for reading in readings):
        return None
    first, *rest = (reading[0].replace("lv", "lyu") for reading in readings)
    return (first + "".join(f"'{syllable}" if syllable[0] in "aeo" else syllable for syllable in rest)).capitalize()


def is_read_as(text: str, plain: str) -> bool:
    """Whether some characters of a Chinese text in a row are spelled like `plain` (letters only)."""
    ends: list[set[int]] = [set() for _ in range(len(text) + 1)]  # how much of `plain` is spelled up to a place
    for index, character in enumerate(text):
        for syllable in _written(character):
            ends[index + 1].update(at + len(syllable) for at in (0, *ends[index]) if plain.startswith(syllable, at))
        if len(plain) in ends[index + 1]:
            return True
    return False


@lru_cache(maxsize=20_000)
def plain_letters(english: str) -> str:
    """Small letters without accents, apostrophes and a possessive: Xi'an's and Xian are the same."""
    bare = unicodedata.normalize("NFD", _POSSESSIVE.sub("", english)).lower()
    return "".join(letter for letter in bare if letter == " " or letter.isalpha())
