"""Many documents in one call: the report on all of them, what is shown meanwhile, and what failed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from translate.cli.archive import Archive, page
from translate.cli.watch import Watch
from translate.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def manifest(errors: int, risk: float, *, placed: bool = True) -> dict[str, Any]:
    flagged = {"error": errors, "warning": 1, "note": 0}
    hit = {"source": "就业", "target": "employment", "target_span": [0, 10] if placed else None}
    return {
        "risk": risk,
        "outputs": {"aligned.tsv": "", "report.html": ""},
        "terms": [hit, hit],
        "counts": {
            "segments": 10,
            "characters": 100,
            "flagged": flagged,
            "findings": {"number": errors, "term": 1},
            "terms": {"found": 2, "applied": 2 * placed},
        },
    }


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path)
    archive.add("in/calm.txt", tmp_path / "calm", manifest(0, 0.1))
    archive.add("in/<wild> & “odd”.txt", tmp_path / "wild #1", manifest(3, 0.5, placed=False))
    archive.fail("in/broken.docx", ["in/broken.docx: not a zip file"])
    return archive


def test_the_riskiest_document_is_first_and_all_is_added_up(archive: Archive) -> None:
    summary = archive.summary()
    assert [one["risk"] for one in summary["documents"]] == [0.5, 0.1]
    assert summary["totals"] == {
        "documents": 2,
        "failed": 1,
        "segments": 20,
        "characters": 200,
        "flagged": {"error": 3, "warning": 2, "note": 0},
        "terms": {"found": 4, "applied": 2},
    }
    assert summary["findings"] == {"number": 3, "term": 2}
    assert summary["terms"] == [{"source": "就业", "target": "employment", "found": 4, "applied": 2, "documents": 2}]
    assert summary["failures"] == [{"input": "in/broken.docx", "error": ["in/broken.docx: not a zip file"]}]


def test_the_page_links_to_each_report_and_escapes_what_it_shows(archive: Archive) -> None:
    html = page(archive.summary())
    assert '<a href="wild%20%231/report.html">in/&lt;wild&gt; &amp; “odd”.txt</a>' in html
    assert "not a zip file" in html
    assert "<script" not in html


def test_the_report_is_written_over_its_own_kind_only(archive: Archive, tmp_path: Path) -> None:
    archive.write()
    before = [path.read_bytes() for path in archive.write()]
    (tmp_path / "summary.json").write_text('{"mine": 1}', encoding="utf-8")
    with pytest.raises(OutputError, match="not overwritten"):
        archive.write()
    assert json.loads(before[0])["archive"] == archive.summary()
    assert (tmp_path / "summary.html").read_bytes() == before[1]


class Screen:
    def __init__(self) -> None:
        self.told: list[tuple[str, dict[str, Any]]] = []

    def update(self, state: dict[str, Any]) -> None:
        pass

    def tell(self, event: str, **what: Any) -> None:
        self.told.append((event, what))


def test_the_time_left_counts_what_is_not_read_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 100, 10))
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    watch = Watch(Screen(), sizes=[100, 300])
    assert watch.state()["seconds_left"] is None
    watch.progress("read", 1, 2)
    watch.progress("sentences", 0, 50)
    watch.progress("sentences", 20, 50)  # 10 seconds later
    state = watch.state()
    assert state["of_sentences"] == 200
    assert state["sentences_per_second"] == 2.0
    assert state["seconds_left"] == 90


def test_a_folder_with_a_broken_document(command: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "one.txt").write_text("各地要做好工作。\n", encoding="utf-8")
    (folder / "two.txt").write_text("请拨打12333。\n", encoding="utf-8")
    (folder / "z.docx").write_bytes(b"not a zip file")  # the last one: those before it are finished all the same
    done = command("run", "in", "--model", "builtin", "--write", "tsv", "--output", "out", "--events")
    assert done.returncode == 2
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert {event["event"] for event in events} >= {"document", "failed", "progress"}
    assert [event["input"] for event in events if event["event"] == "document"] == ["in/one.txt", "in/two.txt"]
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["archive"]
    assert summary["totals"]["documents"] == 2
    assert summary["totals"]["failed"] == 1
    assert "failed: in/z.docx" in done.stdout
    assert "2 documents" in done.stdout
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"one", "two", "summary.json", "summary.html"}
