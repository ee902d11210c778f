"""A party that stands on a list, or by its name belongs to one that does."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.exposure._parties import Known
from onrecord.exposure._touch import Touch, valued
from onrecord.lists import Hit


def list_touches(party: Known, hits: Iterable[Hit]) -> list[Touch]:
    """What lists say of a party of the register, from those of their parties that its name may mean."""
    found = []
    for hit in hits:
        same = hit.relation == "same"
        kind, code = ("list-hit", "listed") if same else ("affiliate-hit", "affiliate")
        found.append(
            Touch(
                mark=(kind, " ".join(party.name.split()).casefold(), hit.version.list, hit.party.id),
                kind=kind,  # type: ignore[arg-type]
                code=code,
                values=valued(name=party.name, **listing_of(hit)),
                about=party.name,
                since=hit.party.since,
                source=version_of(hit),
                citation=citation_of(hit),
                score=round(hit.likeness.score, 4),
                explanation=hit.likeness.reason,
            )
        )
    return found


def listing_of(hit: Hit) -> dict[str, str | None]:
    """The values by which a sentence tells of a listing; `entry` is the list's own id of it."""
    return {
        "list": hit.version.title or hit.version.list,
        "part": hit.party.source,
        "listed": hit.party.name,
        "listed_since": hit.party.since,
        "entry": hit.party.id,
    }


def version_of(hit: Hit) -> str:
    """A list and the day that its version is of."""
    return f"{hit.version.list} {hit.version.day}"


def citation_of(hit: Hit) -> str:
    """What the list gives as its law."""
    return "; ".join(hit.party.citations)
