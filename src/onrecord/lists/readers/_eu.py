"""The EU's consolidated list of financial sanctions, XML 1.1 and CSV.

Specification: European Commission, Financial Sanctions Database, schema `http://eu.europa.ec/fpi/fsd/export`;
the CSV has its fields as columns, and one row for each name, address or document of an entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.lists._model import ListedName, NameQuality, PartyKind, ReadList
from onrecord.lists.readers._build import Builder, Draft, joined
from onrecord.lists.readers._dates import DateError, read_date
from onrecord.lists.readers._decode import Text
from onrecord.lists.readers._table import fits, is_cut, read_rows
from onrecord.lists.readers._wording import country_codes, kind_of
from onrecord.lists.readers._xml import Node, XmlStream

_TITLE = "Consolidated list of persons, groups and entities subject to EU financial sanctions"
_PUBLISHER = "European Commission"
_ACT = re.compile(r"(\d{1,4})/(\d{1,4})(?:\s*\(OJ [^)]*\))?")
_NO_COUNTRY = "00"
# Remarks on names, as they stand in the list: "low quality alias", "lo quality", "formerly known as".
_WEAK = re.compile(r"\blow? quality\b", re.IGNORECASE)
_FORMER = re.compile(r"\bformer(?:ly known as| name)\b|\bf\.k\.a\b", re.IGNORECASE)


def citation(title: str) -> str:
    """An act's usual citation by the number in the list: "2022/328 (OJ L49)" is "Regulation (EU) 2022/328".

    Acts are numbered by year first since 2015, by number first before (Publications Office, "Harmonising the
    numbering of EU legal acts"); what the Lisbon Treaty (1 December
    2009) calls EU was EC before. What is not a bare number (a CFSP decision) stays as it is.
    """
    found = _ACT.fullmatch(title.strip())
    if not found:
        return title.strip()
    first, second = int(found[1]), int(found[2])
    if 2015 <= first <= 2100:
        return f"Regulation (EU) {first}/{second}"
    if 1990 <= second <= 2014:
        return f"Regulation ({'EC' if second <= 2009 else 'EU'}) No {first}/{second}"
    return title.strip()


def read_eu_xml(data: bytes, name: str) -> ReadList:
    """The list in a file whose outermost element is `export`."""
    builder = Builder(name, "the EU's")
    stream = XmlStream(data, name, ("sanctionEntity",))
    for node in stream:
        builder.add(_entry(node))
    if stream.broken:
        builder.cut(*stream.broken)
    generated = stream.root.get("generationDate") if stream.root else ""
    return builder.build("eu-fsf", _TITLE, _PUBLISHER, "eu-xml", _issued(generated, builder))


def _issued(text: str, builder: Builder) -> str | None:
    try:
        return read_date(text, "day")
    except DateError as error:
        builder.problem(1, None, f"The file's date: {error}")
        return None


def _entry(node: Node) -> Draft:
    draft = Draft(node.get("euReferenceNumber") or node.get("logicalId"), node.line)
    for subject in node.all("subjectType"):
        draft.kind = _kind(subject.get("classificationCode"), subject.get("code"))
    for alias in node.all("nameAlias"):
        whole = alias.get("wholeName") or " ".join(
            filter(None, (alias.get(part) for part in ("firstName", "middleName", "lastName")))
        )
        draft.names.append(ListedName(whole, _quality(alias.get("strong"), alias.one("remark"))))
        if function := alias.get("function"):
            draft.remarks.append(function)
    acts = [*node.all("regulation"), *node.all("nameAlias", "regulationSummary")]
    _take_acts(draft, node.get("designationDate"), acts)
    for address in node.all("address"):
        fields = ("street", "poBox", "city", "zipCode", "region", "place", "countryDescription")
        draft.addresses.append(joined([address.get(part) for part in fields]))
        draft.countries.extend(_codes(address.get))
    for citizenship in node.all("citizenship"):
        draft.countries.extend(_codes(citizenship.get))
    for document in node.all("identification"):
        _take_identifier(draft, document.get)
    if united := node.get("unitedNationId"):
        draft.identifiers.append(("UN reference", united))
    draft.remarks.extend(node.texts("remark"))
    draft.url = next(iter(node.texts("regulation", "publicationUrl")), None)
    return draft


def _quality(strong: str, remark: str) -> NameQuality:
    """A name's quality: the attribute, and what the remark on the name says in words."""
    if _FORMER.search(remark):
        return "former"
    return "weak" if strong == "false" or _WEAK.search(remark) else "strong"


def _take_acts(draft: Draft, designated: str, acts: list[Node]) -> None:
    """Since when and by what. Where no day of designation is given it is the oldest act that names the
    entry."""
    draft.listed(designated, "day")
    for act in acts:
        if not designated:
            draft.listed(act.get("publicationDate"), "day")
        if act.tag == "regulation":
            draft.programs.append(act.get("programme"))
            draft.citations.append(citation(act.get("numberTitle")))


def _kind(code: str, word: str) -> PartyKind:
    return kind_of(code) if kind_of(code) != "other" else kind_of(word)


def _codes(get: Callable[[str], str]) -> tuple[str, ...]:
    code = get("countryIso2Code")
    return country_codes(code if code and code != _NO_COUNTRY else get("countryDescription"))


def _take_identifier(draft: Draft, get: Callable[[str], str]) -> None:
    if number := get("number") or get("latinNumber"):
        kind = get("identificationTypeDescription") or get("identificationTypeCode") or "Document"
        draft.identifiers.append((kind, number))


def read_eu_csv(text: Text, name: str) -> ReadList:
    """The list in a CSV that is parted by semicolons."""
    builder = Builder(name, "the EU's")
    rows = read_rows(text, ";")
    header = [cell.strip() for cell in next(rows).cells]
    drafts: dict[str, Draft] = {}
    broken: dict[str, tuple[int, str]] = {}
    issued = ""
    for row in rows:
        cells = row.under(header)
        id = cells.get("Entity_EU_ReferenceNumber") or cells.get("Entity_LogicalId", "")
        if is_cut(row, len(header)):
            # Rows of one entry stand together: the one that is cut off may lack more rows.
            builder.cut(row.line, id=None if drafts.get(id) else id)
        elif wrong := fits(row, len(header)):
            broken[id] = (row.line, wrong)
        elif not id:
            builder.problem(row.line, None, "The row has no Entity_LogicalId.")
        else:
            issued = issued or cells.get("fileGenerationDate", "")
            _take_row(drafts.setdefault(id, Draft(id, row.line)), cells)
    for id, (line, wrong) in broken.items():
        builder.problem(line, id, wrong)
    for draft in drafts.values():
        builder.add(draft)
    return builder.build("eu-fsf", _TITLE, _PUBLISHER, "eu-csv", _issued(issued, builder))


def _take_row(draft: Draft, cells: dict[str, str]) -> None:
    def get(prefix: str) -> Callable[[str], str]:
        return lambda part: cells.get(f"{prefix}_{part[0].upper()}{part[1:]}", "")

    entity, alias, address = get("Entity"), get("NameAlias"), get("Address")
    if draft.kind == "other":
        draft.kind = _kind(entity("subjectType"), entity("subjectType_ClassificationCode"))
    whole = alias("wholeName") or " ".join(
        filter(None, (alias(part) for part in ("firstName", "middleName", "lastName")))
    )
    draft.names.append(ListedName(whole, _quality("", alias("remark"))))
    draft.remarks.extend((alias("function"), entity("remark")))
    if designated := entity("designationDate"):
        draft.listed(designated, "day")
    else:
        draft.listed(entity("regulation_PublicationDate"), "day")
        draft.listed(alias("regulation_PublicationDate"), "day")
    draft.programs.append(entity("regulation_Programme"))
    draft.citations.append(citation(entity("regulation_NumberTitle")))
    fields = ("street", "poBox", "city", "zipCode", "region", "place", "countryDescription")
    draft.addresses.append(joined([address(part) for part in fields]))
    draft.countries.extend((*_codes(address), *_codes(get("Citizenship"))))
    document = get("Identification")
    if number := document("number") or document("latinNumber"):
        kind = document("typeDescription") or document("typeCode") or "Document"
        draft.identifiers.append((kind, number))
    if united := entity("unitedNationId"):
        draft.identifiers.append(("UN reference", united))
    draft.url = draft.url or entity("regulation_PublicationUrl")
