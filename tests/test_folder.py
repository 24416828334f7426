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


def summary_of(root: Path, *documents: str, failed: str = "") -> Archive:
    archive = Archive(root)
    for number, name in enumerate(documents):
        archive.add(name, root / name, manifest(number, number / 10))
    if failed:
        archive.fail(failed, ["cannot be read"])
    return archive


def names(archive: Archive) -> list[str]:
    return [path.name for path in archive.write()]


def test_the_same_call_again_gives_the_same_summary(archive: Archive, tmp_path: Path) -> None:
    archive.write()
    before = [path.read_bytes() for path in archive.write()]
    assert json.loads(before[0])["archive"] == archive.summary()
    assert [path.read_bytes() for path in archive.write()] == before
    assert {path.name for path in tmp_path.iterdir()} == {"summary.json", "summary.html"}


def test_the_summary_of_other_documents_stays(tmp_path: Path) -> None:
    laws, notices = summary_of(tmp_path, "a", "b", failed="c"), summary_of(tmp_path, "d", "e")
    assert names(laws) == ["summary.json", "summary.html"]
    kept = (tmp_path / "summary.html").read_bytes()
    assert names(notices) == ["summary-2.json", "summary-2.html"]
    assert (tmp_path / "summary.html").read_bytes() == kept
    assert names(laws) == ["summary.json", "summary.html"]
    assert names(notices) == ["summary-2.json", "summary-2.html"]
    assert names(summary_of(tmp_path, "a", "b")) == ["summary-3.json", "summary-3.html"]  # c would be lost


def test_a_summary_gives_way_to_one_that_has_all_its_documents(tmp_path: Path) -> None:
    names(summary_of(tmp_path, "a", "b", failed="c"))
    assert names(summary_of(tmp_path, "a", "b", "c", "new")) == ["summary.json", "summary.html"]


@pytest.mark.parametrize("content", ['{"mine": 1}', '{"archive": 1}', '{"archive": {"documents": [1]}}', "[]", "x"])
def test_a_file_of_somebodys_own_is_not_overwritten(tmp_path: Path, content: str) -> None:
    (tmp_path / "summary.json").write_text(content, encoding="utf-8")
    assert names(summary_of(tmp_path, "a", "b")) == ["summary-2.json", "summary-2.html"]
    assert (tmp_path / "summary.json").read_text(encoding="utf-8") == content


def test_it_is_said_which_summary_is_of_these_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = summary_of(tmp_path, "a", "b"), summary_of(tmp_path, "c", "d")
    first.show(first.write())
    assert "stays" not in capsys.readouterr().out
    second.show(second.write())
    assert "summary.html there is of other documents and stays; of these: summary-2.html" in capsys.readouterr().out


def test_a_folder_for_the_summary_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="file"):
        Archive(tmp_path / "file").write()


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
