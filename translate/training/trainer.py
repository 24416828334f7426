"""The training loop: resumable at any step, seeded, with a score on held-out pairs and early stopping.

One process, one device. A killed training goes on from its last saved state and, without a time limit and on the same
machine with the same threads, ends with the very weights that it would have had.
"""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from translate.training.batches import Batches
from translate.training.checkpoint import TrainingFolder
from translate.training.options import TrainingOptions, rate_at
from translate.training.update import Update

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from translate.training.batches import Batch
    from translate.training.corpus import Encoded

SAVE_SECONDS = 60.0  # between states to go on from


@dataclass(frozen=True, slots=True)
class Step:
    """Where a training is."""

    step: int  # steps done
    steps: int
    loss: float  # mean over the steps since the last report, a target piece
    rate: float
    pieces_per_second: float  # target pieces
    seconds_left: float
    score: float | None = None  # of the validation after this step, if there was one


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a training came to. The network that was given holds the last weights; the best ones are in a file."""

    step: int
    ended: str  # done, early (no better score for long), time, or stopped (from outside: it can go on)
    scores: tuple[tuple[int, float], ...]  # (step, validation score)
    losses: tuple[tuple[int, float], ...]  # (step, mean training loss since the one before)
    best: Path | None
    snapshots: tuple[Path, ...]
    seconds: float


def train(
    network: Any,
    corpora: Sequence[tuple[Encoded, float]],
    options: TrainingOptions,
    folder: Path,
    *,
    validate: Callable[[Any], float] | None = None,
    progress: Callable[[Step], None] = lambda step: None,
    stop: Callable[[], bool] = lambda: False,
    seconds: float | None = None,
    threads: int = 0,
) -> Outcome:
    """Train `network` in place on corpora with their repeats an epoch; `folder` keeps what resuming needs.

    `seconds`: the training time, over all its runs, after which it ends, its learning rate having fallen by then.
    `stop` is asked after each step. `progress` hears of the training about every second and after each validation.
    Raises OutputError if `folder` holds another training.
    """
    import torch

    torch.set_num_threads(threads or torch.get_num_threads())
    loop = _Loop(network, corpora, options, TrainingFolder(folder), validate, progress, seconds)
    loop.resume()
    for epoch, index, batch in loop.batches.since(*loop.position):
        if (ended := loop.ended()) or stop():
            return loop.close(ended or "stopped")
        loop.run(batch)
        loop.position = (epoch, index + 1)
        loop.after()
    raise AssertionError("batches have no end")


class _Loop:
    """The state of a training and one method for each thing that is done to it."""

    def __init__(
        self,
        network: Any,
        corpora: Sequence[tuple[Encoded, float]],
        options: TrainingOptions,
        folder: TrainingFolder,
        validate: Callable[[Any], float] | None,
        progress: Callable[[Step], None],
        seconds: float | None,
    ) -> None:
        import torch

        self.network, self.options, self.folder, self.validate = network, options, folder, validate
        self.progress, self.limit = progress, seconds
        self.batches = Batches(corpora, budget=options.batch_tokens, seed=options.seed)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        network.to(self.device).train()
        self.update = Update(network, options, self.device)
        self.step, self.position, self.waited, self.before = 0, (0, 0), 0, 0.0
        self.scores: list[tuple[int, float]] = []
        self.losses: list[tuple[int, float]] = []
        self.fingerprint = _fingerprint(corpora, options, network)
        self._rate = 0.0
        self._since_report, self._began, self._reported, self._saved = [0.0, 0, 0], *[time.monotonic()] * 3
        torch.manual_seed(options.seed)

    @property
    def elapsed(self) -> float:
        return self.before + time.monotonic() - self._began

    @property
    def share_done(self) -> float:
        by_time = self.elapsed / self.limit if self.limit else 0.0
        return min(1.0, max(self.step / self.options.steps, by_time))

    def ended(self) -> str:
        if self.step >= self.options.steps:
            return "done"
        if self.options.patience and self.waited >= self.options.patience:
            return "early"
        return "time" if self.limit is not None and self.elapsed >= self.limit else ""

    def run(self, batch: Batch) -> None:
        """One update of the weights."""
        self._rate = rate_at(self.options, self.step, self.share_done)
        loss, pieces = self.update(batch, self._rate)
        self.step += 1
        self._since_report[0] += loss * pieces
        self._since_report[1] += pieces
        self._since_report[2] += 1

    def after(self) -> None:
        """Validate, report and save, where it is time to."""
        options = self.options
        score = None
        last = self.step == options.steps
        if self.validate and options.validate_every and (last or self.step % options.validate_every == 0):
            score = self._validated()
        if last or self.step % options.save_every == 0:
            self.folder.save_snapshot(self.step, self.network.state_dict(), options.keep)
        if score is not None or last or self.step == 1 or time.monotonic() - self._reported >= 1:
            self._report(score)
        if score is not None or time.monotonic() - self._saved >= SAVE_SECONDS:
            self.save()

    def _validated(self) -> float:
        """The score now; the weights are kept if it is the best."""
        assert self.validate is not None
        self.network.eval()
        score = self.validate(self.network)
        self.network.train()
        if score > max((score for _, score in self.scores), default=float("-inf")):
            self.folder.save_weights(self.folder.best, self.network.state_dict())
            self.waited = 0
        else:
            self.waited += 1
        self.scores.append((self.step, score))
        return score

    def _report(self, score: float | None) -> None:
        total, pieces, steps = self._since_report
        now = time.monotonic()
        if steps:
            self.losses.append((self.step, total / max(1, pieces)))
        loss = self.losses[-1][1] if self.losses else 0.0
        share = self.share_done
        left = self.elapsed / share * (1 - share) if share else 0.0
        speed = pieces / max(1e-9, now - self._reported)
        self.progress(Step(self.step, self.options.steps, loss, self._rate, speed, left, score))
        self._since_report, self._reported = [0.0, 0, 0], now

    def save(self) -> None:
        """Write the state to go on from."""
        import torch

        self.folder.save_state(
            {
                "fingerprint": self.fingerprint,
                "network": self.network.state_dict(),
                "update": self.update.state(),
                "random": torch.get_rng_state(),
                "random_cuda": torch.cuda.get_rng_state_all() if self.device.type == "cuda" else [],
                "step": self.step,
                "position": list(self.position),
                "waited": self.waited,
                "scores": self.scores,
                "losses": self.losses,
                "seconds": self.elapsed,
            }
        )
        self._saved = time.monotonic()

    def resume(self) -> None:
        """Go on from the state in the folder, if there is one."""
        import torch

        state = self.folder.load_state(self.fingerprint)
        if state is None:
            return
        self.network.load_state_dict(state["network"])
        self.update.load(state["update"])
        torch.set_rng_state(state["random"])
        if self.device.type == "cuda":
            torch.cuda.set_rng_state_all(state["random_cuda"])
        self.step, self.waited, self.before = state["step"], state["waited"], state["seconds"]
        self.position = (state["position"][0], state["position"][1])
        self.scores, self.losses = [tuple(pair) for pair in state["scores"]], [tuple(pair) for pair in state["losses"]]

    def close(self, ended: str) -> Outcome:
        """Save; the last weights are validated and kept even where the clock ended the training between two steps."""
        if ended == "time" and self.step and self.step % self.options.save_every:
            self.folder.save_snapshot(self.step, self.network.state_dict(), self.options.keep)
        if ended == "time" and self.validate and [step for step, _ in self.scores][-1:] != [self.step]:
            self._report(self._validated())
        self.save()
        best = self.folder.best if self.folder.best.is_file() and self.scores else None
        snapshots = tuple(self.folder.snapshots())
        return Outcome(self.step, ended, tuple(self.scores), tuple(self.losses), best, snapshots, self.elapsed)


def _fingerprint(corpora: Sequence[tuple[Encoded, float]], options: TrainingOptions, network: Any) -> str:
    """A hash of what decides the outcome: data, options and the weights that training begins with."""
    digest = hashlib.sha256(json.dumps(asdict(options), sort_keys=True).encode())
    for encoded, repeats in corpora:
        digest.update(f"{encoded.sha256}:{repeats}".encode())
    for value in network.parameters():
        digest.update(value.detach().cpu().numpy().tobytes())
    return digest.hexdigest()
