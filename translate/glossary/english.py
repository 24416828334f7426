"""English text as words that compare equal across inflection, spelling, hyphens, quotation marks and possessives.

The keys of the words, written together without spaces, make `squeezed`; a phrase occurs where its squeezed form does,
from the beginning of a word to the end of one. So "well-being", "well being" and "wellbeing" are the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN: Final = re.compile(
    r"\d+(?:[.,]\d+)+|[A-Za-z](?:\.[A-Za-z])+\b\.?|[A-Za-z]+(?:[-\u2010\u2011][A-Za-z]+)+|\w+(?:['’]\w+)*|\S"
)
_HYPHEN: Final = re.compile("[-\u2010\u2011]")
_LEFT_OUT: Final = frozenset("\"'“”‘’«»「」『』《》-\u2010\u2011\u2013\u00ad\u200b\ufeff")
_ISE: Final = re.compile("(?<=[a-z]{3})is(e|ed|es|ing|er|ers|ation|ations|able)$|(?<=[a-z])lys(e|ed|ing|er|ers)$")
_POSSESSIVE: Final = re.compile("['’]s?$")
_CONJUNCTIONS: Final = frozenset(("and", "or", "nor", "as"))
_ARTICLE: Final = re.compile(r"\s*(?:the|an?)\s+(?=\w)", re.IGNORECASE)
_LONGEST_WORD: Final = 50


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark at [start, end) of the text; its key begins at `at` of the squeezed text."""

    text: str
    key: str
    start: int
    end: int
    at: int
    after_comma: bool


@dataclass(frozen=True, slots=True)
class Words:
    """A text as words."""

    words: tuple[Word, ...]
    squeezed: str
    beginning: dict[int, int]  # of a word in `squeezed`: which word it is
    ending: dict[int, int]

    def occurrences(self, phrase: Words, *, heading: bool = False) -> Iterator[tuple[int, int]]:
        """Ranges of words that say the phrase, in order; a range may overlap the next."""
        if not phrase.words:
            return
        length, at = len(phrase.squeezed), -1
        while (at := self.squeezed.find(phrase.squeezed, at + 1)) >= 0:
            first, last = self.beginning.get(at), self.ending.get(at + length)
            if first is not None and last is not None and self._says(phrase, first, last, heading):
                yield first, last + 1

    def _says(self, phrase: Words, first: int, last: int, heading: bool) -> bool:
        offset = self.words[first].at
        commas = {word.at for word in phrase.words[1:] if word.after_comma}
        for word in self.words[first + 1 : last + 1]:
            if word.after_comma and word.at - offset not in commas and not (commas and word.key in _CONJUNCTIONS):
                return False
        for position, wanted in enumerate(phrase.words):
            index = self.beginning.get(offset + wanted.at)
            if index is not None and wanted.text != wanted.text.lower():
                is_last = position == len(phrase.words) - 1
                if not _same_name(wanted.text, self.words[index].text, is_last=is_last, heading=heading):
                    return False
        return True


@lru_cache(maxsize=512)
def words_of(text: str) -> Words:
    """Read a text into words, linear in its length."""
    words: list[Word] = []
    at, after_comma = 0, False
    for token, start, end in _tokens(text):
        if token in _LEFT_OUT:
            continue
        if token in (",", "，"):
            after_comma = True
            continue
        key = key_of(token)
        words.append(Word(token, key, start, end, at, after_comma))
        at, after_comma = at + len(key), False
    return Words(
        tuple(words),
        "".join(word.key for word in words),
        {word.at: index for index, word in enumerate(words)},
        {word.at + len(word.key): index for index, word in enumerate(words)},
    )


def _tokens(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _TOKEN.finditer(text):
        token, start = match.group(), match.start()
        if not _HYPHEN.search(token) or len(token) == 1 or _is_one_word(token):
            yield token, start, match.end()
            continue
        for part in _HYPHEN.split(token):
            yield part, start, start + len(part)
            start += len(part) + 1


@lru_cache(maxsize=65_536)
def _is_one_word(compound: str) -> bool:
    """Whether a hyphenated word is usual in one word too: well-being, co-operation, on-line."""
    import simplemma

    joined = _HYPHEN.sub("", compound.lower())
    return len(joined) <= _LONGEST_WORD and simplemma.is_known(one_spelling(joined), "en")


@lru_cache(maxsize=65_536)
def phrases_of(rendering: str) -> tuple[Words, ...]:
    """A rendering without its leading article; one with a single "and" also as a part of a list or an alternative.

    "laws and regulations" is said by "laws, regulations and standards" and by "laws or regulations".
    """
    match = _ARTICLE.match(rendering)
    core = rendering[match.end() :] if match else rendering
    parts = core.split(" and ")
    alternatives = [core] if len(parts) != 2 else [core, ", ".join(parts), " or ".join(parts)]
    return tuple(words_of(text) for text in alternatives)


def uncapitalised(rendering: str) -> str:
    """Without a capital that stands at the beginning only, as sheets have it out of habit."""
    rest = rendering[1:]
    return rendering[:1].lower() + rest if rest == rest.lower() else rendering


def says(text: str, rendering: str) -> bool:
    """Whether a text is a rendering, the whole of it, in whatever form."""
    words, phrase = phrases_of(text)[0], phrases_of(uncapitalised(rendering))[0]
    return (0, len(words.words)) in words.occurrences(phrase)


def key_of(word: str) -> str:
    """What two forms of one word have in common: small letters, one spelling, the base form, no possessive."""
    return _key_of(word) if len(word) <= _LONGEST_WORD else word.lower()


@lru_cache(maxsize=65_536)
def _key_of(word: str) -> str:
    if "." in word and word[0].isalpha():
        word = word.replace(".", "")  # U.S.
    word = _HYPHEN.sub("", word)
    plain = _POSSESSIVE.sub("", word.lower()) or word.lower()
    if not plain.isalpha() or not plain.isascii():
        return one_spelling(plain.replace("’", "'"))
    base = _base(plain)
    return one_spelling(_base(one_spelling(plain)) if base == plain else base)


def one_spelling(word: str) -> str:
    """A small-letter English word in one of its spellings, mostly the American: labour, organisation, travelled."""
    pattern, spelling = _spelling()
    return _ISE.sub(_with_z, pattern.sub(lambda match: spelling[match.group()], word))


def _with_z(match: re.Match[str]) -> str:
    return f"iz{match[1]}" if match[1] else f"lyz{match[2]}"


@cache
def _spelling() -> tuple[re.Pattern[str], dict[str, str]]:
    lines = resources.files("translate").joinpath("data/spelling.tsv").read_text("utf-8").splitlines()[1:]
    spelling = dict(line.split("\t") for line in lines)
    return re.compile("|".join(sorted(spelling, key=len, reverse=True))), spelling


def _base(word: str) -> str:
    """The dictionary form; gerunds that dictionaries list as nouns too (strengthening) go back to their verb."""
    import simplemma

    lemma: str = simplemma.lemmatize(word, "en").lower()
    if lemma != word or not word.endswith("ing") or len(word) < 6:
        return lemma
    stem = word[:-3]
    candidates = (stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else "")
    return next((verb for verb in candidates if verb and simplemma.is_known(verb, "en")), lemma)


def _same_name(wanted: str, found: str, *, is_last: bool, heading: bool) -> bool:
    """Whether a word of a name stands as it must: in its capitals, inflected only by a plural at the end."""
    wanted, found = _POSSESSIVE.sub("", wanted).replace(".", ""), _POSSESSIVE.sub("", found).replace(".", "")
    if heading and found.isupper():
        wanted, found = one_spelling(wanted.lower()), one_spelling(found.lower())
    elif not wanted.isupper() and wanted[1:] == wanted[1:].lower():
        if not found[:1].isupper() or found[1:] != found[1:].lower():
            return False
        wanted, found = one_spelling(wanted.lower()), one_spelling(found.lower())
    longer, shorter = (wanted, found) if len(wanted) > len(found) else (found, wanted)
    return wanted == found or (is_last and longer.lower() in _plurals(shorter.lower()))


def _plurals(word: str) -> tuple[str, str, str]:
    return word + "s", word + "es", word[:-1] + "ies"
