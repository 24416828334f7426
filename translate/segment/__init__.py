"""Blocks -> sentences -> clauses, lossless: whatever is split here, joined, is what came in."""

from __future__ import annotations

from translate.records import Block, Segment
from translate.segment.clauses import split_clauses
from translate.segment.sentences import Language, split_sentences

__all__ = ["Language", "segment_block", "split_clauses", "split_sentences"]


def segment_block(block: Block, language: Language = "zh") -> tuple[Segment, ...]:
    """The sentences of a block as segments `b0003.s01`, `b0003.s02` ...; their texts, joined, are the block's.

    A segment is never empty, nor mere white space or closing marks unless the whole block is; an empty block has none.
    """
    return tuple(
        Segment(f"{block.id}.s{number:02d}", block.id, text, block.kind)
        for number, text in enumerate(split_sentences(block.text, language) if block.text else (), start=1)
    )
