"""How the candidates of a screened name are told: as fields, and in words."""

from __future__ import annotations

from typing import Any, cast

from onrecord import shapes
from onrecord.lists import Hit
from onrecord.present._plain import plain

SCREENED = (
    "name", "relation", "score", "asked_as", "party", "listed_name", "quality", "affiliate_of", "list",
    "source", "issued", "programs", "since", "until", "citations", "countries", "party_id", "rule",
    "explanation", "wanting",
)  # fmt: skip
"""The columns of screened names as a table, in their order."""


def hit_row(asked: str, hit: Hit | None) -> dict[str, Any]:
    """A candidate for a name as a row with the columns `SCREENED`; without one, only the name is told."""
    if hit is None:
        return {column: asked if column == "name" else "" for column in SCREENED}
    return {"name": asked, **_fields(hit), "explanation": plain(hit.likeness.reason)}


def screened_fields(asked: str, hits: tuple[Hit, ...]) -> shapes.Screened:
    """A name with all its candidates, for JSON: with the parts that matched."""
    told = []
    for hit in hits:
        parts = [
            {"asked": p.asked, "listed": p.other, "how": p.how, "weight": p.weight, "likeness": p.likeness}
            for p in hit.likeness.parts
        ]
        told.append({**_fields(hit), "explanation": plain(hit.likeness.reason), "parts": parts})
    return {"name": asked, "candidates": cast(list[shapes.Candidate], told)}


def _fields(hit: Hit) -> dict[str, Any]:
    party, likeness = hit.party, hit.likeness
    return {
        "relation": hit.relation,
        "score": round(likeness.score, 3),
        "asked_as": hit.asked,
        "party": party.name,
        "listed_name": hit.name.text,
        "quality": hit.name.quality,
        "affiliate_of": hit.of.name if hit.of else "",
        "list": hit.version.list,
        "source": party.source,
        "issued": hit.version.issued or "",
        "programs": list(party.programs),
        "since": party.since or "",
        "until": party.until or "",
        "citations": list(party.citations),
        "countries": list(party.countries),
        "party_id": party.id,
        "rule": likeness.rule,
        "wanting": likeness.wanting,
    }


def hit_lines(asked: str, hit: Hit) -> tuple[str, ...]:
    """A candidate for the eye: who, by which list and law, and why."""
    party, version = hit.party, hit.version
    called = "" if hit.name.text == party.name else f", listed as {hit.name.text}"
    weak = ", a weak alias" if hit.name.quality == "weak" else ""
    lines = [f"{hit.relation:<9}  {hit.likeness.score:.2f}  {party.name}{called}{weak}"]
    if hit.of is not None:
        lines.append(f"named there as an affiliate of {hit.of.name}")
    where = f"{party.source}, {version.title}" if party.source else version.title
    issued = f"of {version.issued}" if version.issued else "without a date"
    told = [f"{where} {issued}"]
    told += [", ".join(party.programs)] if party.programs else []
    told += [f"since {party.since}"] if party.since else []
    told += [f"until {party.until}"] if party.until else []
    told += list(party.citations)
    lines.append("; ".join(told))
    if hit.asked != asked:
        lines.append(f"asked as {hit.asked}, another name of it in the catalogue")
    lines.append(f"why: {hit.likeness.reason}")
    if hit.likeness.wanting:
        doubt = "to be surely the same" if hit.likeness.relation == "same" else "to be the same"
        lines.append(f"{doubt}: {hit.likeness.wanting}")
    return tuple(plain(line) for line in lines)
