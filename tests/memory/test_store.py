from __future__ import annotations

import random
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from threading import Timer
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from translate.memory import Added, Entry, Memory, Selection, in_context
from translate.memory.folding import fold
from translate.memory.similarity import NUMBERS_DIFFER, numbers_differ, similarity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SKILLS = Entry("加强职业技能培训。", "Strengthen vocational skills training.", "a.docx", "aa" * 32, "b0001.s01")


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "memory.sqlite") as opened:
        yield opened


def pair(source: str, target: str, hours: int = 0) -> Entry:
    return Entry(source, target, time=NOON + timedelta(hours=hours))


def test_what_was_added_is_found_with_where_it_came_from(memory: Memory) -> None:
    assert memory.add([SKILLS]) == Added(new=1)
    (match,) = memory.exact([SKILLS.source, "别的句子。"]).values()
    assert (match.source, match.target, match.score) == (SKILLS.source, SKILLS.target, 1.0)
    assert match.provenance.startswith("a.docx b0001.s01, accepted, 20")


def test_width_and_spaces_do_not_matter_and_the_original_is_kept(memory: Memory) -> None:
    memory.add([Entry("培训３００ 人。", "300 people trained.")])
    assert memory.exact(["培训300人。"])["培训300人。"].source == "培训３００ 人。"


def test_an_entry_with_the_very_text_wins_over_a_newer_one_that_only_folds_to_it(memory: Memory) -> None:
    memory.add([pair("第１章", "Chapter 1", 0), pair("第1章", "Chapter One", 1)])
    found = memory.exact(["第１章", "第1章", "第 1 章"])
    assert [match.target for match in found.values()] == ["Chapter 1", "Chapter One", "Chapter One"]


def test_the_newest_target_wins_and_all_are_kept(memory: Memory) -> None:
    memory.add([pair("培训", "education", 2), pair("培训", "training", 3), pair("培训", "schooling", 1)])
    assert memory.exact(["培训"])["培训"].target == "training"
    assert [kept.entry.target for kept in memory.entries(newest_first=True)] == ["training", "education", "schooling"]


def test_without_a_time_what_comes_later_is_newer(memory: Memory) -> None:
    memory.add([Entry("培训", "education"), Entry("培训", "training")])
    assert memory.exact(["培训"])["培训"].target == "training"
    assert memory.add([Entry("培训", "education", "b.docx", "bb" * 32)]) == Added(known=1)
    match = memory.exact(["培训"])["培训"]
    assert (match.target, match.provenance.split(",")[0]) == ("education", "b.docx")


def test_an_old_time_does_not_win(memory: Memory) -> None:
    memory.add([pair("培训", "training", 1)])
    memory.add([pair("培训", "education", 0)])
    assert memory.exact(["培训"])["培训"].target == "training"


def test_adding_the_same_again_changes_nothing(memory: Memory) -> None:
    entries = [SKILLS, Entry("培训", "training", "a.docx", "aa" * 32, "b0001.s02"), pair("培训", "education")]
    memory.add(entries)
    before, signature = list(memory.entries()), memory.signature
    assert memory.add(entries) == Added(known=3)
    assert list(memory.entries()) == before
    assert memory.signature == signature


def test_a_pair_that_stands_twice_in_a_document_is_one_entry(memory: Memory) -> None:
    twice = [Entry("附件", "Annex", "a.docx", "aa" * 32, f"b000{number}.s01") for number in (1, 2)]
    assert memory.add(twice) == Added(new=1, known=1)
    signature = memory.signature
    memory.add(twice)
    assert memory.signature == signature
    assert len(memory) == 1


@pytest.mark.parametrize("entry", [Entry("", "English"), Entry("中文", " "), Entry("\u3000", "English")])
def test_half_of_a_pair_is_left_out(memory: Memory, entry: Entry) -> None:
    assert memory.add([entry, SKILLS]) == Added(new=1, empty=1)


@pytest.mark.parametrize(
    "text", ["\ud800坏的", "带\0零", "响\x07铃", "😀表情", "'; DROP TABLE entries; --", "长" * 100_000]
)
def test_any_text_comes_back_as_it_was(memory: Memory, text: str) -> None:
    entry = Entry(text, f"<{text}>", text, "", text, text, "accepted", text, text, text)
    memory.add([entry])
    assert memory.exact([text])[text].target == f"<{text}>"
    (kept,) = memory.entries()
    assert (kept.entry.document, kept.entry.previous, kept.entry.note) == (text, text, text)


def test_of_several_targets_the_one_between_the_same_neighbours_wins(memory: Memory) -> None:
    first = [
        Entry(source, target, "a.docx", "aa" * 32) for source, target in (("一", "1"), ("总则", "General"), ("二", ""))
    ]
    other = [
        Entry(source, target, "b.docx", "bb" * 32) for source, target in (("三", "3"), ("总则", "Rules"), ("四", "4"))
    ]
    memory.add(in_context(first))
    memory.add(in_context(other))
    assert memory.exact(["总则"])["总则"].target == "Rules"
    found = memory.exact_in_order(["一", "总则", "二"])
    assert [match and match.target for match in found] == ["1", "General", None]
    assert [match and match.target for match in memory.exact_in_order(["总则"])] == ["Rules"]


def test_fuzzy_answers_best_first_with_their_similarity(memory: Memory) -> None:
    memory.add(
        [SKILLS, Entry("加强技能培训。", "Strengthen skills training."), Entry("完善就业服务。", "Improve services.")]
    )
    found = memory.fuzzy("加强职业技能培训！", least=0.6)
    assert [(match.source, match.score) for match in found] == [
        (SKILLS.source, 1 - 1 / 9),
        ("加强技能培训。", 1 - 3 / 9),
    ]
    assert memory.fuzzy("加强职业技能培训！", least=0.95) == ()
    assert len(memory.fuzzy("加强职业技能培训！", least=0.6, limit=1)) == 1
    assert memory.fuzzy(SKILLS.source)[0].score == 1


def test_different_numbers_lower_the_score_and_are_told(memory: Memory) -> None:
    memory.add([Entry("2023年培训30万人。", "In 2023, 300,000 people were trained.")])
    (match,) = memory.fuzzy("2024年培训30万人。")
    assert match.score == pytest.approx((1 - 1 / 12) * NUMBERS_DIFFER)
    assert match.provenance.startswith("numbers differ; accepted, ")
    (match,) = memory.fuzzy("2023年培训300000人。", least=0.5)
    assert not match.provenance.startswith("numbers differ")


@pytest.mark.parametrize("source", ["", " ", "长" * 3_000, "没有的句子"])
def test_no_fuzzy_answer(memory: Memory, source: str) -> None:
    memory.add([SKILLS, Entry("长" * 3_001, "long")])
    assert memory.fuzzy(source) == ()


def test_fuzzy_finds_what_a_plain_scan_finds(memory: Memory) -> None:
    pick = random.Random(6)
    sources = {"".join(pick.choices("甲乙丙丁12", k=pick.randint(1, 14))) for _ in range(300)}
    memory.add([Entry(source, "x") for source in sorted(sources)])
    for query in ("".join(pick.choices("甲乙丙丁12", k=pick.randint(1, 14))) for _ in range(25)):
        for least in (0.5, 0.7, 0.9):
            scores = [1.0] * (query in sources)
            for source in sources - {query}:
                score = similarity(fold(query), source)
                if score >= least:
                    scores.append(score * NUMBERS_DIFFER if numbers_differ(query, source) else score)
            expected = sorted((score for score in scores if score >= least), reverse=True)[:3]
            assert [match.score for match in memory.fuzzy(query, least=least)] == pytest.approx(expected)


def test_the_signature_changes_when_an_answer_does(memory: Memory) -> None:
    seen = [memory.signature]
    for entries in ([SKILLS], [pair("培训", "training", 1)], [pair("培训", "schooling", 2)]):
        memory.add(entries)
        seen.append(memory.signature)
    assert len(set(seen)) == 4


def test_the_signature_stays_when_no_answer_changes(memory: Memory) -> None:
    memory.add([SKILLS, pair("培训", "training", 1)])
    signature = memory.signature
    memory.add([pair("培训", "education", 0)])  # older than the answer
    memory.note_use(memory.exact(["培训"]).values())
    assert memory.signature == signature
    memory.remove([kept.id for kept in memory.entries(Selection(text="education"))])
    assert memory.signature == signature


def test_the_signature_comes_back_with_the_content(memory: Memory) -> None:
    empty = memory.signature
    memory.add([SKILLS])
    one = memory.signature
    memory.add([pair("培训", "training"), pair("培训", "schooling", 1)])
    memory.remove([kept.id for kept in memory.entries(Selection(text="培训", before=NOON + timedelta(days=1)))])
    assert memory.signature == one
    memory.remove([kept.id for kept in memory.entries()])
    assert memory.signature == empty


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.sampled_from("甲乙"), st.sampled_from("xyz"), st.integers(0, 5)), max_size=6))
def test_the_order_of_adding_does_not_matter_where_times_are_known(
    tmp_path: Path, given_pairs: list[tuple[str, str, int]]
) -> None:
    unique = {hours: pair(source, target, hours) for source, target, hours in given_pairs}
    forward, backward = tmp_path / "forward.sqlite", tmp_path / "backward.sqlite"
    signatures = []
    for path, entries in ((forward, list(unique.values())), (backward, list(reversed(unique.values())))):
        path.unlink(missing_ok=True)
        with Memory.open(path) as memory:
            for entry in entries:
                memory.add([entry])
            signatures.append((memory.signature, memory.exact(["甲", "乙"])))
    assert signatures[0] == signatures[1]


def test_what_was_forgotten_is_not_found_and_its_index_goes(memory: Memory) -> None:
    memory.add([SKILLS, Entry("加强技能培训。", "Strengthen skills training.")])
    memory.remove([kept.id for kept in memory.entries(Selection(document="a.docx"))])
    assert memory.exact([SKILLS.source]) == {}
    assert [match.source for match in memory.fuzzy(SKILLS.source, least=0.5)] == ["加强技能培训。"]
    memory.remove([kept.id for kept in memory.entries()])
    assert memory.count().entries == memory.count().sources == 0
    assert memory._connection.execute("SELECT count(*) FROM postings").fetchone() == (0,)


def test_an_empty_memory_is_still_one(memory: Memory) -> None:
    assert memory
    assert (len(memory), memory.exact(["培训"]), memory.fuzzy("培训"), list(memory.entries())) == (0, {}, (), [])


def test_uses_are_counted(memory: Memory) -> None:
    memory.add([SKILLS, pair("培训", "training")])
    memory.note_use([*memory.exact([SKILLS.source]).values()] * 2)
    assert {kept.entry.source: kept.used for kept in memory.entries()} == {SKILLS.source: 2, "培训": 0}
    assert [kept.entry.source for kept in memory.entries(Selection(unused=True))] == ["培训"]
    assert memory.count().used == 2


def test_a_use_is_not_counted_while_another_process_writes_and_nobody_waits(memory: Memory) -> None:
    memory.add([SKILLS])
    answers = memory.exact([SKILLS.source]).values()
    with closing(sqlite3.connect(memory.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        memory.note_use(answers)
        assert time.monotonic() - began < 5
        other.execute("ROLLBACK")
    memory.note_use(answers)
    assert memory.count().used == 1


def test_a_writer_waits_after_a_use_as_before(memory: Memory) -> None:
    memory.add([SKILLS])
    memory.note_use(memory.exact([SKILLS.source]).values())
    other = sqlite3.connect(memory.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    soon = Timer(0.5, other.close)
    soon.start()
    assert memory.add([pair("培训", "training")]) == Added(new=1)
    soon.join()


def test_selections(memory: Memory) -> None:
    memory.add([SKILLS, pair("培训", "training", 1), pair("培训", "Training", 2)])
    assert [kept.entry.target for kept in memory.entries(Selection(superseded=True))] == ["training"]
    assert len(list(memory.entries(Selection(document="aaaaaaaa")))) == 1
    assert len(list(memory.entries(Selection(document="aaa")))) == 0
    assert len(list(memory.entries(Selection(since=NOON, before=NOON + timedelta(hours=2))))) == 1
    assert len(list(memory.entries(Selection(text="raining", status="accepted")))) == 3
    assert len(list(memory.entries(Selection(status="edited")))) == 0


def test_adding_in_parts_is_adding(memory: Memory) -> None:
    told: list[int] = []
    entries = [Entry(f"第{number}条", f"Article {number}") for number in range(25)]
    assert memory.add_many(entries, each=10, after_each=lambda: told.append(len(memory))) == Added(new=25)
    assert told == [10, 20, 25]


def test_an_error_in_the_middle_of_adding_leaves_nothing(memory: Memory) -> None:
    def entries() -> Iterator[Entry]:
        yield SKILLS
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        memory.add(entries())
    assert len(memory) == 0
    assert memory.add([SKILLS]) == Added(new=1)


def test_many_sources_of_several_blocks_of_the_index(memory: Memory) -> None:
    memory.add([Entry(f"编号{number:05}的句子", "x") for number in range(17_000)])
    assert memory.fuzzy("编号16999的旬子", least=0.8, limit=1)[0].source == "编号16999的句子"
    assert memory.fuzzy("编号00001的旬子", least=0.8, limit=1)[0].source == "编号00001的句子"
