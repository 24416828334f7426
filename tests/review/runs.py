"""A small finished run without a model: a document, its units as if translated, the folder that `run` would leave."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from translate import manifest
from translate.bilingual import dumps
from translate.formats import read_document
from translate.records import Run, Unit
from translate.segment import segment_block

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ENGLISH = {
    "关于做好秋季招聘工作的通知": "Notice on Doing a Good Job in Autumn Recruitment",
    "一、目标任务": "I. Goals and Tasks",
    "全市计划招聘3.2万人。": "The city plans to recruit 32,000 people.",
    "各单位不得收取任何费用。": "No organization may charge any fees.",
    "二、联系方式": "II. Contact",
    "咨询电话为12333。": "The consultation number is 12333.",
    "占比40%": "Share 40%",
}
TEXT = """关于做好秋季招聘工作的通知

一、目标任务

全市计划招聘3.2万人。各单位不得收取任何费用。

二、联系方式

咨询电话为12333。

占比40%
"""


def make_run(folder: Path, path: Path, text: str = TEXT, english: Mapping[str, str] = ENGLISH) -> tuple[Unit, ...]:
    """Write the document, and into `folder` aligned.tsv and run.json."""
    path.write_text(text, encoding="utf-8")
    document = read_document(path)
    segments = [segment for block in document.blocks for segment in segment_block(block)]
    units = tuple(Unit(segment.id, (segment,), english[segment.text.strip()], "plain", -0.25) for segment in segments)
    content = {
        "fingerprint": "0" * 64,
        "input": {
            "path": str(path),
            "sha256": document.sha256,
            "format": document.format,
            "encoding": document.encoding,
        },
        "model": {"name": "builtin", "sha256": "1" * 64, "engine": "none"},
        "glossary": {"sha256": "", "terms": 0, "layers": []},
        "settings": {"use_glossary": False},
        "units": manifest.units_made(units),
        "outputs": {},
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "aligned.tsv").write_bytes(dumps(Run(document, units, content), "tsv"))
    (folder / "run.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return units
