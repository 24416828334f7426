"""Settings: defaults, translate.toml, TRANSLATE_* variables, options, each over the one before; no unknown keys."""

from __future__ import annotations

import difflib
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from translate.errors import Problem, SettingsError
from translate.records import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME = "translate.toml"
PREFIX = "TRANSLATE_"


class Settings(BaseModel):
    """All that can be set, with its default. Frozen: it travels as one object."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = "auto"
    engine: Literal["ctranslate2", "torch"] = "ctranslate2"
    precision: Literal["int8", "float32"] = "int8"
    threads: int = Field(default=0, ge=0, le=1024)
    beam_size: int = Field(default=4, ge=1, le=64)
    length_penalty: float = Field(default=1.5, ge=0, le=5)
    window: int = Field(default=110, ge=8, le=510)
    glossary: tuple[Path, ...] = ()
    team_glossary: Path | None = None
    use_glossary: bool = True
    encoding: str | None = None
    output: Path | None = None
    force: bool = False
    memory: Path | None = None
    use_memory: bool = True
    previous: Path | None = None
    jobs: int = Field(default=1, ge=1, le=1024)
    scheduler: str | None = None
    formats: tuple[str, ...] = ("tsv", "xlsx", "html")
    order: Literal["document", "risk"] = "document"
    fail_on: Literal["never", "note", "warning", "error"] = "never"
    checks: dict[str, Literal["off", "note", "warning", "error"]] = Field(default_factory=dict)

    @property
    def severities(self) -> dict[str, Severity | None]:
        """The `checks` table as the checks want it: None for off."""
        return {name: None if value == "off" else Severity(value) for name, value in self.checks.items()}

    @classmethod
    def gather(
        cls,
        options: Mapping[str, Any],
        *,
        file: Path | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> Self:
        """Merge all sources; an option that is None was not given. Every problem is raised at once.

        `file` is a settings file given by name, which must exist; without it translate.toml in the working
        directory is read if there is one.
        """
        path = file or Path(FILE_NAME)
        values, origins = _from_file(path) if file or path.is_file() else ({}, {})
        for name in cls.model_fields:
            variable = PREFIX + name.upper()
            if variable in environment and name != "checks":
                values[name], origins[name] = _from_variable(name, environment[variable]), variable
        given = {name: value for name, value in options.items() if value is not None}
        origins |= {name: "--" + name.replace("_", "-") for name in given}
        try:
            return cls.model_validate(values | given)
        except ValidationError as error:
            raise SettingsError(*(_problem(detail, origins, path) for detail in error.errors())) from error


def _from_file(path: Path) -> tuple[dict[str, Any], dict[str, str]]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(Problem(error.strerror or "cannot be read", str(path))) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(Problem(f"not valid TOML: {error}", str(path))) from error
    for name in (
        "glossary",
        "team_glossary",
        "output",
        "memory",
        "previous",
    ):  # paths in a settings file are seen from its folder
        if isinstance(values.get(name), str):
            values[name] = path.parent / values[name]
        elif isinstance(values.get(name), list):
            values[name] = [path.parent / str(item) for item in values[name]]
    if isinstance(values.get("glossary"), Path):
        values["glossary"] = [values["glossary"]]
    return values, {name: f"{path}: {name}" for name in values}


def _from_variable(name: str, value: str) -> Any:
    if name == "formats":
        return [part.strip() for part in value.split(",")]
    return value.split(os.pathsep) if name == "glossary" else value


def _problem(detail: Any, origins: Mapping[str, str], path: Path) -> Problem:
    name = str(detail["loc"][0])
    if detail["type"] == "extra_forbidden":
        near = difflib.get_close_matches(name, Settings.model_fields, 1)
        remedy = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(Settings.model_fields)}"
        return Problem(f"unknown setting {name!r}", str(path), remedy=remedy)
    place = ".".join(map(str, (origins.get(name, name), *detail["loc"][1:])))
    return Problem(f"{place}: {detail['msg'].lower()}, not {detail['input']!r}")
