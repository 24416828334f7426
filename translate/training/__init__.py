"""Training of MarianMT models: token-budget batches, a trainer that resumes, averaging, validation by chrF.

`train` is the loop; what it needs is made by `Vocabulary` and `encode` (text to numbers), `Batches` (their order) and
`ChrfValidator`. Nothing here knows where pairs come from, or what becomes of the model.
"""

from __future__ import annotations

from translate.training.averaging import average, interpolate
from translate.training.batches import Batches
from translate.training.corpus import Encoded, Vocabulary, encode
from translate.training.network import load_network, new_network, save_network
from translate.training.options import TrainingOptions
from translate.training.trainer import Outcome, Step, train
from translate.training.validation import ChrfValidator, plain_outputs

__all__ = [
    "Batches",
    "ChrfValidator",
    "Encoded",
    "Outcome",
    "Step",
    "TrainingOptions",
    "Vocabulary",
    "average",
    "encode",
    "interpolate",
    "load_network",
    "new_network",
    "plain_outputs",
    "save_network",
    "train",
]
