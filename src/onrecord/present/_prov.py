"""The chain of sources as W3C PROV, in PROV-JSON (https://www.w3.org/submissions/prov-json/).

What each link of a chain said is an entity attributed to it, and derived from what the link before it said;
the page is derived from the last, and the statement from the page, by the reading of a program. A judgement
is an activity of a person; one by which a statement does not count invalidates it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from onrecord.entities import Entity, outlet_named
from onrecord.ledger import Judgement, StoredStatement

_KINDS = {"person": "prov:Person", "company": "prov:Organization", "body": "prov:Organization"}
_KINDS |= {"state": "prov:Organization", "outlet": "prov:Organization"}


def prov_document(statements: Sequence[StoredStatement], entities: Mapping[str, Entity]) -> dict[str, Any]:
    """Statements with their pages, readings, sources and judgements."""
    made = _Document(entities)
    for stored in statements:
        made.add(stored)
    return made.document


class _Document:
    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self.entities = entities
        self.document: dict[str, Any] = {
            "prefix": {"or": "urn:onrecord:", "prov": "http://www.w3.org/ns/prov#"},
            **{kind: {} for kind in ("entity", "agent", "activity")},
            **{kind: {} for kind in ("wasDerivedFrom", "wasAttributedTo", "wasGeneratedBy")},
            "wasAssociatedWith": {},
            "wasInfluencedBy": {},
            "wasInvalidatedBy": {},
        }

    def add(self, stored: StoredStatement) -> None:
        said = stored.statement
        page, statement = f"or:page-{stored.page_id}", f"or:statement-{stored.id}"
        published = stored.published.value if stored.published else None
        self._put("entity", page, title=stored.title, published=published, locator=stored.locator)
        if stored.outlet:
            self._attribute(page, self._agent(outlet_named(stored.outlet) or stored.outlet))
        self._put("entity", statement, quote=said.quote, type=said.type, status=said.status, actor=said.actor)
        self._relate("wasDerivedFrom", statement, "generatedEntity", page, "usedEntity")
        reading = f"or:reading-{stored.page_id}-{_name(stored.reader)}-{_name(stored.version)}"
        self._put("activity", reading)
        self._relate("wasGeneratedBy", statement, "entity", reading, "activity")
        reader = f"or:reader-{_name(stored.reader)}-{_name(stored.version)}"
        self._put("agent", reader, **{"prov:type": "prov:SoftwareAgent"})
        self._relate("wasAssociatedWith", reading, "activity", reader, "agent")
        self._chain(stored, page)
        if stored.judgement is not None:
            act = self._act(stored.judgement)
            self._relate("wasInfluencedBy", statement, "influencee", act, "influencer")
            if stored.judgement.kind == "reject":
                self._invalidate(statement, act)
        if stored.withdrawn is not None:
            act = self._act(stored.withdrawn)
            self._invalidate(page, act)
            self._invalidate(statement, act)
        if stored.said is not None and stored.said.undone_by is not None:
            act = f"or:judgement-{stored.said.undone_by}"
            self._put("activity", act, kind="undo")
            self._invalidate(statement, act)

    def _chain(self, stored: StoredStatement, page: str) -> None:
        before: str | None = None
        for number, key in enumerate(stored.statement.source):
            told = f"or:told-{stored.id}-{number}"
            self._put("entity", told)
            self._attribute(told, self._agent(key))
            if before is not None:
                self._relate("wasDerivedFrom", told, "generatedEntity", before, "usedEntity")
            before = told
        if before is not None:
            self._relate("wasDerivedFrom", page, "generatedEntity", before, "usedEntity")

    def _act(self, judgement: Judgement) -> str:
        """The activity that a judgement is, of the person who passed it."""
        act = f"or:judgement-{judgement.id}"
        on = judgement.payload.get("on") if judgement.kind == "withdraw" else None
        self._put("activity", act, kind=judgement.kind, why=judgement.why or None, on=on)
        person = f"or:person-{_name(judgement.who)}"
        self._put("agent", person, name=judgement.who, **{"prov:type": "prov:Person"})
        self._relate("wasAssociatedWith", act, "activity", person, "agent")
        return act

    def _invalidate(self, entity: str, act: str) -> None:
        self._relate("wasInvalidatedBy", entity, "entity", act, "activity")

    def _agent(self, key: str) -> str:
        entity = self.entities.get(key)
        agent = f"or:agent-{_name(key)}"
        kind = _KINDS.get(entity.kind) if entity is not None else None
        self._put("agent", agent, name=key, **({"prov:type": kind} if kind else {}))
        return agent

    def _attribute(self, entity: str, agent: str) -> None:
        self._relate("wasAttributedTo", entity, "entity", agent, "agent")

    def _put(self, kind: str, subject: str, /, **told: str | None) -> None:
        values = {
            label if ":" in label else f"or:{label}": _value(label, value)
            for label, value in told.items()
            if value is not None
        }
        self.document[kind].setdefault(subject, values)

    def _relate(self, kind: str, one: str, role: str, other: str, other_role: str) -> None:
        self.document[kind].setdefault(
            f"_:{kind}-{one[3:]}-{other[3:]}", {f"prov:{role}": one, f"prov:{other_role}": other}
        )


def _value(label: str, value: str) -> Any:
    return {"$": value, "type": "prov:QUALIFIED_NAME"} if label == "prov:type" else value


def _name(text: str) -> str:
    """A text as the local part of a qualified name; what it can't hold stands as its code point."""
    return re.sub(r"[^A-Za-z0-9]", lambda found: f"_{ord(found.group()):x}_", text)
