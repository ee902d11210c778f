"""What takes long to make: dossiers and tables of standing, each told by what it is made of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from onrecord.entities import EntityKind
from onrecord.present import (
    changes_json,
    dossier_part,
    render,
    render_over_time,
    render_standings,
    standing_told,
    standings_part,
)
from onrecord.standing import changes_of, standing_of
from onrecord.web._asked import Times
from onrecord.web._bench import Bench
from onrecord.web._days import strip_of
from onrecord.web._found import dossier_of, standings_asked
from onrecord.web._html import addressing, fragment

_SHELVES = {"statement": "statements", "page": "pages"}
"""Where in the workbench stands what a dossier leads to and what is of no day."""

_PARTS = frozenset({"party", "dossier", "discounted"})
"""Which statements of an entity a figure of a dossier counts."""


@dataclass(frozen=True, slots=True)
class DossierPart:
    """A supplier's dossier under the strip of its days, as a part of a page. `named` is the language that was
    named in the request, which stays named in links, and `known_at` what was asked for in its words."""

    name: str
    when: Times
    language: str
    named: str
    known_at: str

    def made(self, bench: Bench) -> str:
        """A line that `parted` takes off again, and the part."""
        to = addressing(self.named)
        found, marks = dossier_of(bench, self.name, self.when)
        key, name = found.supplier.key, found.supplier.name

        def go(kind: str, id: str, /, scope: str = "") -> str:
            if kind == "position":
                return to("positions", supplier=key, actor=id, scope=scope)
            if kind in _SHELVES:
                return to(_SHELVES[kind], id)
            of = kind if kind in _PARTS else None
            place = to("entities", id, as_of=self.when.as_of, known_at=self.known_at, of=of)
            return f"{place}#h-statements" if of else place

        part = dossier_part(found, language=self.language, marks=marks, go=go)
        whole = fragment(
            "days.html",
            self.language,
            self.named,
            supplier=key,
            known_at=self.known_at,
            strip=strip_of(bench, key, self.when, self.language, found),
            told=standing_told(found, language=self.language),
            dossier=Markup(part),  # `present` has escaped it
        )
        return f"{json.dumps([key, name])}\n{whole}"

    @staticmethod
    def parted(text: str) -> tuple[str, str, Markup]:
        """The supplier's key and name, and the part, in which everything is escaped."""
        head, _, part = text.partition("\n")
        key, name = json.loads(head)
        return key, name, Markup(part)


@dataclass(frozen=True, slots=True)
class DossierJson:
    """A supplier's dossier in the shape `onrecord.dossier/1`."""

    name: str
    when: Times
    language: str

    def made(self, bench: Bench) -> str:
        """JSON."""
        found, marks = dossier_of(bench, self.name, self.when)
        return render(found, "json", language=self.language, marks=marks)


@dataclass(frozen=True, slots=True)
class OverTimeJson:
    """How the positions on a supplier moved, in the shape `onrecord.over-time/1`."""

    name: str
    when: Times
    language: str

    def made(self, bench: Bench) -> str:
        """JSON."""
        found = standing_of(bench.ledger, self.name, as_of=self.when.as_of, known_at=self.when.known_at)
        return render_over_time(found, "json", language=self.language)


@dataclass(frozen=True, slots=True)
class ChangesJson:
    """What moved about a supplier between two dates, in the shape `onrecord.changes/1`."""

    name: str
    since: str
    until: str | None
    known_at: datetime | None
    language: str

    def made(self, bench: Bench) -> str:
        """JSON."""
        found = changes_of(
            bench.ledger, self.name, since=self.since, until=self.until, known_at=self.known_at
        )
        return changes_json(found, self.language)


@dataclass(frozen=True, slots=True)
class StandingsPart:
    """Where actors of some kinds stand on some suppliers (names with commas between), or on so many that are
    told of most, as a part of a page."""

    suppliers: str
    kinds: tuple[EntityKind, ...]
    most: int
    when: Times
    language: str
    named: str = ""

    def made(self, bench: Bench) -> str:
        """HTML in which everything is escaped."""
        to = addressing(self.named)
        known_at = self.when.known_at and self.when.known_at.isoformat()

        def go(_kind: str, id: str, /, scope: str = "") -> str:  # noqa: ARG001
            return to("suppliers", id, as_of=self.when.as_of, known_at=known_at)

        found = standings_asked(bench, self.suppliers, self.kinds, self.most, self.when)
        return standings_part(found, self.kinds, language=self.language, go=go)


@dataclass(frozen=True, slots=True)
class StandingsJson:
    """The same in the shape `onrecord.standings/1`."""

    suppliers: str | None
    kinds: tuple[EntityKind, ...]
    most: int
    when: Times
    language: str

    def made(self, bench: Bench) -> str:
        """JSON."""
        found = standings_asked(bench, self.suppliers, self.kinds, self.most, self.when)
        return render_standings(found, "json", kinds=self.kinds, language=self.language)
