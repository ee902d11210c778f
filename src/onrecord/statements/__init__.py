"""Statements: an analysed page in, what it says and who says so out."""

from onrecord.language import Analysis
from onrecord.statements._explaining import (
    Argument,
    Cue,
    Explained,
    ExplainedSentence,
    Explanation,
    Refused,
)
from onrecord.statements._model import (
    BY_HAND,
    SCOPES,
    STATUSES,
    TOPICS,
    TYPES,
    Reader,
    Reading,
    Scope,
    Statement,
    StatementType,
    Status,
    Topic,
    Unread,
)
from onrecord.statements._pattern import PatternReader
from onrecord.statements.learned import LearnedReader


def read_statements(analysis: Analysis, reader: Reader | None = None) -> Reading:
    """The statements of an analysed page, by `reader` or, without one, by the learned one."""
    return (reader or LearnedReader()).read(analysis)


__all__ = [
    "BY_HAND",
    "SCOPES",
    "STATUSES",
    "TOPICS",
    "TYPES",
    "Argument",
    "Cue",
    "Explained",
    "ExplainedSentence",
    "Explanation",
    "LearnedReader",
    "PatternReader",
    "Reader",
    "Reading",
    "Refused",
    "Scope",
    "Statement",
    "StatementType",
    "Status",
    "Topic",
    "Unread",
    "read_statements",
]
