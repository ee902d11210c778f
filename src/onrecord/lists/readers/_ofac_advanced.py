"""OFAC's lists in the advanced XML (sdn_advanced.xml, cons_advanced.xml).

Specification: OFAC, "Specially Designated Nationals (SDN) Advanced Sanctions Data Model XML Explanatory
Notes" (sdn_advanced_notes.pdf), and the schema that it names. The file begins with sets of reference values;
names, locations, documents, parties and the entries that list them refer to these and to each other by
number, in that order.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from onrecord.lists._model import ListedName, ReadList
from onrecord.lists.readers._build import Builder, Draft, joined
from onrecord.lists.readers._dates import DateError, read_date
from onrecord.lists.readers._ofac_csv import PUBLISHER, TITLES, list_of
from onrecord.lists.readers._ofac_remarks import add_identifier, orders_of
from onrecord.lists.readers._wording import country_codes, kind_of, quality_of, wording
from onrecord.lists.readers._xml import Node, XmlStream

_WANTED = (
    "DateOfIssue",
    "ReferenceValueSets",
    "Location",
    "IDRegDocument",
    "DistinctParty",
    "SanctionsEntry",
)
# The parts of a location in the order of an address; where a country alone is meant it stands as "Unknown".
_PARTS = ("ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "REGION", "STATE/PROVINCE", "POSTAL CODE")
_STATES = ("Nationality Country", "Citizenship Country", "Nationality of Registration", "Vessel Flag")
# The sets whose values are read, by the names of their elements.
_SETS = frozenset(
    {"AliasType", "Country", "AreaCode", "FeatureType", "IDRegDocType", "LegalBasis", "List"}
) | {
    "LocPartType",
    "NamePartType",
    "PartySubType",
    "PartyType",
    "SanctionsType",
}


@dataclass(slots=True)
class _References:
    """What numbers stand for."""

    values: dict[tuple[str, str], str] = field(default_factory=dict)
    party_types: dict[str, str] = field(default_factory=dict)
    iso: dict[str, str] = field(default_factory=dict)
    locations: dict[str, tuple[str, str]] = field(default_factory=dict)
    documents: dict[str, list[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(list))

    def value(self, kind: str, number: str) -> str:
        return self.values.get((kind, number), "")

    def country(self, number: str) -> str:
        return self.iso.get(number) or self.value("Country", number)


def read_ofac_advanced(data: bytes, name: str) -> ReadList:
    """The list in a file whose outermost element is `Sanctions`."""
    builder = Builder(name, "OFAC's")
    known = _References()
    drafts: dict[str, Draft] = {}
    issued = None
    stream = XmlStream(data, name, _WANTED, large=("ReferenceValueSets",))
    for node in stream:
        match node.tag:
            case "DateOfIssue":
                try:
                    issued = read_date(_day(node))
                except DateError as error:
                    builder.problem(node.line, None, f"DateOfIssue: {error}")
            case "ReferenceValueSets":
                _take_values(node, known)
            case "Location":
                known.locations[node.get("ID")] = _location(node, known)
            case "IDRegDocument":
                _take_document(node, known)
            case "DistinctParty":
                for profile in node.all("Profile"):
                    draft = _party(node, profile, known)
                    if profile.get("ID") in drafts:
                        draft.wrong = f"The id {draft.id} stands twice; the first entry counts."
                        builder.add(draft)
                    else:
                        drafts[profile.get("ID")] = draft
            case _:
                if draft_of := drafts.get(node.get("ProfileID")):
                    _take_entry(node, draft_of, known)
    for draft in drafts.values():
        builder.add(draft)
    if stream.broken:
        builder.cut(*stream.broken)
    short = list_of(builder, name)
    return builder.build(short, TITLES[short], PUBLISHER, "ofac-advanced-xml", issued)


def _day(node: Node) -> str:
    year, month, day = (node.one(part) for part in ("Year", "Month", "Day"))
    return "-".join(filter(None, (year, month, day)))


def _take_values(node: Node, known: _References) -> None:
    for values in node.children:
        for entry in values.children:
            if entry.tag in _SETS:
                known.values[entry.tag, entry.get("ID")] = entry.text
            if entry.tag == "PartySubType":
                known.party_types[entry.get("ID")] = entry.get("PartyTypeID")
            if entry.tag == "Country" and (code := entry.get("ISO2")):
                known.iso[entry.get("ID")] = code


def _location(node: Node, known: _References) -> tuple[str, str]:
    """An address and its country. Nationalities point at locations that have neither country nor area code,
    but the country's name as their only part."""
    parts = [
        (known.value("LocPartType", part.get("LocPartTypeID")), _primary(part))
        for part in node.all("LocationPart")
    ]
    parts.sort(key=lambda part: _PARTS.index(part[0]) if part[0] in _PARTS else len(_PARTS))
    texts = [text for _, text in parts]
    numbers = [country.get("CountryID") for country in node.all("LocationCountry")]
    country = next(filter(None, map(known.country, numbers)), "")
    if not country:
        areas = [area.get("AreaCodeID") for area in node.all("LocationAreaCode")]
        country = next(filter(None, (known.value("AreaCode", area) for area in areas)), "")
    if not country and len(texts) == 1 and country_codes(texts[0]):
        return texts[0], texts[0]
    return joined([*texts, country]), country


def _primary(part: Node) -> str:
    """A part's primary value; beside it may stand the same in its own script."""
    values = list(part.all("LocationPartValue"))
    chosen = next(
        (value for value in values if value.get("Primary") == "true"), values[0] if values else None
    )
    return chosen.one("Value") if chosen else ""


def _take_document(node: Node, known: _References) -> None:
    number = node.one("IDRegistrationNo")
    kind = known.value("IDRegDocType", node.get("IDRegDocTypeID"))
    if number and kind:
        country = known.country(node.get("IssuedBy-CountryID"))
        known.documents[node.get("IdentityID")].append((kind, number, country))


def _party(node: Node, profile: Node, known: _References) -> Draft:
    draft = Draft(node.get("FixedRef") or profile.get("ID"), node.line)
    subtype = profile.get("PartySubTypeID")
    word = known.value("PartySubType", subtype)
    if kind_of(word) == "other":
        word = known.value("PartyType", known.party_types.get(subtype, ""))
    draft.kind = kind_of(word)
    for identity in profile.all("Identity"):
        groups = {
            group.get("ID"): known.value("NamePartType", group.get("NamePartTypeID"))
            for group in identity.all("NamePartGroups", "MasterNamePartGroup", "NamePartGroup")
        }
        for alias in identity.all("Alias"):
            _take_alias(alias, draft, groups, known)
        for kind, number, country in known.documents.get(identity.get("ID"), ()):
            add_identifier(draft, kind, number, country)
    for feature in profile.all("Feature"):
        _take_feature(feature, draft, known)
    draft.remarks.extend(node.texts("Comment"))
    return draft


def _take_alias(alias: Node, draft: Draft, groups: dict[str, str], known: _References) -> None:
    primary = alias.get("Primary") == "true"
    quality = quality_of(known.value("AliasType", alias.get("AliasTypeID")))
    if alias.get("LowQuality") == "true" and quality != "former":
        quality = "weak"
    for at, written in enumerate(alias.all("DocumentedName")):
        parts = list(written.all("DocumentedNamePart", "NamePartValue"))
        last = [part.text for part in parts if groups.get(part.get("NamePartGroupID")) == "Last Name"]
        rest = [part.text for part in parts if groups.get(part.get("NamePartGroupID")) != "Last Name"]
        name = ListedName(
            joined((" ".join(last), " ".join(rest))), quality if quality != "primary" else "strong"
        )
        if primary and at == 0:
            draft.names.insert(0, name)
        else:
            draft.names.append(name)


def _take_feature(feature: Node, draft: Draft, known: _References) -> None:
    kind = known.value("FeatureType", feature.get("FeatureTypeID"))
    for version in feature.all("FeatureVersion"):
        details = " ".join(version.texts("VersionDetail")) or _from(version)
        for place in version.all("VersionLocation"):
            address, country = known.locations.get(place.get("LocationID"), ("", ""))
            if kind in ("Location", "Address"):
                draft.addresses.append(address)
            if kind in ("Location", "Address", *_STATES):
                draft.countries.extend(country_codes(country))
        if not details:
            continue
        if kind in _STATES:
            draft.countries.extend(country_codes(details))
        elif found := wording().listed_on.search(f"{kind} {details}"):
            draft.listed(found["date"])
        elif wording().identifiers.match(f"{kind} {details}"):
            add_identifier(draft, kind, details)


def _from(version: Node) -> str:
    """The first day of a feature that is a period: listing dates may be written so."""
    for start in version.all("DatePeriod", "Start", "From"):
        year, month, day = (start.one(part) for part in ("Year", "Month", "Day"))
        if year and month and day:
            return f"{year}-{month:0>2}-{day:0>2}"
    return ""


def _take_entry(node: Node, draft: Draft, known: _References) -> None:
    draft.source = draft.source or known.value("List", node.get("ListID"))
    for event in node.all("EntryEvent"):
        for day in event.all("Date"):
            draft.listed(_day(day))
        draft.citations.append(known.value("LegalBasis", event.get("LegalBasisID")))
    for measure in node.all("SanctionsMeasure"):
        if known.value("SanctionsType", measure.get("SanctionsTypeID")) in ("Program", ""):
            draft.programs.extend(measure.texts("Comment"))
    draft.citations.extend(orders_of(*draft.programs))
