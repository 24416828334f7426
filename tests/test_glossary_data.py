"""The shipped glossary is well-formed, and its terms fire where they must and nowhere else."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from translate.glossary import Glossary, Layer, load_glossary, locate, missing
from translate.records import Rule

ROOT: Final = Path(__file__).parents[1]
SHEETS: Final = sorted((ROOT / "glossary").glob("*.tsv"))
SENTENCES: Final = ROOT / "tests" / "data" / "terms" / "term_sentences.tsv"

COLUMNS: Final = ("source", "target", "variants", "rule", "category", "pos", "first", "note")
THEMES: Final = frozenset(
    (
        "hotlines",
        "programmes",
        "party-theory",
        "slogans",
        "formulae",
        "employment",
        "skills",
        "social-insurance",
        "labour-relations",
        "talent",
        "public-service",
        "organisations",
        "titles",
        "law",
        "government",
        "places",
    )
)
POS: Final = frozenset(("", "noun", "name", "verb", "phrase"))
KINDS: Final = frozenset(
    (
        "start",
        "quotes",
        "digits",
        "twice",
        "nested",
        "touching",
        "heading",
        "traditional",
        "fullwidth",
        "spaces",
        "plain",
        "guard",  # the longer term that keeps a short one from firing
        "none",  # near misses, in which nothing fires
    )
)
CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff\ufffd]")
HAN: Final = re.compile(r"[\u3400-\u9fff]")


class Row(NamedTuple):
    """One line of a sheet."""

    source: str
    target: str
    variants: str
    rule: str
    category: str
    pos: str
    first: str
    note: str

    @property
    def renderings(self) -> list[str]:
        """The target and the variants."""
        return [self.target, *(text for text in self.variants.split("|") if text)]


class Sentence(NamedTuple):
    """One line of the test set; `terms` are the sources expected to fire, in order."""

    id: str
    sentence: str
    terms: str
    kind: str
    note: str


def _lines(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def _rows(path: Path) -> list[Row]:
    return [Row(*cells) for cells in _lines(path)[1:]]


ALL_ROWS: Final = [row for path in SHEETS for row in _rows(path)]
ALL_SENTENCES: Final = [Sentence(*cells) for cells in _lines(SENTENCES)[1:]]


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return load_glossary([Layer("shipped", ROOT / "glossary")])


def _fired(glossary: Glossary, text: str) -> list[str]:
    return [hit.term.source for hit in glossary.find(text) if hit.term.rule is not Rule.FORBID]


def test_every_theme_has_a_sheet() -> None:
    assert {path.stem for path in SHEETS} == THEMES


@pytest.mark.parametrize("path", [*SHEETS, SENTENCES], ids=lambda path: path.stem)
def test_file_is_plain_utf8_with_one_header(path: Path) -> None:
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert not data.endswith(b"\n\n")
    header, *lines = _lines(path)
    assert header == list(COLUMNS if path != SENTENCES else Sentence._fields)
    assert lines
    for cells in lines:
        assert len(cells) == len(header), cells
        assert all(cell == cell.strip() and "  " not in cell for cell in cells), cells
        assert not any(CONTROL.search(cell) for cell in cells), cells


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_sheet_is_sorted(path: Path) -> None:
    keys = [(row.source, row.rule == "forbid") for row in _rows(path)]
    assert keys == sorted(keys)


def test_cells_have_known_values() -> None:
    for row in ALL_ROWS:
        assert row.source, row
        assert row.target, row
        assert row.category, row
        assert row.rule in ("", "use", "keep", "forbid"), row
        assert row.pos in POS, row
        assert row.first in ("", "yes"), row
        assert not row.source.startswith(("=", "+", "-", "@")), row


def test_renderings_are_english_and_listed_once() -> None:
    for row in ALL_ROWS:
        assert not HAN.search(row.target + row.variants), row
        assert "" not in row.variants.split("|") or not row.variants, row
        assert len(set(row.renderings)) == len(row.renderings), row
        assert not re.match(r"(?i)(the|an?) ", row.target) or row.rule == "forbid", row


def test_keep_rows_keep_their_source() -> None:
    kept = [row for row in ALL_ROWS if row.rule == "keep"]
    assert "12333" in {row.source for row in kept}
    for row in kept:
        assert row.target == row.source, row
        assert not row.variants, row


def test_sources_are_unique() -> None:
    used = Counter(row.source for row in ALL_ROWS if row.rule != "forbid")
    assert [source for source, count in used.items() if count > 1] == []


def test_there_are_enough_terms_and_bans() -> None:
    assert sum(row.rule != "forbid" for row in ALL_ROWS) >= 600
    assert sum(row.rule == "forbid" for row in ALL_ROWS) >= 20


def test_a_ban_belongs_to_a_term_and_spares_its_renderings() -> None:
    accepted = {row.source: {text.casefold() for text in row.renderings} for row in ALL_ROWS if row.rule != "forbid"}
    for row in ALL_ROWS:
        if row.rule == "forbid":
            assert row.source in accepted, row
            assert not accepted[row.source] & {text.casefold() for text in row.renderings}, row


def test_it_loads_without_a_problem(glossary: Glossary) -> None:
    assert len(glossary) == len(ALL_ROWS)


def test_every_term_finds_itself_and_its_own_renderings(glossary: Glossary) -> None:
    for row in ALL_ROWS:
        if row.rule == "forbid":
            continue
        hits = tuple(hit for hit in glossary.find(row.source) if hit.term.rule is not Rule.FORBID)
        assert [hit.term.source for hit in hits] == [row.source], row
        for rendering in row.renderings:
            assert not missing(locate(hits, f"We wrote {rendering} here.")), (row.source, rendering)


def test_the_set_of_sentences_is_as_promised() -> None:
    assert len({sentence.id for sentence in ALL_SENTENCES}) == len(ALL_SENTENCES)
    assert len({sentence.sentence for sentence in ALL_SENTENCES}) == len(ALL_SENTENCES)
    kinds = Counter(sentence.kind for sentence in ALL_SENTENCES)
    assert set(kinds) == KINDS
    assert kinds["none"] >= 50
    assert len(ALL_SENTENCES) - kinds["none"] >= 200
    for sentence in ALL_SENTENCES:
        assert 15 <= len(sentence.sentence) <= 50, sentence
        assert bool(sentence.terms) == (sentence.kind != "none"), sentence


def test_the_sentences_touch_every_theme() -> None:
    theme = {row.source: path.stem for path in SHEETS for row in _rows(path)}
    touched = {theme[term] for sentence in ALL_SENTENCES for term in sentence.terms.split("|") if term}
    assert touched == THEMES


@pytest.mark.parametrize("sentence", ALL_SENTENCES, ids=lambda sentence: f"{sentence.id}-{sentence.kind}")
def test_exactly_the_expected_terms_fire(glossary: Glossary, sentence: Sentence) -> None:
    expected = sentence.terms.split("|") if sentence.terms else []
    assert _fired(glossary, sentence.sentence) == expected
