"""What a person says that a page says: as a form or the API hands it over, and as it would be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, cast, get_args

from onrecord.entities import Entity, EntityKind
from onrecord.ledger import BadDate, Judgement, NotJudged, statement_id
from onrecord.pages import find_words
from onrecord.present import sentence
from onrecord.statements import Statement
from onrecord.web._bench import Bench
from onrecord.web._errors import Problem
from onrecord.web._found import FoundPage
from onrecord.web._naming import meant, offered, shown
from onrecord.web._reader import in_text

FIELDS = ("type", "actor", "target", "status", "topic", "scope", "when", "source", "why")
"""The fields of the form; those for the kinds of new names are called `kind_actor` and so on."""
_NAMED = ("actor", "target", "source")
MOST = 500
"""Characters of a field of the form."""
MOST_WORDS = 5_000
"""Characters of the words that are looked for."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said, as it was filled in. `start` and `end` are offsets in the original; None while the words
    are still to be found, and `places` are then where they may stand."""

    start: int | None
    end: int | None
    told: Mapping[str, str]
    places: tuple[tuple[int, int], ...] = ()
    words: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """The chain of sources, nearest to the fact first."""
        return tuple(part.strip() for part in self.told["source"].split(",") if part.strip())

    @property
    def kinds(self) -> dict[str, EntityKind]:
        """The kinds of names that are new."""
        found: dict[str, EntityKind] = {}
        for name in _NAMED:
            kind = self.told.get(f"kind_{name}", "")
            if kind in get_args(EntityKind):
                for one in self.sources if name == "source" else (self.told[name].strip(),):
                    found[one] = cast(EntityKind, kind)
        return found

    def fields(self, bench: Bench) -> dict[str, Any]:
        """The fields of the statement, with keys for whom they name as far as they are known. `Problem` where
        a name is that of several."""
        alone = {name: self.told[name].strip() or None for name in FIELDS if name not in ("source", "why")}
        for name in ("actor", "target"):
            if told := alone[name]:
                alone[name] = meant(bench, told, name, new=True)
        return {**alone, "source": tuple(meant(bench, one, "source", new=True) for one in self.sources)}

    def asked(self) -> dict[str, Any]:
        """What an address asks that shows the form with all that was filled in."""
        return {"start": self.start, "end": self.end, "words": self.words, **self.told}


@dataclass(frozen=True, slots=True)
class Preview:
    """How it would read, or why it cannot be so (`wrong`); `new` are names that are not yet on record."""

    reads: str = ""
    new: tuple[str, ...] = ()
    wrong: str = ""
    statement: Statement | None = field(default=None, repr=False)


def saying_of(found: FoundPage, asked: Mapping[str, str]) -> Saying:
    """What a form or an address says. `Problem` where its places are none of the page."""
    told = {name: asked.get(name, "")[:MOST] for name in FIELDS}
    told |= {name: asked.get(name, "")[:MOST] for name in ("kind_actor", "kind_target", "kind_source")}
    told["type"] = told["type"] or "restriction"
    told["status"] = told["status"] or "asserted"
    content = found.content
    if asked.get("at"):
        at, to = _number(asked, "at"), _number(asked, "to")
        if not 0 <= at < to <= len(content.text):
            raise _nowhere()
        start, end = content.original_span(at, to)
        return Saying(start, end, told)
    if asked.get("start"):
        start, end = _number(asked, "start"), _number(asked, "end")
        if not 0 <= start < end <= len(content.original):
            raise _nowhere()
        return Saying(start, end, told)
    words = asked.get("words", "")[:MOST_WORDS]
    places = find_words(content, words)
    if len(places) == 1:
        return Saying(*places[0], told, words=words)
    return Saying(None, None, told, places, words)


def preview(bench: Bench, found: FoundPage, saying: Saying, language: str) -> Preview:
    """How a statement would read in a language, and what is wrong with it."""
    if saying.start is None or saying.end is None:
        return Preview()
    try:
        statement, named = bench.ledger.would_state(
            found.page.id, saying.start, saying.end, saying.fields(bench), saying.kinds
        )
    except (NotJudged, BadDate) as error:
        return Preview(wrong=str(error))
    except Problem as problem:
        return Preview(wrong=problem.detail)
    known = bench.names()
    names: dict[str, Entity] = {**known, **{one.key: one for one in named if one.key not in known}}
    new = tuple(one.name for one in named if one.key not in known)
    reads = sentence(statement, names, language)
    if statement_id(found.page.digest, statement) in {one.id for one in found.statements}:
        return Preview(reads, new, "That is on record already.", statement)
    return Preview(reads, new, "", statement)


def say(bench: Bench, found: FoundPage, saying: Saying, who: str) -> Judgement:
    """Put it on record. `NotJudged`, `BadDate`."""
    if saying.start is None or saying.end is None:
        raise _nowhere()
    if not saying.told["actor"].strip() and not saying.told["target"].strip():
        raise Problem(HTTPStatus.BAD_REQUEST, "Name who does it, or to whom it is done.", field="actor")
    return bench.ledger.add_statement(
        found.page.id,
        saying.start,
        saying.end,
        **saying.fields(bench),
        kinds=saying.kinds,
        who=who,
        why=saying.told["why"].strip(),
    )


def suggested(
    bench: Bench, found: FoundPage, start: int, end: int, language: str
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The names to choose from: those that the words around name; and these with those that the record tells
    of most, each with its key."""
    names = bench.names()
    first, last = in_text(found.content, start, end)
    text = found.content.text[max(first - 300, 0) : last + 300].casefold()
    here = {
        key for one in found.unread for key in one.unread.names if one.unread.start <= start < one.unread.end
    }
    for one in found.statements:
        said = one.statement
        here |= {key for key in (said.actor, said.target, *said.source) if key}
    near = sorted((key for key in here if key in names and _is_near(names[key], text)), key=str.casefold)
    told = tuple(shown(bench, key, language) for key in near)
    pairs = (*zip(told, near, strict=True), *offered(bench, language))
    return told, tuple(dict.fromkeys(pairs))


def _is_near(entity: Entity, text: str) -> bool:
    return any(name.casefold() in text for name in (entity.name, entity.key, *entity.names) if len(name) > 1)


def _number(asked: Mapping[str, str], name: str) -> int:
    told = asked.get(name, "")
    if not told.isascii() or not told.isdecimal() or len(told) > 9:
        raise _nowhere()
    return int(told)


def _nowhere() -> Problem:
    return Problem(
        HTTPStatus.BAD_REQUEST, "These are no words of the page. Mark them in its text, or write them."
    )
