"""OpenSanctions' data: entities as FollowTheMoney in JSON lines, and targets as a simple CSV.

Specifications: https://www.opensanctions.org/docs/data/formats/ and https://followthemoney.tech (schema).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.lists._model import ListedName, ListError, NameQuality, PartyKind, ReadList
from onrecord.lists.readers._build import Builder, Draft
from onrecord.lists.readers._decode import Text
from onrecord.lists.readers._json import sound
from onrecord.lists.readers._table import fits, is_cut, read_rows
from onrecord.lists.readers._wording import country_codes

SIMPLE_COLUMNS = frozenset({"id", "schema", "name", "aliases", "countries", "dataset"})
_PUBLISHER = "OpenSanctions"

# Schemata of FollowTheMoney that are parties, and what they are.
_KINDS: dict[str, PartyKind] = {
    "Person": "person",
    "Organization": "company",
    "Company": "company",
    "LegalEntity": "company",
    "PublicBody": "company",
    "Vessel": "vessel",
    "Airplane": "aircraft",
    "Vehicle": "other",
    "Asset": "other",
    "Thing": "other",
    "CryptoWallet": "other",
    "Security": "other",
}
_QUALITIES: tuple[tuple[str, NameQuality], ...] = (
    ("name", "strong"),
    ("alias", "strong"),
    ("weakAlias", "weak"),
    ("previousName", "former"),
)
_COUNTRIES = ("country", "jurisdiction", "mainCountry", "nationality", "citizenship", "flag")
_NUMBERS = {
    "registrationNumber": "Registration number",
    "idNumber": "Identification number",
    "passportNumber": "Passport",
    "taxNumber": "Tax number",
    "vatCode": "VAT",
    "leiCode": "LEI",
    "innCode": "INN",
    "ogrnCode": "OGRN",
    "okpoCode": "OKPO",
    "swiftBic": "SWIFT/BIC",
    "imoNumber": "IMO",
    "mmsi": "MMSI",
    "dunsCode": "DUNS",
    "uscCode": "Unified Social Credit Code (USCC)",
    "serialNumber": "Serial number",
}
_LISTED_TOPICS = ("sanction", "export.control", "export.risk", "debarment", "reg.warn", "reg.action")


def is_ftm(line: str) -> bool:
    """Whether a line is an entity of FollowTheMoney."""
    try:
        entity = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(entity, dict) and {"id", "schema", "properties"} <= entity.keys()


def _list_name(datasets: Iterable[str]) -> tuple[str, str]:
    only = set(datasets)
    title = f"OpenSanctions: {next(iter(only))}" if len(only) == 1 else "OpenSanctions"
    return "opensanctions", title


def read_ftm(text: Text, name: str) -> ReadList:
    """Entities that are marked as targets or as sanctioned, with the sanctions that point at them."""
    builder = Builder(name, "OpenSanctions'")
    drafts: dict[str, Draft] = {}
    listed: set[str] = set()
    sanctions: list[tuple[str, dict[str, list[str]]]] = []
    datasets: set[str] = set()
    for line, entity in _entities(text, builder):
        properties = _properties(entity)
        schema, id = entity["schema"], entity["id"]
        if schema == "Sanction":
            sanctions.extend((target, properties) for target in properties.get("entity", ()))
        if schema not in _KINDS:
            continue
        draft = _party(entity, properties, line)
        if id in drafts:
            draft.wrong = f"The id {id} stands already on line {drafts[id].line}; the first entry counts."
            builder.problem(line, id, draft.wrong)
            continue
        drafts[id] = draft
        datasets.update(part for part in entity.get("datasets") or () if isinstance(part, str))
        nested = list(_nested(entity, "sanctions"))
        sanctions.extend((id, part) for part in nested)
        topics = properties.get("topics", ())
        if (
            entity.get("target") is True
            or nested
            or any(topic.startswith(_LISTED_TOPICS) for topic in topics)
        ):
            listed.add(id)
    ends: dict[str, list[str | None]] = {}
    for id, properties in sanctions:
        if id in drafts:
            listed.add(id)
            ends.setdefault(id, []).append(_take_sanction(drafts[id], properties))
    for id, days in ends.items():
        # One that is still in force keeps the party on the list.
        drafts[id].until = None if None in days else max(day for day in days if day)
    for id, draft in drafts.items():
        if id in listed:
            builder.add(draft)
    if drafts and not builder.parties and not builder.problems:
        raise ListError(f"{name} holds entities, but none that is marked as a target or as sanctioned.")
    short, title = _list_name(datasets)
    return builder.build(short, title, _PUBLISHER, "opensanctions-ftm", None)


def _entities(text: Text, builder: Builder) -> Iterator[tuple[int, dict[str, Any]]]:
    at, line = 0, 0
    body = text.text
    while at < len(body):
        line += 1
        end = body.find("\n", at)
        written = body[at : end if end >= 0 else len(body)].strip()
        at = end + 1 if end >= 0 else len(body)
        if not written:
            continue
        try:
            entity = sound(json.loads(written))
        except (ValueError, RecursionError):
            if end < 0:
                builder.cut(line)
            else:
                builder.problem(line, None, "The line is no JSON.")
            continue
        if isinstance(entity, dict) and all(isinstance(entity.get(key), str) for key in ("id", "schema")):
            yield line, entity
        else:
            builder.problem(line, None, "The line is no entity: it has no id and schema.")


def _properties(entity: dict[str, Any]) -> dict[str, list[str]]:
    raw = entity.get("properties")
    if not isinstance(raw, dict):
        return {}
    return {
        key: [value for value in values if isinstance(value, str)]
        for key, values in raw.items()
        if isinstance(values, list)
    }


def _nested(entity: dict[str, Any], key: str) -> Iterator[dict[str, list[str]]]:
    raw = entity.get("properties")
    parts = raw.get(key) if isinstance(raw, dict) else None
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, dict):
            yield _properties(part)


def _party(entity: dict[str, Any], properties: dict[str, list[str]], line: int) -> Draft:
    draft = Draft(entity["id"], line, _KINDS[entity["schema"]])
    if isinstance(caption := entity.get("caption"), str) and caption in properties.get("name", ()):
        draft.names.append(ListedName(caption))
    for key, quality in _QUALITIES:
        draft.names.extend(ListedName(text, quality) for text in properties.get(key, ()))
    for key in _COUNTRIES:
        draft.countries.extend(country_codes(*properties.get(key, ())))
    draft.addresses.extend(properties.get("address", ()))
    for part in _nested(entity, "addressEntity"):
        draft.addresses.extend(part.get("full", ()))
        draft.countries.extend(country_codes(*part.get("country", ())))
    for key, label in _NUMBERS.items():
        draft.identifiers.extend((label, number) for number in properties.get(key, ()))
    draft.programs.extend(properties.get("programId", ()))
    draft.remarks.extend(properties.get("notes", ()))
    draft.source = ", ".join(part for part in entity.get("datasets") or () if isinstance(part, str))
    draft.url = next(iter(properties.get("sourceUrl", ())), None)
    return draft


def _take_sanction(draft: Draft, properties: dict[str, list[str]]) -> str | None:
    """Take what a sanction says; gives the day on which it ended, None where it goes on."""
    for text in properties.get("listingDate") or properties.get("startDate") or ():
        draft.listed(text)
    draft.programs.extend(properties.get("programId") or properties.get("program") or ())
    draft.citations.extend(properties.get("provisions", ()))
    draft.remarks.extend(properties.get("reason", ()))
    draft.url = draft.url or next(iter(properties.get("sourceUrl", ())), None)
    return max((end for text in properties.get("endDate", ()) if (end := draft.date(text))), default=None)


def read_simple(text: Text, name: str) -> ReadList:
    """targets.simple.csv: a row for each target; several values in a cell are parted by semicolons."""
    builder = Builder(name, "OpenSanctions'")
    rows = read_rows(text)
    header = [cell.strip() for cell in next(rows).cells]
    datasets: set[str] = set()
    for row in rows:
        cells = row.under(header)
        id = cells.get("id", "")
        if is_cut(row, len(header)):
            builder.cut(row.line, id=id)
        elif wrong := fits(row, len(header)):
            builder.problem(row.line, id, wrong)
        else:
            datasets.update(_values(cells["dataset"]))
            draft = Draft(id, row.line, _KINDS.get(cells["schema"], "other"), source=cells["dataset"])
            draft.names.extend(map(ListedName, (cells["name"], *_values(cells["aliases"]))))
            draft.countries.extend(country_codes(*_values(cells["countries"])))
            draft.addresses.extend(_values(cells.get("addresses", "")))
            draft.identifiers.extend(
                ("Identifier", number) for number in _values(cells.get("identifiers", ""))
            )
            draft.programs.extend(_values(cells.get("program_ids", "")))
            draft.remarks.extend(_values(cells.get("sanctions", "")))
            builder.add(draft)
    short, title = _list_name(datasets)
    return builder.build(short, title, _PUBLISHER, "opensanctions-simple", None)


def _values(cell: str) -> list[str]:
    """Values parted by semicolons; one that holds a semicolon stands in quotation marks."""
    try:
        return [value for row in csv.reader([cell], delimiter=";") for value in row if value]
    except csv.Error:
        return [cell]
