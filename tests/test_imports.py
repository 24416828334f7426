"""The arrows between modules: who may import whom. A forbidden one fails here with its line."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = ROOT / "translate"

# Stage -> the stages that it may import. Everything may import itself, records, errors and numerals.
ALLOWED: dict[str, set[str]] = {
    "align": {"glossary", "script"},
    "answers": {"memory", "review"},
    "bilingual": {"checks", "formats", "tmx"},
    "checks": {"glossary", "script"},
    "decode": {"checks", "engines", "glossary"},
    "engines": {"models"},
    "errors": set(),
    "evaluate": {"glossary"},
    "formats": set(),
    "glossary": {"script"},
    "manifest": {"models"},
    "memory": {"bilingual", "formats", "tmx"},
    "models": set(),
    "numerals": set(),
    "output": set(),
    "records": set(),
    "review": {"bilingual", "checks", "formats", "glossary", "manifest", "memory", "output"},
    "script": set(),
    "segment": set(),
    "settings": set(),
    "training": {"bilingual", "engines", "evaluate", "glossary", "models", "script"},
    "tmx": {"formats"},
    "work": {"checks", "decode", "engines", "models", "script", "segment"},
}
EVERYBODY = {"errors", "numerals", "records"}
TOP = {
    "__init__",
    "__main__",
    "cli",
    "pipeline",
    "results",
    "toolbox",
    "adapt_pipeline",
    "align_pipeline",
}  # they put the stages together
HEAVY = {
    *("torch", "transformers", "ctranslate2", "sentencepiece", "opencc", "lxml", "docx", "sacrebleu", "simplemma"),
    *(
        "huggingface_hub",
        "platformdirs",
        "filelock",
        "markdown_it",
        "openpyxl",
        "xlsxwriter",
        "rich",
        "pypdf",
        "distributed",
    ),
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def stage_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> list[tuple[int, str]]:
    """(line, module) of each import, those for type checking only left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom):
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_arrow_points_where_it_must_not(path: Path) -> None:
    stage = stage_of(path)
    if stage in TOP:
        return
    allowed = {stage, *EVERYBODY, *ALLOWED[stage]} if stage not in ("records", "errors") else {stage}
    wrong = [
        f"line {line}: {module}"
        for line, module in imports(path)
        if module.startswith("translate.") and module.split(".")[1] not in allowed
    ]
    assert not wrong


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_heavy_libraries_are_imported_where_they_are_used(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {
        (node.module or "" if isinstance(node, ast.ImportFrom) else alias.name).split(".")[0]
        for node in top
        for alias in node.names
    }
    assert not names & HEAVY


def test_nothing_but_the_top_sees_settings_or_imports_the_command_line() -> None:
    for path in modules():
        if stage_of(path) not in {*TOP, "settings"}:
            assert not [
                module for _, module in imports(path) if module.startswith(("translate.settings", "translate.cli"))
            ]


def test_library_code_never_prints_or_exits() -> None:
    for path in modules():
        if stage_of(path) in {"cli", "__main__"}:
            continue
        calls = [
            ast.unparse(node.func)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        ]
        assert not {"print", "exit", "quit", "sys.exit", "logging.basicConfig"} & set(calls), path


def test_public_names_exist() -> None:
    import translate

    assert all(hasattr(translate, name) for name in translate.__all__)
