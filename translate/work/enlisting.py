"""Which workers of a cluster may decode: those with the same program, the model, and the same results for a probe."""

from __future__ import annotations

import hashlib
import threading
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from translate.work import outpost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from translate.work.decoding import DecoderSpec

PIECE = 8 << 20  # bytes of a model that are sent at once


class Recruiter:
    """Looks at workers as they come, each in a thread of its own, and enlists those that fit."""

    def __init__(self, client: Any, spec: DecoderSpec, announce: Callable[[str], None]) -> None:
        """`spec` is made to work here too: a worker must give the same bytes as this machine."""
        self._client, self._spec, self._announce = client, spec, announce
        self._program, self._proof = outpost.program(), outpost.probe(spec)
        identity = f"{self._program} {spec.model.sha256} {replace(spec, threads=0)}"
        self.resource = f"policy-translate-{hashlib.sha256(identity.encode()).hexdigest()[:16]}"
        self.refused: dict[str, str] = {}  # worker -> reason, of those that are still there
        self._enlisted: dict[str, int] = {}  # worker -> threads
        self._pending: set[str] = set()
        self._machines: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)  # each gets a model once

    @property
    def threads(self) -> int:
        """Of all the workers that were enlisted and are there."""
        return sum(self._enlisted.copy().values())

    @property
    def busy(self) -> bool:
        """Whether a worker is being looked at."""
        return bool(self._pending)

    def look_at(self, present: Iterable[str]) -> None:
        """Look at the workers that are new, and forget those that are gone."""
        there = set(present)
        for gone in self._enlisted.keys() - there:
            del self._enlisted[gone]
            self._announce(f"worker {gone} is gone; others do its work")
        for gone in self.refused.keys() - there:
            del self.refused[gone]
        for worker in sorted(there - self._enlisted.keys() - self.refused.keys() - self._pending):
            self._pending.add(worker)
            threading.Thread(target=self._enlist, args=(worker,), daemon=True).start()

    def _enlist(self, worker: str) -> None:
        try:
            reason = self._why_not(worker)
            if reason:
                self.refused[worker] = reason
                self._announce(f"worker {worker} is not used: {reason}")
            else:
                self._enlisted[worker] = self._call(worker, outpost.enlist, self.resource)
                self._announce(f"worker {worker} is used, with {self._enlisted[worker]} threads")
        except Exception as error:  # a worker that died meanwhile, or one whose program fails: it is left out
            self.refused[worker] = f"{type(error).__name__}: {error}"
            self._announce(f"worker {worker} is not used: {self.refused[worker]}")
        finally:
            self._pending.discard(worker)

    def _why_not(self, worker: str) -> str:
        """Why `worker` cannot be used; empty if it can. It is sent the model if it has none."""
        try:
            told = self._call(worker, outpost.tell, self._spec.model.sha256)
        except Exception as error:  # a worker that cannot load what it is asked says so in words, not in kind
            if not any(kind in repr(error) for kind in ("ImportError", "ModuleNotFoundError", "AttributeError")):
                raise
            return f"policy-translate is missing there, or another version ({error})"
        if wrong := outpost.differences(told["program"], self._program):
            return f"it has {wrong}"
        with self._machines[worker.rpartition(":")[0]]:
            if not self._call(worker, outpost.tell, self._spec.model.sha256)["model"]:
                if self._spec.model.weights.suffix != ".safetensors":
                    return "it lacks the model, and pickled weights are not sent; save them as model.safetensors"
                self._send_model(worker)
        if self._call(worker, outpost.prove, self._spec) != self._proof:
            return "its processor rounds otherwise; the same CT2_FORCE_CPU_ISA here and there makes them agree"
        return ""

    def _send_model(self, worker: str) -> None:
        sha256, parcel = self._spec.model.sha256, uuid4().hex
        self._announce(f"worker {worker} is sent the model ({self._spec.model.size / 1e6:.0f} MB)")
        for name in outpost.SENT_FILES:
            file = self._spec.model.path / name
            if file.is_file():
                with file.open("rb") as stream:
                    while piece := stream.read(PIECE):
                        self._call(worker, outpost.take_in, sha256, parcel, name, piece)
        self._call(worker, outpost.put_away, sha256, parcel)

    def _call(self, worker: str, function: Callable[..., Any], *arguments: Any) -> Any:
        (answer,) = self._client.run(function, *arguments, workers=[worker], on_error="return").values()
        if isinstance(answer, BaseException):
            raise answer
        return answer
