"""Which files of a folder are documents: of a known format, not hidden, and not what an earlier call has made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from translate.cli.archive import is_page
from translate.errors import InputError, Problem
from translate.output import MANIFEST, MARK

if TYPE_CHECKING:
    from collections.abc import Container

SHEET: Final = "aligned"  # how a sheet is called, and how the copies begin that reviewers save beside it
STEMS: Final = frozenset({SHEET, "translation", "changes"})  # with PAGE: what a stopped run may have left
PAGE: Final = frozenset({"report.html"})


def documents_in(root: Path, results: Path) -> list[Path]:
    """The documents below `root`, in order; InputError if there is none.

    What lies in `results`, the resolved folder for this call's results, is no document where that is below `root`.
    """
    from translate.formats import FORMATS

    known = [file for file in sorted(root.rglob("*")) if _is_known(file, root, FORMATS)]
    if not known:
        raise InputError(
            Problem("no documents in this folder", str(root), remedy=f"known formats: {', '.join(FORMATS)}")
        )
    made = {folder: _Made.look(folder, named=folder == root) for folder in {file.parent for file in known}}
    own = [file for file in known if not made[file.parent].has(file)]
    if not own:
        what = "nothing but results of earlier calls in this folder"
        raise InputError(Problem(what, str(root), remedy="name the folder of the documents"))
    if root.resolve() not in results.parents:
        return own
    outside = [file for file in own if results not in file.resolve().parents]
    if not outside:
        what = f"all documents of this folder lie in the folder for the results, {results}"
        raise InputError(Problem(what, str(root), remedy="choose another --output"))
    return outside


def _is_known(file: Path, root: Path, formats: Container[str]) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in file.relative_to(root).parts)
    return file.suffix.lower().lstrip(".") in formats and not hidden and file.is_file()


@dataclass(frozen=True, slots=True)
class _Made:
    """What earlier calls have made in a folder: all that is in it, or files by name or by stem."""

    everything: bool = False
    names: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()

    @classmethod
    def look(cls, folder: Path, *, named: bool) -> _Made:
        """A folder with a run is one for results, unless it is `named` by the user or holds the document as well."""
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            names = frozenset(manifest["outputs"])
            document = PurePath(str(manifest["input"].get("path", ""))).name
        except FileNotFoundError:
            return cls(names=PAGE, stems=STEMS) if any(folder.glob(MARK + "*")) else cls()
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(everything=not named, names=PAGE, stems=STEMS)
        beside = bool(document) and document not in names and (folder / document).is_file()
        return cls(names=names) if named or beside else cls(everything=True)

    def has(self, file: Path) -> bool:
        """Whether a file of the folder is a result."""
        copies = {PurePath(name).suffix for name in self.names if name.startswith(SHEET)}
        copied = file.name.startswith(SHEET) and file.suffix in copies
        return self.everything or file.name in self.names or file.stem in self.stems or copied or is_page(file)
