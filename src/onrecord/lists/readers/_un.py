"""The consolidated list of the UN Security Council, XML.

Specification: the schema that the file names, https://www.un.org/sc/resources/sc-sanctions.xsd.
"""

from __future__ import annotations

import re

from onrecord.lists._model import ListedName, NameQuality, PartyKind, ReadList
from onrecord.lists.readers._build import Builder, Draft, joined
from onrecord.lists.readers._dates import DateError, read_date
from onrecord.lists.readers._wording import country_codes, quality_of
from onrecord.lists.readers._xml import Node, XmlStream

_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ADDRESS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
_SEVERAL = re.compile(r"\s*;\s*|\s+[a-z]\)\s+")


def read_un(data: bytes, name: str) -> ReadList:
    """The list in a file whose outermost element is `CONSOLIDATED_LIST`."""
    builder = Builder(name, "the UN's")
    stream = XmlStream(data, name, ("INDIVIDUAL", "ENTITY"))
    for node in stream:
        builder.add(_entry(node, "person" if node.tag == "INDIVIDUAL" else "company"))
    if stream.broken:
        builder.cut(*stream.broken)
    issued = None
    if stream.root and (generated := stream.root.get("dateGenerated")):
        try:
            issued = read_date(generated)
        except DateError as error:
            builder.problem(stream.root.line, None, f"dateGenerated: {error}")
    title = "United Nations Security Council Consolidated List"
    return builder.build("un", title, "United Nations Security Council", "un-xml", issued)


def _entry(node: Node, kind: PartyKind) -> Draft:
    draft = Draft(node.one("REFERENCE_NUMBER") or node.one("DATAID"), node.line, kind)
    whole = " ".join(filter(None, (node.one(part) for part in _NAMES)))
    _take_names(draft, whole, "primary", several=kind == "company")
    for alias in node.all(f"{node.tag}_ALIAS"):
        _take_names(draft, alias.one("ALIAS_NAME"), quality_of(alias.one("QUALITY")))
    draft.names.extend(map(ListedName, node.texts("NAME_ORIGINAL_SCRIPT")))
    draft.programs.extend(node.texts("UN_LIST_TYPE"))
    draft.listed(node.one("LISTED_ON"))
    draft.until = draft.date(node.one("DELISTED_ON"))
    draft.countries.extend(country_codes(*node.texts("NATIONALITY", "VALUE")))
    for address in node.all(f"{node.tag}_ADDRESS"):
        draft.addresses.append(joined([address.one(field) for field in _ADDRESS]))
        draft.countries.extend(country_codes(address.one("COUNTRY")))
    for document in node.all("INDIVIDUAL_DOCUMENT"):
        if number := document.one("NUMBER"):
            draft.identifiers.append((document.one("TYPE_OF_DOCUMENT") or "Document", number))
    draft.remarks.extend(node.texts("DESIGNATION", "VALUE"))
    draft.remarks.extend(node.texts("COMMENTS1"))
    return draft


def _take_names(draft: Draft, text: str, quality: NameQuality, several: bool = True) -> None:
    for part in _SEVERAL.split(text) if several else [text]:
        draft.names.append(ListedName(part, quality))
