"""Sentences as work that can be done anywhere: in chunks of about equal cost, kept in a journal as they are done.

What a chunk becomes depends on the chunk and the decoder's spec alone, and chunks are cut from the stream of sentences
in the order of the documents: so threads, processes and other machines give the same text, and so does a run that was
killed and goes on.
"""

from translate.work.crew import Crew, LocalCrew, open_crew
from translate.work.decoding import DecoderSpec, Draft, open_decoder
from translate.work.journal import Journal
from translate.work.line import Line

__all__ = ["Crew", "DecoderSpec", "Draft", "Journal", "Line", "LocalCrew", "open_crew", "open_decoder"]
