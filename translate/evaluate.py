"""How good outputs are: BLEU, chrF, chrF++ and TER against references, term success and consistency by a glossary.

Nothing here translates. `read_pairs` reads what to translate, `score` and `score_terms` judge what came back, and
`shuffled` makes the control: a glossary that is as large and as hard to obey, but wrong.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from translate.errors import InputError, Problem
from translate.glossary import Glossary, locate
from translate.records import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate.records import Term, TermHit

SEED: Final = 12345  # sacrebleu's own, so that its command line gives the same intervals
RESAMPLES: Final = 1000

_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_SAYS_SOMETHING: Final = re.compile(r"[\d\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")


@dataclass(frozen=True, slots=True)
class Pair:
    """A Chinese text and its English reference; `line` is where they stand in their file, from 1."""

    source: str
    reference: str
    line: int


@dataclass(frozen=True, slots=True)
class Score:
    """A corpus score of 0 to 100 (TER may exceed it, and is best at 0), its 95% interval and sacrebleu's signature."""

    name: str
    value: float
    low: float
    high: float
    signature: str


@dataclass(frozen=True, slots=True)
class TermScore:
    """Counts of glossary hits, bans left out, and the two rates that follow from them."""

    hits: int
    rendered: int
    repeated: int  # hits of terms that occur at least twice
    agreeing: int  # of those, the ones that have the commonest rendering of their term

    @property
    def success(self) -> float | None:
        """The share of hits that are rendered; None without hits."""
        return self.rendered / self.hits if self.hits else None

    @property
    def consistency(self) -> float | None:
        """The share of repeated hits that agree; None where no term occurs twice."""
        return self.agreeing / self.repeated if self.repeated else None


def read_pairs(data: bytes, path: str) -> tuple[Pair, ...]:
    """Pairs from UTF-8 lines of Chinese, a tab and English, without a header; empty lines are passed over.

    Raises InputError with every bad line: not UTF-8, not two columns, an empty column, no Chinese in the first.
    """
    pairs: list[Pair] = []
    problems: list[Problem] = []
    for line, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        try:
            text = raw.decode("utf-8").removesuffix("\r")
        except UnicodeDecodeError as error:
            column = len(raw[: error.start].decode("utf-8")) + 1
            problems.append(Problem("not UTF-8", path, line, column, "save the file as UTF-8"))
            continue
        cells = [cell.strip() for cell in text.split("\t")]
        if cells == [""]:
            continue
        if problem := _problem(cells):
            problems.append(replace(problem, path=path, line=line))
        else:
            pairs.append(Pair(cells[0], cells[1], line))
    InputError.raise_if(problems or ([] if pairs else [Problem("holds no pairs", path)]))
    return tuple(pairs)


def _problem(cells: list[str]) -> Problem | None:
    if len(cells) != 2:
        columns = "1 column" if len(cells) == 1 else f"{len(cells)} columns"
        return Problem(f"{columns} instead of 2", remedy="write Chinese, one tab, English")
    if not all(cells):
        return Problem("no Chinese" if not cells[0] else "no English", remedy="fill it in, or take the line out")
    if not _SAYS_SOMETHING.search(cells[0]):
        remedy = "the Chinese comes first" if _HAN.search(cells[1]) else "the file must not have a header"
        return Problem("no Chinese in the first column", remedy=remedy)
    return None


def score(
    outputs: Sequence[str], references: Sequence[str], *, seed: int = SEED, resamples: int = RESAMPLES
) -> tuple[Score, ...]:
    """BLEU, chrF, chrF++ and TER of outputs, one reference each, with seeded bootstrap intervals over the pairs.

    The interval leaves out a fortieth of the resamples at either end, as sacrebleu's does. One seed draws the same
    resamples for every metric and every call on as many pairs. Raises ValueError where there is nothing to score.
    """
    if not outputs or len(outputs) != len(references):
        raise ValueError(f"{len(outputs)} outputs for {len(references)} references")
    from sacrebleu.metrics import BLEU, CHRF, TER

    metrics = {"BLEU": BLEU(), "chrF": CHRF(), "chrF++": CHRF(word_order=2), "TER": TER()}
    return tuple(
        _scored(name, metric, outputs, references, seed=seed, resamples=resamples) for name, metric in metrics.items()
    )


def _scored(
    name: str, metric: Any, outputs: Sequence[str], references: Sequence[str], *, seed: int, resamples: int
) -> Score:
    """One metric; sacrebleu's own bootstrap takes its seed from the environment only and gives no bounds."""
    import numpy as np

    value = metric.corpus_score(outputs, [references]).score
    rows = np.array(metric._extract_corpus_statistics(outputs, [references]), dtype=np.float64)
    metric.n_bootstrap, metric.seed = resamples, str(seed)
    draw = np.random.default_rng(seed)
    drawn = sorted(
        metric._compute_score_from_stats(rows[draw.choice(len(rows), size=len(rows))].sum(0)).score
        for _ in range(resamples)
    )
    outside = resamples // 40
    return Score(name, value, drawn[outside], drawn[-1 - outside], str(metric.get_signature()))


def score_terms(sources: Sequence[str], outputs: Sequence[str], glossary: Glossary) -> TermScore:
    """How many hits of a glossary are rendered in the outputs, each place counted once, and how uniformly.

    The two measures of the WMT 2023 terminology task, defined here as follows. Success: the share of hits that are
    rendered, by the target or a variant in any inflection, as `locate` has it; figures published for the task
    are counted otherwise.
    Consistency: of all occurrences of source terms that occur at least twice in `sources`, the share that has the
    commonest rendering of its term. Inflected forms are one rendering, variants are different ones; an occurrence that
    is not rendered agrees with none, as what stands in its place is not known.
    """
    renderings: dict[str, list[str | None]] = defaultdict(list)
    for source, output in zip(sources, outputs, strict=True):
        for hit in locate(glossary.find(source), output):
            if hit.term.rule is not Rule.FORBID:
                renderings[hit.term.source].append(rendering_of(hit, output))
    repeated = [found for found in renderings.values() if len(found) > 1]
    return TermScore(
        hits=sum(len(found) for found in renderings.values()),
        rendered=sum(rendering is not None for found in renderings.values() for rendering in found),
        repeated=sum(len(found) for found in repeated),
        agreeing=sum(max(Counter(filter(None, found)).values(), default=0) for found in repeated),
    )


def rendering_of(hit: TermHit, output: str) -> str | None:
    """Which rendering of its term a located hit has, as the glossary spells it; None if it has none."""
    if hit.target is None:
        return None
    found = output[slice(*hit.target)]
    for rendering in (hit.term.target, *hit.term.variants):
        alone = replace(hit.term, target=rendering, variants=())
        if locate((replace(hit, term=alone),), found)[0].target == (0, len(found)):
            return rendering
    return found


def shuffled(glossary: Glossary, *, seed: int = SEED) -> Glossary:
    """The control: the same sources, rules and size, but every `use` term renders as another `use` term does.

    Target, variants and part of speech of the `use` terms change hands together in a seeded shuffle, so that the
    control is found in the same places of a text and asks for equally long and equally odd English, all of it wrong.
    No term is left with its own target, unless one target serves more than half of the terms. `keep` and `forbid`
    terms stay: a label copied from the source has no other rendering.
    """
    terms = [term for term in glossary if term.rule is Rule.USE]
    if not terms:
        return glossary
    draw = random.Random(seed)
    groups: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        groups[term.target].append(term)
    order = list(groups.values())
    draw.shuffle(order)
    receivers = [term for group in order for term in group]
    step = max(map(len, order))  # far enough to leave the group of a target behind
    givers = receivers[step:] + receivers[:step]
    wrong = {
        id(term): replace(term, target=giver.target, variants=giver.variants, pos=giver.pos)
        for term, giver in zip(receivers, givers, strict=True)
    }
    return Glossary(tuple(wrong.get(id(term), term) for term in glossary))
