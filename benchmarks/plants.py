"""Errors to plant into good pairs: one function a kind, from a pair to the pair with that error, or None."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from translate.checks.parts import CLAUSE as CLAUSE_OF_SOURCE
from translate.records import Rule

if TYPE_CHECKING:
    from translate.records import TermHit


@dataclass(frozen=True, slots=True)
class Case:
    """A pair with its surroundings. `hits` are the terms found in the source and located in the target."""

    source: str
    target: str
    neighbour: tuple[str, str] = ("", "")  # the next pair of the document
    hits: tuple[TermHit, ...] = ()


Planted = tuple[str, str, str]  # source, the good target, the target with the error
Plant = Callable[[Case, Random], Planted | None]

NUMBER = re.compile(r"(?<![\w.,-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w-]|[.,]\d)")
SCALES = ("thousand", "million", "billion", "trillion")
SCALE = re.compile(rf"\b(?:{'|'.join(SCALES)})\b")
CLAUSE = re.compile(r"(?:[^,;:]|[,;:](?! ))+[,;:] ")
ADVERBIAL = re.compile(
    r"\W*(?:after|as|at|by|during|for|from|in|moreover|on|over|since|thanks|this|through|to|under|with)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?:[^.!?]|[.!?](?! |$))+[.!?](?: |$)")
CHINESE_LIST = re.compile(r"[^，。；：！？、]+(?:、[^，。；：！？、]+)+")
CHINESE_SEAM = re.compile(r"、|和|与|及")
# first item, (middle items), and last item
ENGLISH_LIST = re.compile(r"(?<=\w, )((?:(?!and |or )[\w'-]+(?: [\w'-]+){0,4}, )+)(?=(?:and|or) \w)")
NOT_YET = re.compile(r"\b(?:will|must|should|can|are|is|was|were|may|shall)\b(?! not)")
PLACES = re.findall(
    r"\w+",
    "Beijing Tianjin Hebei Shanxi Liaoning Jilin Heilongjiang Shanghai Jiangsu Zhejiang Anhui Fujian Jiangxi Shandong"
    " Henan Hubei Hunan Guangdong Guangxi Hainan Chongqing Sichuan Guizhou Yunnan Gansu Qinghai Ningxia Xinjiang",
)
PLACE = re.compile(rf"\b(?:{'|'.join(PLACES)})\b")
# No negation of a sentence: "not only", "no less than", "does not exceed", "without delay".
_NO_DENIAL = (
    "only|just|merely|simply|less|more|fewer|later|lower|higher|greater|exceed\\w*|rise above|fall below|to mention"
    "|matter|delay|exception|fail"
)
NEGATIVE = re.compile(
    rf"\b(?:never |(?:not|no|without) (?!(?:{_NO_DENIAL})\b))|n't\b"
    r"|\b(?:in|un)(?=(?:adequate|sufficient|reasonable|balanced|lawful)\b)"
)


def number_digit(case: Case, random: Random) -> Planted | None:
    """One digit of a number becomes another."""
    if not (match := pick(NUMBER, case.target, random)):
        return None
    places = [at for at in range(*match.span()) if case.target[at].isdigit()]
    at = random.choice(places)
    digit = random.choice([digit for digit in "123456789" if digit != case.target[at]])
    return replaced(case, at, at + 1, digit)


def number_scale(case: Case, random: Random) -> Planted | None:
    """Million becomes billion, or a number with thousands separators loses three zeros."""
    if match := pick(SCALE, case.target, random):
        other = random.choice([scale for scale in SCALES if scale != match[0]])
        return replaced(case, *match.span(), other)
    match = pick(re.compile(r"(?<![\d,])\d{1,3}(?=,000\b)"), case.target, random)
    return match and replaced(case, match.start(), match.end() + 4, match[0])


def number_rounding(case: Case, random: Random) -> Planted | None:
    """A number is rounded to its whole part, and nothing says so."""
    match = pick(re.compile(r"(?<![\d.,])\d{2,}\.\d*[1-9]\d*(?![\d.])"), case.target, random)
    return match and replaced(case, *match.span(), match[0].partition(".")[0])


def document_number(case: Case, random: Random) -> Planted | None:
    """The pair cites a document on both sides, and one digit of it is wrong in the translation."""
    number, year = random.randint(2, 98), random.randint(2005, 2024)
    source = f"{case.source}（国发〔{year}〕{number}号）"
    target = f"{case.target} (Guofa [{year}] No. {{}})"
    return source, target.format(number), target.format(number + random.choice((-1, 1, 10)))


def hotline(case: Case, random: Random) -> Planted | None:
    """The pair names a hotline on both sides, wrong in the translation."""
    number = random.choice(("12333", "12345", "12348", "12315", "12351", "12366"))
    wrong = number[:-1] + random.choice([digit for digit in "0123456789" if digit != number[-1]])
    wrong = random.choice((wrong, f"{number[:2]},{number[2:]}"))
    target = f"{case.target} For advice, please call {{}}."
    return f"{case.source}咨询请拨打{number}。", target.format(number), target.format(wrong)


def web_address(case: Case, random: Random) -> Planted | None:
    """The pair names a web address on both sides, wrong in the translation."""
    name = "".join(random.choices("abcdefghkmnprst", k=6))
    target = f"{case.target} See http://www.{{}}.gov.cn/fw/{random.randint(10, 99)}.html for details."
    good = target.format(name)
    return f"{case.source}详见{good.split(' ')[-3]}。", good, target.format(name[:-1] + "x")


def term_dropped(case: Case, random: Random) -> Planted | None:
    """The rendering of a glossary term is left out."""
    hit = located_hit(case, random)
    return hit and replaced(case, *hit, "")


def term_swapped(case: Case, random: Random) -> Planted | None:
    """The rendering of a glossary term becomes something else."""
    hit = located_hit(case, random)
    other = random.choice(
        ("important measures", "relevant departments", "good practices", "the public", "key projects")
    )
    return hit and replaced(case, *hit, other)


def place_swapped(case: Case, random: Random) -> Planted | None:
    """A province becomes another."""
    match = pick(PLACE, case.target, random)
    return match and replaced(case, *match.span(), random.choice([place for place in PLACES if place != match[0]]))


def sentence_dropped(case: Case, random: Random) -> Planted | None:
    """One sentence of several is left out."""
    sentences = list(SENTENCE.finditer(case.target))
    if len(sentences) < 2 or len(CLAUSE_OF_SOURCE.findall(case.source)) < 2:
        return None
    return replaced(case, *random.choice(sentences).span(), "")


def clause_dropped(case: Case, random: Random) -> Planted | None:
    """A clause of five words or more, and no mere adverbial, is left out."""
    if len(CLAUSE_OF_SOURCE.findall(case.source)) < 2:
        return None
    clauses = [match for match in CLAUSE.finditer(case.target) if len(match[0].split()) >= 5]
    clauses = [match for match in clauses if match.end() < len(case.target) and not ADVERBIAL.match(match[0])]
    return replaced(case, *random.choice(clauses).span(), "") if clauses else None


def item_dropped(case: Case, random: Random) -> Planted | None:
    """An item of an enumeration that has as many items on both sides is left out; never the first or the last."""
    lengths = {1 + len(CHINESE_SEAM.findall(match[0])) for match in CHINESE_LIST.finditer(case.source)}
    lists = [match for match in ENGLISH_LIST.finditer(case.target) if match[1].count(", ") + 2 in lengths]
    if not lists:
        return None
    middle = random.choice(lists)
    item = random.choice(list(re.finditer(r"[^,]+, ", middle[1])))
    return replaced(case, middle.start(1) + item.start(), middle.start(1) + item.end(), "")


def clause_added(case: Case, random: Random) -> Planted | None:
    """A clause of the next pair stands in this one too."""
    clauses = [match[0].rstrip(" .,;:") for match in re.finditer(r"[^,;:.]+", case.neighbour[1])]
    clauses = [clause for clause in clauses if len(clause.split()) >= 5]
    places = [match.end() for match in CLAUSE.finditer(case.target)]
    if not clauses or not places:
        return None
    at = random.choice(places)
    return replaced(case, at, at, f"{random.choice(clauses).strip()}, ")


def emptied(case: Case, random: Random) -> Planted | None:
    """Nothing is left of the target."""
    return case.source, case.target, random.choice(("", " ", ".", "..."))


def target_swapped(case: Case, random: Random) -> Planted | None:
    """The target is that of the next pair."""
    return (case.source, case.target, case.neighbour[1]) if case.neighbour[1] else None


def negation_lost(case: Case, random: Random) -> Planted | None:
    """A negative word is gone."""
    match = pick(NEGATIVE, case.target, random)
    return match and replaced(case, *match.span(), "")


def negation_added(case: Case, random: Random) -> Planted | None:
    """A sentence says the opposite: "not" after its verb."""
    match = pick(NOT_YET, case.target, random)
    return match and replaced(case, match.end(), match.end(), " not")


def must_to_may(case: Case, random: Random) -> Planted | None:
    """A duty becomes a permission; "must not" is no such duty, since "may not" says the same."""
    match = pick(re.compile(r"\b(?:must|shall)\b(?! (?:not|never|no|only)\b)"), case.target, random)
    return match and replaced(case, *match.span(), "may")


def may_to_must(case: Case, random: Random) -> Planted | None:
    """A permission becomes a duty."""
    match = pick(re.compile(r"\b(?:may|can)\b(?! ?not)"), case.target, random)
    return match and replaced(case, *match.span(), "must")


def loop(case: Case, random: Random) -> Planted | None:
    """Two to five words come again, as a model does that has lost its place."""
    words = list(re.finditer(r"\S+", case.target))
    length = random.randint(2, 5)
    if len(words) < length + 4:
        return None
    start = random.randrange(len(words) - length)
    phrase = case.target[words[start].start() : words[start + length - 1].end()]
    at = words[start + length - 1].end()
    return replaced(case, at, at, f" {phrase}" * random.randint(1, 3))


def doubled_word(case: Case, random: Random) -> Planted | None:
    """A word stands twice."""
    match = pick(re.compile(r"\b[A-Za-z]{2,}\b(?= )"), case.target, random)
    return match and replaced(case, match.end(), match.end(), f" {match[0].lower()}")


def chinese_left(case: Case, random: Random) -> Planted | None:
    """A word of the target is the Chinese one."""
    chinese = pick(re.compile(r"[\u4e00-\u9fff]{2,4}"), case.source, random)
    word = pick(re.compile(r"\b[a-z]{4,}\b"), case.target, random)
    return replaced(case, *word.span(), chinese[0]) if chinese and word else None


def copied(case: Case, random: Random) -> Planted | None:
    """The target is the source."""
    return case.source, case.target, case.source


def quote_lost(case: Case, random: Random) -> Planted | None:
    """One quotation mark is gone."""
    match = pick(re.compile(r"[“”\"]"), case.target, random)
    return match and replaced(case, *match.span(), "")


def quote_added(case: Case, random: Random) -> Planted | None:
    """A quotation mark that nothing closes."""
    word = pick(re.compile(r"\b[A-Za-z]{4,}\b"), case.target, random)
    return word and replaced(case, word.start(), word.start(), random.choice('“"'))


def bracket_lost(case: Case, random: Random) -> Planted | None:
    """One bracket is gone."""
    match = pick(re.compile(r"[()\[\]]"), case.target, random)
    return match and replaced(case, *match.span(), "")


def bracket_added(case: Case, random: Random) -> Planted | None:
    """A bracket that nothing closes."""
    word = pick(re.compile(r"\b[A-Za-z]{4,}\b"), case.target, random)
    return word and replaced(case, word.start(), word.start(), "(")


def mark_wrong(case: Case, random: Random) -> Planted | None:
    """A full-width mark, a doubled one, a space before one, or none at the end."""
    match = pick(re.compile(r"[,.;](?= |$)"), case.target, random)
    if not match:
        return None
    if match.end() == len(case.target) and case.source.endswith("。"):
        return replaced(case, *match.span(), random.choice(("", "。", "..")))
    return replaced(case, *match.span(), random.choice((f" {match[0]}", "，", match[0] * 2)))


def phrase_end_lost(case: Case, random: Random) -> Planted | None:
    """A phrase breaks off: what stood between an article and the next mark is gone."""
    match = pick(re.compile(r"(?:(?<=\bthe )|(?<=\bour )|(?<=\bits ))[\w' -]+(?=[,;.](?: |$))"), case.target, random)
    return match and replaced(case, match.start() - 1, match.end(), "")


def small_letter(case: Case, random: Random) -> Planted | None:
    """The first letter of the target is small."""
    match = re.match(r"\W*([A-Z])[a-z ]", case.target)
    return match and replaced(case, *match.span(1), match[1].lower())


def space_wrong(case: Case, random: Random) -> Planted | None:
    """A doubled, leading, trailing or zero-width space, or a tab."""
    at = random.choice([match.start() for match in re.finditer(" ", case.target)] or [0])
    wrong = random.choice(
        ((at, at, " "), (at, at + 1, "\t"), (at, at, "\u200b"), (0, 0, " "), (len(case.target),) * 2 + (" ",))
    )
    return replaced(case, *wrong)


def pick(pattern: re.Pattern[str], text: str, random: Random) -> re.Match[str] | None:
    matches = list(pattern.finditer(text))
    return random.choice(matches) if matches else None


def located_hit(case: Case, random: Random) -> tuple[int, int] | None:
    spans = [hit.target for hit in case.hits if hit.target and hit.term.rule is not Rule.FORBID]
    return random.choice(spans) if spans else None


def replaced(case: Case, start: int, end: int, text: str) -> Planted:
    return case.source, case.target, case.target[:start] + text + case.target[end:]


# Each kind, with the check whose business it is.
PLANTS: tuple[tuple[str, Plant], ...] = (
    ("empty", emptied),
    ("untranslated", chinese_left),
    ("untranslated", copied),
    ("unrelated", target_swapped),
    ("number", number_digit),
    ("number", number_scale),
    ("number", number_rounding),
    ("code", document_number),
    ("code", hotline),
    ("code", web_address),
    ("term", term_dropped),
    ("term", term_swapped),
    ("name", place_swapped),
    ("repetition", loop),
    ("repetition", doubled_word),
    ("omission", sentence_dropped),
    ("omission", clause_dropped),
    ("omission", item_dropped),
    ("addition", clause_added),
    ("negation", negation_lost),
    ("negation", negation_added),
    ("modality", must_to_may),
    ("modality", may_to_must),
    ("quotes", quote_lost),
    ("quotes", quote_added),
    ("brackets", bracket_lost),
    ("brackets", bracket_added),
    ("punctuation", mark_wrong),
    ("fragment", phrase_end_lost),
    ("case", small_letter),
    ("whitespace", space_wrong),
)
