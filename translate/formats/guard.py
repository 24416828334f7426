"""What keeps a hostile file from costing more than an error: sizes, zip directories, XML with declarations."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from typing import TYPE_CHECKING

from translate.errors import InputError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

TEXT_BYTES = 64 * 2**20  # a text, Markdown or HTML file; about 20 million Chinese characters
MARKDOWN_BYTES = 16 * 2**20  # of which the parser does about 300 KB a second
FILE_BYTES = 256 * 2**20  # a docx as it lies on disk, pictures included
INFLATED_BYTES = 512 * 2**20
ENTRIES = 10_000
BLOCKS = 200_000  # a page has about 15
LINES = 400_000  # of Markdown
PAGE_TAGS = 1_000_000  # a long web page has about 10,000
TAGS = 2_000_000  # of one XML part; 100 pages of docx have about 50,000
RATIO = 200  # inflated to packed; XML of office files reaches 50
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check_path(path: Path) -> None:
    """InputError for a path that is missing, a folder, or anything else than a regular file."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise _unreadable(path, error) from None
    if stat.S_ISDIR(mode):
        raise InputError(Problem("this is a folder, not a document", str(path)))
    if not stat.S_ISREG(mode):
        raise InputError(Problem("this is not a regular file", str(path), remedy="pass a stream as -"))


def read_file(path: Path, *, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; InputError says what is wrong with any other path."""
    check_path(path)
    try:
        refuse_size(path.stat().st_size, str(path), limit=limit)
        with path.open("rb") as file:
            data = file.read(limit + 1)  # the file may have grown since
    except OSError as error:
        raise _unreadable(path, error) from None
    refuse_size(len(data), str(path), limit=limit)
    return data


def _unreadable(path: Path, error: Exception) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(Problem("no such file", str(path), remedy="check the path"))
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(Problem(f"the file cannot be read: {reason}", str(path)))


def one_line(error: object) -> str:
    """What another library or a file says, as part of a line: hostile files put anything into it."""
    return "".join(character for character in " ".join(str(error).split()) if character.isprintable())[:200]


def refuse_size(size: int, path: str, *, limit: int) -> None:
    """InputError for a document over its format's limit."""
    if size > limit:
        what = f"the file has {size:,} bytes, more than the {limit:,} that are read"
        raise InputError(Problem(what, path, remedy="split it into several documents"))


def refuse_count(count: int, noun: str, path: str, *, most: int) -> None:
    """InputError for more of something than bounded memory allows."""
    if count > most:
        what = f"the file has more {noun} than the {most:,} that are read"
        raise InputError(Problem(what, path, remedy="split it into several documents"))


def open_zip(data: bytes, path: str, *, kind: str = "docx") -> zipfile.ZipFile:
    """A zip archive whose directory promises bounded work: entries, total size, ratio, no name twice, no password.

    `kind` is the suffix of what the archive should be, for the messages.
    """
    if data.startswith(OLE):
        remedy = f"save it as {kind}, without a password, in Office or LibreOffice"
        raise InputError(Problem(f"this is an old {kind[:3]} file or a password-protected {kind}", path, remedy=remedy))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, OSError) as error:
        what = (
            "empty file"
            if not data
            else f"not a valid {kind}: its zip archive is broken or missing ({one_line(error)})"
        )
        raise InputError(Problem(what, path, remedy=f"get the file again, or save it as {kind} anew")) from None
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    names = {entry.filename for entry in entries}
    reasons = {
        f"it has {len(entries):,} entries, more than {ENTRIES:,}": len(entries) > ENTRIES,
        f"it inflates to {total:,} bytes, more than {INFLATED_BYTES:,}": total > INFLATED_BYTES,
        f"it inflates {total // max(1, len(data)):,} times, as a zip bomb does": total > TEXT_BYTES + RATIO * len(data),
        "an entry is in it twice": len(names) < len(entries),
        "an entry has a password": any(entry.flag_bits & 1 for entry in entries),
        "an entry's name leads out of the archive": any(map(_leads_out, names)),
    }
    InputError.raise_if([Problem(f"the {kind} is refused: {what}", path) for what, true in reasons.items() if true])
    return archive


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or name[1:2] == ":" or ".." in name.replace("\\", "/").split("/")


def read_entry(archive: zipfile.ZipFile, name: str, path: str, *, kind: str = "docx") -> bytes:
    """One inflated entry; never more than its directory promised."""
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        remedy = f"get the file again, or save it as {kind} anew"
        raise InputError(
            Problem(f"{one_line(name)} in the {kind} is damaged ({one_line(error)})", path, remedy=remedy)
        ) from None


def parse_xml(data: bytes, path: str, *, name: str, remedy: str = "") -> etree._Element:
    """The root of an XML part. No entities, no document type, no network; at most TEXT_BYTES, nesting 256 deep."""
    from lxml import etree

    refuse_size(len(data), f"{path} ({name})", limit=TEXT_BYTES)
    refuse_count(data.count(b"<"), f"tags in {name}", path, most=TAGS)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    if b"<!DOCTYPE" in data[:4096]:
        raise _declared(path, name, remedy)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line, column = getattr(error, "position", (None, None))
        what = f"{name} is not valid XML: {one_line(error) or 'empty'}"
        raise InputError(Problem(what, path, line, column, remedy or "save the document anew")) from None
    if root.getroottree().docinfo.doctype:
        raise _declared(path, name, remedy)
    return root


def _declared(path: str, name: str, remedy: str) -> InputError:
    what = f"{name} declares a document type, which may hide entities"
    return InputError(Problem(what, path, remedy=remedy or "save the document anew in Word or LibreOffice"))
