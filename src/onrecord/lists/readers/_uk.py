"""The UK's lists: the Treasury's consolidated list (OFSI's ConList, CSV and XML, until January 2026) and the
Foreign Office's UK Sanctions List (CSV and XML) that replaced it.

Specification: FCDO, "UK Sanctions List: change to the list's format" (of February 2022, on gov.uk), by which
both lists were brought to one structure; the columns and elements themselves are those of the files.
In all but the XML of the UK Sanctions List a row is a name or an address, and rows of one party share its
number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.lists._model import Format, ListedName, NameQuality, ReadList
from onrecord.lists.readers._build import Builder, Draft, joined
from onrecord.lists.readers._dates import DateError, read_date
from onrecord.lists.readers._decode import Text
from onrecord.lists.readers._table import Row, fits, is_cut, read_rows
from onrecord.lists.readers._wording import country_codes, kind_of, quality_of
from onrecord.lists.readers._xml import Node, XmlStream

_NUMBERED = re.compile(r"\s*\(\d{1,2}\)\s*")
_DATE_PARTS = re.compile(r"(\d\d)/(\d\d)/(\d{4})")


@dataclass(frozen=True, slots=True)
class _List:
    short: str
    title: str
    publisher: str


OFSI = _List("uk-ofsi", "Consolidated List of Financial Sanctions Targets in the UK", "HM Treasury, OFSI")
UKSL = _List("uk-sanctions-list", "UK Sanctions List", "Foreign, Commonwealth & Development Office")

# Columns under one name for both lists, by their letters and figures in lower case.
_FIELDS = {
    "groupid": "group",
    "uniqueid": "unique",
    "ofsigroupid": "group",
    "uksanctionslistref": "ref",
    "unref": "un",
    "unreferencenumber": "un",
    "grouptype": "kind",
    "grouptypedescription": "kind",
    "designationtype": "kind",
    "individualentityship": "kind",
    "aliastype": "nametype",
    "nametype": "nametype",
    "aliasquality": "strength",
    "aliasstrength": "strength",
    "regime": "regime",
    "regimename": "regime",
    "listedon": "listed",
    "datelisted": "listed",
    "datedesignated": "designated",
    "uksanctionslistdatedesignated": "designated",
    "namenonlatinscript": "script",
    "country": "country",
    "addresscountry": "country",
    "nationality": "nationality",
    "nationalityies": "nationality",
    "individualnationality": "nationality",
    "postzipcode": "postcode",
    "postcode": "postcode",
    "addresspostalcode": "postcode",
    "otherinformation": "other",
    "ukstatementofreasons": "reasons",
    "passportnumber": "passport",
    "individualpassportnumber": "passport",
    "nationalidentificationnumber": "national",
    "nationalidentifiernumber": "national",
    "individualninumber": "national",
    "businessregistrationnumber": "business",
    "businessregistrationnumbers": "business",
    "entitybusinessregnumber": "business",
    "imonumber": "imo",
    "shipimonumber": "imo",
    "currentbelievedflagofship": "flag",
    "shipflag": "flag",
    "title": "title",
    "position": "position",
    "individualposition": "position",
}
_IDENTIFIERS = {
    "passport": "Passport",
    "national": "National identification number",
    "business": "Business registration number",
    "imo": "IMO",
    "un": "UN reference",
    "ref": "UK Sanctions List reference",
}


def field_of(column: str) -> str:
    """A column's name as the reader knows it."""
    folded = re.sub(r"[^a-z0-9]", "", column.lower())
    return _FIELDS.get(folded, folded)


def is_uk_header(cells: Iterable[str]) -> Format | None:
    """Which of the lists has this header, None where neither has."""
    folded = {field_of(cell) for cell in cells}
    if not {"name6", "name1", "regime"} <= folded:
        return None
    return "uk-csv" if "unique" in folded else "ofsi-csv" if "group" in folded else None


def read_uk_csv(text: Text, name: str) -> ReadList:
    """The OFSI list or the UK Sanctions List in CSV, with or without the line of its date above the
    header."""
    format: Format | None = None
    header: list[str] = []
    issued: str | None = None
    parties = _Parties(Builder(name, "the UK's"))
    for row in read_rows(text):
        if format is None:
            if format := is_uk_header(row.cells):
                header = [field_of(cell) for cell in row.cells]
            elif dated := re.match(
                r"(?:last updated|report date)[:,\s]*(.+)", ",".join(row.cells), re.IGNORECASE
            ):
                issued = _issued(dated[1].strip(" ,"), row.line, parties.builder)
        elif is_cut(row, len(header)):
            parties.cut(row, header, format)
        elif wrong := fits(row, len(header)):
            parties.builder.problem(row.line, _id(row.under(header), format), wrong)
        else:
            parties.take(row.under(header), row.line, format)
    return parties.build(format or "ofsi-csv", issued)


def read_ofsi_xml(data: bytes, name: str) -> ReadList:
    """The OFSI list in XML: outermost element `ArrayOfFinancialSanctionsTarget`."""
    parties = _Parties(Builder(name, "the UK's"))
    stream = XmlStream(data, name, ("FinancialSanctionsTarget",))
    for node in stream:
        cells = {field_of(child.tag): child.text for child in node.children if child.text}
        parties.take(cells, node.line, "ofsi-xml")
    if stream.broken:
        parties.builder.cut(*stream.broken)
    return parties.build("ofsi-xml", None)


def _id(cells: dict[str, str], format: Format) -> str:
    return (cells.get("unique", "") if format == "uk-csv" else "") or cells.get("group", "")


def _issued(text: str, line: int, builder: Builder) -> str | None:
    try:
        return read_date(text, "day")
    except DateError as error:
        builder.problem(line, None, f"The file's date: {error}")
        return None


class _Parties:
    """Parties gathered from rows."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.drafts: dict[str, Draft] = {}

    def cut(self, row: Row, header: list[str], format: Format) -> None:
        id = _id(row.under(header), format)
        self.builder.cut(row.line, id=id if id in self.drafts else None)

    def take(self, cells: dict[str, str], line: int, format: Format) -> None:
        id = _id(cells, format)
        if not id:
            self.builder.problem(line, None, "The row has no Group ID or Unique ID.")
            return
        draft = self.drafts.setdefault(id, Draft(id, line))
        if draft.kind == "other":
            draft.kind = kind_of(cells.get("kind", ""))
        kind = cells.get("nametype", "")
        _take_name(draft, _name(cells), kind, cells.get("strength", ""), cells.get("script", ""))
        regime = cells.get("regime", "")
        _take_regime(draft, regime, cells.get("listed", "") or cells.get("designated", ""))
        draft.addresses.append(joined([*(_line(cells, at) for at in range(1, 7)), *_place(cells)]))
        draft.countries.extend(
            _countries(cells.get("country", ""), cells.get("nationality", ""), cells.get("flag", ""))
        )
        for field, label in _IDENTIFIERS.items():
            for number in _several(cells.get(field, "")):
                draft.identifiers.append((label, number))
        draft.remarks.extend(cells.get(field, "") for field in ("title", "position", "other", "reasons"))

    def build(self, format: Format, issued: str | None) -> ReadList:
        for draft in self.drafts.values():
            self.builder.add(draft)
        kept = UKSL if format.startswith("uk-") else OFSI
        return self.builder.build(kept.short, kept.title, kept.publisher, format, issued)


def _name(cells: dict[str, str]) -> str:
    """Given names and then the family name; of an organisation or ship the sixth part alone is its name."""
    return " ".join(filter(None, (cells.get(f"name{at}", "") for at in range(1, 7))))


def _take_name(draft: Draft, text: str, kind: str, strength: str, script: str) -> None:
    quality: NameQuality = quality_of(kind)
    if quality_of(strength) == "weak" and quality != "former":
        quality = "weak"
    name = ListedName(text, quality)
    if quality == "primary":
        draft.names.insert(0, name)
    else:
        draft.names.append(name)
    if script:
        draft.names.append(ListedName(script))


def _take_regime(draft: Draft, regime: str, listed: str) -> None:
    draft.programs.append(regime)
    if "Regulations" in regime or " Act " in f"{regime} ":
        draft.citations.append(regime)
    # A day or month that is not known is written 00: what is known of the date is kept.
    found = _DATE_PARTS.match(listed)
    if found and "00" in (found[1], found[2]):
        listed = found[3] if found[2] == "00" else f"{found[3]}-{found[2]}"
    draft.listed(listed, "day")


def _line(cells: dict[str, str], at: int) -> str:
    return cells.get(f"address{at}", "") or cells.get(f"addressline{at}", "")


def _place(cells: dict[str, str]) -> tuple[str, str]:
    return cells.get("postcode", ""), cells.get("country", "")


def _several(text: str) -> list[str]:
    """The values of a cell: "(1) Iran (2) Iraq"."""
    return [part.strip(" ;.") for part in _NUMBERED.split(text) if part.strip(" ;.")]


def _countries(*texts: str) -> tuple[str, ...]:
    return country_codes(*(part for text in texts for part in _several(text)))


def read_uk_xml(data: bytes, name: str) -> ReadList:
    """The UK Sanctions List in XML: outermost element `Designations`."""
    builder = Builder(name, "the UK's")
    stream = XmlStream(data, name, ("Designation", "DateGenerated"))
    issued: str | None = None
    for node in stream:
        if node.tag == "Designation":
            builder.add(_designation(node))
        else:
            issued = _issued(node.text, node.line, builder)
    if stream.broken:
        builder.cut(*stream.broken)
    return builder.build(UKSL.short, UKSL.title, UKSL.publisher, "uk-xml", issued)


def _designation(node: Node) -> Draft:
    draft = Draft(
        node.one("UniqueID") or node.one("OFSIGroupID"), node.line, kind_of(node.one("IndividualEntityShip"))
    )
    for name in node.all("Names", "Name"):
        cells = {child.tag.lower(): child.text for child in name.children}
        _take_name(draft, _name(cells), name.one("NameType"), name.one("AliasStrength"), "")
    for written in node.all("NonLatinNames", "NonLatinName"):
        draft.names.extend(map(ListedName, written.texts("NameNonLatinScript")))
    _take_regime(draft, node.one("RegimeName"), node.one("DateDesignated"))
    for address in node.all("Addresses", "Address"):
        fields = [*(f"AddressLine{at}" for at in range(1, 7)), "AddressPostalCode", "AddressCountry"]
        draft.addresses.append(joined([address.one(field) for field in fields]))
        draft.countries.extend(_countries(address.one("AddressCountry")))
    for within in _below(node):
        if within.tag in ("Nationality", "CurrentBelievedFlagOfShip") and within.text:
            draft.countries.extend(_countries(within.text))
        elif label := _IDENTIFIERS.get(field_of(within.tag)):
            draft.identifiers.extend((label, number) for number in _several(within.text))
    draft.remarks.extend((node.one("OtherInformation"), node.one("UKStatementofReasons")))
    return draft


def _below(node: Node) -> Iterable[Node]:
    for child in node.children:
        yield child
        yield from _below(child)
