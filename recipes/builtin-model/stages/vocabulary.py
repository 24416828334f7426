"""Stage 2: one SentencePiece model for both languages, or the one of the model to go on from."""

from __future__ import annotations

import io
import json
import random
import shutil
from typing import TYPE_CHECKING, Any

from stages.bench import Bench, read_pairs

if TYPE_CHECKING:
    from pathlib import Path

PLACEHOLDERS = [f"⟦{number}⟧" for number in range(10)]
MARKS = "《》“”‘’—…％〔〕"
SETTINGS = {
    "tokenizer_class": "MarianTokenizer",
    "source_lang": "zh",
    "target_lang": "en",
    "eos_token": "</s>",
    "unk_token": "<unk>",
    "pad_token": "<pad>",
    "separate_vocabs": False,
    "model_max_length": 512,
}


def run(bench: Bench, folder: Path) -> dict[str, Any]:
    """Write source.spm, target.spm, vocab.json and tokenizer_config.json."""
    if bench.start:
        for name in ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json"):
            shutil.copyfile(bench.start / name, folder / name)
        size = len(json.loads((folder / "vocab.json").read_text(encoding="utf-8")))
        bench.say(f"vocabulary of {bench.start}: {size:,} pieces")
        return {"size": size, "from": str(bench.start)}
    _train(bench, folder)
    vocabulary = _numbered(folder)
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps(SETTINGS, indent=2) + "\n", encoding="utf-8")
    shutil.copyfile(folder / "source.spm", folder / "target.spm")
    bench.say(f"new vocabulary: {len(vocabulary):,} pieces")
    return {"size": len(vocabulary), "from": "data"}


def _train(bench: Bench, folder: Path) -> None:
    """Digits are single pieces, placeholders too; the common characters of GB 2312 are all in."""
    import sentencepiece

    options, model = bench.recipe["vocabulary"], io.BytesIO()
    sources = bench.manifest("data")["results"]["sources"]
    lines = [
        side
        for name, about in sources.items()
        for pair in read_pairs(bench.folder("data") / f"{name}.tsv")
        for side in pair
        for _ in range(max(1, round(about["repeats"])))
    ]
    draw = random.Random(bench.recipe["seed"])
    sentencepiece.set_random_generator_seed(bench.recipe["seed"])
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(draw.sample(lines, min(len(lines), options["lines"]))),
        model_writer=model,  # a file would have its own path in it
        vocab_size=options["size"],
        hard_vocab_limit=False,
        character_coverage=options["coverage"],
        model_type="unigram",
        split_digits=True,
        max_sentence_length=4000,
        max_sentencepiece_length=12,
        num_threads=1,  # with more, the order of sums differs from run to run
        unk_id=0,
        bos_id=-1,
        eos_id=-1,
        pad_id=-1,
        user_defined_symbols=PLACEHOLDERS,
        required_chars=_common_characters() + MARKS if options["size"] > 8000 else MARKS,
        minloglevel=2,
    )
    (folder / "source.spm").write_bytes(model.getvalue())


def _numbered(folder: Path) -> dict[str, int]:
    """Marian's order: the end mark, the unknown one, the pieces, the padding."""
    import sentencepiece

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
    names = [pieces.id_to_piece(number) for number in range(pieces.get_piece_size())]
    ordered = ["</s>", "<unk>", *(name for name in names if name not in ("<unk>", "</s>")), "<pad>"]
    return {name: number for number, name in enumerate(ordered)}


def _common_characters() -> str:
    """The 3,755 characters of level 1 of GB 2312."""
    return "".join(
        bytes([high, low]).decode("gb2312", "ignore") for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF)
    )
