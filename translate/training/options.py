"""How to train: one frozen object, and the learning rate that follows from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from translate.errors import Problem, SettingsError

Schedule = Literal["linear", "cosine", "inverse-sqrt"]
SCHEDULES = ("linear", "cosine", "inverse-sqrt")


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """All that decides what training makes of a model and a corpus, but for the number of threads.

    Raises SettingsError with everything that is out of range.
    """

    steps: int  # updates of the weights
    seed: int = 0
    batch_tokens: int = 1000  # pieces of the longer side of a batch, padding included
    learning_rate: float = 4e-4  # at its highest
    final_share: float = 0.1  # of the learning rate, at the end
    warmup: int = 200  # steps
    schedule: Schedule = "linear"
    label_smoothing: float = 0.1
    clip: float = 1.0  # highest norm of the gradient
    dropout: float | None = None  # None: what the model's configuration says
    weight_decay: float = 0.01
    encoder_share: float = 1.0  # of the learning rate, for the encoder
    frozen: tuple[str, ...] = ()  # beginnings of the names of weights that stay as they are
    validate_every: int = 0  # steps; 0: never
    patience: int = 0  # validations without a better score before training ends; 0: to the last step
    save_every: int = 500  # steps between snapshots of the weights
    keep: int = 4  # newest snapshots that are kept, for averaging
    precision: Literal["auto", "float32", "bfloat16", "float16"] = "auto"  # auto: float32 but on a graphics card

    def __post_init__(self) -> None:
        wrong = {
            "steps, batch_tokens, save_every and keep must be at least 1": min(
                self.steps, self.batch_tokens, self.save_every, self.keep
            )
            < 1,
            "learning_rate and clip must be above 0": min(self.learning_rate, self.clip) <= 0,
            "final_share and encoder_share must lie between 0 and 1": not all(
                0 <= share <= 1 for share in (self.final_share, self.encoder_share)
            ),
            "label_smoothing and dropout must lie between 0 and 1": not all(
                0 <= share < 1 for share in (self.label_smoothing, self.dropout or 0)
            ),
            "warmup, weight_decay, validate_every and patience must not be negative": min(
                self.warmup, self.weight_decay, self.validate_every, self.patience
            )
            < 0,
            f"schedule must be one of {', '.join(SCHEDULES)}": self.schedule not in SCHEDULES,
        }
        SettingsError.raise_if([Problem(what) for what, true in wrong.items() if true])


def rate_at(options: TrainingOptions, step: int, share_done: float) -> float:
    """The learning rate of a step, counted from 0, when `share_done` (0 to 1) of the training lies behind it.

    Rises linearly over the warm-up, then falls to `final_share`: linearly, by a half cosine, or with the inverse square
    root of the step (Vaswani et al. 2017), which ends where it ends.
    """
    rising = min(1.0, (step + 1) / (options.warmup + 1))
    if options.schedule == "inverse-sqrt":
        return options.learning_rate * rising * math.sqrt(max(1, options.warmup) / max(step + 1, options.warmup, 1))
    left = 1 - share_done if options.schedule == "linear" else (1 + math.cos(math.pi * share_done)) / 2
    return options.learning_rate * rising * (options.final_share + (1 - options.final_share) * left)
