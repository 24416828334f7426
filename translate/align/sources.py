"""The evidence that a method asks for, from two texts and what the caller has: a glossary, a lexicon, models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from translate.align.anchors import anchors
from translate.align.encoder import Vectors
from translate.align.score import Texts
from translate.align.terms import terms
from translate.align.translated import translated_words
from translate.align.words import lexicon_words
from translate.errors import Problem, SettingsError
from translate.script import to_simplified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate.align.encoder import Embed
    from translate.align.marks import Evidence
    from translate.align.translated import Translate
    from translate.align.words import Lexicon
    from translate.glossary import Glossary


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Resources:
    """What evidence is made from; None for what is not at hand."""

    glossary: Glossary | None = None
    lexicon: Lexicon | None = None
    embed: Embed | None = None
    translate: Translate | None = None


def gather(source: Sequence[str], target: Sequence[str], names: Sequence[str], resources: Resources) -> Texts:
    """All evidence of the named sources. Raises SettingsError for one that needs what is not at hand."""
    marks: dict[str, Evidence] = {}
    vectors = None
    for name in names:
        if name == "anchors":
            marks[name] = anchors(source, target)
        elif name == "glossary":
            marks[name] = terms(source, target, _needed(resources.glossary, name))
        elif name == "lexicon":
            marks[name] = lexicon_words(source, target, _needed(resources.lexicon, name))
        elif name == "model":
            marks[name] = translated_words(_needed(resources.translate, name)(source), target)
        elif name == "encoder":
            vectors = Vectors([to_simplified(text) for text in source], target, _needed(resources.embed, name))
    return Texts(source, target, marks, vectors)


def _needed(resource: T | None, name: str) -> T:
    if resource is None:
        raise SettingsError(Problem(f"the method compares by {name}, which is not at hand"))
    return resource
