"""The glossary: terms in layers, where a later layer overrides an earlier one by source."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from translate.glossary.match import Index, build_index, find, key_of
from translate.records import Rule, Term, TermHit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True)
class Glossary:
    """Terms that are in force, at most one `use` or `keep` term for a source, any number of `forbid` terms.

    Immutable; the index for matching is built at the first `find` and kept.
    """

    terms: tuple[Term, ...] = ()

    @classmethod
    def of(cls, *layers: Iterable[Term]) -> Glossary:
        """Merge layers, later ones over earlier ones, by source (spelt in either script and width).

        A `use` or `keep` term replaces the earlier one and lifts earlier bans on the renderings that it
        accepts. A ban takes its renderings from earlier bans and from the earlier term; a term with no
        rendering left goes. `off` takes all that earlier layers say of the source. Within a layer the last of
        several `use` or `keep` terms for one source counts.
        """
        rendering: dict[str, Term] = {}
        bans: dict[str, list[Term]] = {}
        for layer in layers:
            terms = [(key_of(term.source), term) for term in layer]
            for key in (key for key, term in terms if term.rule is Rule.OFF):
                rendering.pop(key, None)
                bans.pop(key, None)
            terms = [(key, term) for key, term in terms if term.rule is not Rule.OFF]
            own = {key: term for key, term in terms if term.rule is not Rule.FORBID}
            rendering |= own
            for key, term in terms:
                said = _renderings(term)
                bans[key] = [left for ban in bans.get(key, ()) if (left := _without(ban, said))]
                if term.rule is Rule.FORBID:
                    bans[key].append(term)
                    if key in rendering and key not in own:
                        _replace(rendering, key, _without(rendering[key], said))
        keys = dict.fromkeys((*rendering, *bans))
        return cls(tuple(term for key in keys for term in (*_one(rendering.get(key)), *bans.get(key, ()))))

    def find(self, text: str) -> tuple[TermHit, ...]:
        """The terms of a Chinese text by place; a source with bans gives one hit more for each `forbid` term."""
        return find(self.index, text)

    def get(self, source: str) -> tuple[Term, ...]:
        """The terms of one source, the one to use first; empty if the glossary does not have it."""
        return self.index.terms.get(key_of(source), ())

    @cached_property
    def index(self) -> Index:
        """For matching; built when first needed."""
        return build_index(self.terms)

    @cached_property
    def sha256(self) -> str:
        """Of the terms as they count for matching and verifying, for a run's manifest."""
        digest = hashlib.sha256()
        for term in self.terms:
            fields = (term.source, term.target, *term.variants, term.rule, str(term.first_mention))
            digest.update(("\t".join(fields) + "\n").encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    @property
    def layers(self) -> tuple[str, ...]:
        """Names of the layers that terms in force come from."""
        return tuple(dict.fromkeys(term.layer for term in self.terms))

    def __iter__(self) -> Iterator[Term]:
        """The terms in the order of their first layer."""
        return iter(self.terms)

    def __len__(self) -> int:
        """How many terms are in force, bans included."""
        return len(self.terms)


def _renderings(term: Term) -> frozenset[str]:
    return frozenset(text.casefold() for text in (term.target, *term.variants))


def _without(term: Term, renderings: frozenset[str]) -> Term | None:
    """The term less some of its renderings; None if none is left."""
    left = [text for text in (term.target, *term.variants) if text.casefold() not in renderings]
    return replace(term, target=left[0], variants=tuple(left[1:])) if left else None


def _replace(rendering: dict[str, Term], key: str, term: Term | None) -> None:
    if term is None:
        del rendering[key]
    else:
        rendering[key] = term


def _one(term: Term | None) -> tuple[Term, ...]:
    return () if term is None else (term,)
