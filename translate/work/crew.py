"""Who decodes chunks: threads of this process, processes of this machine, or a cluster.

Threads share one engine, whose own threads do the decoding, while Python judges what others have decoded. Processes
judge in parallel too, at the price of a model each.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from translate.engines import available_processors
from translate.errors import PolicyTranslateError, Problem, SettingsError
from translate.work.decoding import decode_chunk, open_decoder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor, Future

    from translate.records import Segment
    from translate.work.decoding import DecoderSpec, Draft, Hits


class Crew(Protocol):
    """What the line needs of those who decode."""

    @property
    def ahead(self) -> int:
        """How many chunks to keep under way; this may change as workers come and go."""
        ...

    def submit(self, segments: Sequence[Segment], hits: Sequence[Hits]) -> Future[tuple[Draft, ...]]:
        """Have a chunk decoded. The future fails with a PolicyTranslateError if nobody can."""
        ...


@dataclass(frozen=True, slots=True)
class LocalCrew:
    """Threads or processes of this machine."""

    executor: Executor
    spec: DecoderSpec
    ahead: int

    def submit(self, segments: Sequence[Segment], hits: Sequence[Hits]) -> Future[tuple[Draft, ...]]:
        """Have a chunk decoded."""
        try:
            return self.executor.submit(decode_chunk, self.spec, segments, hits)
        except BrokenProcessPool as error:
            raise worker_lost() from error


@contextmanager
def open_crew(
    spec: DecoderSpec,
    jobs: int = 1,
    scheduler: str | None = None,
    announce: Callable[[str], None] = lambda message: None,
) -> Iterator[Crew]:
    """The crew for `spec`: `jobs` processes (1: threads of this one), or the cluster of the Dask scheduler named.

    `announce` hears which workers of a cluster are used, refused or gone. Chunks that have not begun are dropped when
    the block is left by an error or an interrupt, and processes are ended in the middle of theirs.
    """
    if scheduler:
        if jobs > 1:
            raise SettingsError(Problem("give jobs or a scheduler, not both", remedy="its workers decide how many"))
        from translate.work.cluster import open_cluster

        with open_cluster(spec, scheduler, announce) as cluster:
            yield cluster
        return
    threads = spec.threads or available_processors()
    crew: LocalCrew
    if jobs > 1:
        spec = replace(spec, threads=max(1, threads // jobs))
        pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_live_with_parent)
        crew = LocalCrew(pool, spec, 3 * jobs)
    else:
        open_decoder(spec)  # here, once, and not in each of the threads at the same time
        crew = LocalCrew(ThreadPoolExecutor(threads + 1), spec, 2 * threads + 2)
    others = set(multiprocessing.active_children())
    try:
        yield crew
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        crew.executor.shutdown(wait=True, cancel_futures=True)


def _live_with_parent() -> None:
    """In a process of the pool: end when the parent is gone, however it ended, and leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all of them

    def follow() -> None:
        if (parent := multiprocessing.parent_process()) is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def worker_lost() -> PolicyTranslateError:
    """What a pool whose process was killed means to the user."""
    remedy = "the same command goes on where it stopped; with less memory, fewer --jobs"
    return PolicyTranslateError(Problem("a worker process was ended from outside", remedy=remedy))
