"""What runs on a worker of a cluster: telling what it is, taking in a model, and decoding with it.

These functions are called by name over the network: a worker has its own copy of this program, and `differences`
says where it is not the same one.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import platform
import shutil
from dataclasses import asdict, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.errors import ModelError
from translate.models import BUILTIN_DIRECTORY, OPTIONAL_FILES, REQUIRED_FILES, Model, inspect_model, local_models
from translate.records import Segment
from translate.work.decoding import DecoderSpec, Draft, decode_chunk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from translate.work.decoding import Hits

SENT_FILES = (*REQUIRED_FILES, "model.safetensors", *OPTIONAL_FILES)  # no pickled weights, which could be a program
DECIDING = ("checks", "data", "decode", "engines", "glossary", "numerals", "segment", "work")  # parts that make drafts
PROBE = ("今年上半年，全市新增就业3.2万人。", "各单位要在9月30日前报送材料，逾期不予受理。", "咨询电话：12345")


@cache
def program() -> dict[str, str]:
    """What decides a draft besides the model: the program, by version and content, and the libraries under it."""
    root = BUILTIN_DIRECTORY.parent.parent
    elsewhere = {BUILTIN_DIRECTORY, BUILTIN_DIRECTORY.with_name("glossary")}  # known by hash; only in installed copies
    digest = hashlib.sha256()
    files = [file for part in DECIDING for file in (root / part).rglob("*") if file.suffix in (".py", ".toml", ".tsv")]
    for file in sorted([*files, *root.glob("*.py")], key=str):
        if not elsewhere & set(file.parents):
            digest.update(f"{file.relative_to(root).as_posix()}\0".encode() + file.read_bytes())
    libraries = ("ctranslate2", "sentencepiece", "opencc", "simplemma")
    return {
        "policy-translate": f"{version('policy-translate')} ({digest.hexdigest()[:8]})",
        **{name: version(name) for name in libraries},
        "python": ".".join(platform.python_version_tuple()[:2]),
    }


def differences(theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    """Where a worker's program is another, in words; empty where it is the same."""
    return ", ".join(
        f"{name} {theirs.get(name, 'missing')} and not {value}"
        for name, value in ours.items()
        if theirs.get(name) != value
    )


async def tell(sha256: str) -> dict[str, Any]:
    """What this worker is: its program, and whether it has the model."""
    return {"program": program(), "model": await asyncio.to_thread(find_model, sha256) is not None}


async def take_in(sha256: str, parcel: str, name: str, data: bytes) -> None:
    """Append to a file of a model that is being sent; `parcel` is this sending's own name."""
    if name not in SENT_FILES or not parcel.isalnum():
        raise ValueError(f"not a file of a model: {name!r}")
    folder = cached_models() / f"{sha256[:24]}.{parcel}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("ab") as stream:
        stream.write(data)


async def put_away(sha256: str, parcel: str) -> None:
    """Keep a model that was sent whole, once its content has proved to be what it should be."""
    folder, final = cached_models() / f"{sha256[:24]}.{parcel}", cached_models() / sha256[:24]
    try:
        arrived = await asyncio.to_thread(inspect_model, folder, name=sha256[:24], origin="directory")
        if arrived.sha256 != sha256:
            raise ModelError("the model arrived damaged")
        try:
            folder.rename(final)
        except OSError:
            if not final.is_dir():  # else another call has sent the same model meanwhile
                raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def prove(spec: DecoderSpec, dask_worker: Any) -> str:
    """Load the model, and decode a few sentences: the same program on another kind of processor may round otherwise."""
    return await asyncio.to_thread(probe, _at_home(spec, dask_worker.state.nthreads))


async def enlist(resource: str, dask_worker: Any) -> int:
    """Let this worker have chunks of the decoder that `resource` names: as many at once as it has threads."""
    threads: int = dask_worker.state.nthreads
    if resource not in dask_worker.state.total_resources:
        await dask_worker.set_resources(**{resource: threads})
    return threads


def decode_here(spec: DecoderSpec, segments: Sequence[Segment], hits: Sequence[Hits]) -> tuple[Draft, ...]:
    """`decode_chunk` with this machine's copy of the model."""
    from distributed import get_worker

    return decode_chunk(_at_home(spec, get_worker().state.nthreads), segments, hits)


def probe(spec: DecoderSpec) -> str:
    """A hash of what the decoder makes of a few sentences, scores included."""
    segments = [Segment(f"b{number}", f"b{number}", text) for number, text in enumerate(PROBE)]
    drafts = decode_chunk(spec, segments, [()] * len(segments))
    return hashlib.sha256(json.dumps([asdict(draft) for draft in drafts]).encode()).hexdigest()[:16]


def find_model(sha256: str) -> Model | None:
    """The model with this content on this machine: one that was sent before, the built-in one, any other."""
    kept = cached_models() / sha256[:24]
    if kept.is_dir():
        model = inspect_model(kept, name=sha256[:24], origin="directory")
        if model.sha256 == sha256:
            return model
        shutil.rmtree(kept)
    others = local_models() if BUILTIN_DIRECTORY.is_dir() else ()  # a worker may go without the built-in one
    return next((model for model in others if model.sha256 == sha256), None)


def cached_models() -> Path:
    """Where models that were sent are kept; safe to delete at any time."""
    from platformdirs import user_cache_path

    return Path(user_cache_path("policy-translate", appauthor=False)) / "sent-models"


@cache
def _at_home(spec: DecoderSpec, threads: int) -> DecoderSpec:
    model = find_model(spec.model.sha256)
    if model is None:
        raise ModelError("the model is no longer on this worker")
    return replace(spec, model=model, threads=threads)
