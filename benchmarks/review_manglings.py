"""Send reviewed sheets through LibreOffice by every way that people save them, and see what comes back.

    python -m benchmarks.review_manglings [--output docs/review-manglings.md]

The sheet holds ordinary sentences and texts that spreadsheets are known to change, a third of them edited; its rows
are in another order than the document's. Each way opens it in LibreOffice, saves it as another kind of file, and so
on; the last file is read as `translate review` does. Needs `soffice`.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from translate.bilingual import comma, load_rows, tsv, xlsx
from translate.bilingual.match import is_edit, same_text
from translate.bilingual.rows import Row
from translate.records import Block, BlockKind, Document, Run, Segment, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

OUTPUT = Path(__file__).parent.parent / "docs" / "review-manglings.md"
ENCODINGS = {"UTF-8": 76, "UTF-16": 65535, "GB18030": 85, "Big5": 68, "Windows-1252": 1}
LANGUAGES = {"US English": 1033, "German": 1031, "Chinese (PRC)": 2052}
SENTENCES = (
    ("一、总体要求", "I. General requirements"),
    ("各地要建立台账，明确责任，按时完成。", "Each locality should keep records, assign duties and finish on time."),
    ("他说：“好”。\n第二行。", 'He said "good".\nA second line.'),
    ("“技能中国”行动", '"Skills China" comes first; then, the rest'),
    ("对2.3万名毕业生实行帮扶。", "Help will be given to 23,000 graduates."),
    ("生僻字𠮷与㐂", "Rare characters (𠮷 and 㐂) stay"),
)
TRAPS = (
    ("40%", "40%"),
    ("5.50%", "5.50%"),
    ("4800", "4,800"),
    ("12,345.60", "12,345.60"),
    ("007", "007"),
    ("110101199003070011", "110101199003070011"),
    ("1E5", "1E5"),
    ("2024年3月15日", "March 15, 2024"),
    ("2024-03-15", "2024-03-15"),
    ("3-5", "3-5"),
    ("1/2", "1/2"),
    ("8:30", "8:30"),
    ("12.6", "12.6"),
    ("（5）", "(5)"),
    ("¥100", "$100"),
    ("TRUE", "true"),
    ("=1+1", "=1+1"),
    ("-5+3", "-5+3"),
    ("+86 10", "+86 10"),
    ("- 加强培训", "- Strengthen training"),
    ("@各部门", "@all departments"),
    ("'引号", "'tis quoted"),
    ("''两个", "''two"),
    ("路径C:\\新", "path C:\\new\\table"),
    ("甲\t乙", "a\tb"),
    ("_x0041_", "_x0041_"),
    ("铃\x07声", "a bell\x07 rings"),
    (" 首尾空格 ", " spaces around "),
    ("http://a.example/", "http://a.example/"),
)
EDITS = (
    "The sentence was written anew, with 12,345 people; see § 3.",
    "- A list item of the reviewer's",
    "=x is what the text says",
    'She wrote "yes",\nand a second line',
    "'tis the reviewer's",
    "40 percent of the funds",
)


@dataclass(frozen=True, slots=True)
class Step:
    """LibreOffice opens a file and saves it: as `suffix`, with a delimiter and an encoding where it is text."""

    suffix: str
    delimiter: str = ","
    encoding: str = "UTF-8"
    quote_all: bool = False
    opened_as: str = ""  # of a text: the language that numbers and dates are recognised in

    def options(self, source: Path) -> list[str]:
        """How `soffice` is told."""
        found = []
        if source.suffix in (".tsv", ".csv"):
            separator = 9 if source.suffix == ".tsv" else 44
            language = f",1,,{LANGUAGES[self.opened_as]},false,true" if self.opened_as else ""
            found.append(f"--infilter=Text - txt - csv (StarCalc):{separator},34,76{language}")
        text = f"{ord(self.delimiter)},34,{ENCODINGS[self.encoding]},1,,0,{str(self.quote_all).lower()},true,false"
        # Without a suffix of its own LibreOffice calls every text .csv; the caller renames it.
        kind = f"csv:Text - txt - csv (StarCalc):{text}" if self.suffix in ("csv", "tsv") else self.suffix
        return [*found, "--convert-to", kind]


@dataclass(frozen=True, slots=True)
class Way:
    """From the file that was handed out, through each step."""

    name: str
    start: str
    steps: tuple[Step, ...]


@dataclass(slots=True)
class Outcome:
    """What came back, counted; `examples` are (as it was, as it came back) of what was changed and recognised."""

    rows: int = 0
    sources: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("exact", "recognised", "lost"), 0))
    edits: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("exact", "recognised", "lost"), 0))
    false_edits: int = 0
    examples: list[tuple[str, str]] = field(default_factory=list)

    def note(self, counts: dict[str, int], before: str, after: str) -> None:
        """Count a text as it came back."""
        if before == after:
            counts["exact"] += 1
            return
        counts["recognised" if same_text(before, after) else "lost"] += 1
        if (before, after) not in self.examples:
            self.examples.append((before, after))


WAYS = (
    Way("xlsx", "xlsx", (Step("xlsx"),)),
    Way("xlsx, ods", "xlsx", (Step("ods"),)),
    Way("xlsx, ods, xlsx", "xlsx", (Step("ods"), Step("xlsx"))),
    Way("xlsx, csv", "xlsx", (Step("csv"),)),
    Way("xlsx, csv with semicolons, all quoted", "xlsx", (Step("csv", ";", quote_all=True),)),
    Way("xlsx, tsv UTF-16", "xlsx", (Step("tsv", "\t", "UTF-16"),)),
    Way("xlsx, csv GB18030", "xlsx", (Step("csv", ",", "GB18030"),)),
    Way("xlsx, csv Big5", "xlsx", (Step("csv", ",", "Big5"),)),
    Way("xlsx, csv Windows-1252", "xlsx", (Step("csv", ";", "Windows-1252"),)),
    Way("xlsx, csv, xlsx", "xlsx", (Step("csv"), Step("xlsx"))),
    Way("tsv, tsv", "tsv", (Step("tsv", "\t"),)),
    Way("tsv, xlsx", "tsv", (Step("xlsx"),)),
    Way("tsv, ods", "tsv", (Step("ods"),)),
    Way("tsv opened as US English, xlsx", "tsv", (Step("xlsx", opened_as="US English"),)),
    Way("tsv opened as US English, csv", "tsv", (Step("csv", opened_as="US English"),)),
    Way("tsv opened as Chinese, tsv GB18030", "tsv", (Step("tsv", "\t", "GB18030", opened_as="Chinese (PRC)"),)),
    Way("tsv opened as German, ods", "tsv", (Step("ods", opened_as="German"),)),
    Way("tsv opened as German, csv with semicolons", "tsv", (Step("csv", ";", opened_as="German"),)),
    Way("csv opened as US English, ods, xlsx", "csv", (Step("ods", opened_as="US English"), Step("xlsx"))),
)


def the_rows() -> tuple[Row, ...]:
    """The sheet that goes out: every third row edited, the last row first."""
    rows = [
        Row(f"b{number:04}.s01", f"b{number:04}", "paragraph", source, target, score="-0.5000")
        for number, (source, target) in enumerate((*SENTENCES, *TRAPS), 1)
    ]
    for place in range(0, len(rows), 3):
        edit = EDITS[place // 3 % len(EDITS)]
        rows[place] = replace(rows[place], reviewed=edit, status="edited", comment=f"第{place + 1}个")
    return tuple(reversed(rows))


def write(rows: Sequence[Row], suffix: str) -> bytes:
    """The sheet as a file of one of our kinds."""
    if suffix == "xlsx":
        ordered = sorted(rows, key=lambda row: row.id)
        segments = [Segment(row.id, row.block, row.source) for row in ordered]
        units = tuple(Unit(part.id, (part,), row.target) for part, row in zip(segments, ordered, strict=True))
        blocks = tuple(Block(row.block, BlockKind.PARAGRAPH, row.source) for row in ordered)
        return xlsx.dumps_rows(rows, Run(Document("a.txt", "txt", blocks), units, {}))
    writers: dict[str, Callable[[Sequence[Row]], bytes]] = {"tsv": tsv.dumps_rows, "csv": comma.dumps_rows}
    return writers[suffix](rows)


def travel(rows: Sequence[Row], way: Way, folder: Path) -> tuple[Row, ...]:
    """The rows as they are read at the end of a way; LibreOffice keeps its profile in `folder`."""
    file = folder / f"sheet.{way.start}"
    file.write_bytes(write(rows, way.start))
    for number, step in enumerate(way.steps, 1):
        place = folder / str(number)
        shutil.rmtree(place, ignore_errors=True)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        arguments = ["soffice", profile, "--headless", *step.options(file), "--outdir", str(place), str(file)]
        subprocess.run(arguments, check=True, capture_output=True, timeout=120)
        (made,) = place.iterdir()
        file = made.rename(made.with_suffix("." + step.suffix))
    return load_rows(file)


def outcome(rows: Sequence[Row], back: Sequence[Row]) -> Outcome:
    """What became of each row."""
    found = {row.id: row for row in back}
    result = Outcome(rows=len(found))
    for row in rows:
        if (returned := found.get(row.id)) is None:
            continue
        result.note(result.sources, row.source, returned.source)
        result.false_edits += is_edit(row.target, returned.target)
        if (row.target, returned.target) not in result.examples and row.target != returned.target:
            result.examples.append((row.target, returned.target))
        if row.reviewed or returned.reviewed:
            result.note(result.edits, row.reviewed, returned.reviewed)
        result.edits["lost"] += row.status != returned.status
    return result


def report(rows: Sequence[Row], outcomes: Sequence[tuple[Way, Outcome]], version: str) -> str:
    """The page."""
    edits = sum(bool(row.reviewed) for row in rows)
    lines = [
        HEAD.format(rows=len(rows), edits=edits, traps=len(TRAPS), version=version),
        "| way | rows | sources exact | changed, recognised | lost | edits exact | changed | lost | false edits |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for way, result in outcomes:
        counts = (result.rows, *result.sources.values(), *result.edits.values(), result.false_edits)
        lines.append(f"| {way.name} | {' | '.join(map(str, counts))} |")
    lines += ["", "## What was changed", "", EXAMPLES, "", "| it was | it came back as | by way of |", "|---|---|---|"]
    # Question marks for what an encoding lacks would fill pages.
    seen: dict[tuple[str, str], list[str]] = {}
    for way, result in outcomes:
        for pair in (pair for pair in result.examples if pair[1].count("?") <= pair[0].count("?")):
            seen.setdefault(pair, []).append(way.name)
    for (before, after), names in sorted(seen.items()):
        ways = names[0] + (f" and {len(names) - 1} more" if len(names) > 1 else "")
        lines.append(f"| {_code(before)} | {_code(after)} | {ways} |")
    return "\n".join(lines) + "\n"


def _code(text: str) -> str:
    shown = text.encode("unicode_escape").decode() if not text.isprintable() else text
    return "`" + shown.replace("|", "\\|") + "`" if text.strip() else "(empty)"


def run(ways: Sequence[Way], folder: Path) -> list[tuple[Way, Outcome]]:
    """Go each way with the same sheet."""
    rows = the_rows()
    return [(way, outcome(rows, travel(rows, way, folder))) for way in ways]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    version = subprocess.run(["soffice", "--version"], check=True, capture_output=True, text=True).stdout.split()
    with tempfile.TemporaryDirectory() as folder:
        outcomes = run(WAYS, Path(folder))
    options.output.write_text(report(the_rows(), outcomes, " ".join(version[:2])), encoding="utf-8")


HEAD = """# What spreadsheets do to a reviewed sheet

<!-- Made by `python -m benchmarks.review_manglings`; do not edit. -->

A sheet of {rows} rows, {edits} of them edited and all in another order, goes through {version}: opened, saved as
another kind of file, opened again. {traps} of its texts are chosen because spreadsheets change them. What comes back
is read as `translate review` reads it. A source that was changed is *recognised* if it is still known for what it
was (`translate.bilingual.match.same_text`); a *false edit* is a translation nobody touched that would be taken for an
edit.

In the workbook (xlsx) every cell is text and stays as it is. A TSV or CSV is guessed at when it is opened: numbers and
dates in it come back changed, which is recognised, but an edit that is nothing but a number or a date is safest in the
workbook. What is lost below: LibreOffice puts another character for one that Big5 lacks, and that row is listed as a
conflict; a program set to German takes the comma of 4,800 for a decimal one, and the check of numbers tells.
"""

EXAMPLES = """Every text that came back otherwise than it went out, but for those in which characters became question
marks because the encoding has none of them (Windows-1252 has no Chinese, Big5 no Simplified):"""


if __name__ == "__main__":
    main()
