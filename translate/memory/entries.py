"""What a memory holds: a source with an accepted target, where it came from, and between which neighbours it stood."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted translation. Texts are kept exactly; what is not known stays empty.

    `previous` and `next` are the sources before and after it in its document: "" for the document's edge, None if
    unknown. `time` is when it was accepted; None means now.
    """

    source: str
    target: str
    document: str = ""  # the name of the file
    sha256: str = ""  # of the document
    segment: str = ""  # the unit's id in it
    run: str = ""  # the fingerprint of the run
    status: str = "accepted"  # what the reviewer said: accepted, edited; imported where nobody here did
    previous: str | None = None
    next: str | None = None
    note: str = ""
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as it lies in the memory; `entry.time` is when it was last confirmed."""

    id: int
    entry: Entry
    created: datetime
    used: int  # how many times it was an answer that was taken

    @property
    def changed(self) -> datetime:
        """When it was last confirmed."""
        return self.entry.time or self.created

    @property
    def order(self) -> tuple[datetime, int]:
        """The newer of two entries has the greater one."""
        return self.changed, self.id

    @property
    def provenance(self) -> str:
        """Where it came from, in words: `notice.docx b0003.s02, accepted, 2026-11-24`."""
        entry = self.entry
        place = " ".join(filter(None, (entry.document, entry.segment)))
        return ", ".join(filter(None, (place, entry.status, f"{self.changed:%Y-%m-%d}")))


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did with the entries."""

    new: int = 0
    known: int = 0  # they were there; the newest now, if their time says so
    empty: int = 0  # without a source or a target: left out

    def __add__(self, other: Added) -> Added:
        return Added(self.new + other.new, self.known + other.known, self.empty + other.empty)


@dataclass(frozen=True, slots=True)
class Count:
    """What a memory holds, in numbers."""

    entries: int
    sources: int
    documents: int
    used: int  # answers taken, all together
    oldest: datetime | None
    newest: datetime | None


def in_context(entries: Sequence[Entry]) -> Iterator[Entry]:
    """All segments of a document, in its order, each with the sources beside it.

    One without a target is only its neighbours' neighbour, and is left out.
    """
    sources = ["", *(entry.source for entry in entries), ""]
    for entry, before, after in zip(entries, sources, sources[2:], strict=False):
        if entry.target.strip():
            yield replace(entry, previous=before, next=after)


def to_microseconds(time: datetime) -> int:
    """A time as the database keeps it: microseconds since 1970, UTC. A time without a zone is UTC."""
    aware = time if time.tzinfo else time.replace(tzinfo=UTC)
    return (aware - _EPOCH) // timedelta(microseconds=1)


def from_microseconds(value: int) -> datetime:
    """The time that the database keeps as `value`."""
    return _EPOCH + timedelta(microseconds=value)
