"""The records that every stage passes on: frozen, slotted, tuples for sequences.

Offsets are Python string indices, start inclusive, end exclusive, and always refer to the text that the record
itself holds: never to a normalised copy of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Span = tuple[int, int]


class BlockKind(StrEnum):
    """What a block is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_CELL = "table-cell"


class Severity(StrEnum):
    """How bad a finding is; compare with `rank`, worst highest."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """1 for a note, 2 for a warning, 3 for an error."""
        return list(Severity).index(self) + 1


class Rule(StrEnum):
    """What a glossary term asks for."""

    USE = "use"  # the target (or a variant) must appear
    KEEP = "keep"  # the source is copied as it is
    FORBID = "forbid"  # the target must not appear where the source does
    OFF = "off"  # no term any more: switches off what an earlier layer says of the source


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table cell; `text` is as the author wrote it."""

    id: str  # b0001
    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read: where from, in which format, and its blocks in reading order."""

    path: str
    format: str  # a suffix without the dot: txt, md, html, docx
    blocks: tuple[Block, ...]
    encoding: str | None = None  # of text formats: utf-8, gb18030, big5hkscs, utf-16-le ...
    sha256: str = ""  # of the file's bytes


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence (or heading, or fragment) of a block; the segments of a block, joined, are the block."""

    id: str  # b0001.s01
    block_id: str
    text: str
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Term:
    """One glossary entry. `variants` are accepted renderings besides `target`, the preferred one."""

    source: str
    target: str
    variants: tuple[str, ...] = ()
    rule: Rule = Rule.USE
    category: str = ""
    note: str = ""
    pos: str = ""  # noun, name, verb, phrase ...; empty when it does not matter
    first_mention: bool = False  # "Skills China (技能中国)" once per document, the short form after
    layer: str = ""  # the glossary that it came from: shipped, team, user or a file's name


@dataclass(frozen=True, slots=True)
class TermHit:
    """A term found at [start, end) of a unit's source; `target` is where its rendering stands, if found."""

    term: Term
    start: int
    end: int
    target: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt about a unit. A span is None where that side has nothing to point at."""

    check: str
    severity: Severity
    message: str
    source_span: Span | None = None
    target_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """What the translation memory has for a source: the same text (score 1.0) or one like it."""

    source: str
    target: str
    score: float  # similarity in [0, 1]
    provenance: str = ""  # where the entry came from, in words


@dataclass(frozen=True, slots=True)
class Unit:
    """Source and target that belong together: a sentence just translated, a bead of two texts, or a reviewed row."""

    id: str
    segments: tuple[Segment, ...]
    target: str
    origin: str = ""  # the way the target was made: plain, beam, clauses, terms ...
    score: float | None = None  # of the model: mean log-probability a token, natural logarithm; None if unknown
    hits: tuple[TermHit, ...] = ()
    findings: tuple[Finding, ...] = ()
    matches: tuple[Match, ...] = ()  # best first

    @property
    def source(self) -> str:
        """The source text: the segments joined."""
        return self.segments[0].text if len(self.segments) == 1 else "".join(segment.text for segment in self.segments)

    @property
    def kind(self) -> BlockKind:
        """The kind of the block that the unit begins in."""
        return self.segments[0].kind if self.segments else BlockKind.PARAGRAPH

    @property
    def severity(self) -> Severity | None:
        """The worst severity among the findings."""
        return max((finding.severity for finding in self.findings), key=lambda s: s.rank, default=None)


@dataclass(frozen=True, slots=True)
class Run:
    """A document with its units, in order, and the manifest: what made them, with which settings, and counts."""

    document: Document
    units: tuple[Unit, ...]
    manifest: Mapping[str, Any]
