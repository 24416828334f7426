from __future__ import annotations

from typing import Any

import pytest

from translate.errors import SettingsError
from translate.training import TrainingOptions
from translate.training.options import rate_at


@pytest.mark.parametrize(
    ("schedule", "step", "done", "rate"),
    [
        ("linear", 0, 0.0, 0.1),  # the first of ten steps of the rise
        ("linear", 9, 0.0, 1.0),
        ("linear", 50, 0.5, 0.6),  # half way down to a fifth
        ("linear", 99, 1.0, 0.2),
        ("cosine", 50, 0.5, 0.6),
        ("cosine", 25, 0.25, 0.8828),
        ("cosine", 99, 1.0, 0.2),
        ("inverse-sqrt", 8, 0.0, 0.9),
        ("inverse-sqrt", 35, 0.3, 0.5),  # 6 is the root of 36, 3 that of 9
    ],
)
def test_the_learning_rate(schedule: Any, step: int, done: float, rate: float) -> None:
    options = TrainingOptions(steps=100, learning_rate=1.0, final_share=0.2, warmup=9, schedule=schedule)
    assert rate_at(options, step, done) == pytest.approx(rate, abs=1e-4)


def test_all_that_is_wrong_is_said_at_once() -> None:
    wrong: dict[str, Any] = {"steps": 0, "learning_rate": -1, "final_share": 2, "schedule": "none", "warmup": -1}
    with pytest.raises(SettingsError) as caught:
        TrainingOptions(**wrong)
    assert len(caught.value.problems) == 5
    assert "linear, cosine, inverse-sqrt" in str(caught.value)
