from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from translate.bilingual.rows import Row
from translate.bilingual.tsv import dumps_rows
from translate.errors import InputError
from translate.memory import Entry, Kept, Memory, entries_of_rows
from translate.memory.exchange import read_table, read_tmx, write_tmx, write_tsv
from translate.memory.intake import Intake

HERE = Path(__file__).parent
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WHOLE = Entry(
    "加强培训。",
    "Strengthen training.",
    "a & b.docx",
    "ab" * 32,
    "b0001.s01",
    "run",
    "edited",
    "",
    "下一句",
    "note",
    NOON,
)


def tmx(*entries: Entry) -> io.BytesIO:
    stream = io.BytesIO()
    write_tmx((Kept(number, entry, NOON, 0) for number, entry in enumerate(entries, 1)), stream)
    stream.seek(0)
    return stream


def tsv(*entries: Entry) -> bytes:
    stream = io.BytesIO()
    write_tsv((Kept(number, entry, NOON, 0) for number, entry in enumerate(entries, 1)), stream)
    return stream.getvalue()


def test_an_entry_comes_back_from_tmx_with_all_that_is_known_of_it() -> None:
    assert list(read_tmx(tmx(WHOLE), "x.tmx")) == [WHOLE]


def test_an_entry_comes_back_from_tsv() -> None:
    (found,) = read_table(tsv(WHOLE), "x.tsv")
    assert found.previous is None  # a table does not tell the edge of a document from what is not known
    assert [getattr(found, name) for name in ("source", "target", "sha256", "next", "note", "time")] == [
        *("加强培训。", "Strengthen training.", "ab" * 32, "下一句", "note", NOON)
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet=st.characters(), min_size=1), min_size=2, max_size=2))
@example(["\U00018cd6\U0001da8c\U0003134b", "\U00018cd6\U0001da8c\U0003134b\U0003134b"])
def test_any_text_comes_back(texts: list[str]) -> None:
    entry = Entry(texts[0], texts[1], time=NOON)
    for (found,) in (list(read_tmx(tmx(entry), "x")), list(read_table(tsv(entry), "x"))):
        assert [found.source, found.target] == texts


def test_a_memory_that_goes_out_and_comes_in_is_the_same(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "one.sqlite") as memory:
        memory.add([WHOLE, Entry("培训", "training", time=NOON), Entry("培训", "education")])
        before, stream = memory.signature, io.BytesIO()
        write_tmx(memory.entries(), stream)
        added = memory.add(read_tmx(io.BytesIO(stream.getvalue()), "x.tmx"))
        assert (added.new, memory.signature) == (0, before)
    with Memory.open(tmp_path / "other.sqlite") as other:
        other.add(read_tmx(io.BytesIO(stream.getvalue()), "x.tmx"))
        assert other.exact(["培训"])["培训"].target == "education"


def test_the_neighbours_that_other_programs_write() -> None:
    with (HERE / "omegat.tmx").open("rb") as stream:
        plain, alternative = read_tmx(stream, "project.tmx")
    assert (plain.document, plain.previous, plain.status, f"{plain.time:%F}") == (
        "project.tmx",
        None,
        "imported",
        "2024-03-05",
    )
    assert (alternative.document, alternative.previous, alternative.next) == ("plan.txt", "总则", "附则")
    with (HERE / "memoq.tmx").open("rb") as stream:
        found = list(read_tmx(stream, "memoq.tmx"))
    assert [(entry.target, entry.previous) for entry in found] == [("vacancies", "前一句"), ("job openings", "前一句")]


def test_plain_pairs_in_any_encoding() -> None:
    text = "培训\ttraining\r\n\r\n就业\temployment\tsomething else\n"
    for encoding in ("utf-8", "utf-16", "gb18030"):
        found = list(read_table(text.encode(encoding), "pairs.tsv"))
        assert [(entry.source, entry.target) for entry in found] == [("培训", "training"), ("就业", "employment")]
        assert {(entry.document, entry.status) for entry in found} == {("pairs.tsv", "imported")}


def test_columns_in_another_order() -> None:
    (found,) = read_table("target\tunknown\tsource\ntraining\tx\t培训\n".encode(), "x.tsv")
    assert (found.source, found.target) == ("培训", "training")


def test_every_problem_of_a_table_is_told_at_once() -> None:
    data = "source\ttarget\ttime\n培训\ttraining\tyesterday\n就业\n".encode()
    with pytest.raises(InputError) as caught:
        list(read_table(data, "x.tsv"))
    assert [(problem.line, problem.what) for problem in caught.value.problems] == [
        (2, "no time: 'yesterday'"),
        (3, "no second column"),
    ]


def row(name: str, source: str, target: str, **cells: str) -> Row:
    return Row(name, name[:5], "paragraph", source, target, **cells)


def test_rows_that_were_accepted() -> None:
    rows = [
        row("b0002.s01", "三", "three", status="Accepted", comment="good"),
        row("b0001.s01", "一", "one", status="new"),
        row("b0001.s02", "二", "two", status="new", reviewed="the second"),
        row("b0010.s01", "四", "four", status="rejected", reviewed="4"),
        row("b0003.s01", "五", "five", status="edited"),
    ]
    found = list(entries_of_rows(rows, document="a.docx", sha256="aa", run="r"))
    assert [(entry.segment, entry.target, entry.status, entry.previous, entry.next) for entry in found] == [
        ("b0001.s02", "the second", "edited", "一", "三"),
        ("b0002.s01", "three", "accepted", "二", "五"),
        ("b0003.s01", "five", "edited", "三", "四"),
    ]
    assert (found[1].document, found[1].sha256, found[1].run, found[1].note) == ("a.docx", "aa", "r", "good")
    everything = list(entries_of_rows(rows, everything=True))
    assert [entry.segment for entry in everything] == ["b0001.s01", "b0001.s02", "b0002.s01", "b0003.s01"]


def test_rows_whose_ids_say_no_place_have_no_neighbours() -> None:
    (found,) = entries_of_rows([row("7", "一", "one", status="accepted")])
    assert (found.previous, found.next) == (None, None)


@pytest.mark.parametrize(
    ("name", "data", "targets", "left_out"),
    [
        ("pairs.tsv", "培训\ttraining\n", ["training"], 0),
        ("pairs.txt", "培训\ttraining\n", ["training"], 0),
        (
            "memory.tsv",
            tsv(WHOLE, Entry("培训", "x", status="rejected"), Entry("就业", "y", status="new")),
            [WHOLE.target],
            2,
        ),
        ("memory.tmx", tmx(WHOLE, Entry("培训", "x", status="rejected")).getvalue(), [WHOLE.target], 1),
        (
            "sheet.tsv",
            dumps_rows([row("b0001.s01", "一", "one", status="accepted"), row("b0001.s02", "二", "two")]),
            ["one"],
            1,
        ),
        ("sheet.csv", "id,source,target,status\nb0001.s01,一,one,accepted\n", ["one"], 0),
        ("sheet.txt", "id;source;target;status\nb0001.s01;一;one;accepted\n", ["one"], 0),
    ],
)
def test_a_file_is_known_by_what_is_in_it(
    tmp_path: Path, name: str, data: str | bytes, targets: list[str], left_out: int
) -> None:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    intake = Intake(path)
    assert [entry.target for entry in intake.entries()] == targets
    assert intake.left_out == left_out
