"""Reading in this process: one item after the other, each page one transaction of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from onrecord.engine._summary import Progress, Summary, Tally
from onrecord.engine._take import INTERNAL, Failed, Taken, Told, digest_of, guarded, take, tell
from onrecord.ledger import Ledger, Outcome, statement_id
from onrecord.sources import Item, open_source
from onrecord.statements import LearnedReader, Reader

Places = str | Path | Iterable[str | Path]
"""A file, folder or glob, or several."""


def read(
    places: Places,
    *,
    into: Ledger,
    reader: Reader | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Read files, folders and globs into a ledger; say what came of each item, and of all.

    A page that this version of the reader has read is left as it is, so a run that was broken off is
    completed by running it again. What cannot be read is noted in the ledger with its reason, and the others
    are read all the same. `reader` is the learned reader unless another is given; `progress` is called after
    each item. A `LedgerError` ends the run: what was read up to then is kept.
    """
    return read_items(_items(places), into=into, reader=reader, progress=progress)


def read_items(
    items: Iterable[Item],
    *,
    into: Ledger,
    reader: Reader | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Read what was had already, from wherever, into a ledger: as `read` does what it finds at places."""
    reader = reader or LearnedReader()
    tally = Tally()
    for item in items:
        done = _read_item(item, into, reader, tally)
        if progress is not None:
            progress(done)
    return tally.summary()


def read_each(places: Places, *, reader: Reader | None = None) -> Iterator[Taken | Failed]:
    """Read files, folders and globs one by one without a ledger."""
    reader = reader or LearnedReader()
    for item in _items(places):
        if item.data is None:
            yield _without_bytes(item)
        else:
            digest = digest_of(item.data)
            yield guarded(item.locator, digest, partial(take, item.locator, item.data, digest, reader))


def explain_each(places: Places) -> Iterator[Told | Failed]:
    """Why the pages of files, folders and globs are read as they are, one by one; no ledger is touched."""
    for item in _items(places):
        if item.data is None:
            yield _without_bytes(item)
        else:
            step = partial(tell, item.locator, item.data)
            yield guarded(item.locator, digest_of(item.data), step)


def _items(places: Places) -> Iterator[Item]:
    for item in open_source(*([places] if isinstance(places, str | Path) else places)):
        # On Linux a file's name may be bytes that are no text; Python smuggles them, no database takes them.
        shown = item.locator.encode("utf-8", "backslashreplace").decode("utf-8")
        yield replace(item, locator=shown)


def _without_bytes(item: Item) -> Failed:
    return Failed(item.locator, None, item.error_code or INTERNAL, item.message or "")


def _read_item(item: Item, ledger: Ledger, reader: Reader, tally: Tally) -> Progress:
    if item.data is None:
        return _note(_without_bytes(item), ledger, tally)
    digest = digest_of(item.data)
    if ledger.holds(digest, reader.name, reader.version):
        ledger.add_locator(digest, item.locator)
        return tally.count(item.locator, "unchanged")
    outcome = guarded(
        item.locator, digest, partial(_take_into, ledger, item.locator, item.data, digest, reader)
    )
    if isinstance(outcome, Failed):
        return _note(outcome, ledger, tally)
    return tally.count(item.locator, outcome[0], statements=outcome[1])


def _take_into(ledger: Ledger, locator: str, data: bytes, digest: str, reader: Reader) -> tuple[Outcome, int]:
    taken = take(locator, data, digest, reader)
    outcome = ledger.add(taken.page, taken.reading)
    return outcome, len({statement_id(digest, statement) for statement in taken.reading.statements})


def _note(failed: Failed, ledger: Ledger, tally: Tally) -> Progress:
    ledger.add_unreadable(failed.locator, failed.digest, failed.code, failed.message)
    return tally.count(failed.locator, "unreadable", reason=failed.code)
