"""How a long run and a large archive scale, mostly in processor time, which a busy machine hardly changes.

    python -m benchmarks.scale [--parts overhead documents ...] [--table docs/scale-figures.md]

- overhead: an archive end to end, against the bare engine on the same batches, and where the rest of the time goes;
- deepened: the same with a model that answers alike and has the depth and vocabulary of opus-mt-zh-en;
- threads: one thread against two on the clock, beside the bare engine with as many threads on the same batches;
- documents: the cost of one more small document at 10, 100 and 1,000 documents, all of the same few sentences, so
  that decoding costs nothing and reading, terms, checks and writing remain;
- pages: peak memory of one document of 10, 100 and 1,000 pages, of 300 different sentences again and again;
- processes: one process against two, the processor time of all of them and the time on the clock.

Every measurement is a process of its own. Times are of the built-in model but for `deepened`. What is measured on the
clock wants a machine with nothing else to do.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial, wraps
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from benchmarks.archive import PAGE, document, write_archive
from benchmarks.speed import Recorder, deepened_model, peak_memory, replay, together
from translate import pipeline
from translate.decode import Judge, Translator
from translate.engines import open_engine
from translate.engines.tokenizer import Tokenizer
from translate.output import OutputFolder
from translate.pipeline import Outcome, Task, load_source, open_toolbox, run_all
from translate.settings import Settings
from translate.work import Journal, crew, decoding, open_decoder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from translate.pipeline import Toolbox

FORMATS = ("tsv", "xlsx", "html")
SAME = 300  # different sentences in a long document


class Inline(Executor):
    """Does at once what it is given, so that processor time can be told apart by what it was for."""

    def submit(self, fn: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*arguments, **options))
        return future


def run(paths: Sequence[Path], root: Path, tools: Toolbox) -> list[Outcome]:
    root.mkdir(parents=True, exist_ok=True)
    tasks = [Task(str(path), partial(load_source, path), root / path.stem) for path in paths]
    return [result for result in run_all(tasks, tools, root, lambda *counted: None) if isinstance(result, Outcome)]


def toolbox(**settings: Any) -> Toolbox:
    return open_toolbox(Settings(**{"model": "builtin", "use_memory": False, **settings}))


@contextmanager
def recorded(tools: Toolbox, folder: Path) -> Iterator[Recorder]:
    """What the engine is asked while `tools` are at work, everything loaded and warm."""
    recorder = Recorder(open_engine("ctranslate2", tools.model, threads=tools.settings.threads))
    decoder = replace(open_decoder(tools.spec), translator=Translator(recorder, Tokenizer(tools.model)))
    with ExitStack() as stack:
        for module in (decoding, crew):
            stack.enter_context(patch.object(module, "open_decoder", lambda spec: decoder))
        run(write_archive(folder / "warm", 1, 6, seed=10_000), folder / "w", tools)
        recorder.asked.clear()
        yield recorder


def deepened(size: int, folder: Path) -> dict[str, Any]:
    return overhead(size, folder, str(deepened_model(folder / "model")))


def overhead(size: int, folder: Path, model: str = "builtin") -> dict[str, Any]:
    tools = toolbox(model=model, threads=1, formats=FORMATS)
    spent: dict[str, float] = {}
    with ExitStack() as stack:
        recorder = stack.enter_context(recorded(tools, folder))
        for change in (
            patch.object(crew, "ThreadPoolExecutor", lambda threads: Inline()),
            _timed(spent, "judging candidates", Judge, "judge"),
            _timed(spent, "units and their checks", pipeline, "make_run"),
            _timed(spent, "files as bytes", pipeline, "files_of"),
            _timed(spent, "files on disk", OutputFolder, "write"),
            _timed(spent, "journal", Journal, "keep"),
            _timed(spent, "reading and segmenting", pipeline._Document, "begin"),
        ):
            stack.enter_context(change)
        paths = write_archive(folder / "in", size, 3 * PAGE)
        began = time.process_time()
        results = run(paths, folder / "out", tools)
        whole = time.process_time() - began
    began = time.process_time()
    replay(recorder.engine, together(recorder.asked))
    bare = time.process_time() - began
    return {
        "segments": sum(result.manifest["counts"]["segments"] for result in results),
        "ratio": bare / whole,
        "seconds": whole,
        **{f"share, {name}": value / whole for name, value in spent.items()},
    }


def threads(size: int, folder: Path) -> dict[str, Any]:
    tools = toolbox(threads=size, formats=FORMATS)
    with recorded(tools, folder) as recorder:
        paths = write_archive(folder / "in", 16, 3 * PAGE)
        began, used = time.perf_counter(), time.process_time()
        run(paths, folder / "out", tools)
        clock, processor = time.perf_counter() - began, time.process_time() - used
    bare = replay(recorder.engine, together(recorder.asked))
    return {"clock": clock, "processor": processor, "bare on the clock": bare, "ratio on the clock": bare / clock}


def documents(size: int, folder: Path) -> dict[str, Any]:
    tools = toolbox(threads=1, formats=FORMATS)
    text = document(6, seed=1)
    (folder / "in").mkdir()
    paths = [folder / "in" / f"{number:05d}.txt" for number in range(size)]
    for number, path in enumerate(paths):
        path.write_text(text + "一" * (number % 7 + 1) + "\n", encoding="utf-8")
    run(write_archive(folder / "warm", 1, 6, seed=1), folder / "w", tools)
    began = time.process_time()
    run(paths, folder / "out", tools)
    return {"milliseconds": 1000 * (time.process_time() - began) / size, "peak_mb": peak_memory()}


def pages(size: int, folder: Path) -> dict[str, Any]:
    tools = toolbox(threads=1, formats=("tsv",))
    lines = document(SAME, seed=1).splitlines()
    whole = [lines[number % len(lines)] for number in range(size * PAGE // 3)]
    (folder / "long.txt").write_text("\n".join(whole) + "\n", encoding="utf-8")
    began = time.process_time()
    (result,) = run([folder / "long.txt"], folder / "out", tools)
    segments = result.manifest["counts"]["segments"]
    return {"segments": segments, "peak_mb": peak_memory(), "seconds": time.process_time() - began}


def processes(size: int, folder: Path) -> dict[str, Any]:
    tools = toolbox(jobs=size, threads=size, formats=FORMATS)
    paths = write_archive(folder / "in", 16, 3 * PAGE)
    began = time.perf_counter()
    run(paths, folder / "out", tools)
    used = [getrusage(who).ru_utime + getrusage(who).ru_stime for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return {"clock": time.perf_counter() - began, "processor": sum(used)}


def _timed(spent: dict[str, float], name: str, owner: Any, attribute: str) -> Any:
    real = getattr(owner, attribute)

    @wraps(real)
    def timed(*arguments: Any, **options: Any) -> Any:
        began = time.thread_time()
        try:
            return real(*arguments, **options)
        finally:
            spent[name] = spent.get(name, 0.0) + time.thread_time() - began

    return patch.object(owner, attribute, timed)


PARTS: dict[str, tuple[Callable[[int, Path], dict[str, Any]], tuple[int, ...]]] = {
    "overhead": (overhead, (8,)),
    "deepened": (deepened, (4,)),
    "threads": (threads, (1, 2)),
    "documents": (documents, (10, 100, 1000)),
    "pages": (pages, (10, 100, 1000)),
    "processes": (processes, (1, 2)),
}


def measure(part: str, size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.scale", "--worker", part, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--table", type=Path, help="file to write the table to")
    parser.add_argument("--worker", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        part, size = arguments.worker[0], int(arguments.worker[1])
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(PARTS[part][0](size, Path(folder))))
        return
    lines = ["| part | size | measured |", "|---|---|---|"]
    for part in arguments.parts:
        for size in PARTS[part][1]:
            shown = ", ".join(f"{name} {value:.4g}" for name, value in measure(part, size).items())
            lines.append(f"| {part} | {size} | {shown} |")
            print(lines[-1], flush=True)
    if arguments.table:
        arguments.table.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
