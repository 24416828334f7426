"""Before and after: scores with their significance, terms and error findings, and whether that is better."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING, Any

from translate.checks import check_unit
from translate.evaluate import RESAMPLES, SEED, score_terms
from translate.glossary import locate
from translate.records import Segment, Severity, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate.adapt_pipeline.pairs import Pair
    from translate.glossary import Glossary

SIGNIFICANT = 0.05
LEAST_GAIN = 0.5  # chrF: less is not worth a new model
MOST_FORGOTTEN = 1.0  # chrF on other text that an adapted model may lose


@dataclass(frozen=True, slots=True)
class Difference:
    """A corpus score before and after, half their 95% intervals, and p of a paired bootstrap."""

    name: str
    before: float
    after: float
    before_margin: float
    after_margin: float
    p: float
    signature: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of `of` were so before and after; `worse` and `better` are the pairs that changed; p is two-sided."""

    name: str
    before: int
    after: int
    of: int
    worse: int = 0
    better: int = 0

    @property
    def p(self) -> float:
        """Exact sign test over the pairs that changed."""
        changed = self.worse + self.better
        tail = sum(comb(changed, count) for count in range(min(self.worse, self.better) + 1))
        return float(min(1.0, 2 * tail / 2**changed))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on the same pairs."""

    pairs: int
    scores: tuple[Difference, ...]  # BLEU, chrF
    terms: Counted  # glossary hits that are rendered
    errors: Counted  # pairs with a finding of severity error
    numbers: Counted  # pairs with a number that is wrong by value


def compare(pairs: Sequence[Pair], before: Sequence[str], after: Sequence[str], glossary: Glossary) -> Comparison:
    """Compare two lists of outputs for the same pairs."""
    sources = [source for source, _ in pairs]
    terms = [score_terms(sources, outputs, glossary) for outputs in (before, after)]
    found = [
        [errors_of(source, output, glossary) for source, output in zip(sources, outputs, strict=True)]
        for outputs in (before, after)
    ]
    return Comparison(
        len(pairs),
        differences([reference for _, reference in pairs], before, after),
        Counted("terms rendered", terms[0].rendered, terms[1].rendered, terms[0].hits),
        _counted("with error findings", *([bool(failed) for failed in side] for side in found)),
        _counted("with a wrong number", *(["number" in failed for failed in side] for side in found)),
    )


def differences(references: Sequence[str], before: Sequence[str], after: Sequence[str]) -> tuple[Difference, ...]:
    """BLEU and chrF before and after, with a paired bootstrap: the same resamples of the pairs for both.

    p is two-sided: twice the share of resamples in which the difference is not in the direction it has over all pairs.
    (sacrebleu's own test gives equal outputs p = 0.001, and would call them better.)
    """
    from sacrebleu.metrics import BLEU, CHRF

    return tuple(
        _difference(name, metric, references, before, after) for name, metric in (("BLEU", BLEU()), ("chrF", CHRF()))
    )


def _difference(
    name: str, metric: Any, references: Sequence[str], before: Sequence[str], after: Sequence[str]
) -> Difference:
    import numpy as np

    metric.n_bootstrap, metric.seed = RESAMPLES, str(SEED)
    whole, drawn = [], []
    for outputs in (before, after):
        whole.append(metric.corpus_score(outputs, [references]).score)
        rows = np.array(metric._extract_corpus_statistics(outputs, [references]), dtype=np.float64)
        draw = np.random.default_rng(SEED)
        drawn.append(
            [
                metric._compute_score_from_stats(rows[draw.choice(len(rows), size=len(rows))].sum(0)).score
                for _ in range(RESAMPLES)
            ]
        )
    gains = np.array(drawn[1]) - np.array(drawn[0])
    against = int((gains <= 0).sum() if whole[1] >= whole[0] else (gains >= 0).sum())
    p = min(1.0, 2 * (against + 1) / (RESAMPLES + 1))
    before_margin, after_margin = (_margin(sorted(scores)) for scores in drawn)
    return Difference(name, whole[0], whole[1], before_margin, after_margin, p, str(metric.get_signature()))


def _margin(scores: Sequence[float]) -> float:
    """Half of the interval that a fortieth of the resamples lies beyond at either end."""
    outside = len(scores) // 40
    return float(scores[-1 - outside] - scores[outside]) / 2


def reasons_against(own: Comparison, general: Comparison) -> tuple[str, ...]:
    """Why the adapted model cannot be called better; empty if it can.

    Better: chrF on the held-out pairs is higher by LEAST_GAIN, and a paired bootstrap gives p < 0.05; BLEU, error
    findings and terms are not worse beyond chance; and on other text no more than MOST_FORGOTTEN chrF is lost.
    """
    scores = {score.name: score for score in own.scores}
    chrf, bleu = scores["chrF"], scores["BLEU"]
    elsewhere = next(score for score in general.scores if score.name == "chrF")
    gain, lost = chrf.after - chrf.before, elsewhere.before - elsewhere.after
    reasons = {
        f"chrF on the held-out pairs fell from {chrf.before:.1f} to {chrf.after:.1f}": chrf.after < chrf.before,
        f"chrF on the held-out pairs went from {chrf.before:.1f} to {chrf.after:.1f}, which may be chance "
        f"(p = {chrf.p:.3f})": chrf.after >= chrf.before and chrf.p >= SIGNIFICANT,
        f"chrF on the held-out pairs rose by {gain:.2f}, less than {LEAST_GAIN:g}": 0 <= gain < LEAST_GAIN
        and chrf.p < SIGNIFICANT,
        f"BLEU fell from {bleu.before:.1f} to {bleu.after:.1f}": bleu.after < bleu.before and bleu.p < SIGNIFICANT,
        f"error findings rose from {own.errors.before} to {own.errors.after} of {own.errors.of} pairs": own.errors.after
        > own.errors.before
        and own.errors.p < SIGNIFICANT,
        f"terms rendered fell from {own.terms.before} to {own.terms.after} of {own.terms.of}": own.terms.before
        - own.terms.after
        > max(2, own.terms.of // 20),
        f"on other text {lost:.1f} chrF are lost, more than {MOST_FORGOTTEN:g}": lost > MOST_FORGOTTEN,
    }
    return tuple(reason for reason, true in reasons.items() if true)


def _counted(name: str, before: list[bool], after: list[bool]) -> Counted:
    changes = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    worse = sum(other for _, other in changes)
    return Counted(name, sum(before), sum(after), len(before), worse, len(changes) - worse)


def errors_of(source: str, target: str, glossary: Glossary) -> set[str]:
    """The checks that find an error in a translation taken as one unit."""
    unit = Unit("pair", (Segment("pair", "pair", source),), target, hits=locate(glossary.find(source), target))
    return {finding.check for finding in check_unit(unit) if finding.severity is Severity.ERROR}
