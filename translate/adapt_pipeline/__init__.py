"""A model fitted to a team's texts, in order: gather pairs, hold some out, train, choose, judge, write or refuse.

reviewed pairs -> those fit to learn from -> learn, choose, judge -> training -> weights -> before and after -> folder

What keeps the model from forgetting: it also learns its own translations of general text, a share of the original
weights is mixed back in if that costs nothing, and other text is part of the judgement.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from translate.adapt_pipeline.card import card
from translate.adapt_pipeline.comparison import Comparison, compare, reasons_against
from translate.adapt_pipeline.division import Parts, split
from translate.adapt_pipeline.learning import learn
from translate.adapt_pipeline.pairs import Gathered, Pair, gather
from translate.errors import OutputError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from translate.adapt_pipeline.learning import Learned
    from translate.glossary import Glossary
    from translate.models import Model
    from translate.training import Outcome, Step

    Say = Callable[[str, float, float | None], None]  # (what is being done, share done, seconds left if known)

__all__ = ["Adaptation", "Comparison", "Gathered", "Parts", "adapt", "gather", "general_pairs", "split", "translations"]

GENERAL = Path(__file__).parent.parent / "data" / "adapt"
BEAM = 4


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What came of it. `against`: why the result cannot be called better; `written`: whether the folder was made."""

    parts: Parts
    outcome: Outcome
    share: float  # of the new weights; the rest are the original ones
    own: Comparison  # on the held-out pairs
    general: Comparison  # on text outside the domain
    against: tuple[str, ...]
    written: bool
    seconds: float


def adapt(
    gathered: Gathered,
    model: Model,
    output: Path,
    glossary: Glossary,
    *,
    minutes: float,
    seed: int = 0,
    threads: int = 0,
    keep: bool = False,
    say: Say = lambda step, share, left: None,
    stop: Callable[[], bool] = lambda: False,
) -> Adaptation | None:
    """Adapt `model` to pairs within about `minutes`, and write it to `output` if it is better, or if `keep`.

    None if `stop` said so: the next call with the same pairs, model and seed goes on. Raises InputError for too few
    pairs and OutputError if `output` exists or the work folder beside it belongs to another adaptation.
    """
    began = time.monotonic()
    parts = split(gathered.pairs, seed)
    work = _work_folder(output)
    mixed, elsewhere, other = general_pairs()
    judge = (*parts.judge, *other)
    say("translating with the model as it is", 0.0, None)
    before = translations(model.path, [source for source, _ in (*judge, *mixed)], threads)
    spent = time.monotonic() - began
    learned = learn(
        parts,
        [(source, said) for (source, _), said in zip(mixed, before[len(judge) :], strict=True)],
        elsewhere,
        model.path,
        work,
        seconds=max(minutes * 30, minutes * 60 - 3 * spent),
        seed=seed,
        threads=threads,
        progress=lambda step: say(*_heard(step)),
        stop=stop,
    )
    if learned is None:
        return None
    say("judging", 0.0, None)
    after = translations(learned.directory, [source for source, _ in judge], threads)
    cut = len(parts.judge)
    own = compare(parts.judge, before[:cut], after[:cut], glossary)
    general = compare(other, before[cut : len(judge)], after[cut:], glossary)
    against = reasons_against(own, general)
    written = keep or not against
    if written:
        words = _in_words(parts, learned, seed)
        text = card(model, learned.directory, gathered, words, {"Held out": own, "Other text": general}, against)
        (learned.directory / "README.md").write_text(text, encoding="utf-8")
        _put(learned.directory, output)
    shutil.rmtree(work)
    return Adaptation(parts, learned.outcome, learned.share, own, general, against, written, time.monotonic() - began)


def _work_folder(output: Path) -> Path:
    """The folder beside `output` for what going on needs; OutputError now rather than after the training."""
    work = output.with_name(output.name + ".adapting")
    if output.exists():
        raise OutputError(Problem("is there already", str(output), remedy="choose another --output"))
    try:
        work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(Problem(f"cannot be made: {error.strerror}", str(work))) from error
    return work


def _put(made: Path, output: Path) -> None:
    try:
        made.rename(output)
    except OSError as error:
        remedy = f"the model is in {made}"
        raise OutputError(Problem(f"cannot be put in place: {error.strerror}", str(output), remedy=remedy)) from error


def general_pairs() -> tuple[tuple[Pair, ...], tuple[Pair, ...], tuple[Pair, ...]]:
    """Shipped pairs outside the domain: to mix into training, to choose by, and to judge by.

    Those that are mixed in are policy sentences that the built-in model was trained on; the others, everyday and public
    matters, were written for this and are in no training data.
    """
    mixed, general = (_shipped(GENERAL / name) for name in ("mixed.tsv", "general.tsv"))
    choose = tuple(pair for pair in general if hashlib.sha256(pair[0].encode()).digest()[0] % 3 == 0)
    return mixed, choose, tuple(pair for pair in general if pair not in choose)


def _shipped(path: Path) -> tuple[Pair, ...]:
    from translate.evaluate import read_pairs

    return tuple((pair.source, pair.reference) for pair in read_pairs(path.read_bytes(), str(path)))


def translations(directory: Path, texts: Sequence[str], threads: int = 0) -> list[str]:
    """The model's own English for each text, sentence by sentence: no glossary, nothing checked or tried again."""
    from translate.decode import capitalised
    from translate.records import Block, BlockKind
    from translate.segment import segment_block
    from translate.training import plain_outputs

    sentences = [
        [segment.text.strip() for segment in segment_block(Block("pair", BlockKind.PARAGRAPH, text))] for text in texts
    ]
    flat = [sentence for group in sentences for sentence in group]
    english = iter(plain_outputs(directory, flat, threads=threads, beam_size=BEAM))
    return [" ".join(capitalised(next(english)) for _ in group) for group in sentences]


def _heard(step: Step) -> tuple[str, float, float]:
    score = "" if step.score is None else f", chrF {step.score:.1f}"
    return f"training, loss {step.loss:.2f}{score}", step.step / step.steps, step.seconds_left


def _in_words(parts: Parts, learned: Learned, seed: int) -> str:
    """How the model was made, for its card."""
    outcome, share = learned.outcome, f"{learned.share:.0%}"
    counts = f"{len(parts.learn)} pairs to learn from, {len(parts.choose)} to choose by, {len(parts.judge)} to judge by"
    return (
        f"{counts}, divided by hash with seed {seed}. {outcome.step} steps in {outcome.seconds:.0f} s, "
        f"mixed with the model's own translations of general text; weights: {share} new, the rest as before."
    )
