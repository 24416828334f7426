from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from translate.errors import OutputError
from translate.models import resolve_model
from translate.records import BlockKind, Finding, Segment, Severity
from translate.work import DecoderSpec, Draft, Journal, Line, LocalCrew, crew, decoding, journal, line, open_decoder
from translate.work.journal import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

TEXTS = ("各地要做好工作。", "会议在北京召开。", "请拨打12333。", "会议在北京召开。", "就业形势稳定。")
SENTENCES = [Segment(f"b{number:04d}.s01", f"b{number:04d}", text) for number, text in enumerate(TEXTS, 1)]
DRAFT = Draft("All \ud800 good", "plain", -0.5, (Finding("omission", Severity.ERROR, "cut", (0, 1), None),))


@pytest.fixture(scope="module")
def spec() -> DecoderSpec:
    return DecoderSpec(resolve_model("builtin"))


@pytest.fixture
def chunks(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What the crew was asked, chunk by chunk, by texts; two sentences make a chunk."""
    asked: list[tuple[str, ...]] = []
    real = decoding.decode_chunk

    def spy(spec: DecoderSpec, segments: Sequence[Segment], hits: Sequence[decoding.Hits]) -> tuple[Draft, ...]:
        asked.append(tuple(segment.text for segment in segments))
        return real(spec, segments, hits)

    monkeypatch.setattr(crew, "decode_chunk", spy)
    monkeypatch.setattr(line, "CHUNK_CHARACTERS", 12)
    return asked


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


def finish(on: Line, segments: Sequence[Segment]) -> None:
    on.flush()
    while not on.ready(segments):
        on.wait()


def test_a_journal_gives_back_what_it_was_given(tmp_path: Path) -> None:
    keys = [key_of(segment) for segment in SENTENCES]
    journal = Journal(tmp_path / "journal")
    assert not (tmp_path / "journal").exists()  # until it is needed
    journal.keep({keys[0]: DRAFT})
    journal.close()
    again = Journal(tmp_path / "journal")
    assert again.drafts(keys) == {keys[0]: DRAFT}
    assert again.has(keys[:1])
    assert not again.has(keys[:2])
    again.close()


def test_a_damaged_journal_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "journal").write_bytes(b"not a database" * 100)
    journal = Journal(tmp_path / "journal")
    assert journal.drafts([b"x"]) == {}
    journal.close()


def test_a_journal_that_another_call_does_not_let_go_of_is_not_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "PATIENCE", 0.05)
    path = tmp_path / "journal"
    with closing(Journal(path)) as first:
        first.keep({b"x": DRAFT})
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OutputError, match="locked"):
            Journal(path).drafts([b"x"])
        other.execute("ROLLBACK")
    with closing(Journal(path)) as again:
        assert again.drafts([b"x"]) == {b"x": DRAFT}


def test_a_journal_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "journal").mkdir()
    with pytest.raises(OutputError, match="journal"):
        Journal(tmp_path / "journal").drafts([b"x"])


def test_a_key_tells_texts_and_kinds_apart() -> None:
    one = SENTENCES[0]
    assert key_of(one) == key_of(replace(one, id="other", text=one.text + " "))
    assert len({key_of(one), key_of(replace(one, text="别的")), key_of(replace(one, kind=BlockKind.HEADING))}) == 3


def test_equal_sentences_are_decoded_once_in_chunks(
    spec: DecoderSpec, chunks: list[tuple[str, ...]], pool: ThreadPoolExecutor
) -> None:
    on = Line(LocalCrew(pool, spec, 2), Journal(), lambda text: ())
    on.add(SENTENCES)
    finish(on, SENTENCES)
    assert chunks == [TEXTS[:2], (TEXTS[2], TEXTS[4])]
    assert on.finished == 4


def test_what_is_done_is_not_decoded_again_and_chunks_end_where_they_did(
    spec: DecoderSpec, chunks: list[tuple[str, ...]], pool: ThreadPoolExecutor, tmp_path: Path
) -> None:
    journal = Journal(tmp_path / "journal")
    first = Line(LocalCrew(pool, spec, 1), journal, lambda text: ())
    first.add(SENTENCES[:3])
    while not first.ready(SENTENCES[:2]):
        first.wait()
    again = Line(LocalCrew(pool, spec, 1), journal, lambda text: ())
    again.add(SENTENCES)
    finish(again, SENTENCES)
    assert chunks == [TEXTS[:2], (TEXTS[2], TEXTS[4])]
    journal.close()


def test_sentences_of_a_finished_document_are_decoded_only_for_another(
    spec: DecoderSpec, chunks: list[tuple[str, ...]], pool: ThreadPoolExecutor
) -> None:
    on = Line(LocalCrew(pool, spec, 2), Journal(), lambda text: ())
    on.add(SENTENCES[:2], needed=False)
    on.flush()
    assert chunks == []
    on.add(SENTENCES[3:4])  # the second sentence again
    finish(on, SENTENCES[3:4])
    assert chunks == [TEXTS[:2]]


def test_a_decoder_is_opened_once(spec: DecoderSpec) -> None:
    assert open_decoder(spec) is open_decoder(DecoderSpec(resolve_model("builtin")))
