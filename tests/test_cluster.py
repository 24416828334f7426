"""A real cluster on this machine: a scheduler and worker processes, some of which do not fit, die or come late."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import venv
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT
from translate.errors import PolicyTranslateError, SettingsError
from translate.models import BUILTIN_DIRECTORY, inspect_model, resolve_model
from translate.pipeline import Outcome, Task, load_source, open_toolbox, run_all
from translate.records import Segment
from translate.settings import Settings
from translate.work import DecoderSpec, line, open_crew, outpost
from translate.work.decoding import decode_chunk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

distributed: Any = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

PATIENCE = 120  # seconds for a process to start on a busy machine
PLACES = ("东城区", "西城区", "南山区", "北仑区", "江汉区", "新城区")
TEXT = "\n".join(f"{place}今年要新增就业{number}万人，并开展技能培训。" for number, place in enumerate(PLACES, 3))


class Cluster:
    """A scheduler and its workers, as processes."""

    def __init__(self, port: int, program: Path, protocol: str = "tcp", **environment: str) -> None:
        self.program = program  # of the workers, unless they are told otherwise
        self.environment = {**os.environ, **environment}
        self.address = f"{protocol}://127.0.0.1:{port}"
        self.running: list[subprocess.Popen[bytes]] = []
        where = ("--host", "127.0.0.1", "--port", str(port), "--protocol", protocol)
        self.scheduler = self._start("scheduler", *where, "--no-show")
        deadline = time.monotonic() + PATIENCE
        while socket.socket().connect_ex(("127.0.0.1", port)) and time.monotonic() < deadline:
            time.sleep(0.1)

    def worker(
        self, program: Path | None = None, python: str = sys.executable, **environment: str
    ) -> subprocess.Popen[bytes]:
        options = ("--nthreads", "1", "--no-nanny")
        return self._start("worker", self.address, *options, program=program, python=python, **environment)

    def _start(
        self,
        kind: str,
        *arguments: str,
        program: Path | None = None,
        python: str = sys.executable,
        **environment: str,
    ) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [python, "-m", f"distributed.cli.dask_{kind}", *arguments, "--no-dashboard"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**self.environment, "PYTHONPATH": str(program or self.program), **environment},
            cwd=program or self.program,
        )
        self.running.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for process in self.running:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A path on which this program lies as it is now, whatever is edited while the tests run."""
    folder = bare_program(tmp_path_factory.mktemp("program"))
    outpost.program.cache_clear()
    outpost.program()
    (folder / "translate" / "data" / "model").symlink_to(BUILTIN_DIRECTORY)
    return folder


@pytest.fixture
def cluster(program: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    monkeypatch.setattr("translate.work.cluster.WORKER_PATIENCE", PATIENCE)
    cluster = Cluster(free_port(), program)
    yield cluster
    cluster.stop()


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two documents that make six chunks of a sentence each."""
    monkeypatch.setattr(line, "CHUNK_CHARACTERS", 10)
    lines = TEXT.splitlines()
    (tmp_path / "one.txt").write_text("\n".join(lines[:4]), encoding="utf-8")
    (tmp_path / "two.txt").write_text("\n".join(lines[3:]), encoding="utf-8")
    return [tmp_path / "one.txt", tmp_path / "two.txt"]


def translate(
    archive: list[Path],
    root: Path,
    scheduler: str | None,
    announce: Callable[[str], None] = lambda message: None,
    progress: Callable[[str, int, int], None] = lambda *counted: None,
) -> dict[str, bytes]:
    """The files of a run of both documents, less the manifests, which hold times."""
    root.mkdir(exist_ok=True)
    tools = open_toolbox(Settings(model="builtin", scheduler=scheduler, formats=("tsv",)), announce)
    tasks = [Task(str(path), partial(load_source, path), root / path.stem) for path in archive]
    results = list(run_all(tasks, tools, root, progress))
    assert all(isinstance(result, Outcome) for result in results)
    return {
        str(file.relative_to(root)): file.read_bytes()
        for file in sorted(root.rglob("*.*"))
        if file.is_file() and file.suffix != ".json"
    }


def bare_program(folder: Path, program: Path = ROOT) -> Path:
    """A path on which this program lies without its model."""
    left_out = shutil.ignore_patterns("model", "__pycache__")
    shutil.copytree(program / "translate", folder / "translate", ignore=left_out)
    return folder


def other_program(folder: Path, program: Path) -> Path:
    """A path on which another version of this program lies."""
    with (bare_program(folder, program) / "translate" / "decode" / "judge.py").open("a", encoding="utf-8") as module:
        module.write("\nGOOD_ENOUGH = 4.0\n")
    return folder


def other_python(folder: Path) -> str:
    """The interpreter of an environment of its own, with the libraries of this one but not the program."""
    venv.create(folder, with_pip=False)
    for packages in folder.glob("lib/python*/site-packages"):
        libraries = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
        (packages / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    return str(folder / "bin" / "python")


def wait_for(condition: Callable[[], object], said: list[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, said
        time.sleep(0.05)


def test_a_worker_dies_another_comes_late_a_third_does_not_fit(
    cluster: Cluster, archive: list[Path], tmp_path: Path
) -> None:
    doomed, misfit = cluster.worker(), cluster.worker(other_program(tmp_path / "other", cluster.program))
    said: list[str] = []

    def interfere(counted: str, done: int, of: int) -> None:
        if counted == "sentences" and done >= 1 and doomed.poll() is None:
            cluster.kill(doomed)
            wait_for(lambda: any("is gone" in message for message in said), said)
            cluster.worker()
            wait_for(lambda: sum("is used" in message for message in said) == 2, said)

    shared = translate(archive, tmp_path / "shared", cluster.address, said.append, interfere)
    assert doomed.poll() == -signal.SIGKILL
    assert shared == translate(archive, tmp_path / "local", None)
    refused = [message for message in said if "is not used" in message]
    assert len(refused) == 1
    assert refused[0].startswith("worker tcp://127.0.0.1:")
    assert "it has policy-translate 0." in refused[0]
    assert misfit.poll() is None


def test_the_scheduler_goes_away_and_the_same_command_goes_on(
    cluster: Cluster, archive: list[Path], tmp_path: Path
) -> None:
    cluster.worker()
    counts: list[int] = []

    def interfere(counted: str, done: int, of: int) -> None:
        if counted == "sentences" and done >= 2:
            cluster.kill(cluster.scheduler)

    with pytest.raises(PolicyTranslateError, match=r"scheduler at tcp://127\.0\.0\.1:\d+ went away.*goes on"):
        translate(archive, tmp_path / "shared", cluster.address, progress=interfere)
    with ExitStack() as stack:
        again = Cluster(int(cluster.address.rpartition(":")[2]), cluster.program)
        stack.callback(again.stop)
        again.worker()
        shared = translate(
            archive,
            tmp_path / "shared",
            again.address,
            progress=lambda counted, done, of: counts.append(done) if counted == "sentences" else None,
        )
    assert min(counts) >= 2  # those were not done again
    assert shared == translate(archive, tmp_path / "local", None)


def test_the_model_is_sent_once_to_a_worker_without_it(cluster: Cluster, tmp_path: Path) -> None:
    spec = DecoderSpec(resolve_model("builtin"), threads=1)
    segments = [Segment("b1.s1", "b1", "今天开会。"), Segment("b2.s1", "b2", "请拨打12333。")]
    expected = decode_chunk(spec, segments, [(), ()])
    shutil.rmtree(outpost.cached_models(), ignore_errors=True)
    cluster.worker(bare_program(tmp_path / "bare", cluster.program))
    for times in ("once", "never again"):
        said: list[str] = []
        with open_crew(spec, scheduler=cluster.address, announce=said.append) as crew:
            assert crew.submit(segments, [(), ()]).result(PATIENCE) == expected
        assert any("is sent the model" in message for message in said) == (times == "once")
    assert [kept.name for kept in outpost.cached_models().iterdir()] == [spec.model.sha256[:24]]


def test_no_worker_fits(cluster: Cluster, tmp_path: Path) -> None:
    misfit = cluster.worker(other_program(tmp_path / "other", cluster.program))
    (tmp_path / "nothing").mkdir()
    cluster.worker(tmp_path / "nothing", python=other_python(tmp_path / "python"))
    with distributed.Client(cluster.address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=PATIENCE)
    spec = DecoderSpec(resolve_model("builtin"))
    with pytest.raises(PolicyTranslateError) as raised, open_crew(spec, scheduler=cluster.address):
        raise AssertionError
    *refused, ended = map(str, raised.value.problems)
    assert "no worker that fits" in ended
    assert all(re.match(r"tcp://127\.0\.0\.1:\d+: not used: ", reason) for reason in refused)
    assert any("not used: it has policy-translate 0." in reason for reason in refused)
    assert any("policy-translate is missing there" in reason for reason in refused)
    assert misfit.poll() is None


def test_nobody_at_the_address_is_known_in_seconds() -> None:
    began = time.monotonic()
    with (
        pytest.raises(PolicyTranslateError, match="no scheduler answers"),
        open_crew(DecoderSpec(resolve_model("builtin")), scheduler=f"tcp://127.0.0.1:{free_port()}"),
    ):
        raise AssertionError
    assert time.monotonic() - began < 20


def test_processes_and_a_scheduler_exclude_each_other() -> None:
    with (
        pytest.raises(SettingsError, match="not both"),
        open_crew(DecoderSpec(resolve_model("builtin")), jobs=2, scheduler="tcp://127.0.0.1:1"),
    ):
        raise AssertionError


@pytest.mark.parametrize("name", ["../config.json", "pytorch_model.bin", "run.py"])
def test_nothing_but_the_files_of_a_model_is_taken_in(name: str) -> None:
    import asyncio

    with pytest.raises(ValueError, match="not a file of a model"):
        asyncio.run(outpost.take_in("0" * 64, "parcel", name, b"x"))


def test_a_model_that_arrived_damaged_is_not_kept() -> None:
    import asyncio

    sha256 = "ab" * 32
    for name in outpost.SENT_FILES:
        if (BUILTIN_DIRECTORY / name).is_file():
            asyncio.run(outpost.take_in(sha256, "parcel", name, (BUILTIN_DIRECTORY / name).read_bytes()))
    with pytest.raises(PolicyTranslateError, match="damaged"):
        asyncio.run(outpost.put_away(sha256, "parcel"))
    assert not list(outpost.cached_models().glob("abab*"))


def test_a_model_that_two_calls_send_at_once_is_kept_once(tiny_model: Callable[..., Path]) -> None:
    import asyncio

    model = inspect_model(tiny_model(seed=7), name="tiny", origin="directory")
    shutil.rmtree(outpost.cached_models() / model.sha256[:24], ignore_errors=True)
    for parcel in ("one", "two"):
        for name in outpost.SENT_FILES:
            if (model.path / name).is_file():
                asyncio.run(outpost.take_in(model.sha256, parcel, name, (model.path / name).read_bytes()))
    for parcel in ("one", "two"):
        asyncio.run(outpost.put_away(model.sha256, parcel))
    assert [kept.name for kept in outpost.cached_models().glob(f"{model.sha256[:24]}*")] == [model.sha256[:24]]


def test_the_glossary_that_only_an_installed_copy_has_makes_no_other_program(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = bare_program(tmp_path, program) / "translate" / "data"
    monkeypatch.setattr(outpost, "BUILTIN_DIRECTORY", data / "model")
    bare = outpost.program.__wrapped__()
    (data / "glossary").mkdir()
    (data / "glossary" / "terms.tsv").write_text("source\ttarget\n", encoding="utf-8")
    assert outpost.program.__wrapped__() == bare
    (data / "numerals.toml").write_text("", encoding="utf-8")
    assert outpost.program.__wrapped__() != bare
