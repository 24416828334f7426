"""What all documents of a call share: settings, glossary, model, memory; opened before any work begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from translate import manifest
from translate.bilingual import check_writable
from translate.engines import signature
from translate.glossary import Glossary, load_glossary, standard_layers
from translate.memory import Memory
from translate.memory import default_path as default_memory
from translate.models import Model, resolve_model
from translate.review import Folder, latest
from translate.work import DecoderSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    from translate.records import Document
    from translate.review import Made
    from translate.settings import Settings

SHOWN_SETTINGS = {"precision", "beam_size", "length_penalty", "window", "use_glossary", "checks"}


@dataclass(frozen=True, slots=True)
class Toolbox:
    """What all documents of a call share."""

    settings: Settings
    glossary: Glossary
    model: Model
    spec: DecoderSpec
    memory: Memory | None = None
    previous: Folder | None = None  # the earlier version's run or review
    announce: Callable[[str], None] = lambda message: None

    @property
    def engine_signature(self) -> str:
        """Engine, version, precision and model hash."""
        return signature(self.spec.engine, self.model, self.spec.precision)

    @property
    def previous_units(self) -> tuple[Made, ...]:
        """The units of the earlier version."""
        return self.previous.units if self.previous else ()


def open_glossary(settings: Settings) -> Glossary:
    """The glossary in force: shipped, team, user and named layers; empty when it is switched off."""
    if not settings.use_glossary:
        return Glossary()
    return load_glossary(standard_layers(settings.glossary, team=settings.team_glossary))


def open_toolbox(settings: Settings, announce: Callable[[str], None] = lambda message: None) -> Toolbox:
    """Load the glossary and find the model; a problem with either is raised before work begins."""
    check_writable(settings.formats)
    glossary = open_glossary(settings)
    model = resolve_model(settings.model, announce=announce)
    spec = DecoderSpec(
        model=model,
        engine=settings.engine,
        precision=settings.precision,
        threads=settings.threads,
        beam_size=settings.beam_size,
        length_penalty=settings.length_penalty,
        window=settings.window,
        severities=tuple(sorted(settings.severities.items())),
    )
    previous = latest(settings.previous) if settings.previous else None
    return Toolbox(settings, glossary, model, spec, open_memory(settings), previous, announce)


def open_memory(settings: Settings) -> Memory | None:
    """The translation memory named, or the user's own if there is one; None if it is switched off."""
    if not settings.use_memory or (settings.memory is None and not default_memory().is_file()):
        return None
    return Memory.open(settings.memory, create=False)


def describe(document: Document | None, tools: Toolbox) -> dict[str, Any]:
    """What decides the outcome of a run of `document`, or of any document."""
    glossary = {"sha256": tools.glossary.sha256, "terms": len(tools.glossary), "layers": list(tools.glossary.layers)}
    settings = tools.settings.model_dump(mode="json", include=SHOWN_SETTINGS)
    described = manifest.describe(document, tools.model, tools.engine_signature, glossary, settings)
    if document and tools.settings.order != "document":
        described["order"] = tools.settings.order
    if tools.memory:
        described["memory"] = tools.memory.signature
    if tools.previous:
        described["previous"] = tools.previous.manifest["fingerprint"]
    return described
