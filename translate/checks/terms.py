"""Glossary terms: present in their English, and never in a forbidden one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate.checks.base import Check
from translate.glossary import forbidden, missing
from translate.records import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.records import Unit


def find_term(unit: Unit) -> Iterator[Finding]:
    """A hit of the glossary whose rendering, or an accepted variant of it, is not in the target.

    A mention beside another one that is rendered may be a pronoun in English: a warning.
    """
    if not unit.target.strip():
        return
    rendered = {hit.term for hit in unit.hits if hit.target}
    for hit in missing(unit.hits):
        wanted = "as it is" if hit.term.rule is Rule.KEEP else f"as «{hit.term.target}»"
        if hit.term in rendered:
            message = (
                f"«{hit.term.source}» should be {wanted} here too; the source has it more often than the translation"
            )
            yield Finding("term", Severity.WARNING, message, (hit.start, hit.end))
        else:
            message = f"«{hit.term.source}» should be {wanted}; it is not in the translation"
            yield Finding("term", Severity.ERROR, message, (hit.start, hit.end))


def find_forbidden(unit: Unit) -> Iterator[Finding]:
    """A rendering that the glossary forbids for a term of the source."""
    for hit in forbidden(unit.hits, unit.target, kind=unit.kind):
        found = unit.target[slice(*hit.target)] if hit.target else hit.term.target
        message = f"«{found}» must not be used for «{hit.term.source}»"
        yield Finding("forbidden", Severity.ERROR, message, (hit.start, hit.end), hit.target)


CHECKS = (
    Check(
        id="term",
        title="Term missing",
        its_type="terminology",
        severity=Severity.ERROR,
        looks_at="the glossary's terms in the source, and their renderings in the target, each counted",
        fails_when=(
            "a term's rendering or an accepted variant (inflected, in either spelling) is missing; a term inside a "
            "longer one is not counted, and a mention that is missing beside one that is rendered is a warning"
        ),
        find=find_term,
    ),
    Check(
        id="forbidden",
        title="Forbidden rendering",
        its_type="terminology",
        severity=Severity.ERROR,
        looks_at="the renderings that the glossary forbids for the terms of the source",
        fails_when="one of them stands in the target",
        find=find_forbidden,
    ),
)
