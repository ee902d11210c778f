"""A statement as a plain sentence made from its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from onrecord.entities import Entity
from onrecord.present import _dates
from onrecord.present._catalogue import capital, catalogue, fill
from onrecord.present._names import Called, call
from onrecord.statements import StatementType, Status, Topic


class Said(Protocol):
    """The fields of a statement (a `Statement`, or a dossier's `Line`)."""

    @property
    def type(self) -> StatementType: ...
    @property
    def actor(self) -> str | None: ...
    @property
    def target(self) -> str | None: ...
    @property
    def status(self) -> Status: ...
    @property
    def topic(self) -> Topic | None: ...
    @property
    def source(self) -> tuple[str, ...]: ...
    @property
    def when(self) -> str | None: ...


def sentence(statement: Said, names: Mapping[str, Entity]) -> str:
    """The statement in English, from its fields alone. `names` holds entities by key; those it lacks go by
    their key.

    "According to the Washington Post, Huawei supplies or has supplied North Korea with network technology."
    """
    frames = catalogue()["frames"]
    speakers, relays = _chain(statement.source, names)
    own = bool(statement.source) and statement.source[0] == statement.actor
    message = _message(statement, own=own)
    if own and statement.status in _row(statement).get("own", {}):
        framed = _clause(statement, message, names)
    elif (
        speakers and statement.status == "alleged" and statement.type in catalogue()["suspicion"] and not own
    ):
        said = [call(key, names) for key in speakers]
        clause = _clause(statement, _plainly(statement), names)
        listed = _listed([name.inline for name in said])
        many = len(said) > 1 or said[0].plural
        framed = fill(frames["suspects"], {"Speakers": capital(listed), "clause": clause}, plural=many)
    else:
        framed = _frame(statement, message, speakers, relays, names, own=own)
        if not speakers:
            relays = ()
    if relays:
        listed = _via([call(key, names).inline for key in relays])
        framed = fill(frames["relayed"], {"framed": framed, "relays": listed})
    return capital(framed) + "."


def _frame(
    statement: Said,
    message: str,
    speakers: Sequence[str],
    relays: Sequence[str],
    names: Mapping[str, Entity],
    *,
    own: bool,
) -> str:
    frames = catalogue()["frames"]
    clause = _clause(statement, message, names)
    if own and len(speakers) == 1:
        return fill(frames["own"], {"its": _its(call(speakers[0], names)), "clause": clause})
    if speakers:
        listed = _listed([call(key, names).inline for key in speakers])
        return fill(frames["speakers"], {"speakers": listed, "clause": clause})
    if relays:
        listed = _via([call(key, names).inline for key in relays])
        return fill(frames["reported"], {"relays": listed, "clause": clause})
    return fill(frames["outlet"], {"clause": clause})


def _chain(source: Sequence[str], names: Mapping[str, Entity]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A chain in two: those who speak, and from the first outlet on those who relay."""
    for place, key in enumerate(source):
        entity = names.get(key)
        if entity is not None and entity.kind == "outlet":
            return tuple(source[:place]), tuple(source[place:])
    return tuple(source), ()


def _row(statement: Said) -> Mapping[str, Any]:
    row: Mapping[str, Any] = catalogue()["types"][statement.type]
    return row


def _message(statement: Said, *, own: bool) -> str:
    row = _row(statement)
    status = statement.status
    places = ["says"]
    if statement.when is not None:
        places.insert(0, "dated")
    if statement.actor is None:
        places.insert(0, "nobody")
    elif own:
        places.insert(0, "own")
    return next(str(row[place][status]) for place in places if status in row.get(place, {}))


def _plainly(statement: Said) -> str:
    """The message of a suspicion whose holder is named: what is suspected, without "is said to"."""
    row = _row(statement)
    place = "dated" if statement.when is not None and "asserted" in row.get("dated", {}) else "says"
    return str(row[place]["asserted"])


def _clause(statement: Said, message: str, names: Mapping[str, Entity]) -> str:
    row = _row(statement)
    rules = catalogue()["names"]
    actor = call(statement.actor, names) if statement.actor is not None else None
    target = call(statement.target, names) if statement.target is not None else None
    topic = statement.topic or "else"
    verbs = row.get("verbs", {})
    do, did, done = verbs.get(topic) or verbs.get("else") or row.get("verb") or ("", "", "")
    subject = actor or (target if "{actor}" not in message else None)
    fields = {
        "actor": actor.inline if actor else rules["nobody"],
        "target": target.inline if target else None,
        "target's": target.genitive if target else None,
        "topic": catalogue()["topics"].get(statement.topic) if statement.topic else None,
        "do": do,
        "did": did,
        "done": done,
    }
    plural = subject.plural if subject else False
    rest = row.get("rest", {})
    fields["rest"] = fill(rest.get(topic, rest.get("else", "")), fields, plural=plural)
    when = _when(statement)
    fields["when"] = when
    return fill(message, fields, plural=plural) + ("" if "{when}" in message else when)


def _when(statement: Said) -> str:
    if statement.when is None:
        return ""
    form = _row(statement).get("when")
    return fill(form, {"date": _dates.in_words(statement.when)}) if form else _dates.phrase(statement.when)


def _its(called: Called) -> str:
    its = catalogue()["its"]
    return str(its["plural" if called.plural else "person" if called.person else "thing"])


def _listed(called: Sequence[str]) -> str:
    lists = catalogue()["lists"]
    listed = called[0]
    for place, name in enumerate(called[1:], 2):
        listed = fill(lists["two" if place == len(called) else "many"], {"a": listed, "b": name})
    return listed


def _via(called: Sequence[str]) -> str:
    listed = called[0]
    for name in called[1:]:
        listed = fill(catalogue()["lists"]["via"], {"a": listed, "b": name})
    return listed
