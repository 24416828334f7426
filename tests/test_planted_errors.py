from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from benchmarks import planted_errors, planted_report
from benchmarks.plants import PLANTS, Case
from benchmarks.run_plants import RUN_PLANTS
from translate.checks import CHECKS, RUN_CHECKS, lexicon
from translate.glossary import Glossary, locate
from translate.records import Finding, Severity, Term

if TYPE_CHECKING:
    from pathlib import Path

TERM = Term("职业培训", "vocational training", ("occupational training",))
SOURCE = (
    "江西必须完善教育、体育、交通、住房等制度，有12.5万人（含农民）参加职业培训；“三农”工作不能放松。可以申请补贴。"
)
TARGET = (
    "Jiangxi must improve systems for education, sports, transportation, and housing, and 125,000 people, or 12.5 in"
    " ten thousand (farmers included), took part in vocational training, and more than 3 million got help from the"
    ' government; "rural work" must not be relaxed. People may apply for subsidies.'
)
NEXT = ("粮食产量增加。", "Grain output rose in nearly all of the northern provinces, and farmers were pleased.")


def case() -> Case:
    return Case(SOURCE, TARGET, NEXT, locate(Glossary((TERM,)).find(SOURCE), TARGET))


@pytest.mark.parametrize(("check", "plant"), PLANTS, ids=[plant.__name__ for _, plant in PLANTS])
def test_every_kind_can_be_planted_and_changes_the_target_only_so_far(check: str, plant: object) -> None:
    planted = [made for seed in range(20) if (made := plant(case(), Random(seed)))]  # type: ignore[operator]
    assert planted
    assert any(bad != good for _, good, bad in planted)
    assert all(good.startswith(TARGET) for _, good, _ in planted)
    assert check in {declared.id for declared in CHECKS}


def test_every_check_but_three_is_measured() -> None:
    measured = {check for check, _ in PLANTS} | {check for check, _ in RUN_PLANTS}
    assert {check.id for check in (*CHECKS, *RUN_CHECKS)} - measured == {"forbidden", "confidence"}


def test_what_counts_as_found_and_as_a_false_alarm() -> None:
    one, other = (Finding("number", Severity.ERROR, message, target_span=(0, 1)) for message in "ab")
    moved = Finding("number", Severity.ERROR, "a", target_span=(5, 6))
    judge, tally = planted_errors.judge, planted_report.Tally
    assert judge([one], []) == tally(1, 1, 0)
    assert judge([], []) == tally(1, 0, 0)
    assert judge([moved], [one]) == tally(1, 0, 1)
    assert judge([one, other], [one]) == tally(1, 1, 1)
    assert judge([], [one]) == tally(1, 0, 1)


def test_a_milder_finding_counts_with_its_severity_alone() -> None:
    error, milder = (Finding("term", severity, "t") for severity in (Severity.ERROR, Severity.WARNING))
    assert planted_errors.of_group([error, milder], "term") == [error]
    assert planted_errors.of_group([error, milder], Severity.ERROR) == [error]
    assert planted_errors.of_group([error, milder], Severity.WARNING) == [milder]


def test_precision_and_recall() -> None:
    tally = planted_report.Tally(10, 8, 2)
    assert (tally.precision, tally.recall) == (0.8, 0.8)
    assert planted_report.Tally().precision == 1


def test_other_word_tables_can_be_measured_with(tmp_path: Path) -> None:
    (tmp_path / "chinese.tsv").write_text("# none\n培训\t0.9\t0.1\ttrain\n", "utf-8")
    (tmp_path / "english.tsv").write_text("train\t0.9\t0.1\n", "utf-8")
    shipped = len(lexicon.chinese())
    with planted_errors.lexicon_of(tmp_path):
        assert list(lexicon.chinese()) == ["培训"]
    assert len(lexicon.chinese()) == shipped


def test_the_command_writes_the_same_table_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("\n".join(f"{source}\t{target}" for source, target in [(SOURCE, TARGET), NEXT] * 4), "utf-8")
    reports = []
    for _ in range(2):
        output = tmp_path / "report.md"
        arguments = ["planted_errors", str(pairs), "--unseen", str(pairs), "--most", "2", "--output", str(output)]
        monkeypatch.setattr("sys.argv", arguments)
        planted_errors.main()
        reports.append(output.read_text("utf-8"))
    assert reports[0] == reports[1]
    assert reports[0].count("| `number` | error | ") == 2
    assert reports[0].count("| **all errors together** | error | ") == 2
    assert reports[0].count("| **all warnings together** | warning | ") == 2
