"""OFAC's SDN and non-SDN lists in their classic XML (sdn.xml, consolidated.xml).

Specification: OFAC, schema `sdnList`, as published beside the file.
"""

from __future__ import annotations

from onrecord.lists._model import ListedName, ReadList
from onrecord.lists.readers._build import Builder, Draft, joined
from onrecord.lists.readers._dates import DateError, read_date
from onrecord.lists.readers._ofac_csv import PUBLISHER, TITLES, list_of
from onrecord.lists.readers._ofac_remarks import add_identifier, orders_of, read_remarks
from onrecord.lists.readers._wording import country_codes, kind_of, quality_of, wording
from onrecord.lists.readers._xml import Node, XmlStream


def read_ofac_xml(data: bytes, name: str) -> ReadList:
    """The list in a file whose outermost element is `sdnList`."""
    builder = Builder(name, "OFAC's")
    issued = None
    stream = XmlStream(data, name, ("sdnEntry", "publshInformation", "publishInformation"))
    for node in stream:
        if node.tag == "sdnEntry":
            builder.add(_entry(node))
        else:
            try:
                issued = read_date(node.one("Publish_Date"), "month")
            except DateError as error:
                builder.problem(node.line, None, f"Publish_Date: {error}")
    if stream.broken:
        builder.cut(*stream.broken)
    short = list_of(builder, name)
    return builder.build(short, TITLES[short], PUBLISHER, "ofac-xml", issued)


def _entry(node: Node) -> Draft:
    draft = Draft(node.one("uid"), node.line, kind_of(node.one("sdnType")))
    draft.names.append(ListedName(_name(node), "primary"))
    for alias in node.all("akaList", "aka"):
        weak = alias.one("category").lower() == "weak"
        quality = quality_of(alias.one("type"))
        draft.names.append(ListedName(_name(alias), "weak" if weak and quality != "former" else quality))
    draft.programs.extend(node.texts("programList", "program"))
    draft.citations.extend(orders_of(*draft.programs))
    for identifier in node.all("idList", "id"):
        _identifier(identifier, draft)
    for address in node.all("addressList", "address"):
        fields = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
        draft.addresses.append(joined([address.one(field) for field in fields]))
        draft.countries.extend(country_codes(address.one("country")))
    for path in (("nationalityList", "nationality"), ("citizenshipList", "citizenship")):
        draft.countries.extend(country_codes(*(state.one("country") for state in node.all(*path))))
    for vessel in node.all("vesselInfo"):
        if call_sign := vessel.one("callSign"):
            draft.identifiers.append(("Call sign", call_sign))
        draft.countries.extend(country_codes(vessel.one("vesselFlag")))
        if owner := vessel.one("vesselOwner"):
            draft.remarks.append(f"Owner: {owner}")
    if title := node.one("title"):
        draft.remarks.append(f"Title: {title}")
    if remarks := node.one("remarks"):
        read_remarks(remarks, draft)
    return draft


def _name(node: Node) -> str:
    """The name as OFAC leads with it: the family name first."""
    return joined((node.one("lastName"), node.one("firstName")))


def _identifier(node: Node, draft: Draft) -> None:
    kind, number, country = node.one("idType"), node.one("idNumber"), node.one("idCountry")
    text = f"{kind} {number}"
    if found := wording().listed_on.search(text):
        draft.listed(found["date"])
        draft.citations.extend(orders_of(kind))
    elif wording().identifiers.match(text):
        add_identifier(draft, kind, number, country)
    else:
        draft.remarks.append(text.strip())
        draft.citations.extend(orders_of(kind))
