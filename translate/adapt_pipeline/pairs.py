"""The pairs to learn from: reviewed sheets, plain pairs, translation memories; which of them are fit, and why not."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003  # used when the functions run
from typing import TYPE_CHECKING, Any

from translate.errors import InputError, Problem
from translate.script import model_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from translate.bilingual.rows import Row

Pair = tuple[str, str]  # Chinese, English

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_NOT_WORD = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
LETTERS_A_CHARACTER = (0.8, 14.0)  # English letters to a Chinese character, where a pair has ten characters or more
LONGEST = 400  # characters of a source: what is longer is no sentence
MEMORIES = ("tmx", "sqlite", "db")


@dataclass(frozen=True, slots=True)
class Gathered:
    """Distinct pairs that are fit to learn from, in the order of the files, and what became of the rest."""

    pairs: tuple[Pair, ...]
    files: tuple[dict[str, Any], ...]  # path, sha256, pairs
    left_out: dict[str, int]  # reason to count


def gather(paths: Sequence[Path]) -> Gathered:
    """Read every file; InputError names all that is wrong with all of them."""
    pairs: dict[Pair, None] = {}
    left_out: Counter[str] = Counter()
    files: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found = list(_read(path, left_out))
        except InputError as error:
            problems += error.problems
            continue
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        files.append({"path": str(path), "sha256": digest, "pairs": len(found)})
        for pair in found:
            reason = "said before" if pair in pairs else unfit(pair)
            if reason:
                left_out[reason] += 1
            else:
                pairs[pair] = None
    InputError.raise_if(problems)
    return Gathered(tuple(pairs), tuple(files), dict(left_out))


def unfit(pair: Pair) -> str:
    """Why a pair teaches nothing good; empty if it may."""
    source, target = pair
    if not source or not target:
        return "one side empty"
    if not _HAN.search(source):
        return "no Chinese on the Chinese side"
    if len(_HAN.findall(target)) > 10:
        return "Chinese on the English side"
    if len(source) > LONGEST:
        return "longer than a sentence"
    characters = len(_NOT_WORD.sub("", source))
    ratio = len(target) / max(1, characters)
    if characters >= 10 and not LETTERS_A_CHARACTER[0] <= ratio <= LETTERS_A_CHARACTER[1]:
        return "lengths that do not go together"
    return ""


def key_of(source: str) -> str:
    """What sources have in common that differ in marks, spaces, width or figures only."""
    return _DIGITS.sub("0", _NOT_WORD.sub("", unicodedata.normalize("NFKC", source).casefold()))


def _read(path: Path, left_out: Counter[str]) -> Iterator[Pair]:
    """The pairs of one file, tidied; rows that no reviewer has approved are counted in `left_out`."""
    from translate.bilingual import FORMATS, load_rows
    from translate.evaluate import read_pairs
    from translate.formats import guard

    suffix = path.suffix.lower().lstrip(".")
    if suffix in MEMORIES:
        yield from map(_tidied, _remembered(path, suffix))
    elif suffix == "tsv" and not _is_sheet(data := guard.read_file(path, limit=guard.TEXT_BYTES)):
        yield from (_tidied((pair.source, pair.reference)) for pair in read_pairs(data, str(path)))
    elif suffix in FORMATS and suffix != "html":
        guard.check_path(path)
        yield from map(_tidied, _approved(load_rows(path), left_out))
    else:
        known = ", ".join([*MEMORIES, *(name for name in FORMATS if name != "html")])
        raise InputError(Problem(f"no format for pairs: {suffix or 'no suffix'}", str(path), remedy=f"one of {known}"))


def _remembered(path: Path, suffix: str) -> Iterator[Pair]:
    """All of a memory: what is in it was accepted."""
    from translate.formats import guard
    from translate.memory import Memory
    from translate.memory.exchange import read_tmx

    guard.check_path(path)
    if suffix == "tmx":
        with path.open("rb") as stream:
            yield from ((entry.source, entry.target) for entry in read_tmx(stream, str(path)))
    else:
        with Memory.open(path, create=False) as memory:
            yield from ((kept.entry.source, kept.entry.target) for kept in memory.entries())


def _is_sheet(data: bytes) -> bool:
    """Whether a TSV has the header of an aligned sheet."""
    header = data.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].lower().split(b"\t")
    return {b"id", b"source"} <= {cell.strip() for cell in header}


def _approved(rows: Iterable[Row], left_out: Counter[str]) -> Iterator[Pair]:
    """What a reviewer accepted or wrote."""
    from translate.review.merge import STATUSES, Status

    for row in rows:
        status = STATUSES.get(row.status.strip().casefold(), Status.NEW)
        written = row.reviewed.strip()
        if status is Status.REJECTED or not (written or status in (Status.ACCEPTED, Status.EDITED)):
            left_out["rejected" if status is Status.REJECTED else "not reviewed"] += 1
        else:
            yield row.source, written or row.target


def _tidied(pair: Pair) -> Pair:
    """As the model sees a source, and in single spaces."""
    return " ".join(model_text(pair[0]).split()), " ".join(pair[1].split())
