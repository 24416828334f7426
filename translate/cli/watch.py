"""What a long run shows while it lasts: a bar on a terminal, or one JSON object a line on standard error."""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Protocol

from translate.cli import console

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.progress import TaskID

WINDOW = 60.0  # seconds that the speed is taken over
PAUSE = 1.0  # seconds between two progress events


class Screen(Protocol):
    """Where a run is shown."""

    def update(self, state: dict[str, Any]) -> None:
        """Show how far the run is."""

    def tell(self, event: str, **what: Any) -> None:
        """Show that something happened."""


@dataclass(slots=True)
class Watch:
    """Follows a run. `sizes` are the bytes of the documents, in order: they tell how much is still to come."""

    screen: Screen
    sizes: Sequence[int]
    documents: int = 0  # done
    failed: int = 0
    sentences: int = 0  # done
    _read: int = 0  # documents
    _seen: int = 0  # sentences in them
    _history: deque[tuple[float, int]] = field(default_factory=deque)

    def progress(self, counted: str, done: int, total: int) -> None:
        """What `run_all` and `translate_document` call."""
        if counted == "documents":
            self.documents = done
        elif counted == "read":
            self._read = done
        else:
            self.sentences, self._seen = done, total
            self._history.append((time.monotonic(), done))
            while self._history[-1][0] - self._history[0][0] > WINDOW:
                self._history.popleft()
        self.screen.update(self.state())

    def say(self, message: str) -> None:
        """Something that a person should know."""
        self.screen.tell("message", message=message)

    def done(self, **summary: Any) -> None:
        """A document is done."""
        self.screen.tell("document", **summary)

    def fail(self, path: str, problems: Sequence[str]) -> None:
        """A document could not be done."""
        self.failed += 1
        self.screen.tell("failed", input=path, error=list(problems))

    def state(self) -> dict[str, Any]:
        """How far the run is; seconds left and sentences a second are None while nothing is known of them."""
        sizes = list(accumulate(self.sizes, initial=0))
        share = sizes[self._read] / sizes[-1] if sizes[-1] else 1.0
        expected = max(self._seen, round(self._seen / share)) if share else self._seen
        (first, before), (last, now) = (self._history[0], self._history[-1]) if self._history else ((0.0, 0), (0.0, 0))
        speed = (now - before) / (last - first) if last > first and now > before else None
        return {
            "documents": self.documents,
            "of_documents": len(self.sizes),
            "failed": self.failed,
            "sentences": self.sentences,
            "of_sentences": expected,  # an estimate until all documents are read
            "sentences_per_second": round(speed, 2) if speed else None,
            "seconds_left": round((expected - self.sentences) / speed) if speed else None,
        }


@dataclass(slots=True)
class Events:
    """For machines: one JSON object a line."""

    _next: float = 0.0

    def update(self, state: dict[str, Any]) -> None:
        """A progress event, unless there was one just now."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + PAUSE
            self.tell("progress", **state)

    def tell(self, event: str, **what: Any) -> None:
        """An event with its fields."""
        print(json.dumps({"event": event, **what}, ensure_ascii=False), file=sys.stderr, flush=True)


@dataclass(slots=True)
class Words:
    """For people: what goes wrong, and a bar where there is a terminal."""

    bar: Any = None
    task: TaskID | None = None

    def update(self, state: dict[str, Any]) -> None:
        """Move the bar."""
        if self.bar is None:
            return
        speed, left = state["sentences_per_second"], state["seconds_left"]
        self.bar.update(
            self.task,
            completed=state["sentences"],
            total=max(1, state["of_sentences"]),
            sentences=f"{state['sentences']} of {state['of_sentences']} sentences" * (state["of_sentences"] > 0),
            documents=f"{state['documents']} of {state['of_documents']} documents, " * (state["of_documents"] > 1),
            failed=f", [red]{state['failed']} failed[/]" if state["failed"] else "",
            speed=f"{speed:.1f} a second" if speed else "",
            left="" if left is None else f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02} left",
        )

    def tell(self, event: str, **what: Any) -> None:
        """Print a failure or a message above the bar."""
        lines = [f"error: {problem}" for problem in what["error"]] if event == "failed" else [what.get("message", "")]
        for line in filter(None, lines):
            if self.bar is None:
                print(line, file=sys.stderr, flush=True)
            else:
                self.bar.console.print(line, markup=False)


@contextmanager
def watching(title: str, sizes: Sequence[int], *, events: bool) -> Iterator[Watch]:
    """Show a run while the block lasts: as events, as a bar on a terminal, or by what goes wrong alone."""
    if events:
        yield Watch(Events(), sizes)
        return
    if not sys.stderr.isatty():
        yield Watch(Words(), sizes)
        return
    from rich.progress import BarColumn, Progress, TextColumn

    shown = "{task.fields[documents]}{task.fields[sentences]}{task.fields[failed]}"
    columns = (TextColumn("{task.description}", markup=False), BarColumn(20), TextColumn(shown))
    more = (TextColumn("{task.fields[speed]}"), TextColumn("{task.fields[left]}"))
    nothing: dict[str, Any] = dict.fromkeys(("documents", "sentences", "failed", "speed", "left"), "")
    with Progress(*columns, *more, console=console.messages(), transient=True) as bar:
        yield Watch(Words(bar, bar.add_task(title, total=None, **nothing)), sizes)
