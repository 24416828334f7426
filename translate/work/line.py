"""The assembly line: sentences in, in the order of the documents; drafts out, each as its chunk is done."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from translate.work.crew import worker_lost
from translate.work.journal import Key, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from translate.records import Segment
    from translate.work.crew import Crew
    from translate.work.decoding import Draft, Hits
    from translate.work.journal import Journal

CHUNK_CHARACTERS = 3_000  # seconds of work for the built-in model, and still batches that fill the processors
Chunk = dict[Key, "Segment"]


@dataclass(slots=True)
class _Lot:
    """A chunk on its way; its segments are let go of when it is done."""

    segments: Chunk = field(default_factory=dict)
    characters: int = 0
    sent: bool = False
    done: bool = False


class Line:
    """Cuts the stream of distinct sentences into chunks, has a crew decode them, and keeps what comes back.

    Equal sentences are decoded once, whichever documents they are in. Where a chunk ends depends on the sentences
    alone, those of documents that are done already included, so that a run that goes on makes the same chunks. Not
    more chunks are under way at once than the crew asks for, so that memory does not grow with the documents.
    """

    def __init__(self, crew: Crew, journal: Journal, find: Callable[[str], Hits]) -> None:
        """`find` gives the glossary hits of a text."""
        self._crew, self._journal, self._find = crew, journal, find
        self._lots: dict[Key, _Lot] = {}
        self._open = _Lot()
        self._under_way: dict[Future[tuple[Draft, ...]], _Lot] = {}
        self.finished = 0  # distinct segments whose drafts are there

    def add(self, segments: Iterable[Segment], *, needed: bool = True) -> None:
        """Put the segments of a document on the line; those of one that is done already are not `needed`."""
        for segment in segments:
            key = key_of(segment)
            if key not in self._lots:
                self._lots[key] = self._open
                self._open.segments[key] = segment
                self._open.characters += len(segment.text)
            lot = self._lots[key]
            if needed and not lot.sent:
                lot.sent = True
                if lot is not self._open:  # a document that was done had it alone, and another needs it now
                    self._send(lot)
            if self._open.characters >= CHUNK_CHARACTERS:
                self.flush()

    def flush(self) -> None:
        """End the open chunk: at the end of the last document there will be nothing more to fill it with."""
        lot, self._open = self._open, _Lot()
        if lot.sent:
            self._send(lot)

    @property
    def busy(self) -> bool:
        """Whether a chunk is under way."""
        return bool(self._under_way)

    def ready(self, segments: Iterable[Segment]) -> bool:
        """Whether the drafts of all the segments are there."""
        return all(self._lots[key_of(segment)].done for segment in segments)

    def wait(self) -> None:
        """Let the next chunk be done."""
        done, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
        for future in done:
            lot = self._under_way.pop(future)
            try:
                drafts = future.result()
            except BrokenProcessPool as error:
                raise worker_lost() from error
            self._journal.keep(dict(zip(lot.segments, drafts, strict=True)))
            self._end(lot)

    def _send(self, lot: _Lot) -> None:
        if self._journal.has(lot.segments):
            self._end(lot)
            return
        while len(self._under_way) >= self._crew.ahead:
            self.wait()
        segments = tuple(lot.segments.values())
        hits = [self._find(segment.text) for segment in segments]
        self._under_way[self._crew.submit(segments, hits)] = lot

    def _end(self, lot: _Lot) -> None:
        lot.done = True
        self.finished += len(lot.segments)
        lot.segments = {}
