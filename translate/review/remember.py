"""What a review puts into the translation memory: what somebody has accepted or written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from translate.memory import Entry, in_context
from translate.review.report import REVIEWED

if TYPE_CHECKING:
    from translate.review.made import Folder
    from translate.review.merge import Merged


def entries_of(merged: Merged, run: Folder, sheet: Path) -> tuple[Entry, ...]:
    """An entry for each accepted or edited segment, between its neighbours, accepted when the sheet was last saved.

    With the sheet's time rather than the present one, the same review again says nothing new.
    """
    inputs = run.manifest.get("input", {})
    entry = inputs if "sha256" in inputs else next((one for one in inputs.values() if isinstance(one, dict)), {})
    saved = datetime.fromtimestamp(sheet.stat().st_mtime, UTC)
    return tuple(
        in_context(
            [
                Entry(
                    source=decision.made.source,
                    target=decision.final if decision.status in REVIEWED else "",
                    document=Path(str(entry.get("path", ""))).name,
                    sha256=str(entry.get("sha256", "")),
                    segment=decision.made.id,
                    run=str(run.manifest.get("fingerprint", "")),
                    status=decision.status.value,
                    note=decision.comment,
                    time=saved,
                )
                for decision in merged.decisions
            ]
        )
    )
