"""The last way to keep a term: put it in place of the words that the model's attention aligns with it.

The result is always flagged, since the words around it were chosen for something else. A term whose source the
attention cannot place stays missing, and the term check says so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from translate.decode.rungs import Job, Key, rendering_of
from translate.decode.translator import tidy
from translate.engines import DecodeOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate.decode.judge import Judge
    from translate.decode.rungs import Tools
    from translate.decode.translator import Translation, Translator
    from translate.engines import Pieces
    from translate.records import Span, TermHit

THRESHOLD = 0.25  # attention mass on the term above which a target piece speaks for it
WORD_START = "▁"


def replace_spans(jobs: dict[Key, Job], translator: Translator, judge: Judge, tools: Tools) -> dict[Key, Job]:
    """The jobs with each missing term put in place by attention, where that is judged better."""
    texts = {key: _text_of(job, tools) for key, job in jobs.items()}
    askable = {key: text for key, text in texts.items() if tools.count(text) <= tools.window}
    answers = translator.translate(list(askable.values()), DecodeOptions(hypotheses=1, attention=True))
    changed: dict[Key, Job] = {}
    for (key, text), translations in zip(askable.items(), answers, strict=True):
        job = jobs[key]
        target = _with_terms(text, job.missing, translations[0], translator) if translations else None
        if target is None:
            continue
        candidate = judge.judge(
            job.segment, job.hits, target, origin="replaced", score=translations[0].score, replaced=True
        )
        if candidate.better_than(job.best):
            changed[key] = replace(job, best=candidate)
    return changed


def _text_of(job: Job, tools: Tools) -> str:
    """What the model was given for the best candidate, or the plain text where that held placeholders or clauses."""
    return job.best.text if job.best and job.best.text else tools.prepare(job.segment.text)


def _with_terms(text: str, hits: Sequence[TermHit], translation: Translation, translator: Translator) -> str | None:
    """The translation of `text` with every hit that can be placed put in; None if none can."""
    source, hypothesis = translator.source_pieces(text), translation.hypothesis
    places: list[tuple[Span, str]] = []
    for hit in hits:
        columns = _columns(source, text, hit.term.source)
        span = aligned_span(hypothesis.attention, columns) if columns else None
        if span and not any(span[0] < other[1] and other[0] < span[1] for other, _ in places):
            places.append((_whole_words(hypothesis.pieces, span), rendering_of(hit)))
    if not places:
        return None
    parts, position = [], 0
    for (start, end), rendering in sorted(places):
        parts += [translator.join_pieces(hypothesis.pieces[position:start]), rendering]
        position = end
    return mend(tidy(" ".join([*parts, translator.join_pieces(hypothesis.pieces[position:])])))


def aligned_span(attention: Sequence[Sequence[float]], columns: range) -> Span | None:
    """The run of target pieces that speaks for the source pieces `columns`; None if none does.

    The best-scoring contiguous run (Kadane's maximum subarray) of attention mass less THRESHOLD.
    """
    best, best_sum, start, running = None, 0.0, 0, 0.0
    for row, weights in enumerate(attention):
        running += sum(weights[column] for column in columns if column < len(weights)) - THRESHOLD
        if running <= 0:
            start, running = row + 1, 0.0
        elif running > best_sum:
            best, best_sum = (start, row + 1), running
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


def _columns(source: Pieces, text: str, term: str) -> range:
    """The source pieces that cover the first place of `term` in `text`; empty if it does not stand there as it is."""
    start = text.find(term)
    if start < 0:
        return range(0)
    position, first, last = -1, -1, -1  # the first piece begins with a word mark that is not in the text
    for index, piece in enumerate(source):
        after = position + len(piece)
        if first < 0 and after > start:
            first = index
        if position < start + len(term):
            last = index
        position = after
    return range(first, last + 1)


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
