"""Before and after: scores with their significance, terms and error findings, and whether that is better."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

from translate.checks import check_unit
from translate.evaluate import score_terms
from translate.glossary import locate
from translate.records import Segment, Severity, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate.adapt_pipeline.pairs import Pair
    from translate.glossary import Glossary

SIGNIFICANT = 0.05
MOST_FORGOTTEN = 1.0  # chrF on other text that an adapted model may lose
RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Difference:
    """A corpus score before and after, half their 95% intervals, and p of a paired bootstrap (Koehn 2004)."""

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
        [_checks_failed(source, output, glossary) for source, output in zip(sources, outputs, strict=True)]
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
    """BLEU and chrF by sacrebleu's paired bootstrap, whose seed is in the signature."""
    from sacrebleu.metrics import BLEU, CHRF
    from sacrebleu.significance import PairedTest

    signatures, scores = PairedTest(
        [("before", list(before)), ("after", list(after))],
        {"BLEU": BLEU(), "chrF": CHRF()},
        [list(references)],
        test_type="bs",
        n_samples=RESAMPLES,
    )()
    return tuple(
        Difference(
            {"chrF2": "chrF"}.get(name, name),
            one.score,
            other.score,
            float(one.ci),
            float(other.ci),
            float(other.p_value),
            str(signatures[name]),
        )
        for name, (one, other) in scores.items()
        if name != "System"
    )


def reasons_against(own: Comparison, general: Comparison) -> tuple[str, ...]:
    """Why the adapted model cannot be called better; empty if it can.

    Better: chrF on the held-out pairs is higher, and a paired bootstrap gives p < 0.05; BLEU, error findings and terms
    are not worse beyond chance; and on other text no more than MOST_FORGOTTEN chrF is lost.
    """
    scores = {score.name: score for score in own.scores}
    chrf, bleu = scores["chrF"], scores["BLEU"]
    elsewhere = next(score for score in general.scores if score.name == "chrF")
    lost = elsewhere.before - elsewhere.after
    reasons = {
        f"chrF on the held-out pairs fell from {chrf.before:.1f} to {chrf.after:.1f}": chrf.after < chrf.before,
        f"chrF on the held-out pairs went from {chrf.before:.1f} to {chrf.after:.1f}, which may be chance "
        f"(p = {chrf.p:.3f})": chrf.after >= chrf.before and chrf.p >= SIGNIFICANT,
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


def _checks_failed(source: str, target: str, glossary: Glossary) -> set[str]:
    """The checks that find an error, on a pair taken as one unit."""
    unit = Unit("pair", (Segment("pair", "pair", source),), target, hits=locate(glossary.find(source), target))
    return {finding.check for finding in check_unit(unit) if finding.severity is Severity.ERROR}
