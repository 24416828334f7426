"""Generate and verify: ask the model, judge what comes back, ask another way where it fails, keep the best.

All segments of a document go through a rung together, so that batches are full; only those that are not yet good
enough go on to the next. The way that won is the unit's `origin`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from translate.decode.clauses import capitalised, clause_jobs, join_clauses, joined, mean_score
from translate.decode.judge import COST_OF_A_STRAY_MARK, REPLACED, TRUNCATED, Candidate, Judge
from translate.decode.replacement import replace_place, replace_spans
from translate.decode.rungs import RUNGS, Job, Key, Request, Rung, Tools, Tried, lacking_places, without_strays
from translate.decode.translator import Translator
from translate.engines import DecodeOptions
from translate.records import Segment, TermHit, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from translate.decode.translator import Translation

__all__ = ["Decoder", "Judge", "Tools", "Translator", "capitalised"]

COPIED = "copied"
ENGLISH_MARKS = str.maketrans("。！？", ".!?")  # the ends of sentences


@dataclass(frozen=True, slots=True)
class Decoder:
    """Everything that turning segments into units takes."""

    translator: Translator
    judge: Judge
    tools: Tools
    options: DecodeOptions = field(default_factory=DecodeOptions)
    rungs: tuple[Rung, ...] = RUNGS
    by_clauses: bool = True
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
        if self.by_clauses:
            jobs |= self._clauses({key: job for key, job in jobs.items() if not job.settled}, progress)
        if self.replace_missing:
            jobs = {key: replace_place(job, self.judge) for key, job in jobs.items()}
            lacking = {key: job for key, job in jobs.items() if job.missing or lacking_places(job)}
            jobs |= replace_spans(lacking, self.translator, self.judge, self.tools)
        return tuple(_unit_for(segment, jobs[_key(segment)]) for segment in segments)

    def _climb(self, jobs: dict[Key, Job], rung: Rung, progress: Callable[[str, int, int], None] | None) -> None:
        """Send the unsettled jobs through one rung, and keep what is better than what they had."""
        asked: list[tuple[Key, Request]] = []
        for key, job in jobs.items():
            request = None if job.settled else rung.request(job, self.tools)
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
        tried: set[Tried] = set(job.tried)
        for rank, translation in enumerate(joined(answers)):
            text, strays = without_strays(request.finish(translation.text), job.segment.text)
            if (this := (text, strays, translation.truncated)) in tried:
                continue
            tried.add(this)
            candidate = self.judge.judge(
                job.segment,
                job.hits,
                text,
                origin=origin if rank == 0 else f"{origin} {rank + 1}",
                score=translation.score,
                truncated=translation.truncated,
                penalty=COST_OF_A_STRAY_MARK * strays,
                text=request.texts[0] if len(request.texts) == 1 and "⟦" not in request.texts[0] else "",
                rival=job.best,
            )
            job = replace(job, best=candidate) if candidate.better_than(job.best) else job
            if job.settled:
                break
        return replace(job, tried=frozenset(tried))

    def _clauses(self, jobs: dict[Key, Job], progress: Callable[[str, int, int], None] | None) -> dict[Key, Job]:
        """The jobs that are better when their clauses climb the rungs one by one; all clauses of all jobs together."""
        split = {key: clause_jobs(job, self.tools) for key, job in jobs.items()}
        split = {key: clauses for key, clauses in split.items() if len(clauses) > 1}
        flat = [clause for clauses in split.values() for clause in clauses]
        told = (lambda rung, done, total: progress(f"clauses, {rung}", done, total)) if progress else None
        inner = replace(self, by_clauses=False)
        units = iter(inner.decode([clause.segment for clause in flat], [clause.hits for clause in flat], told))
        changed: dict[Key, Job] = {}
        for key, clauses in split.items():
            job = jobs[key]
            candidate = self._join(job, [next(units) for _ in clauses])
            if candidate.better_than(job.best):
                changed[key] = replace(job, best=candidate)
        return changed

    def _join(self, job: Job, units: list[Unit]) -> Candidate:
        """The translated clauses of a segment as one candidate; what was flagged in a clause stays flagged."""
        made = {finding for unit in units for finding in unit.findings}
        return self.judge.judge(
            job.segment,
            job.hits,
            join_clauses([unit.target for unit in units]),
            origin="clauses",
            score=mean_score((unit.score, len(unit.target)) for unit in units),
            truncated=TRUNCATED in made,
            replaced=REPLACED in made,
            rival=job.best,
        )

    def _copy(self, job: Job) -> Candidate:
        """Numbers, codes and English stay as they are but for the end mark: nothing in them is for the model."""
        text = self.tools.prepare(job.segment.text).translate(ENGLISH_MARKS)
        return self.judge.judge(job.segment, job.hits, text, origin=COPIED, score=None)


def has_chinese(text: str) -> bool:
    """Whether there is a Han character to translate (extensions included)."""
    return any(
        "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"
        for character in text
    )


def _key(segment: Segment) -> Key:
    return segment.text.rstrip(), segment.kind


def _unit_for(segment: Segment, job: Job) -> Unit:
    if job.best is None:  # every rung came back with nothing
        return Unit(segment.id, (segment,), "", "none", None, job.hits)
    return replace(job.best.unit, id=segment.id, segments=(segment,))
