"""Presentations: the slides in their order, each followed by its notes, then charts' and diagrams' text boxes stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate.errors import InputError, Problem
from translate.formats import drawing, guard, package

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

LIMIT = guard.FILE_BYTES
KIND = "pptx"


def _open(data: bytes, path: str) -> package.Package:
    with guard.open_zip(data, path, kind=KIND) as archive:
        parts = package.parse(archive, _parts(archive, path), path, kind=KIND)
    found = tuple(paragraph for root in parts.values() for paragraph in drawing.paragraphs(root))
    return package.Package(parts, found)


def _parts(archive: zipfile.ZipFile, path: str) -> Iterator[str]:
    """The slides in the order of the show, each with its notes."""
    main = package.main_part(archive, path, kind=KIND)
    roots = package.parse(archive, [main], path, kind=KIND)
    if not roots or package.local(roots[main]) != "presentation":
        what = "the pptx has no presentation part (ppt/presentation.xml)"
        raise InputError(Problem(what, path, remedy="save it as pptx anew"))
    related = {identity: name for identity, _, name in package.relations(archive, main, path, kind=KIND)}
    shown = (
        next((value for key, value in slide.items() if key.endswith("}id")), "")
        for slide in roots[main].iter("{*}sldId")
    )
    for name in dict.fromkeys(related[identity] for identity in shown if identity in related):
        yield name
        slides = package.relations(archive, name, path, kind=KIND)
        yield from (part for _, kind, part in slides if kind in ("/notesSlide", "/diagramData"))


_FORMAT = package.OfficeFormat(KIND, _open)
read, rebuild = _FORMAT.read, _FORMAT.rebuild
