"""The bilingual table as a Word document: landscape, one row a segment, to be reviewed in Word or LibreOffice.

Reviewers write into `target`, `status` and `comment`, with tracked changes or without. Texts are escaped as in the
workbook: a control character is `\\x07`, a line feed a line break.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from translate.bilingual.cells import escape, guarded
from translate.bilingual.docx_read import loads
from translate.bilingual.rows import row_of
from translate.errors import OutputError, Problem
from translate.formats import guard
from translate.formats.package import pack
from translate.records import BlockKind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.bilingual.rows import Row
    from translate.records import Run, Unit

__all__ = ["dumps", "loads"]

WIDTHS: Final = {"id": 1150, "source": 3700, "target": 4650, "status": 1150, "findings": 2600, "comment": 1888}  # twips
YOURS: Final = ("target", "status", "comment")
STATUSES: Final = ("new", "accepted", "edited", "rejected")
WHOLE: Final = 1_200  # characters of a row that is not parted between pages
HEADER, HEADER_YOURS, SHADED = "334155", "0F766E", "F4F5F7"
EDGE: Final = {Severity.ERROR: "D64545", Severity.WARNING: "F2B632", Severity.NOTE: "8FB8DE"}
INK: Final = {Severity.ERROR: "B42318", Severity.WARNING: "8A5A00", Severity.NOTE: "2B6299"}
_MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS: Final = {
    "[Content_Types].xml": "docx-types.xml",
    "_rels/.rels": "docx-package-rels.xml",
    "docProps/core.xml": "docx-core.xml",
    "word/_rels/document.xml.rels": "docx-document-rels.xml",
    "word/styles.xml": "docx-styles.xml",
    "word/settings.xml": "docx-settings.xml",
    "word/footer1.xml": "docx-footer.xml",
}
_HOW: Final = (
    "Write into the columns target, status and comment; changes may be tracked. The other columns are how each row "
    "finds its way back. To take it back: translate review FILE"
)
_TABLE: Final = (
    '<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" '
    'w:color="D9DEE4"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="D9DEE4"/><w:insideH w:val="single" '
    'w:sz="4" w:space="0" w:color="D9DEE4"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="D9DEE4"/>'
    '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="85" '
    'w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)
_PAGE: Final = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="16838" w:h="11906" '
    'w:orient="landscape"/><w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="425" '
    'w:footer="425" w:gutter="0"/></w:sectPr>'
)
_LIST: Final = "".join(f'<w:listItem w:displayText="{name}" w:value="{name}"/>' for name in STATUSES)


def dumps(run: Run, rows: Sequence[Row] | None = None) -> bytes:
    """The run as a document; the same run gives the same bytes. `rows`, one a unit, bring along what was reviewed.

    Raises OutputError for a table that would be too large to be read back, of some 15,000 segments.
    """
    shown = rows if rows is not None else [row_of(unit) for unit in run.units]
    folder = files("translate").joinpath("data", "bilingual")
    parts = {name: folder.joinpath(file).read_bytes() for name, file in _PARTS.items()}
    parts["word/document.xml"] = document = _document(run, shown).encode()
    if len(document) > guard.TEXT_BYTES or document.count(b"<") > guard.TAGS:
        what = f"{len(run.units):,} segments are more than a Word table can hold and be read back"
        raise OutputError(Problem(what, run.document.path, remedy="use xlsx, or split the document"))
    return pack(parts)


def _document(run: Run, rows: Sequence[Row]) -> str:
    name = _text(PurePath(run.document.path).name)
    body = [
        _paragraph("Title", _run(f"Review: {name}" if name else "Review")),
        _paragraph("Lead", _run(f"{_counts(run)}. {_HOW}")),
        "<w:tbl>",
        _TABLE.format(width=sum(WIDTHS.values())),
        "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS.values()) + "</w:tblGrid>",
        _header(),
        *(_row(unit, row) for unit, row in zip(run.units, rows, strict=True)),
        "</w:tbl>",
        _paragraph("Small", ""),
        _PAGE,
    ]
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return (
        f'{head}<w:document xmlns:w="{_MAIN}" xmlns:r="{_RELATED}"><w:body>'
        + "\n".join(body)
        + "</w:body></w:document>\n"
    )


def _counts(run: Run) -> str:
    levels = [(level, sum(unit.severity is level for unit in run.units)) for level in reversed(Severity)]
    flagged = ", ".join(f"{count:,} with {level.value}s" for level, count in levels if count)
    return f"{len(run.units):,} segments" + (f": {flagged}" if flagged else "")


def _header() -> str:
    cells = "".join(
        _cell(_paragraph("Head", _run(name)), width, fill=HEADER_YOURS if name in YOURS else HEADER)
        for name, width in WIDTHS.items()
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(unit: Unit, row: Row) -> str:
    bold = row.kind == BlockKind.HEADING.value
    target = row.reviewed if row.reviewed.strip() else row.target
    edge = EDGE.get(unit.severity) if unit.severity else None
    cells = {
        "id": _cell(_paragraph("Id", _run(_text(row.id))), WIDTHS["id"], fill=SHADED, edge=edge),
        "source": _cell(_paragraph("Source", _run(_text(row.source), bold=bold)), WIDTHS["source"], fill=SHADED),
        "target": _cell(_paragraph("Target", _run(_text(target), bold=bold)), WIDTHS["target"]),
        "status": _cell(_paragraph("Status", _status(row.status)), WIDTHS["status"]),
        "findings": _cell("".join(_findings(unit, row)) or _paragraph("Small", ""), WIDTHS["findings"], fill=SHADED),
        "comment": _cell(_paragraph("Comment", _run(_text(row.comment))), WIDTHS["comment"]),
    }
    whole = "<w:trPr><w:cantSplit/></w:trPr>" if max(len(row.source) * 2, len(target), len(row.comment)) < WHOLE else ""
    return f"<w:tr>{whole}{''.join(cells[name] for name in WIDTHS)}</w:tr>"


def _findings(unit: Unit, row: Row) -> Iterator[str]:
    """What there is to look at, a paragraph each: findings by severity, then terms, then the memory's answers."""
    for finding in sorted(unit.findings, key=lambda finding: -finding.severity.rank):
        level = _run(f"{finding.severity}:", bold=True, ink=INK[finding.severity])
        yield _paragraph("Small", level + _run(_text(f" {finding.check}: {finding.message}")))
    if row.terms:
        yield _paragraph("Small", _run("terms:", bold=True) + _run(_text(f" {row.terms}")))
    for match in unit.matches:
        origin = f" ({match.provenance})" if match.provenance else ""
        said = f" {match.score:.0%}{origin}: {match.source} = {match.target}"
        yield _paragraph("Small", _run("memory:", bold=True) + _run(_text(said)))


def _status(status: str) -> str:
    """A list to choose from, in programs that know content controls; a text in others."""
    properties = f'<w:sdtPr><w:alias w:val="status"/><w:dropDownList>{_LIST}</w:dropDownList></w:sdtPr>'
    return f"<w:sdt>{properties}<w:sdtContent>{_run(_text(status))}</w:sdtContent></w:sdt>"


def _cell(content: str, width: int, *, fill: str = "", edge: str | None = None) -> str:
    border = f'<w:tcBorders><w:left w:val="single" w:sz="36" w:space="0" w:color="{edge}"/></w:tcBorders>'
    properties = [
        f'<w:tcW w:w="{width}" w:type="dxa"/>',
        border if edge else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "",
    ]
    return f"<w:tc><w:tcPr>{''.join(properties)}</w:tcPr>{content}</w:tc>"


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _run(text: str, *, bold: bool = False, ink: str = "") -> str:
    """A run; line feeds are line breaks. Nothing for no text."""
    if not text:
        return ""
    look = ("<w:b/>" if bold else "") + (f'<w:color w:val="{ink}"/>' if ink else "")
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' if line else "" for line in safe.split("\n"))
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{lines}</w:r>"


def _text(text: str) -> str:
    """As the workbook has it: only an apostrophe in front could be taken for another's."""
    safe = escape(text, lines=True)
    return guarded(safe) if safe.startswith("'") else safe
