"""The ledger: pages and readings in; statements, entities and words out, each leading back to its page."""

from onrecord.ledger._errors import (
    AmbiguousId,
    BadDate,
    LedgerCorrupt,
    LedgerError,
    LedgerLocked,
    LedgerNotFound,
    LedgerTooNew,
    LedgerUnreachable,
    LedgerUnwritable,
    ReadingRefused,
)
from onrecord.ledger._ids import page_id, statement_id
from onrecord.ledger._ledger import Ledger
from onrecord.ledger._records import (
    Counts,
    Outcome,
    SearchHit,
    StoredEntity,
    StoredPage,
    StoredStatement,
    StoredUnread,
    Unreadable,
)

__all__ = [
    "AmbiguousId",
    "BadDate",
    "Counts",
    "Ledger",
    "LedgerCorrupt",
    "LedgerError",
    "LedgerLocked",
    "LedgerNotFound",
    "LedgerTooNew",
    "LedgerUnreachable",
    "LedgerUnwritable",
    "Outcome",
    "ReadingRefused",
    "SearchHit",
    "StoredEntity",
    "StoredPage",
    "StoredStatement",
    "StoredUnread",
    "Unreadable",
    "page_id",
    "statement_id",
]
