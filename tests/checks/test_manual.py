from __future__ import annotations

from tests.conftest import ROOT
from translate.checks import CHECKS, RUN_CHECKS
from translate.checks.manual import manual


def test_the_manual_in_docs_is_the_one_of_these_checks() -> None:
    written = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert written == manual(), "run: python -m translate.checks.manual docs/checks.md"


def test_the_manual_has_every_check() -> None:
    for check in (*CHECKS, *RUN_CHECKS):
        assert f"### {check.id}\n" in manual()
