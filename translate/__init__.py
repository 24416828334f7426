"""policy-translate: Chinese policy documents into English that can be defended word by word."""

from translate.errors import InputError, ModelError, OutputError, PolicyTranslateError, Problem, SettingsError
from translate.records import Block, BlockKind, Document, Finding, Rule, Run, Segment, Severity, Term, TermHit, Unit

__all__ = [
    "Block",
    "BlockKind",
    "Document",
    "Finding",
    "InputError",
    "ModelError",
    "OutputError",
    "PolicyTranslateError",
    "Problem",
    "Rule",
    "Run",
    "Segment",
    "SettingsError",
    "Severity",
    "Term",
    "TermHit",
    "Unit",
]
