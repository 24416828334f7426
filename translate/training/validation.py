"""How good a network is by what it writes: plain translation through CTranslate2, scored by chrF."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.engines import LENGTH_PENALTY
from translate.training.network import quiet, save_network

if TYPE_CHECKING:
    from collections.abc import Sequence

BATCH_PIECES = 1024  # source pieces a batch of greedy decoding


class ChrfValidator:
    """chrF (0 to 100) of a network's greedy translations of held-out pairs; a call takes seconds for 100 of them."""

    def __init__(self, pairs: Sequence[tuple[str, str]], vocabulary: Path, *, threads: int = 0) -> None:
        """`pairs`: (source, reference). `vocabulary`: the MarianMT directory whose text files the network goes with."""
        self._pairs, self._vocabulary, self._threads = tuple(pairs), vocabulary, threads

    def __call__(self, network: Any) -> float:
        """The score of the network as it is now."""
        from sacrebleu.metrics import CHRF

        folder = Path(tempfile.mkdtemp(prefix="validation-"))
        try:
            save_network(network, self._vocabulary, folder / "model")
            outputs = plain_outputs(folder / "model", [source for source, _ in self._pairs], threads=self._threads)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return float(CHRF().corpus_score(outputs, [[reference for _, reference in self._pairs]]).score)


def plain_outputs(directory: Path, texts: Sequence[str], *, threads: int = 0, beam_size: int = 1) -> list[str]:
    """The translation of each text by the MarianMT model in `directory`, each text in one go; int8, nothing retried.

    The converted model is thrown away: the models of a training would only fill the cache.
    """
    import ctranslate2
    import sentencepiece
    from ctranslate2.converters import TransformersConverter

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(directory / "source.spm"))
    words = sentencepiece.SentencePieceProcessor(model_file=str(directory / "target.spm"))
    folder = Path(tempfile.mkdtemp(prefix="converted-"))
    try:
        with quiet():
            TransformersConverter(str(directory)).convert(str(folder / "model"), quantization="int8")
        translator = ctranslate2.Translator(str(folder / "model"), compute_type="int8", intra_threads=threads)
        results = translator.translate_batch(
            [[*pieces.encode(text, out_type=str), "</s>"] for text in texts],
            beam_size=beam_size,
            length_penalty=LENGTH_PENALTY,
            max_batch_size=BATCH_PIECES,
            batch_type="tokens",
            max_decoding_length=200,
            max_input_length=0,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    special = ("</s>", "<pad>", "<unk>")
    return [words.decode([piece for piece in result.hypotheses[0] if piece not in special]) for result in results]
