"""What was found of the planted errors, as Markdown."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from translate.checks import CHECKS, RUN_CHECKS
from translate.records import Severity

Group = str | Severity  # the findings of a check, by its id, or all findings of a severity

EXPLANATION = """# What the checks find

Made by `python -m benchmarks.planted_errors`; do not edit. Errors of every kind are planted into good pairs of
official translations, one in a pair, and the same pairs, the *twins*, are checked without the error. So there are as
many good pairs as planted errors.

- **recall**: of the planted errors, those of which the check reports something that it does not report of the twin.
- **precision**: found / (found + twins of which the check reports anything at all).
- **alarm rate**: of all the good pairs, each once, those of which the check reports anything at all.

A row of a check counts its findings of the severity that is given. A check may have milder ones too (a second mention
of a term, a year that the English adds): those count in the row of all warnings together, as any warning does there,
and any error in that of the errors. Official translations are free, and some pairs are misaligned or hold misprints:
some "false" alarms are real differences. `forbidden` has no plant, since these texts hold hardly anything that is
forbidden, and `confidence` needs a model's scores.
"""


@dataclass(slots=True)
class Tally:
    """How many errors were planted, found, and how many of their twins raised an alarm."""

    planted: int = 0
    found: int = 0
    alarms: int = 0

    def add(self, other: Tally) -> None:
        self.planted += other.planted
        self.found += other.found
        self.alarms += other.alarms

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.alarms) if self.found + self.alarms else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 0.0


@dataclass(slots=True)
class Measured:
    """Tallies by (check, kind of error) and by severity, and on how many of all good pairs each group alarms."""

    pairs: int
    kinds: dict[tuple[str, str], Tally] = field(default_factory=dict)
    together: dict[Severity, Tally] = field(default_factory=dict)
    alarms: Counter[Group] = field(default_factory=Counter)


def tables(measured: Measured) -> str:
    """By check, with errors and warnings together, and by kind of error."""
    checks: defaultdict[str, Tally] = defaultdict(Tally)
    for (check, _), tally in measured.kinds.items():
        checks[check].add(tally)
    lines = [
        "| check | severity | planted | recall | precision | alarm rate |",
        "|---|---|--:|--:|--:|--:|",
    ]
    of_runs = {check.id for check in RUN_CHECKS}
    for declared in sorted((*CHECKS, *RUN_CHECKS), key=lambda check: -check.severity.rank):
        if declared.id in checks:
            rate = None if declared.id in of_runs else measured.alarms[declared.id] / measured.pairs
            lines.append(_row(f"`{declared.id}`", declared.severity, checks[declared.id], rate))
    for severity, tally in measured.together.items():
        name = f"**all {severity}s together**"
        lines.append(_row(name, severity, tally, measured.alarms[severity] / measured.pairs))
    lines += ["", "| check | kind of error | planted | recall | precision |", "|---|---|--:|--:|--:|"]
    lines += [
        f"| `{check}` | {kind.replace('_', ' ')} | {tally.planted} | {tally.recall:.3f} | {tally.precision:.3f} |"
        for (check, kind), tally in measured.kinds.items()
    ]
    return "\n".join(lines) + "\n"


def _row(name: str, severity: Severity, tally: Tally, rate: float | None) -> str:
    shown = "" if rate is None else f"{rate:.2%}"
    return f"| {name} | {severity} | {tally.planted} | {tally.recall:.3f} | {tally.precision:.3f} | {shown} |"
