"""A sentence taken apart at its clauses, and put together again in English."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from translate.decode.rungs import Job
from translate.records import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from translate.decode.rungs import Tools
    from translate.decode.translator import Translation

SHARE_OF_WINDOW = 4  # a clause takes at most this fraction of the window: short enough for the weakest model


def clause_jobs(job: Job, tools: Tools) -> tuple[Job, ...]:
    """The clauses of a segment as jobs of their own, each with the hits that lie within it."""
    clauses, position = [], 0
    for number, text in enumerate(tools.split(job.segment.text, tools.window // SHARE_OF_WINDOW), 1):
        end = position + len(text)
        hits = tuple(
            replace(hit, start=hit.start - position, end=hit.end - position, target=None)
            for hit in job.hits
            if position <= hit.start and hit.end <= end
        )
        segment = Segment(f"{job.segment.id}.c{number}", job.segment.block_id, text, job.segment.kind)
        clauses.append(Job(segment, hits))
        position = end
    return tuple(clauses)


def joined(answers: list[tuple[Translation, ...]]) -> list[Translation]:
    """The n-best of one text as they are; of several texts the best of each, joined."""
    if len(answers) == 1:
        return list(answers[0])
    best = [hypotheses[0] for hypotheses in answers if hypotheses]
    if not best:
        return []
    score = mean_score((translation.score, len(translation.hypothesis.pieces) + 1) for translation in best)
    text = join_clauses([translation.text for translation in best])
    truncated = any(translation.truncated for translation in best)
    return [replace(best[0], text=text, score=score or 0.0, truncated=truncated)]


def mean_score(scores: Iterable[tuple[float | None, int]]) -> float | None:
    """The mean of scores by weight; None if none is known."""
    known = [(score, weight) for score, weight in scores if score is not None and weight > 0]
    return sum(score * weight for score, weight in known) / sum(weight for _, weight in known) if known else None


def join_clauses(clauses: Sequence[str]) -> str:
    """Clauses that were translated as sentences, as one: inner full stops and capitals go where that is safe."""
    joined = ""
    for clause in clauses:
        if not joined:
            joined = clause
            continue
        if joined.endswith(".") and not joined.endswith(("...", "etc.")):
            joined = joined[:-1] + ";"
        elif joined[-1:].isalnum():
            joined += ","
        joined += " " + _lowered(clause)
    return joined


def _lowered(clause: str) -> str:
    """`clause` with a small first letter, unless its first word may be a name or an abbreviation."""
    first, space, rest = clause.partition(" ")
    plain = first[:1].isupper() and first[1:].islower() and first.removesuffix("'s").rstrip(",;:") not in NAMES
    return first.lower() + space + rest if plain and not rest[:1].isupper() else clause


def capitalised(text: str) -> str:
    """`text` beginning with a capital, behind numbering and quotation marks; addresses and names stay as they are."""
    match = _FIRST_WORD.match(text)
    if not match:
        return text
    start = match.start("word")
    return text[:start] + text[start].upper() + text[start + 1 :]


_FIRST_WORD = re.compile(
    r"""["'“‘(\[]*(?:\(?(?:\d{1,3}|[IVX]{1,6}|[a-z])[.)]\s+)?["'“‘]*(?P<word>[a-z][a-z'’-]*)(?=[\s,;:.!?)"”'’]|$)(?![.:]\S)"""
)
# First words that keep their capital inside a sentence. Words before another capital keep it anyhow.
NAMES = frozenset(
    (
        *("Beijing", "China", "Chinese", "English", "Europe", "Hong", "I", "Internet", "Macao", "Mao"),
        *("Marxism", "Party", "Taiwan", "Tibet", "Xi", "Xinjiang", "January", "February", "March", "April"),
        *("May", "June", "July", "August", "September", "October", "November", "December"),
    )
)
