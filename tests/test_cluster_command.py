"""The command line with a real cluster: stopped by signals, encrypted, with a model of one's own, two calls at once."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.test_cluster import PATIENCE, Cluster, bare_program, free_port, other_python, wait_for
from translate.models import BUILTIN_DIRECTORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

distributed: Any = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
psutil: Any = pytest.importorskip("psutil", reason="comes with the extra `cluster`")

PROMPT = 60  # seconds between a signal and the end, on a busy machine
FILES = ("aligned.tsv", "translation.txt")
TLS = "DASK_DISTRIBUTED__COMM__TLS__"


class Caller:
    """Starts the program on one archive, as a user does."""

    def __init__(self, program: Path, archive: Path) -> None:
        self.program, self.archive = program, archive

    def start(self, output: Path, *options: object, **environment: str) -> subprocess.Popen[str]:
        fixed = ("--no-glossary", "--no-memory", "--write", "tsv", "--output", output)
        return subprocess.Popen(
            [sys.executable, "-m", "translate", "run", self.archive, *fixed, *map(str, options)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.program,
            env={**os.environ, "PYTHONPATH": str(self.program), **environment},
        )

    def run(self, output: Path, *options: object, **environment: str) -> tuple[int, str]:
        """Exit code and standard error."""
        process = self.start(output, *options, **environment)
        said = process.communicate(timeout=PATIENCE)[1]
        return process.returncode, said

    def stop(self, output: Path, signal_: int, *options: object) -> str:
        """Standard error of a call that gets a signal once it has done another sentence."""
        before = done(output)
        process = self.start(output, *options)
        wait_for(lambda: done(output) > before or process.poll() is not None, [str(output)])
        process.send_signal(signal_)
        said = process.communicate(timeout=PROMPT)[1]
        assert process.returncode == 130, said
        assert said.endswith("interrupted; the same command goes on where this one stopped\n")
        assert "Traceback" not in said
        return said


def done(output: Path) -> int:
    """Sentences in the journal of an unfinished call."""
    for journal in output.glob(".journal-*.sqlite"):
        try:
            with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as connection:
                return int(connection.execute("SELECT count(*) FROM drafts").fetchone()[0])
        except sqlite3.OperationalError:  # it is just being made
            continue
    return 0


def whole(output: Path) -> dict[str, bytes]:
    """The files of the documents that count as finished."""
    finished = [manifest.parent for manifest in sorted(output.glob("*/run.json"))]
    return {f"{folder.name}/{name}": (folder / name).read_bytes() for folder in finished for name in FILES}


@pytest.fixture(scope="module")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Caller:
    """With a program whose chunks are a sentence each, so that a few sentences are many."""
    program = bare_program(tmp_path_factory.mktemp("program"))
    (program / "translate" / "data" / "model").symlink_to(BUILTIN_DIRECTORY)
    module = program / "translate" / "work" / "line.py"
    text = module.read_text(encoding="utf-8")
    assert "\nCHUNK_CHARACTERS = 3_000" in text
    module.write_text(text.replace("\nCHUNK_CHARACTERS = 3_000", "\nCHUNK_CHARACTERS = 10"), encoding="utf-8")
    archive = tmp_path_factory.mktemp("archive")
    for first in (1, 16):
        lines = [f"全县今年要新增就业{number}万人，并开展技能培训。" for number in range(first, first + 18)]
        (archive / f"from-{first}.txt").write_text("\n".join(lines), encoding="utf-8")
    return Caller(program, archive)


@pytest.fixture(scope="module")
def local(caller: Caller, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the built-in model makes of the archive without a cluster."""
    output = tmp_path_factory.mktemp("local")
    assert caller.run(output, "--model", "builtin")[0] == 0
    assert len(whole(output)) == 4
    return whole(output)


@pytest.fixture(scope="module")
def cluster(caller: Caller, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two workers; one is a virtual environment and a home of its own, without a model."""
    apart = tmp_path_factory.mktemp("apart")
    cluster = Cluster(free_port(), caller.program)
    cluster.worker()
    bare = bare_program(apart / "program", caller.program)
    cluster.worker(bare, other_python(apart / "python"), XDG_CACHE_HOME=str(apart / "cache"))
    yield cluster
    cluster.stop()


def work_left(cluster: Cluster) -> int:
    """Tasks that the scheduler or a worker still knows of."""

    def on_scheduler(dask_scheduler: Any) -> int:
        return len(dask_scheduler.tasks)

    def on_worker(dask_worker: Any) -> int:
        return len(dask_worker.state.tasks)

    with distributed.Client(cluster.address, set_as_default=False) as client:
        workers: dict[str, int] = client.run(on_worker)
        return int(client.run_on_scheduler(on_scheduler)) + sum(workers.values())


def test_stopped_by_signals_it_leaves_no_work_and_goes_on(
    caller: Caller, cluster: Cluster, local: dict[str, bytes], tmp_path: Path
) -> None:
    call = ("--model", "builtin", "--scheduler", cluster.address)
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        said = caller.stop(tmp_path, signal_, *call)
        assert "is used" in said
        assert whole(tmp_path).items() < local.items()
        assert not (tmp_path / "summary.json").exists()
        wait_for(lambda: not work_left(cluster), ["work is left"])
    assert caller.run(tmp_path, *call)[0] == 0
    assert whole(tmp_path) == local
    assert not list(tmp_path.rglob(".*"))


def test_a_model_of_ones_own_is_sent_and_the_journal_serves_cluster_processes_and_threads(
    caller: Caller, cluster: Cluster, tiny_model: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "archive").mkdir()
    shutil.copy(caller.archive / "from-1.txt", tmp_path / "archive")
    caller = Caller(caller.program, tmp_path / "archive")
    model = tiny_model(seed=int(time.time()))  # one that no earlier test has left in a cache
    call = ("--model", model, "--beam-size", 1)
    said = caller.stop(tmp_path / "mixed", signal.SIGINT, *call, "--scheduler", cluster.address)
    assert "is sent the model" in said
    caller.stop(tmp_path / "mixed", signal.SIGTERM, *call, "--jobs", 2)
    assert done(tmp_path / "mixed") >= 2
    assert caller.run(tmp_path / "mixed", *call)[0] == 0
    assert caller.run(tmp_path / "local", *call)[0] == 0
    assert whole(tmp_path / "mixed") == whole(tmp_path / "local")


def test_pickled_weights_are_not_sent(
    caller: Caller, cluster: Cluster, tiny_model: Callable[..., Path], tmp_path: Path
) -> None:
    model = tiny_model(pickled=True, seed=1)
    code, said = caller.run(tmp_path, "--model", model, "--scheduler", cluster.address)
    assert code == 2
    assert "pickled weights are not sent; save them as model.safetensors" in said
    assert "Traceback" not in said


def test_calls_at_once_with_the_same_decoder_and_another(
    caller: Caller, cluster: Cluster, local: dict[str, bytes], tmp_path: Path
) -> None:
    call = ("--model", "builtin", "--scheduler", cluster.address)
    calls = [
        caller.start(tmp_path / "first", *call),
        caller.start(tmp_path / "same", *call),
        caller.start(tmp_path / "other", *call, "--beam-size", 2),
    ]
    for one in calls:
        said = one.communicate(timeout=PATIENCE)[1]
        assert one.returncode == 0, said
        assert "is not used" not in said
    assert whole(tmp_path / "first") == whole(tmp_path / "same") == local
    assert caller.run(tmp_path / "local", "--model", "builtin", "--beam-size", 2)[0] == 0
    assert whole(tmp_path / "other") == whole(tmp_path / "local")


def test_processes_do_not_outlive_a_caller_that_is_killed(caller: Caller, tmp_path: Path) -> None:
    process = caller.start(tmp_path, "--model", "builtin", "--jobs", "2")
    wait_for(lambda: done(tmp_path), ["nothing is done"])
    children = psutil.Process(process.pid).children()
    assert len(children) >= 2
    process.kill()
    process.communicate()
    _, alive = psutil.wait_procs(children, timeout=PROMPT)
    assert not alive


def certificates(folder: Path) -> dict[str, str]:
    """Dask's settings for an authority of our own and one certificate for everybody."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make certificates with")
    folder.mkdir()

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    key = ("-newkey", "rsa:2048", "-nodes")
    openssl("req", "-x509", *key, "-subj", "/CN=authority", "-days", "2", "-keyout", "ca-key.pem", "-out", "ca.pem")
    openssl("req", *key, "-subj", "/CN=node", "-keyout", "key.pem", "-out", "request.pem")
    signing = ("-CA", "ca.pem", "-CAkey", "ca-key.pem", "-CAcreateserial", "-days", "2")
    openssl("x509", "-req", "-in", "request.pem", *signing, "-out", "cert.pem")
    roles = ("SCHEDULER", "WORKER", "CLIENT")
    return {
        f"{TLS}CA_FILE": str(folder / "ca.pem"),
        **{f"{TLS}{role}__CERT": str(folder / "cert.pem") for role in roles},
        **{f"{TLS}{role}__KEY": str(folder / "key.pem") for role in roles},
    }


def test_an_encrypted_cluster(caller: Caller, local: dict[str, bytes], tmp_path: Path) -> None:
    settings = certificates(tmp_path / "ours")
    cluster = Cluster(free_port(), caller.program, "tls", **settings)
    try:
        cluster.worker()
        call = ("--model", "builtin", "--scheduler", cluster.address)
        refusals = {
            "needs certificates, and Dask's settings name none": {},
            "no such file": settings | {f"{TLS}CLIENT__KEY": str(tmp_path / "none.pem")},
            "no encrypted connection: ": certificates(tmp_path / "theirs"),
        }
        for refusal, environment in refusals.items():
            code, said = caller.run(tmp_path / "refused", *call, **environment)
            assert code == 2, said
            assert refusal in said
            assert f"{TLS}CLIENT__KEY" in said  # the remedy names what to set
            assert len(said.splitlines()) == 1
        assert caller.run(tmp_path / "shared", *call, **settings)[0] == 0
        assert whole(tmp_path / "shared") == local
    finally:
        cluster.stop()


@pytest.mark.parametrize(
    ("address", "told"), [("localhost", "missing port number"), ("http://localhost:1", "unknown address scheme")]
)
def test_no_address(caller: Caller, address: str, told: str, tmp_path: Path) -> None:
    code, said = caller.run(tmp_path, "--scheduler", address, "--model", "builtin")
    assert code == 2
    assert said.startswith(f"error: {address}: not the address of a scheduler: {told}")
