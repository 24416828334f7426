from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from translate.checks import Dismissals, dismissed_checks
from translate.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

CHECKS = ("number", "term", "term-consistency", "case")


@pytest.mark.parametrize(
    ("status", "comment", "dismissed"),
    [
        ("new", "", ()),
        ("new", "ok: number", ("number",)),
        ("", "OK：number，term", ("number", "term")),
        ("new", "ok: term-consistency, case", ("term-consistency", "case")),
        ("new", "ok", CHECKS),
        ("new", "Ok.", CHECKS),
        ("new", "asked the author; ok: number", ("number",)),
        ("accepted", "", CHECKS),
        ("Approved ", "", CHECKS),
        # near misses
        ("new", "not ok", ()),
        ("new", "ok with me?", ()),
        ("new", "ok: numbre", ()),
        ("new", "book: number", ()),
        ("rejected", "number is wrong", ()),
    ],
)
def test_what_a_row_dismisses(status: str, comment: str, dismissed: tuple[str, ...]) -> None:
    assert dismissed_checks(status, comment, CHECKS) == dismissed


def test_texts_are_told_apart() -> None:
    fine = Dismissals.of([("number", "ab", "c")])
    assert ("number", "ab", "c") in fine
    assert ("number", "a", "bc") not in fine
    assert ("term", "ab", "c") not in fine
    assert ("number", "ab", "c\ud800") not in fine


def test_saved_and_loaded(tmp_path: Path) -> None:
    path = tmp_path / "dismissed.txt"
    assert Dismissals.load(path) == Dismissals()
    fine = Dismissals.of([("number", "a", "b"), ("case", "a", "b")])
    fine.save(path)
    assert Dismissals.load(path) == fine
    assert [line.split()[0] for line in path.read_text().splitlines()] == ["case", "number"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["dismissed.txt"]


def test_bad_lines_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "dismissed.txt"
    path.write_text("# ours\nnumber x\n\nsomething\n")
    with pytest.raises(InputError) as error:
        Dismissals.load(path)
    assert [problem.line for problem in error.value.problems] == [2, 4]
