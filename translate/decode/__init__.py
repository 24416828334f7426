"""Generate and verify: ask the model, judge what comes back, ask another way where it fails, keep the best.

All segments of a document go through a rung together, so that batches are full; only those that are not yet good
enough go on to the next. The way that won is the unit's `origin`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from translate.decode.judge import GOOD_ENOUGH, Candidate, Judge
from translate.decode.replacement import replace_spans
from translate.decode.rungs import RUNGS, Job, Request, Rung, Tools
from translate.decode.translator import Translator
from translate.engines import DecodeOptions
from translate.records import Segment, TermHit, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from translate.decode.translator import Translation

__all__ = ["Decoder", "Judge", "Tools", "Translator"]

COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Decoder:
    """Everything that turning segments into units takes."""

    translator: Translator
    judge: Judge
    tools: Tools
    options: DecodeOptions = field(default_factory=DecodeOptions)
    rungs: tuple[Rung, ...] = RUNGS
    replace_missing: bool = True

    def decode(
        self,
        segments: Sequence[Segment],
        hits: Sequence[tuple[TermHit, ...]],
        progress: Callable[[str, int, int], None] | None = None,
    ) -> tuple[Unit, ...]:
        """One unit a segment, in order. `progress` hears (rung, pieces done, pieces in all)."""
        jobs = {_key(segment): Job(segment, found) for segment, found in zip(segments, hits, strict=True)}
        for key, job in jobs.items():
            if not has_chinese(job.segment.text):
                jobs[key] = replace(job, best=self._copy(job))
        for rung in self.rungs:
            self._climb(jobs, rung, progress)
        if self.replace_missing:
            jobs |= replace_spans({key: job for key, job in jobs.items() if job.missing}, self.translator, self.judge)
        return tuple(_unit_for(segment, jobs[_key(segment)]) for segment in segments)

    def _climb(
        self, jobs: dict[tuple[str, str], Job], rung: Rung, progress: Callable[[str, int, int], None] | None
    ) -> None:
        """Send the unsettled jobs through one rung, and keep what is better than what they had."""
        asked: list[tuple[tuple[str, str], Request]] = []
        for key, job in jobs.items():
            if job.best is None or job.best.cost >= GOOD_ENOUGH:
                request = rung.request(job, self.tools)
                if request is not None:
                    asked.append((key, request))
        texts = [text for _, request in asked for text in request.texts]
        told = (lambda done, total: progress(rung.name, done, total)) if progress else None
        answers = iter(self.translator.translate(texts, rung.widen(self.options), told))
        for key, request in asked:
            translations = [next(answers) for _ in request.texts]
            jobs[key] = self._consider(jobs[key], rung.name, request, translations)

    def _consider(self, job: Job, origin: str, request: Request, answers: list[tuple[Translation, ...]]) -> Job:
        """The job with the best of its old candidate and the new ones; n-best are looked at while none is good."""
        best = job.best
        for rank, translation in enumerate(_joined(answers)):
            candidate = self.judge.judge(
                job.segment,
                job.hits,
                request.finish(translation.text),
                origin=origin if rank == 0 else f"{origin} {rank + 1}",
                score=translation.score,
                truncated=translation.truncated,
                text=request.texts[0] if len(request.texts) == 1 else "",
            )
            best = candidate if candidate.better_than(best) else best
            if best is not None and best.cost < GOOD_ENOUGH:
                break
        return replace(job, best=best)

    def _copy(self, job: Job) -> Candidate:
        """Numbers, codes and English stay as they are: there is nothing in them for the model."""
        return self.judge.judge(job.segment, job.hits, self.tools.prepare(job.segment.text), origin=COPIED, score=None)


def has_chinese(text: str) -> bool:
    """Whether there is a Han character to translate (extensions included)."""
    return any(
        "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"
        for character in text
    )


def _joined(answers: list[tuple[Translation, ...]]) -> list[Translation]:
    """The n-best of one text as they are; of several texts the best of each, joined."""
    if len(answers) == 1:
        return list(answers[0])
    best = [hypotheses[0] for hypotheses in answers if hypotheses]
    if not best:
        return []
    weights = [len(translation.hypothesis.pieces) + 1 for translation in best]
    score = sum(translation.score * weight for translation, weight in zip(best, weights, strict=True)) / sum(weights)
    text = join_clauses([translation.text for translation in best])
    return [replace(best[0], text=text, score=score, truncated=any(translation.truncated for translation in best))]


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
    """`clause` with a small first letter if its first word is one that is never a name."""
    first, space, rest = clause.partition(" ")
    return first.lower() + space + rest if first in OPENERS else clause


def _key(segment: Segment) -> tuple[str, str]:
    return segment.text.strip(), segment.kind


def _unit_for(segment: Segment, job: Job) -> Unit:
    if job.best is None:  # every rung came back with nothing
        return Unit(segment.id, (segment,), "", "none", None, job.hits)
    return replace(job.best.unit, id=segment.id, segments=(segment,))


OPENERS = frozenset(
    (
        *("A", "All", "An", "And", "As", "At", "Be", "By", "Each", "Efforts", "Every", "For", "From", "Further", "If"),
        *("In", "It", "More", "Must", "No", "Of", "On", "Our", "Other", "Promote", "Strengthen", "Such", "That"),
        *("The", "Their", "These", "They", "This", "Those", "To", "We", "When", "Where", "Which", "While", "With"),
    )
)
