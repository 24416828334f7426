"""One update of the weights from one batch: loss, gradient, AdamW, and the padding held at zero."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from translate.training.network import loss_of

if TYPE_CHECKING:
    from translate.training.batches import Batch
    from translate.training.options import TrainingOptions


class Update:
    """A network with its optimiser."""

    def __init__(self, network: Any, options: TrainingOptions, device: Any) -> None:
        import torch

        self._network, self._options, self._device = network, options, device
        _set_dropout(network, options.dropout)
        self._optimizer = _optimizer(network, options)
        self._amp = _precision(options.precision, device)
        self._scaler = torch.amp.GradScaler(device.type, enabled=self._amp == torch.float16)
        padding = network.model.shared.weight[network.config.pad_token_id]
        self._zero_padding = not bool(padding.any())  # Marian decodes from a zero embedding, and must go on to

    def __call__(self, batch: Batch, rate: float) -> tuple[float, int]:
        """(loss a target piece, target pieces) of the batch, before the weights were changed by it."""
        import torch

        for group in self._optimizer.param_groups:
            group["lr"] = rate * group["share"]
        half = self._amp != torch.float32
        with torch.autocast(self._device.type, dtype=self._amp) if half else nullcontext():
            loss, pieces = loss_of(self._network, batch, self._options.label_smoothing, self._device)
        self._scaler.scale(loss).backward()
        self._scaler.unscale_(self._optimizer)
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), self._options.clip)
        self._scaler.step(self._optimizer)
        self._scaler.update()
        self._optimizer.zero_grad(set_to_none=True)
        if self._zero_padding:
            with torch.no_grad():
                self._network.model.shared.weight[self._network.config.pad_token_id].zero_()
        return float(loss.detach()), pieces

    def state(self) -> dict[str, Any]:
        """What has to be kept to go on, besides the weights."""
        return {"optimizer": self._optimizer.state_dict(), "scaler": self._scaler.state_dict()}

    def load(self, state: dict[str, Any]) -> None:
        """Go on from what `state` returned."""
        self._optimizer.load_state_dict(state["optimizer"])
        self._scaler.load_state_dict(state["scaler"])


def _optimizer(network: Any, options: TrainingOptions) -> Any:
    """AdamW with a share of the learning rate for the encoder; what is frozen gets none."""
    import torch

    groups: dict[bool, list[Any]] = {True: [], False: []}
    for name, value in network.named_parameters():
        if name.startswith(options.frozen) and options.frozen:
            value.requires_grad_(False)
        if value.requires_grad:
            groups[name.startswith("model.encoder.")].append(value)
    shares = {True: options.encoder_share, False: 1.0}
    return torch.optim.AdamW(
        [{"params": values, "share": shares[of_encoder]} for of_encoder, values in groups.items() if values],
        lr=options.learning_rate,
        betas=(0.9, 0.98),
        eps=1e-9,
        weight_decay=options.weight_decay,
        fused=True,
    )


def _precision(wanted: str, device: Any) -> Any:
    """The type that matrices are multiplied in: on a graphics card half as long as float32, if nothing else is said."""
    import torch

    if wanted != "auto":
        return getattr(torch, wanted)
    if device.type != "cuda":
        return torch.float32
    return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16


def _set_dropout(network: Any, dropout: float | None) -> None:
    if dropout is None:
        return
    for module in network.modules():
        if isinstance(getattr(module, "dropout", None), float):
            module.dropout = dropout
