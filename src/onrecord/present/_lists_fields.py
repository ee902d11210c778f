"""Versions and parties of lists as the structures that JSON has."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import cast

from onrecord import shapes
from onrecord.lists import ListChanges, Listing, ListVersion, Party, PartyChange, Problem


def today() -> date:
    """The day by which ages are told, in UTC."""
    return datetime.now(UTC).date()


def version_fields(version: ListVersion) -> shapes.ListVersion:
    """A version, with its age in days."""
    return {
        "list": version.list,
        "version": version.id,
        "title": version.title,
        "publisher": version.publisher,
        "format": version.format,
        "issued": version.issued,
        "age_days": version.age(today()),
        "entries": version.size,
        "problems": version.problems,
        "learned_at": version.learned_at.isoformat(timespec="seconds"),
        "who": version.who,
        "digest": version.digest,
        "early": version.early,
    }


def party_fields(party: Party) -> shapes.ListedParty:
    """A party, with all that its list says of it."""
    told = {**asdict(party), "identifiers": [list(pair) for pair in party.identifiers]}
    return cast(shapes.ListedParty, told)


def problem_fields(problem: Problem) -> shapes.UnusableEntry:
    """An entry that cannot be used."""
    return {"line": problem.line, "id": problem.id, "message": problem.message}


def changes_fields(changes: ListChanges) -> shapes.Changes:
    """What a version brought; of a changed party the fields that differ, as they were and are."""
    return {
        "list": changes.list,
        "before": version_fields(changes.before),
        "after": version_fields(changes.after),
        "added": [party_fields(party) for party in changes.added],
        "removed": [party_fields(party) for party in changes.removed],
        "changed": [party_change_fields(one) for one in changes.changed],
    }


def party_change_fields(change: PartyChange) -> shapes.ChangedParty:
    """A party that two versions tell of differently: the fields that differ, as they were and are."""
    was, now = dict(party_fields(change.before)), dict(party_fields(change.after))
    fields: dict[str, shapes.FieldChange] = {
        name: {"before": was[name], "after": now[name]} for name in change.fields
    }
    return {"id": change.after.id, "name": change.after.name, "fields": fields}


def listing_fields(listing: Listing) -> shapes.Listing:
    """Whether a party was listed on a day."""
    return {
        "on": listing.day,
        "listed": listing.answer,
        "since": listing.since,
        "rests_on": list(listing.rests),
    }
