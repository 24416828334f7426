"""Who decodes chunks: threads of this process, or processes of this machine; both are standard executors.

Threads share one engine, whose own threads do the decoding, while Python judges what others have decoded. Processes
judge in parallel too, at the price of a model each.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from translate.engines import available_processors
from translate.work.decoding import open_decoder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from translate.work.decoding import DecoderSpec


@contextmanager
def open_crew(spec: DecoderSpec, jobs: int = 1) -> Iterator[tuple[Executor, DecoderSpec, int]]:
    """(executor, the spec for it, chunks to keep under way). `jobs` is the number of processes; 1 is this one.

    Chunks that have not begun are dropped when the block is left by an error or an interrupt.
    """
    threads = spec.threads or available_processors()
    crew: Executor
    if jobs > 1:
        spec = replace(spec, threads=max(1, threads // jobs))
        crew, ahead = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")), 3 * jobs
    else:
        open_decoder(spec)  # here, once, and not in each of the threads at the same time
        crew, ahead = ThreadPoolExecutor(threads + 1), 2 * threads + 2
    try:
        yield crew, spec, ahead
    finally:
        crew.shutdown(wait=True, cancel_futures=True)
