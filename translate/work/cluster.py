"""A Dask cluster as the crew: workers that fit are enlisted as they appear, and the scheduler shares the chunks out.

A worker that fits (translate.work.enlisting) carries a resource named after the decoder, which every chunk asks for:
so a worker that joins late is used, and one that does not fit gets nothing. The caller alone keeps and writes results.
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from translate.errors import PolicyTranslateError, Problem
from translate.work.enlisting import Recruiter
from translate.work.joining import join
from translate.work.outpost import decode_here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from translate.records import Segment
    from translate.work.decoding import DecoderSpec, Draft, Hits

WORKER_PATIENCE = 30.0  # seconds without a worker that fits, at the beginning and later
REFUSED_PATIENCE = 3.0  # the same at the beginning, when those that are there do not fit
ROUND = 0.5  # seconds between looks at who is there
CHUNKS_A_THREAD = 3  # under way at once, so that no worker waits for the caller
GOES_ON = "the same command goes on where it stopped"


@dataclass(slots=True, eq=False)
class _Order:
    """A chunk that was handed out; `remote` is the scheduler's future of it, the latest if it was sent anew."""

    segments: Sequence[Segment]
    hits: Sequence[Hits]
    answer: Future[tuple[Draft, ...]] = field(default_factory=Future)
    remote: Future[tuple[Draft, ...]] | None = None


class Cluster:
    """The crew behind a scheduler. Made by `open_cluster`."""

    def __init__(self, client: Any, address: str, spec: DecoderSpec, announce: Callable[[str], None]) -> None:
        """`announce` hears, in words, which workers are used, refused or gone."""
        self._client, self._address, self._spec = client, address, spec
        self._closed = threading.Event()
        # what fails because the call is over is no news
        self._recruiter = Recruiter(client, spec, lambda message: None if self._closed.is_set() else announce(message))
        self._executor = client.get_executor(resources={self._recruiter.resource: 1}, pure=False)
        self._lock = threading.RLock()
        self._orders: set[_Order] = set()
        self._failure: PolicyTranslateError | None = None
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    @property
    def ahead(self) -> int:
        """How many chunks to keep under way."""
        return CHUNKS_A_THREAD * max(1, self._recruiter.threads)

    def submit(self, segments: Sequence[Segment], hits: Sequence[Hits]) -> Future[tuple[Draft, ...]]:
        """Hand a chunk out."""
        order = _Order(segments, hits)
        with self._lock:
            if self._failure:
                raise self._failure
            self._orders.add(order)
            self._send(order)
        return order.answer

    def start(self) -> None:
        """Enlist workers; returns when the first is there, and raises if there is none that fits."""
        self._watcher.start()
        while not self._recruiter.threads:
            if self._failure:
                raise self._failure
            time.sleep(0.05)

    def close(self) -> None:
        """Give up what is still under way, and leave the cluster as it was."""
        self._closed.set()
        for order in list(self._orders):
            if order.remote is not None:
                order.remote.cancel()

    def _send(self, order: _Order) -> None:
        order.remote = self._executor.submit(decode_here, self._spec, order.segments, order.hits)
        order.remote.add_done_callback(lambda remote: self._settle(order, remote))

    def _settle(self, order: _Order, remote: Future[tuple[Draft, ...]]) -> None:
        """Pass the answer on, unless the chunk was sent anew since."""
        with self._lock:
            if order.remote is not remote or order.answer.done() or self._closed.is_set():
                return
            try:
                order.answer.set_result(remote.result())
            except PolicyTranslateError as error:
                order.answer.set_exception(error)
            except CancelledError:
                self._fail("went away")
            except Exception as error:  # a worker's own, or the scheduler's word on it
                order.answer.set_exception(_in_words(error))
            self._orders.discard(order)

    def _watch(self) -> None:
        """Look who is there, again and again, until the call is over or nothing can come of it."""
        last, ever, waiting = time.monotonic(), False, False  # when there was a worker that fits, and if ever
        while not self._closed.wait(ROUND):
            try:
                present = self._present()
            except Exception as error:  # connections fail in many ways
                if not self._closed.is_set():
                    self._fail(f"went away ({type(error).__name__})")
                return
            self._recruiter.look_at(present)
            if self._recruiter.threads:
                if waiting and not self._sent_anew():
                    return
                last, ever, waiting = time.monotonic(), True, False
                continue
            waiting = ever
            patience = REFUSED_PATIENCE if self._recruiter.refused and not ever else WORKER_PATIENCE
            if not self._recruiter.busy and time.monotonic() - last > patience:
                self._fail("has no worker that fits")
                return

    def _present(self) -> list[str]:
        identity = self._client.sync(self._client.scheduler.identity, callback_timeout=WORKER_PATIENCE)
        return list(identity["workers"])

    def _sent_anew(self) -> bool:
        """Whether what was waiting could be sent; if not, the call has failed."""
        try:
            self._send_anew()
        except Exception as error:  # as above: without this thread nobody would tell the caller
            if not self._closed.is_set():
                self._fail(f"went away ({type(error).__name__})")
            return False
        return True

    def _send_anew(self) -> None:
        """What waited for a worker while there was none would wait for ever."""
        with self._lock:
            stale = [order.remote for order in self._orders if order.remote is not None]
            for order in self._orders:
                self._send(order)
        for remote in stale:  # without the lock: this waits for the client's thread, which may be waiting for the lock
            remote.cancel()

    def _fail(self, what: str) -> None:
        with self._lock:
            reasons = [Problem(f"not used: {why}", worker) for worker, why in self._recruiter.refused.items()]
            self._failure = PolicyTranslateError(
                *reasons, Problem(f"the scheduler at {self._address} {what}", remedy=GOES_ON)
            )
            for order in self._orders:
                if not order.answer.done():
                    order.answer.set_exception(self._failure)


@contextmanager
def open_cluster(spec: DecoderSpec, address: str, announce: Callable[[str], None]) -> Iterator[Cluster]:
    """Join the cluster whose scheduler is at `address`, as tcp://host:8786 or tls://host:8786.

    Raises PolicyTranslateError within seconds if there is no scheduler or no worker that fits.
    """
    log = logging.getLogger("distributed")
    level = log.level
    log.setLevel(logging.CRITICAL)  # what matters is said by errors and `announce`
    try:
        client = join(address)
        try:
            cluster = Cluster(client, address, spec, announce)
            try:
                cluster.start()
                yield cluster
            finally:
                cluster.close()
        finally:
            client.close(timeout=2)
    finally:
        log.setLevel(level)


def _in_words(error: Exception) -> PolicyTranslateError:
    if type(error).__name__ == "KilledWorker":
        what = "several workers in a row ended while they had the same chunk; do they have memory enough?"
        return PolicyTranslateError(Problem(what, remedy=GOES_ON))
    return PolicyTranslateError(Problem(f"a worker failed: {type(error).__name__}: {error}", remedy=GOES_ON))
