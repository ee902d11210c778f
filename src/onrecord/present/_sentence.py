"""A statement as a plain sentence made from its fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from onrecord.entities import Entity
from onrecord.present import _dates
from onrecord.present._catalogue import ENGLISH, capital, catalogue, fill
from onrecord.present._names import Called, call
from onrecord.statements import Scope, StatementType, Status, Topic

_VERB = re.compile(r"(.*?)«([^»]*)»(.*)", re.DOTALL)
"""A message with its finite verb marked: what stands before it, the verb, what follows."""


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
    def scope(self) -> Scope | None: ...
    @property
    def source(self) -> tuple[str, ...]: ...
    @property
    def when(self) -> str | None: ...


def sentence(statement: Said, names: Mapping[str, Entity], language: str = ENGLISH) -> str:
    """The statement in a language (ISO 639-1), from its fields alone. `names` holds entities by key; those it
    lacks go by their key. Raises `ValueError` where there is no catalogue for the language.

    "According to the Washington Post, Huawei supplies or has supplied North Korea with network technology."
    """
    return _Sentence(statement, names, language).told()


class _Sentence:
    """One statement on its way into words."""

    def __init__(self, statement: Said, names: Mapping[str, Entity], language: str) -> None:
        self.statement, self.names, self.language = statement, names, language
        self.messages = catalogue(language)
        self.frames: Mapping[str, Any] = self.messages["frames"]
        self.row: Mapping[str, Any] = self.messages["types"][statement.type]
        self.speakers, self.relays = _chain(statement.source, names)
        self.own = bool(statement.source) and statement.source[0] == statement.actor
        self.actor, self.target = self._call(statement.actor), self._call(statement.target)

    def told(self) -> str:
        status = self.statement.status
        relays: Sequence[str] = self.relays if self.speakers else ()
        if self.own and status in self.row.get("own", {}):
            framed = self._clauses(*self._message())["clause"]
        elif self.speakers and status == "alleged" and "suspected" in self.row and not self.own:
            framed = self._suspicion()
        else:
            framed = self._frame()
        if relays:
            fields = {"framed": framed, "relays": self._via()}
            framed = fill(self.frames["relayed"], fields, plural=self._named(relays[0]).plural)
        return capital(framed) + "."

    def _frame(self) -> str:
        """The clause with who says it."""
        fields: dict[str, str | None] = dict(self._clauses(*self._message()))
        if self.own and len(self.speakers) == 1:
            speaker = self._named(self.speakers[0])
            return fill(self.frames["own"][speaker.sort], fields)
        if self.speakers:
            fields["speakers"] = self._listed([self._named(key).inline for key in self.speakers])
            return fill(self.frames["speakers"], fields)
        if self.relays:
            return fill(self.frames["reported"], {**fields, "relays": self._via()})
        return fill(self.frames["outlet"], fields)

    def _suspicion(self) -> str:
        """What is suspected, as the suspicion of those who hold it."""
        forms = self.row["suspected"]
        place = "dated" if self.statement.when is not None and "dated" in forms else "says"
        said = [self._named(key) for key in self.speakers]
        fields = {
            "Speakers": capital(self._listed([name.inline for name in said])),
            "actor": self.actor.inline if self.actor else self.messages["names"]["nobody"],
            "that": self._clauses(str(forms[place]), "suspected")["clause"],
        }
        return fill(forms["frame"], fields, plural=len(said) > 1 or said[0].plural)

    def _message(self) -> tuple[str, str]:
        """The message that fits, and where it was found."""
        places = ["says"]
        if self.statement.when is not None:
            places.insert(0, "dated")
        if self.statement.actor is None:
            places.insert(0, "nobody")
        elif self.own:
            places.insert(0, "own")
        status = self.statement.status
        place = next(place for place in places if status in self.row.get(place, {}))
        return str(self.row[place][status]), place

    def _part(self, part: str, place: str) -> str:
        """What a part of the clause (`rest`, `more`) says of this scope, or else of this topic: for where its
        message was found, for this status, else for all."""
        topics = self.row.get(part, {})
        told = next((one for one in (self.statement.scope, self.statement.topic) if one in topics), "else")
        found = topics.get(told, "")
        if isinstance(found, str):
            return found
        by_status = () if place in ("own", "suspected") else (self.statement.status,)
        return str(next(found[key] for key in (place, *by_status, "else") if key in found))

    def _about(self) -> str | None:
        """What it is about, in words: its scope, or else its topic."""
        scope, topic = self.statement.scope, self.statement.topic
        if scope is not None:
            return str(self.messages["scopes"][scope])
        return str(self.messages["topics"][topic]) if topic else None

    def _clauses(self, message: str, place: str) -> dict[str, str]:
        """The clause in its two orders: by itself (`clause`), and behind an adverbial (`inverted`)."""
        statement, row, rules = self.statement, self.row, self.messages["names"]
        topic = statement.topic or "else"
        verbs = row.get("verbs", {})
        forms = verbs.get(topic) or verbs.get("else") or row.get("verb") or ()
        subject = self.actor or (self.target if "{actor}" not in message else None)
        plural = subject.plural if subject else False
        parts = {part: self._part(part, place) for part in ("rest", "more")}
        when = self._when()
        fields: dict[str, str | None] = {
            "actor": self.actor.inline if self.actor else rules["nobody"],
            "target": self._target(),
            "target's": self.target.genitive if self.target else None,
            "topic": self._about(),
            "when": when,
            **dict(zip(self.messages["forms"], forms, strict=False)),
        }
        filled = {part: fill(form, fields, plural=plural) for part, form in parts.items()}
        fields.update(filled)
        dated = any("{when}" in text for text in (message, *parts.values()))

        def full(text: str) -> str:
            return fill(text, fields, plural=plural)

        marked = _VERB.fullmatch(message)
        before, verb, behind = (full(text) for text in (marked.groups() if marked else ("", "", message)))
        end = "" if dated else when
        inverted = f"{verb} {before.strip()}{behind}{end}" if marked else behind + end
        return {"clause": before + verb + behind + end, "inverted": inverted}

    def _target(self) -> str | None:
        if self.target and self.statement.target == self.statement.actor:
            return str(self.messages["names"]["itself"][self.target.sort])
        return self.target.inline if self.target else None

    def _when(self) -> str:
        when = self.statement.when
        if when is None:
            return ""
        form = self.row.get("when")
        if form:
            return fill(form, {"date": _dates.in_words(when, self.language)})
        return _dates.phrase(when, self.language)

    def _named(self, key: str) -> Called:
        return call(key, self.names, self.language)

    def _call(self, key: str | None) -> Called | None:
        return self._named(key) if key is not None else None

    def _listed(self, called: Sequence[str]) -> str:
        lists = self.messages["lists"]
        listed = called[0]
        for place, name in enumerate(called[1:], 2):
            listed = fill(lists["two" if place == len(called) else "many"], {"a": listed, "b": name})
        return listed

    def _via(self) -> str:
        listed = self._named(self.relays[0]).inline
        for key in self.relays[1:]:
            listed = fill(self.messages["lists"]["via"], {"a": listed, "b": self._named(key).inline})
        return listed


def _chain(source: Sequence[str], names: Mapping[str, Entity]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A chain in two: those who speak, and from the first outlet on those who relay."""
    for place, key in enumerate(source):
        entity = names.get(key)
        if entity is not None and entity.kind == "outlet":
            return tuple(source[:place]), tuple(source[place:])
    return tuple(source), ()
