from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import check_speed

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_table_says_how_time_grows_and_whether_the_promise_is_kept() -> None:
    table = check_speed.table({1_000: 0.5, 10_000: 6.0})
    assert "| 1,000 | 0.5 | 1 | 1.0 | 1.00 |" in table
    assert "| 10,000 | 6.0 | 10 | 12.0 | 1.20 |" in table
    assert table.endswith("seconds: kept.\n")
    assert check_speed.table({10_000: 11.0}).endswith("seconds: not kept.\n")
    assert "seconds: " not in check_speed.table({10: 0.1})


def test_the_command_writes_its_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs, output = tmp_path / "pairs.tsv", tmp_path / "speed.md"
    pairs.write_text("加强培训。\tStrengthen training.\n有3万人。\tThere are 30,000 people.\n", "utf-8")
    monkeypatch.setattr("sys.argv", ["check_speed", str(pairs), "--sizes", "3", "9", "--output", str(output)])
    check_speed.main()
    assert "| 9 | " in output.read_text("utf-8")
