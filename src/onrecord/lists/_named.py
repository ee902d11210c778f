"""The parties of a list by the forms of their names, kept for who asks next: a list's bytes never change."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from threading import Lock

from onrecord.ledger import Ledger
from onrecord.lists._encoding import find, party_in, rows_in
from onrecord.lists._model import Party
from onrecord.lists._same_name import same_as
from onrecord.lists._versions import ListVersion

_KEPT = 8
"""Versions that a process keeps in mind."""


class Named:
    """The parties of a version of a list, as the ledger keeps them (`_encoding`)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._lines = data.splitlines()
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(rows_in(self._lines)):
            for form in {same_as(text) for text, _ in row["names"]}:
                found[form].append(number)
        self._by_form = dict(found)

    def bearing(self, forms: Iterable[str]) -> Iterator[Party]:
        """The parties of which a name has one of these forms (`same_as`), in the order of the list."""
        for number in sorted({number for form in forms for number in self._by_form.get(form, ())}):
            yield party_in(self._lines[number])

    def of_id(self, id: str) -> Party | None:
        """The party of that id."""
        return find(self._data, id)


_lock = Lock()
_kept: OrderedDict[str, Named] = OrderedDict()


def named(ledger: Ledger, version: ListVersion) -> Named:
    """The parties of a version; of those that were asked for last they are held."""
    # Held while they are read, so that of many who ask at once one reads them.
    with _lock:
        found = _kept.get(version.digest)
        if found is None:
            found = _kept[version.digest] = Named(ledger.deposited(version.id))
            while len(_kept) > _KEPT:
                _kept.popitem(last=False)
        _kept.move_to_end(version.digest)
        return found
