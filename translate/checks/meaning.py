"""Does it say the same: negation and modality, by the word lists of translate/data/checks/meaning.toml."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from translate.checks.base import Check
from translate.checks.wordlists import ChineseWords, EnglishWords, Found, word_lists
from translate.records import Finding, Severity, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.records import Span

NUMBERED = re.compile(r"(?i:no\. ?\d)|No\.(?=[:：]|$)")
# One English negative for several things: shall not use it or disclose it.
SHARED = re.compile(
    r"\b(?:(?:not|no|never|cannot|without|avoid\w*|prohibit\w*|forbid\w*|refrain|ban)\b[^.;:]{0,200}\b(?:or|nor)"
    r"|(?:without|avoid\w*|prohibit\w*|refrain)\b[^.;:]{0,200}\band"
    r"|(?:and|or)\b[^.;:]{0,200}\b(?:prohibited|forbidden|banned|not (?:permitted|allowed))"
    r"|(?:prohibited|forbidden|banned|not (?:permitted|allowed)), as (?:is|are))\b",
    re.IGNORECASE,
)
NOT_YET = re.compile(r"\b(?:until|unless|before|prior to|pending)\b", re.IGNORECASE)  # answers 未: not ... before it is
NO_AGAIN = re.compile(r"(?:,|\b(?:and|or)) no\b", re.IGNORECASE)  # no forms and no fees, of one Chinese negative
LISTED = re.compile(r"[\u3400-\u9fff]{1,4}、")  # 不平衡、不协调 is often "not balanced and coordinated"
# A duty where English can only have a possibility: so that all must, do everything we must, only then must we.
NO_DUTY = re.compile(
    r"\b(?:so (?:that|they|people|everyone) (?:[\w'’-]+ ){0,12}?(?:must|shall)"
    r"|do (?:all|everything) (?:we|they) must|only (?:[\w'’-]+,? ){1,40}?must (?:we|they|it|the|our|china))\b",
    re.IGNORECASE,
)
# Where English can only say what something is or does: problems that must hold it back, a home where they must live.
DUTY_OF_A_THING = re.compile(
    r"(?<!, )\b(?:(?:(?<!after )that|which|who) (?:must|shall)|where (?:\w+ ){1,3}?(?:must|shall))\b"
)
MONTH = re.compile(r"May(?: \d|, \d| Day\b|$)|(?<=\w )May\b(?! (?:not|be)\b)")  # a capital inside a sentence
WHETHER = re.compile(r"(\w{1,2})[不没]\1")  # 好不好 asks, and denies nothing
DENIAL = re.compile(r"\b(?:not|no|nor|neither|none|never|nobody|only)\b", re.IGNORECASE)
ENDED = re.compile(r"[。；！？;!?\n]")
NO = re.compile(r"\s*no\b", re.IGNORECASE)
LETTER = re.compile(r"[A-Za-z]")


@cache
def _finders(topic: str) -> tuple[ChineseWords, EnglishWords]:
    lists = word_lists("meaning")[topic]
    return ChineseWords(lists["chinese"]), EnglishWords(lists["english"])


def _words(topic: str, unit: Unit) -> tuple[tuple[Found, ...], list[Found]]:
    return _words_of_source(topic, unit.source), _finders(topic)[1].find(unit.target)


@lru_cache(maxsize=512)  # of the source, for each of its candidates
def _words_of_source(topic: str, source: str) -> tuple[Found, ...]:
    return tuple(_finders(topic)[0].find(source))


def find_negation(unit: Unit) -> Iterator[Finding]:
    """A negative of the source has no counterpart, or one of the target has no source."""
    if not LETTER.search(unit.target):
        return
    source, target = _words("negation", unit)
    asked = {match.end(1) for match in WHETHER.finditer(unit.source)}
    ours = [word for word in source if word.list != "idle" and word.span[0] not in asked]
    theirs = [word for word in target if word.list != "idle"]
    strong = [word for word in ours if word.list == "strong"]
    again = {match.end() - 2 for match in NO_AGAIN.finditer(unit.target)}
    clear = [word for word in theirs if word.list == "strong" and not NUMBERED.match(unit.target, word.span[0])]
    theirs = _answering(theirs, unit.source)
    if _needed(strong, unit.source, unit.target, shared=bool(theirs and SHARED.search(unit.target))) > len(theirs):
        places = [_with_next(unit.source, word.span) for word in strong]
        count = f"{len(strong)} negatives" if len(strong) > 1 else "a negative"
        answer = f"only {len(theirs)}" if theirs else "no “not”, “no”, “never”, “without”, “prohibit” or the like"
        shown = "», «".join(unit.source[slice(*place)] for place in places)
        message = f"The source has {count} («{shown}»), the translation {answer}."
        yield Finding("negation", Severity.WARNING, message, places[0], theirs[0].span if theirs else None)
    if len(clear) - sum(word.span[0] in again for word in clear[1:]) > len(ours):
        found = "”, “".join(word.word for word in clear)
        count = f"only {len(ours)} negative" + "s" * (len(ours) > 1) if ours else "no negative"
        message = f"The translation has “{found}”, the source {count}."
        yield Finding("negation", Severity.WARNING, message, ours[0].span if ours else None, clear[0].span)


def _needed(negatives: list[Found], source: str, target: str, *, shared: bool) -> int:
    """How many English negatives these need at least, if `shared` says that one of them may stand for several."""
    gaps = [source[one.span[1] : other.span[0]] for one, other in pairwise(negatives)]
    groups = len(negatives) - sum(bool(LISTED.fullmatch(gap)) for gap in gaps)
    if shared:
        said = [source[word.span[0] : word.span[1] + (len(word.word) == 1)] for word in negatives]
        same = sum(
            one == other and not ENDED.search(gap) for (one, other), gap in zip(pairwise(said), gaps, strict=True)
        )
        groups = min(groups - 1, len(negatives) - same)
    not_yet = sum(word.word == "未" for word in negatives)
    return groups - min(not_yet, len(NOT_YET.findall(target)) if not_yet else 0)


@lru_cache(maxsize=4096)
def _said(word: str) -> tuple[str, ...]:
    """Other sources of an English word that may stand for a negative."""
    table = word_lists("meaning")["negation"]["said"]
    return next((tuple(words) for form, words in table.items() if _has_form(word, form)), ())


def _has_form(word: str, form: str) -> bool:
    return word.startswith(form[:-1]) if form.endswith("*") else word == form


def _answering(found: list[Found], source: str) -> list[Found]:
    """The English words that may answer a negative: not those that the Chinese says without one, 贫困 for “poor”."""
    left: dict[str, int] = {}
    answering = []
    for word in found:
        words = _said(word.word) if word.list != "strong" else ()
        for one in words:
            if one not in left:
                left[one] = source.count(one)
        said = next((one for one in words if left.get(one)), None)
        if said is None:
            answering.append(word)
        else:
            left[said] -= 1
    return answering


def _with_next(source: str, span: Span) -> Span:
    """A single character with the next one, which says what it denies: 不得."""
    start, end = span
    return (start, end + 1) if end - start == 1 and source[end : end + 1].isalpha() else span


def find_modality(unit: Unit) -> Iterator[Finding]:
    """A duty became a permission, a permission a duty, or 原则上 is lost."""
    if not LETTER.search(unit.target):
        return
    source, target = _words("modality", unit)
    target = [word for word in target if not MONTH.match(unit.target, word.span[0])]
    permits = any(word.list == "weak" for word in target)
    target = [word for word in target if word.list != "weak" or not _permits_nothing(unit.target, word.span)]
    ours, theirs = {word.list: word for word in reversed(source)}, {word.list: word for word in reversed(target)}
    duty, permission = ours.get("duty"), ours.get("permission")
    if "weak" in theirs and not {"permission", "possibility"} & ours.keys():
        yield _changed(duty or ours.get("wish"), theirs["weak"], "permits where the source has no permission")
    elif duty and not {"duty", "strong"} & theirs.keys():
        message = f"«{duty.word}» is a duty, and the translation has no “must”, “shall”, “should” or the like."
        yield Finding("modality", Severity.WARNING, message, duty.span, None)
    duty_made = "strong" in theirs and "permission" not in theirs and not permits
    if permission and duty_made and not {"duty", "prohibition"} & ours.keys() and not _is_wished(unit.source, source):
        yield _changed(permission, theirs["strong"], "makes a duty of a permission")
    elif not {"wish", "duty", "prohibition"} & ours.keys() and (match := DUTY_OF_A_THING.search(unit.target)):
        message = f"“{match[0]}” makes a duty of what something is or can do."
        yield Finding("modality", Severity.WARNING, message, None, match.span())
    elif not {"duty", "prohibition"} & ours.keys() and (match := NO_DUTY.search(unit.target)):
        message = f"“{match[0]}” makes a duty of a purpose or a possibility."
        yield Finding("modality", Severity.WARNING, message, None, match.span())
    if "principle" in ours and "principle" not in theirs:
        message = "«原则上» has no counterpart such as “in principle”."
        yield Finding("modality", Severity.WARNING, message, ours["principle"].span, None)


def _permits_nothing(target: str, span: Span) -> bool:
    """Whether a “may” has a negative or “only” in its clause, or its sentence begins with “no”: may not, no one may."""
    sentence = max(target.rfind(mark, 0, span[0]) for mark in ";.:") + 1
    if NO.match(target, sentence):
        return True
    start = max(target.rfind(mark, 0, span[0]) for mark in ",;.:") + 1
    end = min((at for mark in ",;.:" if (at := target.find(mark, span[1])) >= 0), default=len(target))
    return bool(DENIAL.search(target, start, end))


def _is_wished(source: str, words: Sequence[Found]) -> bool:
    """Whether a 要 or the like stands before the first permission in its clause: 要让大家都能."""
    first = next(word for word in words if word.list == "permission").span[0]
    start = max(source.rfind(mark, 0, first) for mark in "，；。：") + 1
    return any(word.list == "wish" and start <= word.span[0] < first for word in words)


def _changed(source: Found | None, target: Found, what: str) -> Finding:
    where = f" («{source.word}»)" if source else ""
    return Finding(
        "modality", Severity.WARNING, f"“{target.word}” {what}{where}.", source.span if source else None, target.span
    )


CHECKS = (
    Check(
        id="negation",
        title="Negation lost or added",
        its_type="mistranslation",
        severity=Severity.WARNING,
        looks_at="negatives of both sides, such as 不得, 未, 无 and not, never, without, prohibit",
        fails_when="the source has a negative and the target none, or the target has more than the source",
        find=find_negation,
    ),
    Check(
        id="modality",
        title="Duty or permission changed",
        its_type="mistranslation",
        severity=Severity.WARNING,
        looks_at="必须, 应当, 可以, 原则上 and the like against must, shall, should, may, in principle",
        fails_when="a duty is weakened to a permission or lost, a permission is made a duty, or 原则上 is lost",
        find=find_modality,
    ),
)
