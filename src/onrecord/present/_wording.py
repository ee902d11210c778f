"""What everything that is shown is called in a language: positions, dates, entities, who set what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import cast

from babel import Locale

from onrecord.entities import Entity
from onrecord.ledger import Judgement
from onrecord.present import _dates
from onrecord.present._catalogue import ENGLISH, capital, catalogue, words
from onrecord.present._names import Called, call
from onrecord.present._plain import plain
from onrecord.standing import Held, Stance


@cache
def _language_names(language: str) -> Mapping[str, str]:
    """What the languages are called in a language, by their codes."""
    return cast(Mapping[str, str], Locale(language).languages)


class Wording:
    """Words for what the record holds about some entities. Every method gives plain text (`plain`),
    to be escaped by the format that shows it.
    """

    def __init__(self, entities: Iterable[Entity], language: str = ENGLISH) -> None:
        self.language = language
        self.messages = catalogue(language)
        self.names: dict[str, Entity] = {entity.key: entity for entity in entities}
        self._called: dict[str, Called] = {}

    def words(self, key: str, *, n: int | None = None, **fields: object) -> str:
        """One of the dossier's own words or phrases. `n` is the number with which it agrees."""
        return words(self.language, key, n=n, **fields)

    def language_name(self, code: str | None) -> str:
        """A language's name in the reader's language; empty where it is not known."""
        return str(_language_names(self.language).get(code, code)) if code else ""

    def position_label(self, code: str) -> str:
        """What a position is called."""
        return str(self.messages["positions"][code]["label"])

    def position_symbol(self, code: str) -> str:
        """The sign of a position: squares are against the supplier, circles for it, diamonds undecided."""
        return str(self.messages["positions"][code]["symbol"])

    def in_scope(self, scope: str, whole: str | None = None) -> str:
        """In which field a position holds, and of which it holds as part."""
        named = self.messages["scopes"]
        if whole is None:
            return self.words("in_scope", scope=named[scope])
        return self.words("in_part", scope=named[scope], whole=named[whole])

    def date(self, value: str) -> str:
        """A date in words."""
        return _dates.in_words(value, self.language)

    def short_date(self, value: str) -> str:
        """A date for a table."""
        return _dates.short(value, self.language)

    def called(self, key: str) -> Called:
        """What an entity is called, bare and in a sentence."""
        found = self._called.get(key)
        if found is None:
            found = self._called[key] = call(key, self.names, self.language)
        return found

    def bare(self, key: str | None) -> str:
        """What an entity is called in a heading or table."""
        return capital(self.called(key).bare if key is not None else self.messages["names"]["nobody"])

    def since(self, stance: Stance | Held) -> str:
        """Since when a stance is on record; the mark says where only the day of publication is known."""
        if stance.since is None:
            return self.words("since_unknown")
        key = "since_published" if stance.since.basis == "published" else "since_when"
        return self.words(key, date=self.short_date(stance.since.value))

    def judged(self, judgement: Judgement) -> str:
        """By whom a position was set, when and why."""
        day = self.date(judgement.at.date().isoformat())
        told = self.words("set_by_person", who=plain(judgement.who), date=day)
        return f"{told} {self.words('set_why', why=plain(judgement.why))}" if judgement.why else told

    def with_moment(self, as_of: str, known_at: datetime | None) -> str:
        """A date that something is as of, in words, with the moment that the ledger's knowledge is of."""
        if known_at is None:
            return as_of
        return f"{as_of}, {self.words('known_at', moment=f'{known_at:%Y-%m-%d %H:%M:%S} UTC')}"
