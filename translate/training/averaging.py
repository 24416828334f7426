"""Weights of several moments of training as one model: often better than any of them (Junczys-Dowmunt et al. 2016)."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # used when the functions run
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

State = dict[str, Any]  # names to tensors


def average(files: Sequence[Path]) -> State:
    """The mean of snapshots (safetensors files), weight by weight, in float32."""
    from safetensors.torch import load_file

    if not files:
        raise ValueError("no snapshots to average")
    total: State = {}
    for file in files:
        for name, value in load_file(file).items():
            total[name] = total[name] + value.float() if name in total else value.float()
    return {name: value / len(files) for name, value in total.items()}


def interpolate(one: Mapping[str, Any], other: Mapping[str, Any], share: float) -> State:
    """The weights of `other`, `share` of them and the rest of `one`: a way back from what fine-tuning forgot.

    Wortsman et al. 2022. Snapshots have tied weights once, and so has the result: load it with strict=False.
    """
    return {name: one[name] + share * (value - one[name]) for name, value in other.items()}
