"""The translation memory: what people have accepted, found again by the same text and by text like it."""

from translate.memory.entries import Added, Count, Entry, Kept, in_context
from translate.memory.schema import default_path
from translate.memory.selection import Selection
from translate.memory.sheets import entries_of_rows
from translate.memory.store import Memory

__all__ = ["Added", "Count", "Entry", "Kept", "Memory", "Selection", "default_path", "entries_of_rows", "in_context"]
