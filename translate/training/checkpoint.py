"""What training leaves on disk, each file whole or not there: the state to go on from, snapshots, the best weights."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003  # used when the methods run
from typing import TYPE_CHECKING, Any

from translate.errors import OutputError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class TrainingFolder:
    """The folder of one training."""

    path: Path

    @property
    def best(self) -> Path:
        """The weights with the best validation score so far, as safetensors."""
        return self.path / "best.safetensors"

    @property
    def _state(self) -> Path:
        return self.path / "state.pt"

    def snapshots(self) -> list[Path]:
        """Files of weights, oldest first."""
        return sorted(self.path.glob("step-*.safetensors"))

    def save_state(self, state: dict[str, Any]) -> None:
        """Replace the state to go on from."""
        import torch

        self._whole(self._state, lambda file: torch.save(state, file))

    def load_state(self, fingerprint: str) -> dict[str, Any] | None:
        """The state of an unfinished training; None if there is none. OutputError if it is another training's."""
        import torch

        if not self._state.is_file():
            return None
        state: dict[str, Any] = torch.load(self._state, map_location="cpu", weights_only=True)
        if state["fingerprint"] != fingerprint:
            remedy = "give it the data and options that it was begun with, or another folder"
            raise OutputError(Problem("holds a training with other data or options", str(self.path), remedy=remedy))
        return state

    def save_snapshot(self, step: int, weights: dict[str, Any], keep: int) -> None:
        """Add a snapshot, and delete the oldest ones until `keep` are left."""
        self.save_weights(self.path / f"step-{step:07d}.safetensors", weights)
        for old in self.snapshots()[:-keep]:
            old.unlink()

    def save_weights(self, path: Path, weights: dict[str, Any]) -> None:
        """Write weights to one file."""
        from safetensors.torch import save_file

        once = {name: value.detach().cpu().contiguous() for name, value in _distinct(weights).items()}
        self._whole(path, lambda file: save_file(once, file))

    def _whole(self, path: Path, write: Callable[[Path], None]) -> None:
        """Write beside the place, make sure that it is on the disk, and put it there in one step."""
        self.path.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + ".unfinished")
        try:
            write(unfinished)
            with unfinished.open("rb") as file:
                os.fsync(file.fileno())
            unfinished.replace(path)
        except (OSError, RuntimeError) as error:  # torch's writer raises RuntimeError when the disk is full
            raise OutputError(Problem(f"cannot be written: {error}", str(path))) from error


def _distinct(weights: dict[str, Any]) -> dict[str, Any]:
    """Tied weights once, under the first of their names."""
    seen: set[int] = set()
    distinct = {}
    for name, value in weights.items():
        if value.data_ptr() not in seen:
            distinct[name] = value
        seen.add(value.data_ptr())
    return distinct
