"""The translation model as the aligner uses it: one plain translation a sentence, kept in a journal as it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate.engines import DecodeOptions
from translate.records import Segment
from translate.work import Draft, Journal, open_decoder
from translate.work.journal import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from translate.work import DecoderSpec

    Progress = Callable[[str, int, int], None]

PLAIN = DecodeOptions(beam_size=1, hypotheses=1)  # it is compared, not read: the search would cost three times as much
CHUNK_CHARACTERS = 3_000  # kept together; what is lost by a kill


@dataclass(frozen=True, slots=True)
class PlainTranslations:
    """Translates sentences plainly. Those that the journal has are not translated again, in this call or the next."""

    spec: DecoderSpec
    journal: Path | None = None  # a file; in memory only without one
    progress: Progress = lambda step, done, total: None

    def __call__(self, texts: Sequence[str]) -> list[str]:
        """An English text for each Chinese one; "" for one that is blank."""
        segments = {key_of(segment): segment for segment in (Segment("", "", text) for text in texts) if segment.text}
        journal = Journal(self.journal)
        try:
            known = journal.drafts(segments)
            missing = [segment for key, segment in segments.items() if key not in known]
            self.progress("translations", len(known), len(segments))
            for chunk in _chunks(missing):
                made = [Draft(text, "plain", None) for text in self._translate([one.text for one in chunk])]
                drafts = dict(zip(map(key_of, chunk), made, strict=True))
                journal.keep(drafts)
                known |= drafts
                self.progress("translations", len(known), len(segments))
        finally:
            journal.close()
        answers = {segment.text: known[key].target for key, segment in segments.items()}
        return [answers.get(text, "") for text in texts]

    def _translate(self, texts: Sequence[str]) -> list[str]:
        """Sentences longer than the model's window go in parts."""
        decoder = open_decoder(self.spec)
        tools = decoder.tools
        parts = [
            (prepared,) if tools.count(prepared) <= tools.window else tools.split(prepared, tools.window)
            for prepared in map(tools.prepare, texts)
        ]
        flat = decoder.translator.translate([part for some in parts for part in some], PLAIN)
        answers = iter(translations[0].text if translations else "" for translations in flat)
        return [" ".join(next(answers) for _ in some) for some in parts]


def _chunks(segments: Iterable[Segment]) -> Iterator[list[Segment]]:
    chunk: list[Segment] = []
    for segment in segments:
        chunk.append(segment)
        if sum(len(one.text) for one in chunk) >= CHUNK_CHARACTERS:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
