"""The engine: a stream of bytes and a ledger in, the pages read into it and counted."""

from onrecord.engine._run import explain_each, read, read_each, read_items
from onrecord.engine._summary import Done, Progress, Summary
from onrecord.engine._take import Failed, Taken, Told

__all__ = [
    "Done",
    "Failed",
    "Progress",
    "Summary",
    "Taken",
    "Told",
    "explain_each",
    "read",
    "read_each",
    "read_items",
]
