"""What was read from where and what could not be, and reading it again, for a page and for the API alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from pathlib import PurePath
from urllib.parse import urlsplit

from onrecord.engine import Progress, Summary, read, read_items
from onrecord.ledger import Part, StoredPage, Unreadable
from onrecord.pages import MAX_PAGE_BYTES
from onrecord.sources import Item, is_url
from onrecord.team import Person
from onrecord.web._asked import Extent
from onrecord.web._bench import Bench
from onrecord.web._errors import Problem, not_found
from onrecord.web._jobs import Job, Told

UPLOAD = "upload:"
"""How the places of pages begin that were sent from a browser: they lie nowhere to be read again."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder, a host, or what was uploaded: how many pages are from there, with their statements and
    unread sentences; how many places in it could not be read; when a page was last taken in. `ids` are those
    of the pages, the last learned of first."""

    name: str
    kind: str
    pages: int
    statements: int
    unread: int
    failed: int
    last: datetime | None
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failing:
    """What could not be read for one reason, by its code."""

    code: str
    items: tuple[Unreadable, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """All places, those of the most pages first, and what could not be read, by reasons."""

    places: tuple[Place, ...]
    failing: tuple[Failing, ...]

    def total(self) -> Place:
        """All places together."""
        return Place(
            "",
            "all",
            sum(one.pages for one in self.places),
            sum(one.statements for one in self.places),
            sum(one.unread for one in self.places),
            sum(one.failed for one in self.places),
            max((one.last for one in self.places if one.last), default=None),
        )


def place_of(locator: str) -> tuple[str, str]:
    """The place that a page is from, and its kind: `host`, `upload` or `folder`."""
    if locator.startswith(UPLOAD):
        return UPLOAD.rstrip(":"), "upload"
    if is_url(locator):
        try:
            return urlsplit(locator).hostname or locator, "host"
        except ValueError:
            return locator, "host"
    return str(PurePath(locator).parent), "folder"


def sources_of(bench: Bench) -> Sources:
    """What the ledger holds, by place; a page that was found in several counts in the first of them."""
    return bench.kept("sources", lambda: _sources(bench.ledger.pages(), bench.ledger.unreadable()))


def pages_from(bench: Bench, kind: str, name: str, some: Extent) -> Part[StoredPage]:
    """Of the pages of a place the part that is asked for, the last learned of first. `Problem` where none is
    from there."""
    ids = next((one.ids for one in sources_of(bench).places if (one.kind, one.name) == (kind, name)), ())
    if not ids:
        raise not_found(f"No page on record is from '{name[:200]}'.")
    part = some.of(ids, lambda id: id)
    found = tuple(page for id in part.items if (page := bench.ledger.page(id)) is not None)
    return Part(found, part.total, part.next, part.begin)


def _sources(pages: Iterable[StoredPage], unreadable: Sequence[Unreadable]) -> Sources:
    held: dict[tuple[str, str], list[StoredPage]] = {}
    failed: dict[tuple[str, str], int] = {}
    for page in pages:
        held.setdefault(place_of(page.locator), []).append(page)
    by_code: dict[str, list[Unreadable]] = {}
    for one in unreadable:
        place = place_of(one.locator)
        failed[place] = failed.get(place, 0) + 1
        by_code.setdefault(one.code, []).append(one)
    places = [
        Place(
            *place,
            pages=len(some := held.get(place, [])),
            statements=sum(page.statements for page in some),
            unread=sum(page.unread for page in some),
            failed=failed.get(place, 0),
            last=max((page.learned_at for page in some), default=None),
            ids=tuple(page.id for page in sorted(some, key=lambda page: page.learned_at, reverse=True)),
        )
        for place in {**held, **failed}
    ]
    return Sources(
        tuple(sorted(places, key=lambda one: (-one.pages, -one.failed, one.name))),
        tuple(
            Failing(code, tuple(items))
            for code, items in sorted(by_code.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        ),
    )


def again(locator: str) -> bool:
    """Whether what could not be read can be tried again: it lies on a disk, where `onrecord read` was."""
    return not locator.startswith(UPLOAD) and not is_url(locator)


def retry(bench: Bench, person: Person, locators: Sequence[str] | None) -> Job:
    """Have places read again that could not be read, or all of them (None). `Problem` for one that is not
    among these: from a browser nothing is read that was not asked for on the machine before."""
    held = {one.locator for one in bench.ledger.unreadable()}
    asked = [one for one in sorted(held) if again(one)] if locators is None else list(dict.fromkeys(locators))
    for one in asked:
        if one not in held:
            raise Problem(
                HTTPStatus.BAD_REQUEST,
                f"'{one[:200]}' is no place that could not be read. Only these can be tried again; read "
                "others with: onrecord read.",
            )
        if not again(one):
            raise Problem(
                HTTPStatus.BAD_REQUEST,
                f"'{one[:200]}' lies on no disk of this machine. Save the page, and upload it.",
            )
    if not asked:
        raise Problem(HTTPStatus.BAD_REQUEST, "There is nothing that could be tried again.")

    def work(told: Told) -> str:
        seen = 0

        def progress(done: Progress) -> None:
            told(min(seen + done.seen, len(asked)), len(asked))

        told(0, len(asked))
        found: list[Summary] = []
        for one in asked:
            found.append(read([one], into=bench.ledger, progress=progress))
            seen += 1
        return _came_of(found)

    return bench.jobs.start("job_retry", str(len(asked)), work, who=person.name, key=("retry", *asked))


def read_uploads(bench: Bench, person: Person, files: Mapping[str, bytes]) -> Job:
    """Have pages read that were sent; their places are `upload:NAME`."""
    items = [_item(name, data) for name, data in files.items()]

    def work(told: Told) -> str:
        told(0, len(items))
        summary = read_items(items, into=bench.ledger, progress=lambda done: told(done.seen, len(items)))
        return _came_of([summary])

    # Of other bytes under the same names nothing is passed over.
    key = ("upload", *sorted((name, sha256(data).hexdigest()) for name, data in files.items()))
    return bench.jobs.start("job_read", str(len(items)), work, who=person.name, key=key)


def _item(name: str, data: bytes) -> Item:
    if len(data) > MAX_PAGE_BYTES:
        most = MAX_PAGE_BYTES // 1024**2
        return Item(
            UPLOAD + name,
            None,
            "too-large",
            f"{name} is larger than {most} MB, more than any page; split it.",
        )
    return Item(UPLOAD + name, data)


def _came_of(summaries: Sequence[Summary]) -> str:
    """The address of the page that tells how many were read."""
    taken = sum(one.read + one.superseded for one in summaries)
    same = sum(one.unchanged for one in summaries)
    failed = sum(sum(one.unreadable.values()) for one in summaries)
    statements = sum(one.statements for one in summaries)
    return f"/sources?read={taken}&unchanged={same}&failed={failed}&statements={statements}"
