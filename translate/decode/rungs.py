"""The ways to ask the model for a segment, plainest first: data and pure functions.

A rung says which segments it can help and what the model is given. A request is a tuple of texts that are
translated apart and joined, with a function that finishes the joined text (puts terms back for placeholders).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from translate.checks.names import unrendered_places
from translate.decode.amounts import wrong_amounts
from translate.decode.judge import GOOD_ENOUGH
from translate.records import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from translate.decode.judge import Candidate
    from translate.engines import DecodeOptions
    from translate.records import Segment, Span, TermHit

PLACEHOLDERS = 10  # ⟦0⟧ to ⟦9⟧
Key = tuple[str, str]  # text and kind: segments with the same key are translated once
Tried = tuple[str, int, bool]  # text, stray marks taken out, whether it was cut off: what a candidate's cost hangs on


@dataclass(frozen=True, slots=True)
class Job:
    """A segment on its way: its term hits, the best candidate so far, and what need not be judged again."""

    segment: Segment
    hits: tuple[TermHit, ...]
    best: Candidate | None = None
    tried: frozenset[Tried] = frozenset()

    @property
    def settled(self) -> bool:
        """Whether the best candidate is good enough to try no further."""
        return self.best is not None and self.best.cost < GOOD_ENOUGH

    @property
    def missing(self) -> tuple[TermHit, ...]:
        """Hits of terms that the best candidate lacks; all of them before there is one."""
        return self.wanted if self.best is None else self.best.missing

    @property
    def wanted(self) -> tuple[TermHit, ...]:
        """The hits that ask for a rendering, not those that forbid one."""
        return tuple(hit for hit in self.hits if hit.term.rule is not Rule.FORBID)


@dataclass(frozen=True, slots=True)
class Tools:
    """What building a request needs of the outside: all pure functions of a text."""

    prepare: Callable[[str], str]  # a text as the model wants it
    split: Callable[[str, int], tuple[str, ...]]  # (text, most pieces) -> clauses
    count: Callable[[str], int]  # source pieces of a text
    placeholders: bool  # the model copies ⟦0⟧
    window: int  # source pieces that the model is trusted with at once


@dataclass(frozen=True, slots=True)
class Request:
    """Texts to translate apart and join with spaces; `finish` completes the joined translation."""

    texts: tuple[str, ...]
    finish: Callable[[str], str] = lambda text: text


@dataclass(frozen=True, slots=True)
class Rung:
    """One way. `request` is None for a segment that it cannot help."""

    name: str
    request: Callable[[Job, Tools], Request | None]
    widen: Callable[[DecodeOptions], DecodeOptions] = lambda options: options


def substitute(text: str, spans: Sequence[Span], replacements: Sequence[str]) -> str:
    """`text` with each span replaced; spans are in order and do not overlap."""
    parts, position = [], 0
    for (start, end), replacement in zip(spans, replacements, strict=True):
        parts += [text[position:start], replacement]
        position = end
    return "".join([*parts, text[position:]])


def repairs(job: Job) -> tuple[tuple[Span, str], ...]:
    """(source span, English) of all that the best candidate lacks: terms; numbers, codes and places outside them.

    A place is lost or a term beside it (云州市人力资源和社会保障局) when one of them alone is repaired: both are.
    """
    places = lacking_places(job)
    hits = [hit for hit in job.wanted if hit in job.missing or any(_is_beside(span, hit) for span, _ in places)]
    found = [((hit.start, hit.end), rendering_of(hit)) for hit in hits]
    if job.best is not None:
        others = (*wrong_amounts(job.segment.text, job.best.unit.target), *places)
        found += [(span, english) for span, english in others if not any(_overlap(span, hit) for hit in job.wanted)]
    return tuple(sorted(found))


def lacking_places(job: Job) -> tuple[tuple[Span, str], ...]:
    """(source span, English) of the places that no glossary has and the best candidate lacks."""
    if job.best is None:
        return ()
    places = unrendered_places(job.segment.text, job.best.unit.target)
    return tuple((span, english) for span, english in places if english)


def _overlap(span: Span, hit: TermHit) -> bool:
    return span[0] < hit.end and hit.start < span[1]


def _is_beside(span: Span, hit: TermHit) -> bool:
    """Whether at most one character (与, 和) is between them."""
    return span[0] <= hit.end + 1 and hit.start <= span[1] + 1


def rendering_of(hit: TermHit) -> str:
    """The English that stands for a hit in a sentence."""
    return hit.term.target or hit.term.source


def put_term(text: str, mark: str, rendering: str) -> str:
    """`text` with the first `mark` replaced, less the words beside it that the rendering says already."""
    before, found, after = text.partition(mark)
    if not found:
        return text
    first, last = rendering.split(" ")[0], rendering.split(" ")[-1]
    if " " in rendering and re.match(rf" {re.escape(last)}\b", after, re.IGNORECASE):
        after = after[len(last) + 1 :]
    if first.lower() == "the" and re.search(r"\b(the|an?) $", before, re.IGNORECASE):
        before = before[: before.rstrip().rfind(" ") + 1]
    return before + rendering + after


def without_strays(text: str, source: str) -> tuple[str, int]:
    """`text` without placeholders that stand for nothing, and how many there were; the source's own stay."""
    return (text, 0) if "⟦" in source else re.subn(r" ?⟦[^⟧]{0,3}⟧?|⟧", "", text)


def _plain(job: Job, tools: Tools) -> Request:
    return _split(tools.prepare(job.segment.text), tools, tools.window)


def _inline(job: Job, tools: Tools) -> Request | None:
    lacking = repairs(job)
    if not lacking:
        return None
    text = substitute(job.segment.text, [span for span, _ in lacking], [english for _, english in lacking])
    return _split(tools.prepare(text), tools, tools.window)


def _placeholder(job: Job, tools: Tools) -> Request | None:
    lacking = repairs(job)[:PLACEHOLDERS]
    if not lacking or not tools.placeholders:
        return None
    marks = [f"⟦{index}⟧" for index in range(len(lacking))]
    text = substitute(job.segment.text, [span for span, _ in lacking], marks)

    def finish(translated: str) -> str:
        for mark, (_, english) in zip(marks, lacking, strict=True):
            translated = put_term(translated, mark, english)
        return translated

    return replace(_split(tools.prepare(text), tools, tools.window), finish=finish)


def _again(job: Job, tools: Tools) -> Request:
    return _inline(job, tools) or _plain(job, tools)


def _split(text: str, tools: Tools, limit: int) -> Request:
    return Request(tools.split(text, limit) if tools.count(text) > limit else (text,))


def _wider(options: DecodeOptions) -> DecodeOptions:
    wide = options.beam_size + 4
    return replace(options, beam_size=wide, hypotheses=wide, no_repeat_ngram_size=4)


PLAIN = Rung("plain", _plain)
RUNGS: tuple[Rung, ...] = (
    PLAIN,
    Rung("inline", _inline),
    Rung("placeholder", _placeholder),
    Rung("beam", _again, _wider),
)
