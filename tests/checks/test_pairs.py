"""Pairs written for this, with the checks that must find something of them: all of these, and no others.

A row of pairs.tsv is: the ids of the checks parted by spaces or "-", source, target, plain or tricky. Notes do not
count. The glossary is the shipped one.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.conftest import ROOT
from translate.checks import check_unit
from translate.glossary import Glossary, load_glossary, locate, shipped_glossary_directory
from translate.records import Segment, Severity, Unit

LINES = (ROOT / "tests" / "data" / "checks" / "pairs.tsv").read_text("utf-8").splitlines()[1:]
ROWS = [line.split("\t") for line in LINES]


@cache
def glossary() -> Glossary:
    return load_glossary([shipped_glossary_directory()])


@pytest.mark.parametrize(
    ("expected", "source", "target"), [row[:3] for row in ROWS], ids=[f"{row[0]}: {row[2][:40]}" for row in ROWS]
)
def test_what_is_found_in_a_pair(expected: str, source: str, target: str) -> None:
    unit = Unit("u1", (Segment("s1", "b1", source),), target, hits=locate(glossary().find(source), target))
    found = {finding.check for finding in check_unit(unit) if finding.severity is not Severity.NOTE}
    assert found == set(expected.replace("-", "").split()), [finding.message for finding in check_unit(unit)]


def test_there_are_enough_pairs_of_each_sort() -> None:
    assert len(ROWS) >= 120
    assert sum(row[3] == "tricky" for row in ROWS) >= 20
    assert all(row[0] == "-" for row in ROWS if row[3] == "tricky")
    for check in ("number", "code", "term", "negation", "modality", "omission"):
        assert sum(check in row[0].split() for row in ROWS) >= 3, check
