"""Plant errors of every kind into good pairs and measure what each check makes of them.

    python -m benchmarks.planted_errors gwr2015.tsv gwr2016.tsv ... [--output docs/planted-errors.md]

Files are UTF-8, Chinese TAB English, one pair a line, in the order of a document. Each error goes into a pair of its
own, and the pair without the error, its twin, is checked as well: there are as many good pairs as planted ones. A
planted error counts as found if its check reports something of the pair that it does not report of the twin, and
whatever the check reports of a twin is one false alarm. Precision is found / (found + false alarms), recall is
found / planted.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from benchmarks.plants import PLANTS, Case
from benchmarks.run_plants import RUN_PLANTS, judge_run
from translate.checks import CHECKS, RUN_CHECKS, check_unit
from translate.glossary import Glossary, load_glossary, locate, standard_layers
from translate.records import Finding, Rule, Segment, Severity, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

OUTPUT = Path(__file__).parent.parent / "docs" / "planted-errors.md"
EXPLANATION = """# What the checks find

Made by `python -m benchmarks.planted_errors`; do not edit. Errors of every kind are planted into good pairs, one in a
pair, and the same pairs are checked without the error. A planted error is *found* if its check reports something that
it does not report of the pair without it; anything that the check reports of the pair without it is a *false alarm*,
at most one a pair. So there are as many good pairs as planted ones. Precision is found / (found + false alarms),
recall is found / planted. Official translations are free: some "false" alarms are real differences.
"""


RUN_SHARE = 0.05  # of a document's units that get an error which only the whole run shows


@dataclass(slots=True)
class Tally:
    """How many errors were planted, found, and raised of pairs without one."""

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


def main() -> None:
    options = parse()
    glossary = kept_terms(load_glossary(standard_layers()), [read(path) for path in options.terms_kept_by or ()])
    documents = [cases_of(read(path), glossary) for path in options.pairs]
    cases = [case for document in documents for case in document]
    kinds, errors = measure(cases, glossary, options.most, options.seed)
    kinds |= measure_runs(documents, RUN_SHARE, options.seed)
    report = "\n".join([EXPLANATION, circumstances(options, len(cases), glossary), "", tables(kinds, errors)])
    options.output.write_text(report, encoding="utf-8")
    print(report)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", type=Path, help="pair files, each a document")
    parser.add_argument("--terms-kept-by", nargs="+", type=Path, help="other pair files; see `kept_terms`")
    parser.add_argument("--most", type=int, default=400, help="errors of a kind at most (default 400)")
    parser.add_argument("--seed", type=int, default=1, help="of the choice of pairs and places (default 1)")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="Markdown file to write")
    return parser.parse_args()


def read(path: Path) -> list[tuple[str, str]]:
    rows = [line.split("\t") for line in path.read_text("utf-8-sig").splitlines()]
    return [(row[0], row[1]) for row in rows if len(row) == 2]


def kept_terms(glossary: Glossary, documents: Sequence[Sequence[tuple[str, str]]]) -> Glossary:
    """Terms that other translations of the same kind always keep: a glossary in force for these texts.

    The shipped glossary says how terms should be rendered, which the translators of these pairs did not know. A term
    seen less than five times is left out. Without `documents`, all terms.
    """
    if not documents:
        return glossary
    seen: defaultdict[str, list[bool]] = defaultdict(list)
    for pairs in documents:
        for source, target in pairs:
            for hit in locate(glossary.find(source), target):
                if hit.term.rule is not Rule.FORBID:
                    seen[hit.term.source].append(hit.target is not None)
    kept = {source for source, found in seen.items() if len(found) >= 5 and all(found)}
    return Glossary(tuple(term for term in glossary if term.source in kept))


def cases_of(pairs: Sequence[tuple[str, str]], glossary: Glossary) -> list[Case]:
    neighbours = [*pairs[1:], *pairs[-2:-1]]
    return [
        Case(source, target, neighbour, locate(glossary.find(source), target))
        for (source, target), neighbour in zip(pairs, neighbours, strict=True)
    ]


def measure(
    cases: Sequence[Case], glossary: Glossary, most: int, seed: int
) -> tuple[dict[tuple[str, str], Tally], Tally]:
    """Tallies by (check, kind of error), and of all findings that are errors together, whichever check's."""
    kinds: dict[tuple[str, str], Tally] = {}
    errors = Tally()
    severity = {check.id: check.severity for check in CHECKS}
    for check, plant in PLANTS:
        random = Random(f"{seed} {plant.__name__}")
        tally = kinds[check, plant.__name__] = Tally()
        for case in random.sample(cases, len(cases)):
            planted = plant(case, random)
            if planted is None or planted[1] == planted[2]:
                continue
            source, good, bad = planted
            twin, ours = (check_unit(unit_of("unit", source, target, glossary)) for target in (good, bad))
            tally.add(judge(of_check(ours, check), of_check(twin, check)))
            if severity[check] is Severity.ERROR:
                errors.add(judge(errors_of(ours), errors_of(twin)))
            if tally.planted == most:
                break
    return kinds, errors


def of_check(findings: Iterable[Finding], check: str) -> list[Finding]:
    return [finding for finding in findings if finding.check == check]


def errors_of(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def judge(findings: Iterable[Finding], of_twin: Iterable[Finding]) -> Tally:
    before, after = ({without_place(finding) for finding in found} for found in (of_twin, findings))
    return Tally(1, bool(after - before), bool(before))


def without_place(finding: Finding) -> Finding:
    """Findings behind a planted error have moved, and are the same findings."""
    return replace(finding, target_span=None)


def unit_of(id: str, source: str, target: str, glossary: Glossary) -> Unit:
    return Unit(id, (Segment(id, id, source),), target, hits=locate(glossary.find(source), target))


def circumstances(options: argparse.Namespace, pairs: int, glossary: Glossary) -> str:
    """What was measured, in one paragraph."""
    names = ", ".join(path.name for path in options.pairs)
    kept = ", ".join(path.name for path in options.terms_kept_by or ())
    terms = f"the {len(glossary)} terms of the shipped glossary"
    terms += f" that {kept} always keep" if kept else ""
    return (
        f"Pairs: {pairs:,} of {names}. Seed {options.seed}, at most {options.most} errors of a kind; "
        f"glossary: {terms} (sha256 {glossary.sha256[:12]}). Run checks: each file is a run, "
        f"with errors in {RUN_SHARE:.0%} of its units. `confidence` needs a model's scores and is not measured here."
    )


def measure_runs(documents: Sequence[Sequence[Case]], share: float, seed: int) -> dict[tuple[str, str], Tally]:
    """Tallies of the checks of whole runs; each document is a run."""
    kinds = {}
    for check, plant in RUN_PLANTS:
        random = Random(f"{seed} {plant.__name__}")
        tally = kinds[check, plant.__name__] = Tally()
        for number, cases in enumerate(documents):
            units = [
                Unit(f"{number}.{index}", (Segment("s", "b", case.source),), case.target, hits=case.hits)
                for index, case in enumerate(cases)
            ]
            tally.add(Tally(*judge_run(check, plant, units, share, random)))
    return kinds


def tables(kinds: dict[tuple[str, str], Tally], errors: Tally) -> str:
    """The two tables of the report."""
    checks: defaultdict[str, Tally] = defaultdict(Tally)
    for (check, _), tally in kinds.items():
        checks[check].add(tally)
    by_check = [
        (f"`{check.id}`", check.severity.value, checks[check.id])
        for check in sorted((*CHECKS, *RUN_CHECKS), key=lambda check: -check.severity.rank)
        if check.id in checks
    ]
    lines = ["## By check", "", _head("check", "severity")]
    lines += [_row(*row) for row in [*by_check, ("**all errors together**", "error", errors)]]
    lines += ["", "## By kind of error", "", _head("check", "kind")]
    lines += [_row(f"`{check}`", kind.replace("_", " "), tally) for (check, kind), tally in kinds.items()]
    return "\n".join(lines) + "\n"


def _head(first: str, second: str) -> str:
    return (
        f"| {first} | {second} | planted | found | false alarms | precision | recall |\n|---|---|--:|--:|--:|--:|--:|"
    )


def _row(first: str, second: str, tally: Tally) -> str:
    return (
        f"| {first} | {second} | {tally.planted} | {tally.found} | {tally.alarms} "
        f"| {tally.precision:.3f} | {tally.recall:.3f} |"
    )


if __name__ == "__main__":
    main()
