"""Sheets that LibreOffice itself has opened and saved; docs/review-manglings.md has all the ways that were tried."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from benchmarks.review_manglings import WAYS, Way, outcome, the_rows, travel

if TYPE_CHECKING:
    from pathlib import Path

TESTED = (
    "xlsx, ods",
    "tsv, ods",
    "xlsx, ods, xlsx",
    "xlsx, csv with semicolons, all quoted",
    "xlsx, tsv UTF-16",
    "xlsx, csv Windows-1252",
    "tsv opened as Chinese, tsv GB18030",
)

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("resaved")  # one profile for all ways: a new one takes seconds


@pytest.mark.parametrize("way", [way for way in WAYS if way.name in TESTED], ids=lambda way: way.name)
def test_every_row_comes_back_with_its_edit_and_nothing_is_taken_for_one(way: Way, folder: Path) -> None:
    rows = the_rows()
    back = travel(rows, way, folder)
    assert [row.id for row in back] == [row.id for row in rows]
    result = outcome(rows, back)
    assert result.sources["lost"] == 0
    assert result.edits == {"exact": sum(bool(row.reviewed) for row in rows), "recognised": 0, "lost": 0}
    assert result.false_edits == 0
    if way.start == "xlsx" and "1252" not in way.name:
        assert [replace(row, score="") for row in back] == [replace(row, score="") for row in rows]


def test_all_tested_ways_exist() -> None:
    assert {*TESTED} <= {way.name for way in WAYS}
