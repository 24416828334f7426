from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from translate.errors import OutputError
from translate.output import OutputFolder, clear_journals, journal_in, write_file
from translate.work import Draft, Journal

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"aligned.tsv": b"rows", "translation.txt": b"text"}
NAMES = tuple(FILES)


def write(folder: OutputFolder, *, force: bool = False) -> None:
    with folder.claim(NAMES, force=force):
        folder.write(FILES, {"counts": 1})


def stop_in_the_middle(folder: OutputFolder) -> None:
    with pytest.raises(KeyboardInterrupt), folder.claim(NAMES, force=False):
        raise KeyboardInterrupt


def listing(path: Path) -> set[str]:
    return {file.name for file in path.iterdir()}


def test_a_finished_run_is_whole_and_leaves_nothing_else(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path / "out", "abc")
    assert folder.finished() is None
    write(folder)
    assert listing(folder.path) == {*NAMES, "run.json"}
    manifest = json.loads((folder.path / "run.json").read_text(encoding="utf-8"))
    assert manifest["outputs"] == {name: hashlib.sha256(data).hexdigest() for name, data in FILES.items()}
    assert folder.finished() == manifest


def test_a_run_of_something_else_is_not_taken_for_this_one(tmp_path: Path) -> None:
    write(OutputFolder(tmp_path, "abc"))
    assert OutputFolder(tmp_path, "other").finished() is None


def test_without_its_manifest_or_a_file_a_folder_holds_no_finished_run(tmp_path: Path) -> None:
    for name in ("run.json", "aligned.tsv"):
        folder = OutputFolder(tmp_path / name, "abc")
        write(folder)
        (folder.path / name).unlink()
        assert folder.finished() is None


@pytest.mark.parametrize("name", ["aligned.tsv", "translation.txt", "run.json"])
def test_nothing_is_overwritten_unless_forced(tmp_path: Path, name: str) -> None:
    folder = OutputFolder(tmp_path, "abc")
    (tmp_path / name).write_bytes(b"a reviewer's work")
    with pytest.raises(OutputError, match=name):
        write(folder)
    assert (tmp_path / name).read_bytes() == b"a reviewer's work"
    write(folder, force=True)
    assert (tmp_path / "aligned.tsv").read_bytes() == b"rows"


def test_files_of_another_kind_are_added_to_a_finished_run(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path, "abc")
    write(folder)
    (tmp_path / "aligned.tsv").write_bytes(b"a reviewer's work")
    with folder.claim(("aligned.xlf",), force=False):
        folder.write({"aligned.xlf": b"more rows"}, {"counts": 1})
    finished = folder.finished()
    assert finished
    assert set(finished["outputs"]) == {*NAMES, "aligned.xlf"} == listing(tmp_path) - {"run.json"}
    assert (tmp_path / "aligned.tsv").read_bytes() == b"a reviewer's work"
    with (
        pytest.raises(OutputError, match="already holds run"),
        OutputFolder(tmp_path, "other").claim(("new",), force=False),
    ):
        pytest.fail("the run of something else was given away")


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"mine")
    write(OutputFolder(tmp_path, "abc"))
    assert (tmp_path / "notes.txt").read_bytes() == b"mine"


def test_an_unfinished_run_goes_on_over_its_own_half_written_files(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path, "abc")
    stop_in_the_middle(folder)
    (tmp_path / "aligned.tsv").write_bytes(b"written just before the kill")
    write(folder)
    assert folder.finished()


def test_the_unfinished_run_of_something_else_gives_no_leave_to_overwrite(tmp_path: Path) -> None:
    stop_in_the_middle(OutputFolder(tmp_path, "other"))
    (tmp_path / "aligned.tsv").write_bytes(b"a reviewer's work")
    with pytest.raises(OutputError):
        write(OutputFolder(tmp_path, "abc"))


def test_two_runs_do_not_write_into_one_folder_at_once(tmp_path: Path) -> None:
    first, second = OutputFolder(tmp_path, "abc"), OutputFolder(tmp_path, "abc")
    with (
        first.claim(NAMES, force=False),
        pytest.raises(OutputError, match="another run"),
        second.claim(NAMES, force=False),
    ):
        pass


def test_not_even_force_overwrites_what_the_run_reads(tmp_path: Path) -> None:
    document = tmp_path / "translation.txt"
    document.write_bytes(b"the only copy")
    (tmp_path / "link").symlink_to(tmp_path)
    for path in (document, tmp_path / "link" / "translation.txt"):
        with pytest.raises(OutputError, match="its own result"):  # noqa: SIM117
            with OutputFolder(tmp_path, "abc").claim(NAMES, force=True, inputs=[str(path)]):
                pytest.fail("the folder was given away")
    assert listing(tmp_path) == {"translation.txt", "link"}
    with OutputFolder(tmp_path / "out", "abc").claim(NAMES, force=True, inputs=[str(document)]):
        pass


def test_a_file_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "aligned.tsv").mkdir()
    with pytest.raises(OutputError, match="aligned"):
        write(OutputFolder(tmp_path, "abc"), force=True)


def test_one_file_is_written_whole_and_not_over_another(tmp_path: Path) -> None:
    path = tmp_path / "new" / "sheet.tsv"
    write_file(path, b"one", force=False)
    with pytest.raises(OutputError, match="already exists"):
        write_file(path, b"two", force=False)
    assert path.read_bytes() == b"one"
    write_file(path, b"two", force=True)
    assert (path.read_bytes(), listing(path.parent)) == (b"two", {"sheet.tsv"})
    with pytest.raises(OutputError, match="cannot be written"):
        write_file(path / "below", b"", force=True)


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="file"):
        write(OutputFolder(tmp_path / "file" / "out", "abc"))


# --- journals


def journal(folder: Path, name: str) -> Journal:
    opened = Journal(journal_in(folder, name))
    opened.keep({name.encode(): Draft("A draft.", "plain", None)})
    return opened


def holds(folder: Path, name: str, *keys: bytes) -> bool:
    with closing(Journal(journal_in(folder, name))) as opened:
        return opened.has(keys)


def test_the_journal_of_a_call_that_runs_is_not_deleted(tmp_path: Path) -> None:
    mine, running = journal(tmp_path, "mine"), journal(tmp_path, "running")
    mine.close()
    clear_journals(tmp_path)
    assert not journal_in(tmp_path, "mine").exists()
    running.keep({b"more": Draft("Another.", "plain", None)})
    running.close()
    assert holds(tmp_path, "running", b"running", b"more")
    clear_journals(tmp_path)
    assert listing(tmp_path) == set()


def test_two_running_calls_share_a_journal_until_the_last_is_done(tmp_path: Path) -> None:
    first, second = journal(tmp_path, "same"), journal(tmp_path, "same")
    first.close()
    clear_journals(tmp_path)
    assert second.has([b"same"])
    second.close()
    clear_journals(tmp_path)
    assert listing(tmp_path) == set()


@pytest.mark.parametrize("place", [".", "laws"])
def test_the_drafts_of_a_stopped_call_stay_while_its_document_is_unfinished(tmp_path: Path, place: str) -> None:
    stop_in_the_middle(OutputFolder(tmp_path / place, "stopped"))
    journal(tmp_path, "stopped").close()
    clear_journals(tmp_path)
    assert holds(tmp_path, "stopped", b"stopped")
    long_ago = time.time() - 31 * 86_400
    [mark] = (tmp_path / place).glob(".begun-*")
    os.utime(mark, (long_ago, long_ago))  # nobody has come back
    clear_journals(tmp_path)
    assert not list(tmp_path.glob(".journal-*"))


def test_a_damaged_journal_is_of_use_to_nobody(tmp_path: Path) -> None:
    journal_in(tmp_path, "damaged").write_bytes(b"no database" * 100)
    clear_journals(tmp_path)
    assert listing(tmp_path) == set()
