"""Quality checks: what a reviewer must be told about a unit, whoever made its translation.

`check_unit` looks at one unit, `run_checks` at all units of a run, and `risk` turns what was found into an order
of review. The manual, docs/checks.md, is generated from the declarations.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from translate.checks import characters, completeness, consistency, grammar, meaning, names, numbers, repetition, terms
from translate.checks.base import Check, Declaration, RunCheck
from translate.checks.dismissals import Dismissals, dismissed_checks
from translate.errors import SettingsError
from translate.records import Finding, Severity, Unit

__all__ = [
    "CHECKS",
    "RISK_OF",
    "RUN_CHECKS",
    "Check",
    "Declaration",
    "Dismissals",
    "RunCheck",
    "check_unit",
    "dismissed_checks",
    "only",
    "risk",
    "run_checks",
]

Severities = Mapping[str, Severity | None]
AS_DECLARED: Severities = MappingProxyType({})
NOTHING_DISMISSED = Dismissals()


def check_unit(unit: Unit, severities: Severities = AS_DECLARED) -> tuple[Finding, ...]:
    """Findings of the per-unit checks, worst first, then by position.

    `severities` changes the severity of a check by its id; None switches it off. An unknown id is a SettingsError.
    """
    _refuse_unknown(severities)
    return _in_order(
        _with_severity(finding, severities)
        for check in CHECKS
        if severities.get(check.id, check.severity) is not None
        for finding in check.find(unit)
    )


def run_checks(
    units: Sequence[Unit], severities: Severities = AS_DECLARED, dismissals: Dismissals = NOTHING_DISMISSED
) -> tuple[Unit, ...]:
    """The units with the findings of all checks, less the dismissed ones; earlier findings are replaced."""
    found = [list(check_unit(unit, severities)) for unit in units]
    for check in RUN_CHECKS:
        if severities.get(check.id, check.severity) is not None:
            for index, finding in check.find(units):
                found[index].append(_with_severity(finding, severities))
    return tuple(
        replace(
            unit,
            findings=_in_order(
                finding for finding in findings if (finding.check, unit.source, unit.target) not in dismissals
            ),
        )
        for unit, findings in zip(units, found, strict=True)
    )


def risk(unit: Unit) -> float:
    """How much a unit needs a reviewer, from 0 (nothing known against it) to 1.

    1 - (1 - d) * product over findings of (1 - w), where w is 0.6 for an error, 0.25 for a warning and 0.03 for a
    note, and the doubt d is 0.2 * (1 - exp(score)): exp(score) is the model's mean probability a token. An unknown
    score gives d = 0. Findings of a kind add up, so two wrong numbers come before one.
    """
    trust = 1.0
    if unit.score is not None and not math.isnan(unit.score):
        trust -= 0.2 * (1 - math.exp(min(unit.score, 0.0)))
    for finding in unit.findings:
        trust *= 1 - RISK_OF[finding.severity]
    return 1 - trust


def only(checks: Iterable[str], severities: Severities = AS_DECLARED) -> Severities:
    """Severities that switch all other checks off. An unknown id is a SettingsError."""
    wanted = dict.fromkeys(checks)
    _refuse_unknown(wanted)
    return {**severities, **{check.id: None for check in (*CHECKS, *RUN_CHECKS) if check.id not in wanted}}


def _refuse_unknown(names: Iterable[str]) -> None:
    known = [check.id for check in (*CHECKS, *RUN_CHECKS)]
    if unknown := [name for name in names if name not in known]:
        raise SettingsError(*(f"no check is called {name!r}; the checks are {', '.join(known)}" for name in unknown))


def _with_severity(finding: Finding, severities: Severities) -> Finding:
    severity = severities.get(finding.check)
    return finding if severity is None else replace(finding, severity=severity)


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    def place(finding: Finding) -> tuple[int, int, int, str]:
        source, target = finding.source_span or (0, 0), finding.target_span or (0, 0)
        return -finding.severity.rank, source[0], target[0], finding.check

    return tuple(sorted(findings, key=place))


RISK_OF = {Severity.ERROR: 0.6, Severity.WARNING: 0.25, Severity.NOTE: 0.03}

# In the order of the manual: what spoils a translation first comes first.
CHECKS: tuple[Check, ...] = (
    *completeness.CHECKS,
    *numbers.CHECKS,
    *terms.CHECKS,
    *names.CHECKS,
    *repetition.CHECKS,
    *meaning.CHECKS,
    *grammar.CHECKS,
    *characters.CHECKS,
)
RUN_CHECKS: tuple[RunCheck, ...] = consistency.CHECKS
