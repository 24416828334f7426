"""The manual of the checks, made from their declarations: `python -m translate.checks.manual docs/checks.md`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from translate.checks import CHECKS, RISK_OF, RUN_CHECKS
from translate.records import Severity

if TYPE_CHECKING:
    from translate.checks import Declaration

INTRODUCTION = """# Quality checks

<!-- Made by `python -m translate.checks.manual docs/checks.md` from translate/checks; do not edit. -->

Every segment is checked, whoever translated it: the model, a reviewer, or somebody years ago. `translate run` and
`translate align` write the findings into the sheet; `translate check` looks at an aligned sheet or at two texts with
one segment a line:

```
translate check outputs/notice/aligned.tsv
translate check notice.zh.txt notice.en.txt --json
```

Each finding points at the words on either side that it is about. How often the checks are right is measured with
planted errors: [planted-errors.md](planted-errors.md).
"""

SEVERITIES = """## Severity

An **error** is wrong as it stands or breaks the glossary; a **warning** is worth a look; a **note** is a matter of
form. Settings change the severity of a check or switch it off:

```toml
# translate.toml
[checks]
modality = "error"
case = "off"
```
"""

DISMISSALS = """## Findings that are fine

Write `ok: number` (or `ok: number, term`) into the `comment` cell of the row; `ok` alone, or `accepted` as its
`status`, dismisses all findings of the row. As long as neither text changes, they do not come back when the sheet is
checked again. `translate check SHEET --dismissals FILE` also adds them to FILE, which keeps them away from other
sheets with the same texts; it holds hashes, no text.
"""


def manual() -> str:
    """The whole page, Markdown."""
    parts = [INTRODUCTION, SEVERITIES, _table(), _risk(), DISMISSALS]
    sections = [_section(check) for check in CHECKS]
    runs = [_section(check) for check in RUN_CHECKS]
    return "\n".join([*parts, "## The checks of a segment\n", *sections, "## The checks of a whole run\n", *runs])


def _table() -> str:
    lines = ["| check | finds | severity | ITS 2.0 type |", "|---|---|---|---|"]
    for check in (*CHECKS, *RUN_CHECKS):
        lines.append(f"| [`{check.id}`](#{check.id}) | {check.title} | {check.severity} | {check.its_type} |")
    return "\n".join(lines) + "\n"


def _risk() -> str:
    weights = ", ".join(f"{RISK_OF[severity]} for {_article(severity)}" for severity in reversed(Severity))
    return (
        "## Risk\n\n"
        "A segment's risk, from 0 to 1, puts the sheet in an order in which an hour of review goes where it pays:\n"
        "1 - (1 - d) times the product of (1 - w) over its findings. The weight w is\n"
        f"{weights}; the doubt d is 0.2 times\n"
        "(1 - the model's mean probability of a token), or 0 where no model's score is known.\n"
    )


def _article(severity: Severity) -> str:
    return f"an {severity}" if severity is Severity.ERROR else f"a {severity}"


def _section(check: Declaration) -> str:
    return (
        f"### {check.id}\n\n**{check.title}**, {_article(check.severity)}.\n\n"
        f"- Looks at: {check.looks_at}.\n- Fails when: {check.fails_when}.\n"
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(manual(), encoding="utf-8")
