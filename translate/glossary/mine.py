"""Terms and renderings that reviewers' edits speak for, with the evidence, for a person to accept.

Three kinds of evidence: a term of the glossary whose rendering a reviewer has replaced; a run of Chinese that stands
where, again and again, the same new English was put in (Dice's coefficient over all reviewed segments); a segment
that is nothing but one term, such as a table cell, whose translation was replaced.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from translate.glossary.english import says, uncapitalised
from translate.glossary.extract import WORDS_A_CHARACTER, source_runs, stopwords, target_phrases
from translate.glossary.pieces import pieces
from translate.glossary.rewording import Rewording, place_of, text_of
from translate.glossary.terms import Glossary
from translate.glossary.verify import locate
from translate.records import Rule, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from translate.glossary.rewording import Place

LEAST_DICE: Final = 0.6
MOST_WORDS: Final = 10  # of a rendering
EXAMPLES: Final = 2
LONGEST_EXAMPLE: Final = 60  # characters
_WHOLE: Final = re.compile("[\u3400-\u9fff]{2,15}")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A segment that somebody has looked at: what was made of it, and what was approved."""

    source: str
    machine: str
    final: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A term to accept, and why."""

    term: Term
    count: int  # segments in which the reviewer put the rendering in
    of: int  # reviewed segments in which the source stands
    was: tuple[str, ...]  # what had been made there, the commonest first
    examples: tuple[str, ...]


@dataclass(slots=True)
class _Evidence:
    """What was put in for one source: by the key of its words, in which segments, how written, for what."""

    segments: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    written: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    was: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    lengths: Counter[int] = field(default_factory=Counter)  # of what was replaced, in words
    is_whole: bool = False

    def add(self, number: int, key: str, text: str, was: str) -> None:
        """One rendering in one segment."""
        self.segments[key].append(number)
        self.written[key][text] += 1
        if was:
            self.was[key][was] += 1


def mine(reviewed: Sequence[Reviewed], glossary: Glossary | None = None, *, least: int = 2) -> tuple[Proposal, ...]:
    """The proposals, best supported first. A source needs `least` segments, or one that is nothing but the source."""
    terms = glossary or Glossary()
    changes = [Rewording(item.machine, item.final) for item in reviewed]
    found: dict[str, _Evidence] = {}
    for finder in (_replaced_renderings, _new_terms, _whole_segments):
        for source, evidence in finder(reviewed, changes, terms, least).items():
            found.setdefault(source, evidence)
    proposals = [_proposal(source, evidence, reviewed, terms, least) for source, evidence in found.items()]
    return tuple(
        sorted(
            (item for item in proposals if item), key=lambda item: (-item.count, item.of - item.count, item.term.source)
        )
    )


def _replaced_renderings(
    reviewed: Sequence[Reviewed], changes: Sequence[Rewording], terms: Glossary, least: int
) -> dict[str, _Evidence]:
    """For terms of the glossary that stood in the machine's text and do not in the reviewer's: what does instead."""
    found: dict[str, _Evidence] = defaultdict(_Evidence)
    for number, (item, change) in enumerate(zip(reviewed, changes, strict=True)):
        if not change.put_in:
            continue
        hits = terms.find(item.source)
        for before, after in zip(locate(hits, item.machine), locate(hits, item.final), strict=True):
            if before.term.rule is not Rule.USE or before.target is None or after.target is not None:
                continue
            old = place_of(before.target, change.before)
            now = change.now(old)
            evidence = found[before.term.source]
            evidence.lengths[old[1] - old[0]] += 1
            evidence.is_whole |= item.source.strip() == before.term.source
            for key, place in _phrases(change, now or (0, 0)):
                evidence.add(number, key, text_of(place, change.after, item.final), item.machine[slice(*before.target)])
    return found


def _whole_segments(
    reviewed: Sequence[Reviewed], changes: Sequence[Rewording], terms: Glossary, least: int
) -> dict[str, _Evidence]:
    """Segments that are nothing but one term, new to the glossary or rendered otherwise than it says."""
    found: dict[str, _Evidence] = defaultdict(_Evidence)
    for number, (item, change) in enumerate(zip(reviewed, changes, strict=True)):
        source, final = item.source.strip(), item.final.strip().rstrip(".")
        words = change.after.words
        if not change.put_in or not _WHOLE.fullmatch(source) or not 0 < len(words) <= MOST_WORDS:
            continue
        known = [text for term in terms.get(source) for text in (term.target, *term.variants)]
        if any(says(final, text) for text in known):
            continue
        key = " ".join(word.key for word in words)
        found[source].add(number, key, uncapitalised(final), uncapitalised(item.machine.strip().rstrip(".")))
        found[source].is_whole = True
    return found


def _new_terms(
    reviewed: Sequence[Reviewed], changes: Sequence[Rewording], terms: Glossary, least: int
) -> dict[str, _Evidence]:
    """Runs of Chinese that go with English that was put in: each is the other's best by Dice's coefficient."""
    edited = [number for number, change in enumerate(changes) if change.put_in]
    new = {number: _new_phrases(changes[number]) for number in edited}
    phrases = {key for key, count in Counter(key for found in new.values() for key in found).items() if count >= least}
    runs = [_runs(item.source, terms) for item in reviewed]
    often = {run for run, count in Counter(run for number in edited for run in runs[number]).items() if count >= least}
    source_count = Counter(run for found in runs for run in found & often)
    finals = [target_phrases(item.final).keys() & phrases for item in reviewed]
    target_count = Counter(key for found in finals for key in found)
    together = Counter(
        (run, key) for mine, theirs in zip(runs, finals, strict=True) for run in mine & often for key in theirs
    )
    dice = {pair: 2 * count / (source_count[pair[0]] + target_count[pair[1]]) for pair, count in together.items()}
    likely = {pair: value for pair, value in dice.items() if value >= LEAST_DICE}
    best_run = _best(likely, 1, lambda pair: (likely[pair], len(pair[0]), pair))
    best_key = _best(likely, 0, lambda pair: (round(likely[pair], 1), _fit(pair[1], len(pair[0])), pair))
    found: dict[str, _Evidence] = defaultdict(_Evidence)
    for run, key in best_key.items():
        if best_run[key] == run:
            for number in edited:
                if run in runs[number] and key in new[number]:
                    place, change = new[number][key], changes[number]
                    was = text_of(change.was(place) or (0, 0), change.before, change.machine)
                    found[run].add(number, key, text_of(place, change.after, change.final), was)
    return found


def _best(likely: dict[tuple[str, str], float], side: int, rank: Callable[[tuple[str, str]], Any]) -> dict[str, str]:
    """For each run or phrase the other with the highest rank."""
    best: dict[str, tuple[str, str]] = {}
    for pair in likely:
        if pair[side] not in best or rank(pair) > rank(best[pair[side]]):
            best[pair[side]] = pair
    return {one: pair[1 - side] for one, pair in best.items()}


def _runs(source: str, terms: Glossary) -> set[str]:
    """The runs of Chinese that could be a term and are none yet."""
    taken = [(hit.start, hit.end) for hit in terms.find(source)]
    spans = {span for span, _ in source_runs(source, pieces(source), common=True)}
    free = (span for span in spans if not any(start <= span[0] and span[1] <= end for start, end in taken))
    return {run for start, end in free if not terms.get(run := source[start:end])}


def _new_phrases(change: Rewording) -> dict[str, Place]:
    """Phrases of the approved text with words that were put in, and that the text before did not have."""
    old = target_phrases(change.machine)
    return {
        key: place
        for key, place in _phrases(change, (0, len(change.after.words)))
        if key not in old and any(number in change.put_in for number in range(*place))
    }


def _phrases(change: Rewording, within: Place) -> Iterator[tuple[str, Place]]:
    """Runs of approved words that could be a rendering: (key, place)."""
    words, stop = change.after.words, stopwords()["english"]
    for first in range(*within):
        if words[first].text.lower() in stop:
            continue
        for last in range(first, min(first + MOST_WORDS, within[1])):
            word = words[last]
            if not word.key.isalnum() or (last > first and word.after_comma):
                break
            if word.text.lower() not in stop:
                yield " ".join(word.key for word in words[first : last + 1]), (first, last + 1)


def _fit(key: str, characters: int) -> int:
    """How well a rendering's length goes with a term's: the longest within bounds, or the shortest beyond."""
    length = key.count(" ") + 1
    return length if length <= WORDS_A_CHARACTER * characters else -length


def _proposal(
    source: str, evidence: _Evidence, reviewed: Sequence[Reviewed], terms: Glossary, least: int
) -> Proposal | None:
    """The term that the evidence speaks for, if there is enough of it."""
    keys = _renderings(source, evidence, least)
    if not keys:
        return None
    texts = [evidence.written[key].most_common(1)[0][0] for key in keys]
    numbers = sorted({number for key in keys for number in evidence.segments[key]})
    standing = [item for item in reviewed if source in item.source]
    known = next((term for term in terms.get(source) if term.rule is Rule.USE), None)
    was = tuple(text for text, _ in sum((evidence.was[key] for key in keys), Counter()).most_common(3))
    examples = tuple(reviewed[number].source[:LONGEST_EXAMPLE] for number in numbers[:EXAMPLES])
    note = f"edited in {len(numbers)} of {len(standing)} reviewed segments"
    term = Term(source, texts[0], tuple(texts[1:]))
    if known is not None:
        kept = sum(_has(known, terms, item) for item in standing)
        ours = (known.target, *known.variants)
        order = (*texts, *ours) if len(numbers) > kept else (*ours, *texts)
        term = replace(known, target=order[0], variants=tuple(dict.fromkeys(order[1:])), layer="")
        note += f", glossary kept in {kept}"
    note += "; was: " + " | ".join(was) if was else ""
    note += "; for example: " + " … ".join(examples)
    return Proposal(replace(term, note=" ".join(note.split())), len(numbers), len(standing), was, examples)


def _renderings(source: str, evidence: _Evidence, least: int) -> list[str]:
    """The keys of the renderings put in often enough, the commonest first, each for segments of its own."""
    usual = evidence.lengths.most_common(1)[0][0] if evidence.lengths else None
    enough = 1 if evidence.is_whole else least
    left = {key: set(numbers) for key, numbers in evidence.segments.items()}
    keys: list[str] = []
    while left:
        fit = {key: _fit(key, len(source)) if usual is None else -abs(key.count(" ") + 1 - usual) for key in left}
        key = max(left, key=lambda key: (len(left[key]), fit[key], key))
        if len(left[key]) < enough:
            break
        keys.append(key)
        covered = left.pop(key)
        left = {other: numbers - covered for other, numbers in left.items() if numbers - covered}
        enough = least
    return keys


def _has(term: Term, terms: Glossary, item: Reviewed) -> bool:
    return any(
        hit.target is not None for hit in locate(terms.find(item.source), item.final) if hit.term.source == term.source
    )
