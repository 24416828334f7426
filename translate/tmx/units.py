"""A translation unit of a TMX file: one text in several languages, with what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

CHINESE, ENGLISH = "zh", "en"
# First subtags that are written for a language: ISO 639, and the three-letter codes of Windows.
_LANGUAGES: Final = {
    **dict.fromkeys(("zh", "zho", "chi", "cmn", "chs", "cht", "chinese"), CHINESE),
    **dict.fromkeys(("en", "eng", "enu", "english"), ENGLISH),
}


@dataclass(frozen=True, slots=True)
class Variant:
    """The text in one language, as the file names it: zh-CN, ZH_TW, en-GB."""

    language: str
    text: str
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class TmxUnit:
    """One `tu`. Props are (type, value) in file order, those of its variants behind its own."""

    id: str
    variants: tuple[Variant, ...]
    props: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    created: datetime | None = None
    changed: datetime | None = None
    line: int | None = None  # in the file that it was read from

    def pairs(self) -> Iterator[tuple[Variant, Variant]]:
        """Every Chinese text with every English one, those without a text left out."""
        for source in self._in(CHINESE):
            for target in self._in(ENGLISH):
                yield source, target

    def text(self, language: str) -> str:
        """The first text in a language (zh or en); empty without one."""
        return next((variant.text for variant in self._in(language)), "")

    def prop(self, *types: str) -> str | None:
        """The value of the first prop of one of the types, the types in order; None without one."""
        known = dict(reversed(self.props))
        return next((known[type] for type in types if type in known), None)

    def _in(self, language: str) -> Iterator[Variant]:
        return (variant for variant in self.variants if language_of(variant.language) == language and variant.text)


def language_of(tag: str) -> str:
    """`zh` or `en` for a tag of either in any usual spelling, else an empty text."""
    return _LANGUAGES.get(tag.strip().lower().replace("_", "-").split("-")[0], "")
