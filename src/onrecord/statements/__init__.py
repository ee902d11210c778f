"""Statements: an analysed page in, what it says and who says so out."""

from onrecord.statements._model import (
    STATUSES,
    TOPICS,
    TYPES,
    Reader,
    Reading,
    Statement,
    StatementType,
    Status,
    Topic,
    Unread,
)

__all__ = [
    "STATUSES",
    "TOPICS",
    "TYPES",
    "Reader",
    "Reading",
    "Statement",
    "StatementType",
    "Status",
    "Topic",
    "Unread",
]
