"""What moved between two dates, in words: as text, as JSON, and as an Atom feed (RFC 4287)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Literal
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from onrecord.present._catalogue import ENGLISH
from onrecord.present._json import set_by_data, to_json
from onrecord.present._plain import plain
from onrecord.present._sentence import sentence
from onrecord.present._view import View
from onrecord.shapes import SupplierChanges, SupplierMove
from onrecord.standing import Changes, Line, Move

ChangesFormat = Literal["terminal", "json", "atom"]

_NEVER = "1970-01-01T00:00:00Z"
_ATOM = "http://www.w3.org/2005/Atom"


def render_changes(
    changes: Sequence[Changes],
    format: ChangesFormat,
    *,
    language: str = ENGLISH,
    of: str = "",
    at: Callable[[str], str] | None = None,
) -> str:
    """What moved about some suppliers, in a format and a language (one of `languages()`). `of` names what a
    feed is of where that is more than these suppliers, who change from day to day: its id is made of it. `at`
    gives the address of a supplier, by its key, to which the entries of a feed lead."""
    if format == "json":
        return to_json([_data(one, language) for one in changes])
    if format == "atom":
        return _feed(changes, language, of, at)
    return "".join(f"{line}\n" for one in changes for line in _text(one, language))


def changes_json(changes: Changes, language: str = ENGLISH) -> str:
    """What moved about one supplier, as JSON: the shape `onrecord.changes/1`."""
    return to_json(_data(changes, language))


def moves_data(changes: Changes, language: str = ENGLISH) -> list[SupplierMove]:
    """What moved, as the JSON of `render_changes` has it: each move with its `id`, in words (`told`), and its
    lines with their sentences and the ids of their statements."""
    return _data(changes, language)["moves"]


def _text(changes: Changes, language: str) -> Iterator[str]:
    view, then = _views(changes, language)
    yield plain(f"{view.name}: {_span(changes, view)}")
    if not changes.moves:
        yield f"  {view.words('nothing_moved')}"
    for move in changes.moves:
        told = then if move.gone else view
        yield f"  {_date(move, told)}  {plain(_told(move, told))}"
        if move.set_by is not None:
            yield f"      {view.judged(move.set_by)}"
        for line in move.lines:
            # What is no longer on record has no number in the dossier of now.
            where = "" if move.gone else f" {_where(line)}"
            yield "      " + plain(f"{sentence(line, told.names, language)}{where}")


def _views(changes: Changes, language: str) -> tuple[View, View]:
    """The dossiers of now and of then in words; what is no longer on record is told by that of then."""
    return View(changes.dossier, language), View(changes.before, language)


def _span(changes: Changes, view: View) -> str:
    since = view.words("moved_since", date=view.date(changes.since))
    return (
        since if changes.until is None else f"{since}, {view.words('as_of', date=view.date(changes.until))}"
    )


def _where(line: Line) -> str:
    return "".join(f"[{number}]" for number in line.numbers)


def _date(move: Move, view: View) -> str:
    return view.short_date(min(move.days)) if move.days else view.words("undated")


def _told(move: Move, view: View) -> str:
    """A move in a few words."""
    actor = view.bare(move.actor)
    none = view.words("no_position")
    after = view.words("no_longer") if move.gone else none
    if move.kind == "case":
        kind, _, other = move.scope.partition(": ")
        party = f" ({view.bare(other)})" if other else ""
        steps = [view.stage(stage) for stage in (move.before, move.after) if stage]
        steps += [after] if move.gone else []
        return f"{actor}: {view.messages['cases']['kinds'][kind]}{party}: {' → '.join(steps)}"
    if move.kind != "position":
        dispute = next(
            d
            for d in view.dossier.disputes
            if (f"{d.type}: {d.matter}", d.actor) == (move.scope, move.actor)
            and set(move.lines) & {*d.affirmed, *d.denied, *d.examined}
        )
        side = move.kind.removeprefix("no-longer-")
        told = f"{actor}: {view.words(f'moved_{side}', matter=view.matter(dispute))}"
        return f"{told} → {after}" if move.gone else told
    before = view.position_label(move.before) if move.before else none
    after = view.position_label(move.after) if move.after else after
    scope = view.in_scope(move.scope)
    return f"{actor}: {before} → {after} ({scope})"


def _data(changes: Changes, language: str) -> SupplierChanges:
    now, then = _views(changes, language)
    return {
        "shape": "onrecord.changes/1",
        "supplier": changes.dossier.supplier.key,
        "since": changes.since,
        "until": changes.until,
        "language": language,
        "moves": [_move_data(move, then if move.gone else now) for move in changes.moves],
    }


def _move_data(move: Move, view: View) -> SupplierMove:
    return {
        "id": move.id,
        "kind": move.kind,
        "actor": move.actor,
        "scope": move.scope,
        "before": move.before,
        "after": move.after,
        "lost": move.lost,
        "told": _told(move, view),
        "set_by": set_by_data(move.set_by),
        "lines": [
            {
                "id": line.id,
                "sentence": sentence(line, view.names, view.language),
                "origins": list(line.origins),
                "statements": [citation.statement_id for citation in line.citations],
            }
            for line in move.lines
        ],
    }


def _feed(changes: Sequence[Changes], language: str, of: str, at: Callable[[str], str] | None) -> str:
    """An Atom feed: one entry a move of a supplier, with the same id each time the feed is made."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    names = ", ".join(one.dossier.supplier.name for one in changes)
    _add(feed, "title", f"On Record: {names}")
    _add(feed, "id", _id("feed", of, *([] if of else sorted({one.dossier.supplier.key for one in changes}))))
    views = [_views(one, language) for one in changes]
    # What moves two suppliers stands here for each, and each of them once.
    entries = {
        _id("move", view.dossier.supplier.key, move.id): (_updated(move, view), move, view)
        for one, (now, then) in zip(changes, views, strict=True)
        for move in one.moves
        for view in (then if move.gone else now,)
    }
    _add(feed, "updated", max((told[0] for told in entries.values()), default=_NEVER))
    _add(_add(feed, "author"), "name", "On Record")
    latest_first = sorted(entries.items(), key=lambda entry: entry[1][0], reverse=True)
    for id, (moment, move, view) in latest_first:
        supplier, told = view.dossier.supplier.key, _told(move, view)
        entry = _add(feed, "entry")
        _add(entry, "id", id)
        _add(entry, "title", told if move.actor == supplier else f"{view.name}: {told}")
        _add(entry, "updated", moment)
        if at is not None:
            _add(entry, "link").attrib.update(rel="alternate", type="text/html", href=at(supplier))
        content = _add(entry, "content")
        content.set("type", "text")
        content.text = "\n".join(map(plain, _content(move, view)))
    ElementTree.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode") + "\n"


def _content(move: Move, view: View) -> Iterator[str]:
    """A move in words, with the lines that moved it, each with its origins, and with its quotes where it has
    them."""
    yield _told(move, view)
    if move.set_by is not None:
        yield view.judged(move.set_by)
    for line in move.lines:
        told = view.told(line)
        yield f"{told.sentence} ({', '.join(_origins(line, view))})"
        for quote in told.quotes:
            yield f"“{quote.text}” ({quote.where})"


def _id(*parts: str) -> str:
    """An id for a feed or an entry (RFC 4287, 4.2.6): the same for the same parts, whatever they hold."""
    return uuid5(NAMESPACE_URL, f"urn:onrecord:{json.dumps(parts)}").urn


def _origins(line: Line, view: View) -> list[str]:
    return sorted({view.origin(origin) for origin in line.origins})


def _updated(move: Move, view: View) -> str:
    """When the ledger learned of it last: of a judgement, or of a page that tells it. So a feed's reader
    shows as new what is new here, also where a page is taken in late."""
    by = move.set_by or move.lost_by
    learned = {source.number: source.learned for source in view.dossier.sources}
    pages = (learned[cited.source] for line in move.lines for cited in line.citations)
    moment = by.at if by is not None else max(pages, default=None)
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment is not None else _NEVER


def _add(parent: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}")
    made.text = plain(text) if text is not None else None
    return made
