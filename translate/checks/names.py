"""Names of places: none that the source does not have, and none of the source left out."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from translate.checks.base import Check
from translate.checks.places import (
    gazetteer,
    is_read_as,
    pinyin,
    place_settings,
    plain_letters,
    spellings,
    syllables,
)
from translate.records import Finding, Severity
from translate.script import simplify_characters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.records import Span, Unit

_SPELLED = re.compile(r"(?<![^\W_])[A-Z][a-z]{1,20}zhou[a-z]{0,20}(?![^\W_])")
_SHORT = re.compile("[来驻留兴赴返援离在]([\u3400-\u9fff])")  # before the first character of a place
_LATIN = re.compile(r"[^\W\d_]+(?:['’ʼ -][^\W\d_]+)*")


def find_name(unit: Unit) -> Iterator[Finding]:
    """A place in the target that is not in the source, and a place of the source that no glossary knows, left out."""
    if not unit.target.strip():
        return
    lacking = unrendered_places(unit.source, unit.target)
    for name, span in invented_places(unit.source, unit.target):
        message = f"“{name}” is in the translation, but not in the Chinese"
        place, english = lacking.pop(0) if lacking else (None, None)
        if place:
            message += f"; «{unit.source[slice(*place)]}» there is {f'“{english}”' if english else 'not translated'}"
        yield Finding("name", Severity.ERROR, message, place, span)
    for place, english in lacking:
        severity, wanted = (
            (Severity.ERROR, f"should be “{english}”") if english else (Severity.WARNING, "seems to be a place")
        )
        message = f"«{unit.source[slice(*place)]}» {wanted}; it is not in the translation"
        yield Finding("name", severity, message, place)


def invented_places(source: str, target: str) -> list[tuple[str, Span]]:
    """(name, span) of what stands in the target as a place, and in no form in the source.

    That is the known places, and what can only be Pinyin: a word with zhou in it.
    """
    named = {span: plain for plain, span in gazetteer().find(target)}
    spelled = {match.span(): plain_letters(match[0]) for match in _SPELLED.finditer(target)}
    if not named and not spelled:
        return []
    chinese = simplify_characters(source)
    return [
        (target[slice(*span)], span)
        for span, plain in sorted((spelled | named).items())
        if not (
            _is_in_chinese(plain, chinese)
            or _is_abbreviated(plain, set(named.values()), chinese)
            or _is_shortened_to(plain, chinese)
        )
    ]


def _is_in_chinese(plain: str, chinese: str) -> bool:
    if any(name in chinese for name in gazetteer().chinese.get(plain, ())) or plain in chinese.lower():
        return True
    if plain not in gazetteer().chinese and _unread_beside_zhou(chinese):
        return True  # for all one knows
    return is_read_as(chinese, plain.replace(" ", ""))


def _is_abbreviated(plain: str, others: set[str], chinese: str) -> bool:
    """Whether the first character of a place stands beside that of another place of the target: 兰新, 京广."""
    first, beside = (
        gazetteer().initials(plain),
        {initial for other in others - {plain} for initial in gazetteer().initials(other)},
    )
    return any((one in first and two in beside) or (two in first and one in beside) for one, two in pairwise(chinese))


def _is_shortened_to(plain: str, chinese: str) -> bool:
    """Whether a place called something zhou may be meant by its first character alone: 来云 for Yunzhou."""
    return any(f"{syllable}zhou" == plain for match in _SHORT.finditer(chinese) for syllable in spellings(match[1]))


def _unread_beside_zhou(chinese: str) -> bool:
    """Whether a character whose reading is not known stands beside one that is read zhou."""
    return any(
        ("zhou" in syllables().get(one, ()) and _is_unread(other))
        for pair in pairwise(chinese)
        for one, other in (pair, pair[::-1])
    )


def _is_unread(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" and character not in syllables()


def unrendered_places(source: str, target: str) -> list[tuple[Span, str | None]]:
    """(span with its suffix, English if it is certain) of the places that no sheet knows and the target lacks."""
    places = list(_unknown_places(simplify_characters(source)))
    if not places:
        return []
    words = {plain_letters(word) for word in _capitalised(target)}
    return [
        (span, pinyin(name))
        for name, span in places
        if not any(word.startswith(spelling) for spelling in spellings(name) for word in words)
    ]


def _unknown_places(chinese: str) -> Iterator[tuple[str, Span]]:
    """(name, span with its suffix) of what can only be a place and is in no sheet, with whatever suffix."""
    words = place_settings()["unknown"]["words"]
    for match in _unknown_place().finditer(chinese):
        name = match["name"]
        known = name in gazetteer().stems or name[:2] in gazetteer().stems
        if not known and not (match["open"] and (len(name) > 2 or name in words)):
            yield name, match.span("place")


def _capitalised(english: str) -> Iterator[str]:
    """Runs of words with a capital, joined: Yun Zhou City is Yunzhoucity."""
    for match in _LATIN.finditer(english):
        words = re.split("[ -]", match[0])
        for index, word in enumerate(words):
            if word[:1].isupper():
                yield "".join(words[index : index + 4])


@cache
def _unknown_place() -> re.Pattern[str]:
    settings = place_settings()["unknown"]
    character = f"[{''.join(sorted(set(syllables()) - set(settings['no_name'])))}]"
    followers = "|".join(map(re.escape, settings["followers"]))
    return re.compile(
        r"(?:^|(?<=[\s，。、；：！？“”《》（）(),;:省市州盟]))"
        rf"(?P<place>(?P<name>{character}{{2,3}}?)"
        rf"(?:[市县区州盟旗](?={followers})|(?<!上)[市县州盟](?=$|[\s\d、，。；：（(])"
        rf"|(?<![上城都超])(?P<open>[市县州盟])(?=[\u4e00-\u9fff])(?![{settings['no_follower']}])))"
    )


CHECKS = (
    Check(
        id="name",
        title="Place name",
        its_type="mistranslation",
        severity=Severity.ERROR,
        looks_at=(
            "the places of glossary/places.tsv in the target, and names of places in the source that no sheet knows"
        ),
        fails_when=(
            "a place is in the target that the source does not have, neither by its name nor by another (京, 沪, 粤), "
            "nor in characters that are read like it; or what can only be a place of the source (云州市 after a "
            "mark) is not in the target in Pinyin, a warning where that can be read in several ways"
        ),
        find=find_name,
    ),
)
