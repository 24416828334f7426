"""Plant errors of every kind into good pairs and measure what each check makes of them.

    python -m benchmarks.planted_errors gwr2015.tsv ... gwr2020.tsv --lexicon FOLDER --unseen gwr2021.tsv

Files are UTF-8, Chinese TAB English, one pair a line, in the order of a document. Each error goes into a pair of its
own, and the pair without the error, its twin, is checked as well. The glossary is the whole shipped one. FOLDER holds
the two tables of benchmarks/learn_lexicon.py, learned without the first files; `--unseen` files are measured with the
shipped tables.
"""

from __future__ import annotations

import argparse
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks.planted_report import EXPLANATION, Group, Measured, Tally, tables
from benchmarks.plants import PLANTS, Case
from benchmarks.run_plants import RUN_PLANTS, judge_run
from translate.checks import CHECKS, check_unit, coverage, lexicon
from translate.glossary import Glossary, load_glossary, locate, shipped_glossary_directory
from translate.records import Finding, Segment, Severity, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

OUTPUT = Path(__file__).parent.parent / "docs" / "planted-errors.md"
RUN_SHARE = 0.05  # of a document's units that get an error which only the whole run shows
SEVERITY_OF = {check.id: check.severity for check in CHECKS}
JUDGED_TOGETHER = (Severity.ERROR, Severity.WARNING)


def main() -> None:
    options = parse()
    glossary = load_glossary([shipped_glossary_directory()])
    parts = [EXPLANATION]
    if options.pairs:
        with lexicon_of(options.lexicon):
            measured = measure(read_documents(options.pairs, glossary), glossary, options.most, options.seed)
        lexicon_name = sources_of(options.lexicon) if options.lexicon else "as shipped, learned on these files too"
        parts.append(section("Held-out years", options.pairs, measured, glossary, lexicon_name, options))
    if options.unseen:
        measured = measure(read_documents(options.unseen, glossary), glossary, options.most, options.seed)
        name = "as shipped, learned without these files"
        parts.append(section("A report that nothing was made from", options.unseen, measured, glossary, name, options))
    report = "\n".join(parts)
    options.output.write_text(report, encoding="utf-8")
    print(report)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="*", type=Path, help="pair files, each a document")
    parser.add_argument("--lexicon", type=Path, help="folder with word tables learned without these files")
    parser.add_argument("--unseen", nargs="+", type=Path, help="pair files measured with the shipped word tables")
    parser.add_argument("--most", type=int, default=400, help="errors of a kind at most (default 400)")
    parser.add_argument("--seed", type=int, default=1, help="of the choice of pairs and places (default 1)")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="Markdown file to write")
    return parser.parse_args()


def read(path: Path) -> list[tuple[str, str]]:
    rows = [line.split("\t") for line in path.read_text("utf-8-sig").splitlines()]
    return [(row[0], row[1]) for row in rows if len(row) == 2]


def read_documents(paths: Sequence[Path], glossary: Glossary) -> list[list[Case]]:
    return [cases_of(read(path), glossary) for path in paths]


def cases_of(pairs: Sequence[tuple[str, str]], glossary: Glossary) -> list[Case]:
    neighbours = [*pairs[1:], *pairs[-2:-1]]
    return [
        Case(source, target, neighbour, locate(glossary.find(source), target))
        for (source, target), neighbour in zip(pairs, neighbours, strict=True)
    ]


@contextmanager
def lexicon_of(folder: Path | None) -> Iterator[None]:
    """Use the word tables of a folder instead of the shipped ones."""

    def forget() -> None:
        for cached in (lexicon.chinese, lexicon.english, coverage.compare):
            cached.cache_clear()

    if folder is None:
        yield
        return
    forget()
    with patch.object(lexicon, "table_text", lambda name: (folder / name).read_text("utf-8")):
        yield
    forget()


def sources_of(folder: Path) -> str:
    """What its word tables were learned from, as their head says."""
    head = [line[2:] for line in (folder / "chinese.tsv").read_text("utf-8").splitlines()[:2] if line.startswith("# ")]
    return head[-1].rstrip(".").replace("From ", "learned from ")


def measure(documents: Sequence[Sequence[Case]], glossary: Glossary, most: int, seed: int) -> Measured:
    """Plant, check and count; each document is a run for the checks of whole runs."""
    cases = [case for document in documents for case in document]

    @cache
    def check(source: str, target: str) -> tuple[Finding, ...]:
        return check_unit(unit_of(source, target, glossary))

    measured = Measured(len(cases))
    for case in cases:
        groups = {group for finding in check(case.source, case.target) for group in groups_of(finding)}
        measured.alarms.update(groups)
    measure_units(measured, cases, check, most, seed)
    for name, plant in RUN_PLANTS:
        random = Random(f"{seed} {plant.__name__}")
        tally = measured.kinds[name, plant.__name__] = Tally()
        for number, document in enumerate(documents):
            units = [
                Unit(f"{number}.{index}", (Segment("s", "b", case.source),), case.target, hits=case.hits)
                for index, case in enumerate(document)
            ]
            tally.add(Tally(*judge_run(name, plant, units, RUN_SHARE, random)))
    return measured


def measure_units(
    measured: Measured,
    cases: Sequence[Case],
    check: Callable[[str, str], tuple[Finding, ...]],
    most: int,
    seed: int,
) -> None:
    """Tallies of the checks of single units, by kind and of errors and warnings together."""
    measured.together = {severity: Tally() for severity in JUDGED_TOGETHER}
    for name, plant in PLANTS:
        random = Random(f"{seed} {plant.__name__}")
        tally = measured.kinds[name, plant.__name__] = Tally()
        for case in random.sample(cases, len(cases)):
            planted = plant(case, random)
            if planted is None or planted[1] == planted[2]:
                continue
            source, good, bad = planted
            twin, ours = check(source, good), check(source, bad)
            tally.add(judge(of_group(ours, name), of_group(twin, name)))
            if together := measured.together.get(SEVERITY_OF[name]):
                together.add(judge(of_group(ours, SEVERITY_OF[name]), of_group(twin, SEVERITY_OF[name])))
            if tally.planted == most:
                break


def unit_of(source: str, target: str, glossary: Glossary) -> Unit:
    return Unit("unit", (Segment("s", "b", source),), target, hits=locate(glossary.find(source), target))


def groups_of(finding: Finding) -> tuple[Group, ...]:
    """Its severity, and its check unless the finding is milder than the check."""
    milder = finding.severity.rank < SEVERITY_OF[finding.check].rank
    return (finding.severity,) if milder else (finding.check, finding.severity)


def of_group(findings: Iterable[Finding], group: Group) -> list[Finding]:
    return [finding for finding in findings if group in groups_of(finding)]


def judge(findings: Iterable[Finding], of_twin: Iterable[Finding]) -> Tally:
    before, after = ({without_place(finding) for finding in found} for found in (of_twin, findings))
    return Tally(1, bool(after - before), bool(before))


def without_place(finding: Finding) -> Finding:
    """Findings behind a planted error have moved, and are the same findings."""
    return replace(finding, target_span=None)


def section(
    title: str,
    paths: Sequence[Path],
    measured: Measured,
    glossary: Glossary,
    lexicon_name: str,
    options: argparse.Namespace,
) -> str:
    """One set of files: what was measured, and the tables."""
    names = ", ".join(path.name for path in paths)
    circumstances = (
        f"{measured.pairs:,} pairs of {names}. Seed {options.seed}, at most {options.most} errors of a kind; "
        f"glossary: the {len(glossary):,} terms of the shipped one (sha256 {glossary.sha256[:12]}); word tables of "
        f"`omission`, `addition` and `unrelated`: {lexicon_name}. Checks of a whole run: each file is a run, with "
        f"errors in {RUN_SHARE:.0%} of its units."
    )
    return "\n".join((f"## {title}", "", circumstances, "", tables(measured)))


if __name__ == "__main__":
    main()
