"""The last way to keep a term: put it in place of the words that the model's attention aligns with it.

The result is always flagged, since the words around it were chosen for something else. A term whose source the
attention cannot place stays missing, and the term check says so. Likewise a place that the model invented gives way
to the one that its translation lacks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from translate.checks.names import invented_places
from translate.decode.rungs import Job, Key, lacking_places, put_term, rendering_of, substitute
from translate.decode.translator import tidy
from translate.engines import DecodeOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate.decode.judge import Judge
    from translate.decode.rungs import Tools
    from translate.decode.translator import Translation, Translator
    from translate.engines import Pieces
    from translate.records import Span

THRESHOLD = 0.25  # attention mass on the term above which a target piece speaks for it
FAINTEST = 0.05  # attention below which a piece has nothing to do with the term
WORD_START = "▁"


def replace_spans(jobs: dict[Key, Job], translator: Translator, judge: Judge, tools: Tools) -> dict[Key, Job]:
    """The jobs with each missing term and place put in place by attention, where that is judged better."""
    tries = [(key, text) for key, job in jobs.items() for text in _texts_of(job, tools)]
    answers = translator.translate([text for _, text in tries], DecodeOptions(hypotheses=1, attention=True))
    changed: dict[Key, Job] = {}
    for (key, text), translations in zip(tries, answers, strict=True):
        job = changed.get(key, jobs[key])
        wanted = _missing_words(jobs[key], tools)
        target = _with_terms(text, wanted, translations[0], translator) if translations else None
        if target is None:
            continue
        candidate = judge.judge(
            job.segment,
            job.hits,
            target,
            origin="replaced",
            score=translations[0].score,
            replaced=True,
            rival=job.best,
        )
        if candidate.better_than(job.best):
            changed[key] = replace(job, best=candidate)
    return changed


def replace_place(job: Job, judge: Judge) -> Job:
    """The job with the one place that the source does not have replaced by the one that its translation lacks."""
    lacking = lacking_places(job)
    if job.best is None or len(lacking) != 1:
        return job
    unit = job.best.unit
    invented = invented_places(job.segment.text, unit.target)
    if len(invented) != 1:
        return job
    target = substitute(unit.target, [invented[0][1]], [lacking[0][1]])
    candidate = judge.judge(job.segment, job.hits, target, origin="replaced", score=unit.score, replaced=True)
    return replace(job, best=candidate) if candidate.better_than(job.best) else job


def _texts_of(job: Job, tools: Tools) -> list[str]:
    """What the model was given for the best candidate, unless it was placeholders or clauses, and the plain text."""
    texts = [job.best.text] if job.best and job.best.text else []
    return [
        text for text in dict.fromkeys([*texts, tools.prepare(job.segment.text)]) if tools.count(text) <= tools.window
    ]


def _missing_words(job: Job, tools: Tools) -> list[tuple[str, str]]:
    """(the words of the source as the model sees them, the English wanted) of each missing hit and place."""
    missing = [((hit.start, hit.end), rendering_of(hit)) for hit in job.missing]
    return [
        (tools.prepare(job.segment.text[slice(*span)]), english)
        for span, english in sorted([*missing, *lacking_places(job)])
    ]


def _with_terms(
    text: str, wanted: Sequence[tuple[str, str]], translation: Translation, translator: Translator
) -> str | None:
    """The translation of `text` with every term that can be placed put in; None if none can."""
    source, hypothesis = translator.source_pieces(text), translation.hypothesis
    places: list[tuple[Span, str]] = []
    looked: dict[str, int] = {}  # where to look for the next mention of the same words
    for words, rendering in wanted:
        start = text.find(words, looked.get(words, 0))
        looked[words] = start + len(words)
        columns = _columns(source, start, start + len(words)) if start >= 0 else range(0)
        span = aligned_span(hypothesis.attention[: len(hypothesis.pieces)], columns)
        place = _whole_words(hypothesis.pieces, span) if span else None
        if place and not any(place[0] < other[1] and other[0] < place[1] for other, _ in places):
            places.append((place, rendering))
    if not places:
        return None
    parts, position = [], 0
    for number, ((start, end), _) in enumerate(sorted(places)):
        parts += [translator.join_pieces(hypothesis.pieces[position:start]), f"⟦{number}⟧"]
        position = end
    marked = tidy(" ".join([*parts, translator.join_pieces(hypothesis.pieces[position:])]))
    for number, (_, rendering) in enumerate(sorted(places)):
        marked = put_term(marked, f"⟦{number}⟧", rendering)
    return mend(marked)


def aligned_span(attention: Sequence[Sequence[float]], columns: range) -> Span | None:
    """The run of target pieces that speaks for the source pieces `columns`; None if none does.

    The best-scoring contiguous run (Kadane's maximum subarray) of attention mass less THRESHOLD; where no piece gets
    over that, the one that comes nearest, if it looks at the term at all.
    """
    masses = [sum(weights[column] for column in columns if column < len(weights)) for weights in attention]
    best, best_sum, start, running = None, 0.0, 0, 0.0
    for row, mass in enumerate(masses):
        running += mass - THRESHOLD
        if running <= 0:
            start, running = row + 1, 0.0
        elif running > best_sum:
            best, best_sum = (start, row + 1), running
    strongest = max(range(len(masses)), key=masses.__getitem__, default=None)
    if best is None and strongest is not None and masses[strongest] >= FAINTEST:
        return strongest, strongest + 1
    return best


def mend(text: str) -> str:
    """Articles and capitals around a term that was put in: no doubled article, a or an as the next word wants."""
    text = re.sub(r"\b(the|an?) (?=(?:the|an?) )", "", text, flags=re.IGNORECASE)
    text = re.sub(
        r"\b([Aa])n(?= (?:[b-df-gj-np-tv-z]|h(?!our|ono|onest|eir|rss)|one|uni[^nm]|eu))",
        r"\1",
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(r"\b([Aa])(?= (?!one|once|eu)[aeio])", r"\1n", text, flags=re.IGNORECASE)
    return text[:1].upper() + text[1:]


def _columns(source: Pieces, start: int, end: int) -> range:
    """The source pieces that cover [start, end) of the text that they spell."""
    position, first, last = -1, -1, -1  # the first piece begins with a word mark that is not in the text
    for index, piece in enumerate(source):
        after = position + len(piece)
        if first < 0 and after > start:
            first = index
        if position < end:
            last = index
        position = after
    return range(max(first, 0), last + 1)


def _whole_words(pieces: Pieces, span: Span) -> Span:
    """`span` widened so that it neither begins nor ends inside a word, without taking a mark along."""
    start, end = span
    while start > 0 and not pieces[start].startswith(WORD_START) and pieces[start][:1].isalnum():
        start -= 1
    while end < len(pieces) and not pieces[end].startswith(WORD_START) and pieces[end][:1].isalnum():
        end += 1
    while end - start > 1 and not any(character.isalnum() for character in pieces[end - 1]):
        end -= 1
    return start, end
