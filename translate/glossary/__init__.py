"""Glossaries: terms in layers, found in Chinese text and verified in the English.

`load_glossary(standard_layers())` reads terms, `Glossary.find` finds them, `locate` says where each is rendered.
"""

from translate.glossary.layers import (
    Layer,
    load_glossary,
    shipped_glossary_directory,
    standard_layers,
    user_glossary_directory,
)
from translate.glossary.mention import mark_first_mentions
from translate.glossary.terms import Glossary
from translate.glossary.verify import forbidden, locate, missing

__all__ = [
    "Glossary",
    "Layer",
    "forbidden",
    "load_glossary",
    "locate",
    "mark_first_mentions",
    "missing",
    "shipped_glossary_directory",
    "standard_layers",
    "user_glossary_directory",
]
