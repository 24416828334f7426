"""The translation memory: what people have accepted, found again by the same text and by text like it."""

from translate.memory.entries import Entry, Kept, in_context
from translate.memory.schema import default_path
from translate.memory.store import Added, Memory

__all__ = ["Added", "Entry", "Kept", "Memory", "default_path", "in_context"]
