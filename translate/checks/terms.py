"""Glossary terms: present in their English, and never in a forbidden one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from translate.checks.base import Check
from translate.checks.lexicon import english_words
from translate.glossary import forbidden, missing
from translate.records import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from translate.records import Term, Unit

WINDOW = 2, 1  # words of meaning in which a rendering's words may lie apart: so many times their number, and so many
MOST_OF_THEM = 3 / 4
LONG_STEM = 7  # letters that a word shares with a form of itself: innovation, innovative
_AS_IT_STANDS = frozenset(("name", "phrase"))  # parts of speech whose wording is not free


def find_term(unit: Unit) -> Iterator[Finding]:
    """A hit of the glossary whose rendering, or an accepted variant of it, is not in the target.

    A mention beside another one that is rendered may be a pronoun in English: a warning. A term said with the words
    of its rendering in another arrangement (“traditional and emerging industries”) is a note, with most of them a
    warning; a name or phrase is held to its wording, and is a warning in another arrangement.
    """
    if not unit.target.strip():
        return
    rendered = {hit.term for hit in unit.hits if hit.target}
    lacking = missing(unit.hits)
    places = _places(unit.target) if lacking else {}
    judged = {hit.term: _judged(hit.term, places, unit.target) for hit in lacking if hit.term not in rendered}
    for hit in lacking:
        wanted = "as it is" if hit.term.rule is Rule.KEEP else f"as «{hit.term.target}»"
        severity, why = judged.get(
            hit.term, (Severity.WARNING, " here too; the source has it more often than the translation")
        )
        yield Finding("term", severity, f"«{hit.term.source}» should be {wanted}{why}", (hit.start, hit.end))


def _places(target: str) -> dict[str, list[int]]:
    """Where each stem stands among the words of meaning."""
    places: dict[str, list[int]] = {}
    for place, (_, stem) in enumerate(english_words(target)):
        places.setdefault(stem, []).append(place)
    return places


def _judged(term: Term, places: Mapping[str, Sequence[int]], target: str) -> tuple[Severity, str]:
    """How bad it is that a term is not rendered as it should be, and what to say of it."""
    is_name = term.pos in _AS_IT_STANDS or term.target != term.target.lower()
    renderings = () if term.rule is Rule.KEEP else (term.target, *term.variants)
    share = max((_share_said(rendering, places, target) for rendering in renderings), default=0.0)
    if share >= 1 and not is_name:
        return Severity.NOTE, "; its words are there in another form"
    if share >= 1 or (share >= MOST_OF_THEM and not is_name):
        return Severity.WARNING, "; only a part of it is in the translation, or it is in other words"
    return Severity.ERROR, "; it is not in the translation"


def _share_said(rendering: str, places: Mapping[str, Sequence[int]], target: str) -> float:
    """The largest share of a rendering's words that stand near each other in the target."""
    wanted = {stem for _, stem in english_words(rendering)}
    if len(wanted) == 1 and len(rendering) >= LONG_STEM:
        return float(rendering[:LONG_STEM].lower() in target.lower())
    return _most_together(wanted, places) / len(wanted) if len(wanted) > 1 else 0.0


def _most_together(wanted: set[str], places: Mapping[str, Sequence[int]]) -> int:
    """How many of the wanted stems the best window holds."""
    width = WINDOW[0] * len(wanted) + WINDOW[1]
    found = sorted((place, stem) for stem in wanted for place in places.get(stem, ()))
    best, first, inside = 0, 0, Counter[str]()
    for place, stem in found:
        inside[stem] += 1
        while found[first][0] <= place - width:
            inside[found[first][1]] -= 1
            first += 1
        best = max(best, sum(count > 0 for count in inside.values()))
    return best


def find_forbidden(unit: Unit) -> Iterator[Finding]:
    """A rendering that the glossary forbids for a term of the source."""
    if not any(hit.term.rule is Rule.FORBID for hit in unit.hits):
        return
    for hit in forbidden(unit.hits, unit.target, kind=unit.kind):
        found = unit.target[slice(*hit.target)] if hit.target else hit.term.target
        message = f"«{found}» must not be used for «{hit.term.source}»"
        yield Finding("forbidden", Severity.ERROR, message, (hit.start, hit.end), hit.target)


CHECKS = (
    Check(
        id="term",
        title="Term missing",
        its_type="terminology",
        severity=Severity.ERROR,
        looks_at="the glossary's terms in the source, and their renderings in the target, each counted",
        fails_when=(
            "a term's rendering or an accepted variant (inflected, in either spelling) is missing; a term inside a "
            "longer one is not counted, a mention that is missing beside one that is rendered is a warning, and a "
            "rendering whose words are all there in another arrangement is a note (of a name: a warning), with most of "
            "them a warning"
        ),
        find=find_term,
    ),
    Check(
        id="forbidden",
        title="Forbidden rendering",
        its_type="terminology",
        severity=Severity.ERROR,
        looks_at="the renderings that the glossary forbids for the terms of the source",
        fails_when="one of them stands in the target",
        find=find_forbidden,
    ),
)
