"""What is doubtful about a glossary: contradictions, terms that hide others, never match, or match too much.

Each check is a function from the sheet's terms to remarks with the place of the row; those that count need a corpus,
Chinese texts with or without their English.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from translate.errors import Problem
from translate.glossary.corpus import count_in_corpus
from translate.glossary.english import says
from translate.glossary.load import says_the_same
from translate.glossary.match import HAN, build_index, find, key_of, standing
from translate.glossary.terms import Glossary
from translate.glossary.verify import locate
from translate.records import Rule, Severity, Term, TermHit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from translate.glossary.load import Placed

CAPITALS_FROM: Final = 20
CAPITALS_SHARE: Final = 0.9
_GAP: Final = re.compile(r"…|\.\.\.|[~～]|[X×]{2}")


@dataclass(frozen=True, slots=True)
class Remark:
    """One doubt about a glossary."""

    check: str
    severity: Severity
    problem: Problem


def lint(
    placed: Sequence[Placed], problems: Sequence[Problem] = (), corpus: Sequence[tuple[str, str]] = ()
) -> tuple[Remark, ...]:
    """All remarks in the order of files and lines. `corpus` is of (Chinese, English) texts, English may be empty."""
    remarks = [Remark("unusable", Severity.ERROR, problem) for problem in problems]
    for check in CHECKS:
        remarks += check(placed)
    remarks += _corpus_remarks(placed, corpus)
    return tuple(sorted(remarks, key=lambda remark: (remark.problem.path, remark.problem.line or 0, remark.check)))


def _repeated(placed: Sequence[Placed]) -> Iterator[Remark]:
    """One source in several rows: the same again, another rendering, or another rule."""
    first: dict[tuple[str, bool], Placed] = {}
    for item in placed:
        term, forbids = item.term, item.term.rule is Rule.FORBID
        earlier = first.setdefault((key_of(term.source), forbids), item)
        if earlier is item:
            continue
        where = f"in {_place(earlier, item)}"
        if says_the_same(earlier.term, term):
            yield _remark("duplicate", Severity.WARNING, item, f"{term.source} says the same {where}", "leave one")
        elif earlier.term.rule is not term.rule:
            what = f"{term.source} is to {term.rule} here, to {earlier.term.rule} {where}"
            yield _remark("conflict", Severity.ERROR, item, what, "leave one")
        elif not forbids:
            what = f"{term.source} is {term.target!r} here, {earlier.term.target!r} {where}"
            yield _remark("one-to-many", Severity.ERROR, item, what, "keep one, put the other under variants")


def _contradicted(placed: Sequence[Placed]) -> Iterator[Remark]:
    """A rendering that one row accepts and another forbids."""
    accepted = {key_of(item.term.source): item for item in placed if item.term.rule is Rule.USE}
    for item in placed:
        wanted = accepted.get(key_of(item.term.source))
        if item.term.rule is not Rule.FORBID or wanted is None:
            continue
        for rendering in _renderings(item.term):
            if any(says(text, rendering) for text in _renderings(wanted.term)):
                what = f"{item.term.source}: {rendering!r} is forbidden here, accepted in {_place(wanted, item)}"
                yield _remark("conflict", Severity.ERROR, item, what, "leave one")


def _shared_target(placed: Sequence[Placed]) -> Iterator[Remark]:
    """Several sources with one rendering: right for synonyms, but a reader cannot tell them apart."""
    sources: dict[str, list[Placed]] = defaultdict(list)
    for item in placed:
        if item.term.rule is Rule.USE:
            sources[item.term.target.casefold()].append(item)
    for items in sources.values():
        others = list({key_of(item.term.source): item.term.source for item in items}.values())
        if len(others) > 1:
            what = f"{items[0].term.target!r} renders {'、'.join(others[:6])}"
            yield _remark("many-to-one", Severity.NOTE, items[-1], what, "fine for synonyms")


def _overlapping(placed: Sequence[Placed]) -> Iterator[Remark]:
    """A term inside a longer one that is rendered otherwise there: in the longer it is not asked for."""
    index = build_index(item.term for item in placed if item.term.rule is Rule.USE)
    for item in placed:
        if item.term.rule is not Rule.USE:
            continue
        inner = {terms[0] for terms, _ in standing(index, item.term.source)} - set(
            index.terms[key_of(item.term.source)]
        )
        for term in sorted(inner, key=lambda term: term.source):
            if not _is_said(term, item.term.target):
                what = f"{item.term.source} ({item.term.target}) hides {term.source} ({term.target})"
                yield _remark("overlap", Severity.NOTE, item, what, "fine if meant")


def _impossible(placed: Sequence[Placed]) -> Iterator[Remark]:
    """Terms whose source is never found, or whose rendering never is."""
    for item in placed:
        source, renderings = item.term.source, _renderings(item.term)
        if "\n" in key_of(source) or not find(build_index([item.term]), source):
            what, remedy = f"{source} can never match", "a quotation or paragraph ends inside it"
            yield _remark("never", Severity.ERROR, item, what, remedy)
        elif _GAP.search(source):
            what, remedy = f"{source}: a gap is matched letter for letter", "enter the parts as terms of their own"
            yield _remark("never", Severity.WARNING, item, what, remedy)
        for text in renderings:
            if item.term.rule not in (Rule.KEEP, Rule.OFF) and HAN.search(text):
                yield _remark("never", Severity.ERROR, item, f"{text!r} is Chinese", "are source and target swapped?")
            elif not (any(map(str.isalnum, text)) and _is_said(replace(item.term, rule=Rule.USE), text)):
                what = f"{text!r} for {source} can never be verified"
                yield _remark("never", Severity.ERROR, item, what, "a rendering has words")


def _short(placed: Sequence[Placed]) -> Iterator[Remark]:
    """Terms of one character fire nearly everywhere."""
    for item in placed:
        if len(key_of(item.term.source)) == 1:
            what = f"{item.term.source} is one character and fires inside many words"
            yield _remark("short", Severity.WARNING, item, what, "enter the words that it stands in")


def _capitals(placed: Sequence[Placed]) -> Iterator[Remark]:
    """A sheet in which every rendering begins with a capital: they would be asked for in mid-sentence as well."""
    targets = [item for item in placed if item.term.rule is Rule.USE and item.term.target[:1].isalpha()]
    capital = [item for item in targets if item.term.target[:1].isupper()]
    if len(targets) >= CAPITALS_FROM and len(capital) > CAPITALS_SHARE * len(targets):
        what = f"{len(capital)} of {len(targets)} renderings begin with a capital letter"
        yield _remark(
            "capitals", Severity.WARNING, capital[0], what, "capitals are for names; they are demanded as given"
        )


def _corpus_remarks(placed: Sequence[Placed], corpus: Sequence[tuple[str, str]]) -> Iterator[Remark]:
    if not corpus:
        return
    counts = count_in_corpus(Glossary(tuple(item.term for item in placed)), corpus)
    for item in placed:
        count = counts.get(key_of(item.term.source))
        if count is None or item.term.rule is Rule.FORBID:
            continue
        source = item.term.source
        if count.inside_words:
            cut = f"{len(count.inside_words)} of {count.places} places cut a word"
            what = f"{source}: {cut}: {_examples(count.inside_words)}"
            yield _remark("short", Severity.WARNING, item, what, "enter the longer words as terms of their own")
        if count.lost:
            what = f"{source} gives way to an overlapping term in {len(count.lost)} places: {_examples(count.lost)}"
            yield _remark("overlap", Severity.NOTE, item, what, "enter the whole as a term of its own")
        if count.pairs >= 3 and count.rendered < count.pairs / 2:
            what = (
                f"{source}: rendered as {item.term.target!r} or a variant in {count.rendered} of {count.pairs} places"
            )
            yield _remark("unlike-corpus", Severity.WARNING, item, what, "is a usual rendering missing?")


def _examples(contexts: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(contexts[:50]))[:60]


def _renderings(term: Term) -> tuple[str, ...]:
    return term.target, *term.variants


def _is_said(term: Term, text: str) -> bool:
    return locate([TermHit(term, 0, 1)], text)[0].target is not None


def _place(item: Placed, seen_from: Placed) -> str:
    return f"line {item.line}" if item.path == seen_from.path else f"{item.path}:{item.line}"


def _remark(check: str, severity: Severity, item: Placed, what: str, remedy: str) -> Remark:
    return Remark(check, severity, Problem(what, str(item.path), item.line, remedy=remedy))


CHECKS: Final[tuple[Callable[[Sequence[Placed]], Iterator[Remark]], ...]] = (
    _repeated,
    _contradicted,
    _shared_target,
    _overlapping,
    _impossible,
    _short,
    _capitals,
)
