"""The ledger: pages and readings in; statements, entities and words out, each leading back to its page."""

from onrecord.ledger._dates import first_day, last_day
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
    NoSuchDeposit,
    NoSuchJudgement,
    NotCopied,
    NotJudged,
    ReadingRefused,
)
from onrecord.ledger._errors import told as clear_errors
from onrecord.ledger._ids import page_id, statement_id
from onrecord.ledger._ledger import Ledger
from onrecord.ledger._place import place_of
from onrecord.ledger._place import shown as shown_place
from onrecord.ledger._recognition import Parent, Waiting
from onrecord.ledger._records import (
    Copy,
    Counts,
    Deposit,
    Fault,
    Judgement,
    JudgementKind,
    Outcome,
    Quote,
    Recognition,
    SearchHit,
    SetPosition,
    StoredEntity,
    StoredPage,
    StoredStatement,
    StoredUnread,
    Unreadable,
)
from onrecord.ledger._snapshot import Snapshot

__all__ = [
    "AmbiguousId",
    "BadDate",
    "Copy",
    "Counts",
    "Deposit",
    "Fault",
    "Judgement",
    "JudgementKind",
    "Ledger",
    "LedgerCorrupt",
    "LedgerError",
    "LedgerLocked",
    "LedgerNotFound",
    "LedgerTooNew",
    "LedgerUnreachable",
    "LedgerUnwritable",
    "NoSuchDeposit",
    "NoSuchJudgement",
    "NotCopied",
    "NotJudged",
    "Outcome",
    "Parent",
    "Quote",
    "ReadingRefused",
    "Recognition",
    "SearchHit",
    "SetPosition",
    "Snapshot",
    "StoredEntity",
    "StoredPage",
    "StoredStatement",
    "StoredUnread",
    "Unreadable",
    "Waiting",
    "clear_errors",
    "first_day",
    "last_day",
    "page_id",
    "place_of",
    "shown_place",
    "statement_id",
]
