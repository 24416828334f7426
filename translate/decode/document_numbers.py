"""The letters of a document number: 云人社发〔2024〕35号 is Yun Ren She Fa [2024] No. 35, whatever a model says."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBER: Final = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,8})[〔\[【（(]([0-9]{4})[〕\]】）)]第?([0-9]{1,5})号"
)
# Whatever can be read as Chinese: an initial and a final, as often as it takes.
_READINGS: Final = re.compile("(?:(?:[zcs]h|[b-df-hj-np-tw-z])?[aeiou]{1,3}(?:ng?|r)?(?![aeiou]))+")
_VOWELS: Final = re.compile("[aeiou]+")
_WORDS: Final = "(?:[A-Z][a-z]{0,5} ){1,10}"  # as a model spells them


def with_letters(source: str, target: str) -> str:
    """`target` with the spelled letters before `[2024] No. 35` as the source has them.

    Nothing changes where a character of the source is not in the table (so too where the number stands behind other
    words, which cannot be told from its own), where the words of the target are no
    letters spelled out (an organ's English name, a sentence that goes before), or where the number itself is another.
    """
    for match in _NUMBER.finditer(source):
        letters, year, number = match.groups()
        wanted = [_syllables().get(character) for character in letters]
        if None in wanted:
            continue
        pattern = re.compile(rf"(?<![\w-])({_WORDS})(?=\[{year}\] No\. {number}(?!\d))")
        found = pattern.search(target)
        if found and _is_spelled(found[1].lower().split(), wanted):
            spelled = " ".join(syllable.capitalize() for syllable in wanted if syllable)
            target = target[: found.start(1)] + spelled + " " + target[found.end(1) :]
    return target


def _is_spelled(words: list[str], wanted: list[str | None]) -> bool:
    """Whether words are letters of document numbers: Ren She Fa; also wrong or joined ones before the right last."""
    if all(word in _spellings() for word in words):
        return True
    syllables = sum(len(_VOWELS.findall(word)) for word in words)
    return words[-1] == wanted[-1] and syllables <= len(wanted) and all(map(_READINGS.fullmatch, words))


@cache
def _syllables() -> Mapping[str, str]:
    """Character -> syllable."""
    text = (files("translate") / "data" / "document_numbers.toml").read_text(encoding="utf-8")
    table: dict[str, str] = tomllib.loads(text)["syllables"]
    return {character: syllable for syllable, characters in table.items() for character in characters}


@cache
def _spellings() -> frozenset[str]:
    return frozenset(_syllables().values())
