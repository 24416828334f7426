"""What an alignment puts into the translation memory: beads that are surely right and have no error."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from translate.memory import Entry
from translate.records import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.align import Bead
    from translate.align_pipeline.inputs import Pair
    from translate.records import Unit

STATUS = "imported"  # by nobody here accepted


def entries_of(
    beads: Sequence[Bead], units: Sequence[Unit], pair: Pair, least: float, fingerprint: str
) -> Iterator[Entry]:
    """An entry for each bead with both sides, a score of at least `least` and no finding of severity error.

    Its time is that of the translation's file: what somebody accepts later is newer, and the same call again says
    nothing new. Its neighbours are the sentences before and after it.
    """
    source, target = pair.documents[0], pair.documents[-1]
    time = datetime.fromtimestamp(Path(target.path).stat().st_mtime, UTC)
    texts = ["", *(segment.text for segment in pair.source), ""]
    for bead, unit in zip(beads, units, strict=True):
        if bead.source and bead.target and bead.score >= least and unit.severity is not Severity.ERROR:
            yield Entry(
                source=unit.source,
                target=unit.target,
                document=Path(source.path).name,
                sha256=source.sha256,
                segment=unit.id,
                run=fingerprint,
                status=STATUS,
                previous=texts[bead.source[0]],
                next=texts[bead.source[-1] + 2],
                note=f"aligned with {Path(target.path).name}, confidence {bead.score:.2f}",
                time=time,
            )
