"""What lint says about sheets, and what it keeps silent about."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.glossary.formats import read_terms
from translate.glossary.lint import lint
from translate.glossary.load import Placed
from translate.records import Rule, Term


def remarks(*terms: Term, corpus: tuple[tuple[str, str], ...] = ()) -> list[tuple[str, int | None]]:
    placed = [Placed(term, Path("team.tsv"), line) for line, term in enumerate(terms, 2)]
    return [(remark.check, remark.problem.line) for remark in lint(placed, corpus=corpus)]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([Term("就业", "employment"), Term("服务", "service")], []),
        ([Term("就业", "jobs"), Term("就業", "jobs")], [("duplicate", 3)]),
        ([Term("就业", "jobs"), Term("就业", "work")], [("one-to-many", 3)]),
        ([Term("就业", "jobs"), Term("就业", "就业", rule=Rule.KEEP)], [("conflict", 3)]),
        ([Term("农民工", "migrant workers"), Term("农民工", "Migrant worker", rule=Rule.FORBID)], [("conflict", 3)]),
        ([Term("农民工", "rural migrant workers"), Term("农民工", "migrant workers", rule=Rule.FORBID)], []),
        ([Term("农民工", "a", rule=Rule.FORBID), Term("农民工", "b", rule=Rule.FORBID)], []),
        ([Term("帮扶", "assistance"), Term("援助", "Assistance")], [("many-to-one", 3)]),
        ([Term("就业", "jobs"), Term("就业服务", "employment services")], [("overlap", 3)]),
        ([Term("就业", "employment"), Term("就业服务", "employment services")], []),
        ([Term("“甲”“乙”", "a")], [("never", 2)]),
        ([Term("就业", "…")], [("never", 2)]),
        ([Term("就业", "jobs", ("?!", "work"))], [("never", 2)]),
        ([Term("employment", "就业")], [("never", 2)]),
        ([Term("技能中国", "技能中国", rule=Rule.KEEP)], []),
        ([Term("就业", "jobs", ("",))], [("never", 2)]),
        ([Term("从…到", "from")], [("never", 2)]),
        ([Term("党", "Party")], [("short", 2)]),
        ([Term(f"词{number}", f"Term {number}") for number in range(30)], [("capitals", 2)]),
        ([Term(f"词{number}", f"term {number}") for number in range(30)], []),
    ],
)
def test_checks(terms: list[Term], expected: list[tuple[str, int]]) -> None:
    assert remarks(*terms) == expected


CORPUS = (
    ("发展加工业", "develop the processing industry"),
    ("工业强国", "a strong industrial country"),
    ("工业园区", "an industrial park"),
    ("重视工业", "value industry"),
)


def test_places_that_cut_words_are_counted() -> None:
    (remark,) = lint([Placed(Term("工业", "industry", ("industrial",)), Path("t.tsv"), 2)], corpus=CORPUS)
    assert remark.check == "short"
    assert remark.problem.what == "工业: 1 of 4 places cut a word: 加工业"


def test_renderings_unlike_the_corpus_are_counted() -> None:
    assert remarks(Term("强国", "power"), Term("重视工业", "value industry"), corpus=CORPUS * 3) == [
        ("unlike-corpus", 2)
    ]
    assert remarks(Term("强国", "power"), corpus=tuple((zh, "") for zh, _ in CORPUS * 3)) == []


def test_overlaps_that_lose_are_counted() -> None:
    terms = (Term("就业服务", "employment services"), Term("服务大厅", "service hall"))
    assert remarks(*terms, corpus=(("就业服务大厅", ""), ("就业服务", ""))) == [("overlap", 3)]


def test_unusable_rows_are_errors_in_their_place(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("source\ttarget\n就业\tjobs\n服务\t\n党\tParty\n", encoding="utf-8")
    assert [(remark.check, remark.problem.line) for remark in lint(*read_terms(path))] == [
        ("unusable", 3),
        ("short", 4),
    ]
