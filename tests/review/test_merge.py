from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.bilingual.rows import Row
from translate.errors import InputError
from translate.records import BlockKind
from translate.review.made import Made
from translate.review.merge import Status, merge

if TYPE_CHECKING:
    from translate.review.merge import Decision

MADE = tuple(
    Made(f"b{number:04d}.s01", f"b{number:04d}", BlockKind.PARAGRAPH, source, target)
    for number, (source, target) in enumerate(
        (
            ("加强培训。", "Strengthen training."),
            ("扩大就业。", "Expand employment."),
            ("不得收费。", "No fees may be charged."),
            ("优化服务。", "Improve services."),
            ("占比四成", "Share forty percent"),
            ("改进作风。", "Improve conduct."),
        ),
        1,
    )
)
FIRST = MADE[0]


def rows() -> list[Row]:
    return [Row(unit.id, unit.block, unit.kind, unit.source, unit.target) for unit in MADE]


def first(**cells: str) -> tuple[Decision, list[str], list[str]]:
    """The decision on the first row with these cells, and what is said of it: conflicts, remarks."""
    sheet = rows()
    sheet[0] = replace(sheet[0], **cells)
    merged = merge(MADE, sheet)
    assert all(decision.final == decision.made.target for decision in merged.decisions[1:])
    return merged.decisions[0], [x.message for x in merged.conflicts], [x.message for x in merged.remarks]


@pytest.mark.parametrize(
    ("cells", "final", "status"),
    [
        ({}, FIRST.target, Status.NEW),
        ({"status": "accepted"}, FIRST.target, Status.ACCEPTED),
        ({"status": " Accepted "}, FIRST.target, Status.ACCEPTED),
        ({"reviewed": "Step up training."}, "Step up training.", Status.EDITED),
        ({"reviewed": " Step up training.\n", "status": "edited"}, "Step up training.", Status.EDITED),
        ({"target": "Step up training."}, "Step up training.", Status.EDITED),
        ({"target": "Step up training.", "status": "edited"}, "Step up training.", Status.EDITED),
        ({"target": "Step up training.", "status": "accepted"}, "Step up training.", Status.EDITED),
        ({"target": FIRST.target + " "}, FIRST.target, Status.NEW),
        ({"reviewed": FIRST.target, "status": "accepted"}, FIRST.target, Status.ACCEPTED),
        ({"reviewed": FIRST.target}, FIRST.target, Status.NEW),
        ({"status": "rejected"}, FIRST.target, Status.REJECTED),
        ({"target": "", "status": "edited"}, "", Status.EDITED),
        ({"target": "", "reviewed": "Step up training."}, "Step up training.", Status.EDITED),
    ],
)
def test_what_a_row_says_is_done(cells: dict[str, str], final: str, status: Status) -> None:
    decision, conflicts, remarks = first(**cells)
    assert (decision.final, decision.status) == (final, status)
    assert not conflicts
    assert not remarks


@pytest.mark.parametrize(
    ("cells", "final", "status", "remark"),
    [
        ({"status": "accepted", "reviewed": "Train."}, "Train.", Status.EDITED, "the text counts"),
        ({"status": "rejected", "reviewed": "Train."}, "Train.", Status.REJECTED, "not remembered"),
        ({"status": "edited"}, FIRST.target, Status.NEW, "no other text"),
        ({"status": "done"}, FIRST.target, Status.NEW, "unknown status 'done'"),
        ({"target": ""}, FIRST.target, Status.NEW, "is empty"),
        ({"target": "Train.", "reviewed": "Train more."}, "Train more.", Status.EDITED, "reviewed counts"),
    ],
)
def test_what_contradicts_itself_is_told(cells: dict[str, str], final: str, status: Status, remark: str) -> None:
    decision, conflicts, remarks = first(**cells)
    assert (decision.final, decision.status) == (final, status)
    assert not conflicts
    assert len(remarks) == 1
    assert remark in remarks[0]


@pytest.mark.parametrize(
    ("cells", "conflict"),
    [
        ({"source": "加强培训和服务。", "reviewed": "Train."}, "has another source text"),
        ({"source": "扩大就业。", "reviewed": "Train."}, "has the source of b0002.s01"),
    ],
)
def test_a_changed_source_is_a_conflict(cells: dict[str, str], conflict: str) -> None:
    decision, conflicts, _ = first(**cells)
    assert (decision.final, decision.status) == (FIRST.target, Status.NEW)
    assert len(conflicts) == 1
    assert conflict in conflicts[0]


def test_two_rows_that_differ_are_a_conflict_with_both_shown() -> None:
    sheet = [*rows(), replace(rows()[0], reviewed="One."), replace(rows()[1], comment="twice the same")]
    sheet[1] = sheet[-1]
    merged = merge(MADE, sheet)
    assert [(remark.id, remark.texts) for remark in merged.conflicts] == [(FIRST.id, (FIRST.target, "One."))]
    assert merged.decisions[0].final == FIRST.target
    assert merged.decisions[1].comment == "twice the same"


def test_translations_sorted_away_from_their_sources_are_conflicts() -> None:
    targets = [unit.target for unit in MADE]
    sheet = [replace(row, target=target) for row, target in zip(rows(), sorted(targets), strict=True)]
    merged = merge(MADE, sheet)
    moved = [unit.id for unit, target in zip(MADE, sorted(targets), strict=True) if unit.target != target]
    assert [remark.id for remark in merged.conflicts] == moved
    assert "the translation of" in merged.conflicts[0].message
    assert [decision.final for decision in merged.decisions] == targets


def test_one_translation_like_another_is_an_edit() -> None:
    decision, conflicts, _ = first(target=MADE[1].target)
    assert decision.final == MADE[1].target
    assert not conflicts


def test_what_is_not_in_the_sheet_is_listed_and_kept() -> None:
    merged = merge(MADE, rows()[2:])
    assert merged.missing == (MADE[0].id, MADE[1].id)
    assert [decision.final for decision in merged.decisions] == [unit.target for unit in MADE]


def test_rows_of_no_segment_are_listed() -> None:
    sheet = [
        *rows(),
        Row("b0099.s01", "", "", "新的。", "", reviewed="New."),
        Row("", "", "", "", "lost"),
        Row(*[""] * 5),
    ]
    merged = merge(MADE, sheet)
    assert [(remark.id, remark.texts) for remark in merged.unknown] == [("b0099.s01", ("New.",)), ("", ("lost",))]
    assert not merged.conflicts


@pytest.mark.parametrize("name", ["x", FIRST.id])
def test_a_sheet_of_another_run_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"other\.tsv: no row of it is of this run"):
        merge(MADE, [Row(name, "", "", "一", "one")], "other.tsv")


def test_a_cell_that_a_spreadsheet_cut_off_is_no_edit() -> None:
    long = Made("b1", "b1", BlockKind.PARAGRAPH, "长" * 40_000, "long " * 8_000)
    row = Row("b1", "b1", "paragraph", long.source[:32_767], long.target[:32_767], status="accepted")
    merged = merge([long], [row])
    assert (merged.decisions[0].final, merged.decisions[0].status) == (long.target, Status.ACCEPTED)
    assert not merged.conflicts


def test_a_number_that_was_typed_is_an_edit() -> None:
    made = [Made("b9", "b9", BlockKind.PARAGRAPH, "12333", "12,333")]
    (decision,) = merge(made, [Row("b9", "b9", "paragraph", "12333", "12,333", "12333")]).decisions
    assert (decision.changed, decision.final) == (True, "12333")


def test_what_a_spreadsheet_made_of_a_text_is_neither_an_edit_nor_a_conflict() -> None:
    share = Made("b9", "b9", BlockKind.TABLE_CELL, "40%", "40%")
    sheet = [replace(rows()[2], source="不得收费。 ", target="No fees may be charged. ")]
    sheet.append(Row("b9", "b9", "table-cell", "40.00%", "0.4"))
    merged = merge([*MADE, share], sheet)
    assert not merged.conflicts
    assert not any(decision.changed for decision in merged.decisions)


def test_an_earlier_review_stays() -> None:
    earlier = replace(FIRST, target="Step up training.", machine=FIRST.target, status="edited")
    row = Row(FIRST.id, "b", "paragraph", FIRST.source, earlier.target, status="edited")
    merged = merge([earlier], [row])
    assert merged.decisions[0].status is Status.EDITED
    assert merged.decisions[0].changed
    assert not merged.remarks


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
STATUSES = st.sampled_from(["new", "accepted", "edited", "rejected", "", "odd"])


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_order_and_gaps_lose_nothing(data: st.DataObject) -> None:
    """Any shuffle of any part of a sheet: what it has is taken as in the whole sheet, and the rest stays."""
    edited = [replace(row, reviewed=data.draw(TEXTS), status=data.draw(STATUSES)) for row in rows()]
    whole = merge(MADE, edited)
    part = data.draw(st.permutations(edited))[: data.draw(st.integers(1, len(edited)))]
    merged = merge(MADE, part)
    there = {row.id for row in part}
    for before, after in zip(whole.decisions, merged.decisions, strict=True):
        expected = before if after.made.id in there else replace(before, final=before.made.target, status=Status.NEW)
        assert (after.final, after.status) == (expected.final, expected.status)
    assert set(merged.missing) == {unit.id for unit in MADE} - there
    assert not merged.conflicts
