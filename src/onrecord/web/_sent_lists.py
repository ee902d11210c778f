"""Lists that somebody sends, read and taken, for a page and for the API alike."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from onrecord.ledger import begun
from onrecord.lists import ListError, ListRefused, ListVersion, ReadList, add_list, read_given
from onrecord.team import Person
from onrecord.web._bench import Bench
from onrecord.web._errors import Problem

MOST_TOLD = 100
"""Entries of each kind that are named before a list is taken."""


def read_sent(files: Mapping[str, bytes], name: str, issued: str) -> ReadList:
    """The list that files make. `Problem` where they make none, or a name or day is none."""
    name, issued = name.strip(), issued.strip()
    if name and not name.replace("-", "").replace("_", "").replace(".", "").isalnum():
        told = f"'{name}' is no short name: use letters, digits, dots and hyphens."
        raise Problem(HTTPStatus.BAD_REQUEST, told, field="name")
    if issued:
        begun(issued, "issued")
    try:
        return read_given(files, name=name or None, issued=issued or None)
    except ListError as error:
        raise Problem(HTTPStatus.BAD_REQUEST, worded(str(error)), field="files") from None


def add_checked(
    bench: Bench, read: ReadList, person: Person, *, keep_good: bool, shrunk: bool
) -> ListVersion:
    """Keep a list that was read. `Problem` where it is refused."""
    try:
        return add_list(bench.ledger, read, who=person.name, keep_good=keep_good, shrunk=shrunk)
    except ListRefused as error:
        wrong = tuple(
            {"parameter": f"line {one.line}", "detail": one.message} for one in error.problems[:MOST_TOLD]
        )
        raise Problem(HTTPStatus.CONFLICT, worded(str(error)), errors=wrong) from None
    except ListError as error:
        raise Problem(HTTPStatus.BAD_REQUEST, worded(str(error))) from None


def worded(told: str) -> str:
    """What the command line would be told, as a form has it."""
    for option, field in (
        ("add --keep-good", "say that the entries that can be used are to be kept (keep_good)"),
        ("add --accept-shrunk", "say so (shrunk)"),
        ("Leave out --issued", "Leave the day empty"),
    ):
        told = told.replace(option, field)
    # What begins with the name of a file or list stays as it is.
    return told[:1].upper() + told[1:] if told.startswith(("no ", "it ", "an ")) else told
