"""The US Consolidated Screening List: CSV in the old layout (no `_id`) and the new one, and JSON.

Published by the International Trade Administration at https://www.trade.gov/consolidated-screening-list; the
fields are those of the files, for no public specification of them could be found. It joins lists of Commerce,
State and Treasury; the Entity List in it writes aliases and affiliates into free text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from onrecord.lists._model import ListedName, ReadList
from onrecord.lists.readers._build import Builder, Draft, joined, split
from onrecord.lists.readers._decode import Text
from onrecord.lists.readers._json import JsonItems
from onrecord.lists.readers._names import affiliates_in, with_aliases, with_short, without_remarks
from onrecord.lists.readers._ofac_remarks import add_identifier, orders_of
from onrecord.lists.readers._table import fits, is_cut, read_rows
from onrecord.lists.readers._wording import country_codes, kind_of, wording

COLUMNS = frozenset({"source", "entity_number", "name", "addresses", "federal_register_notice", "alt_names"})
_SOURCE = re.compile(r"(?P<name>.+?)\s*(?:\((?P<code>[^()]+)\))?\s*(?:-\s+(?P<agency>[^-]+))?")
_NOTICE = re.compile(r"\b(\d{2,3})\.?\s*F\.?\s?R\.?\s*(\d{2,6})\b")
_VOLUME = re.compile(r"Vol\.?\s*(\d{2,3}),?\s*No\.?\s*(\d{1,3})")
_EAR = re.compile(r"§\s*(7[3-7]\d\.\d+)")
_CODE = re.compile(r"(?:^|, )([A-Z]{2})$")
# Letters that the Entity List lost on its way: an apostrophe and quotation marks stand as question marks.
_LOST_GENITIVE = re.compile(r"(?<=[\w)])\?s\b")
_LOST_QUOTES = re.compile(r"\?{1,3}([^?]{1,200}?)\?{1,3}")
_AND = re.compile(r"^and\s+", re.IGNORECASE)

Record = Mapping[str, Any]


def read_csl_csv(text: Text, name: str) -> ReadList:
    """The list in CSV, in either layout."""
    reader = _Reader(name)
    rows = read_rows(text)
    header = [cell.strip() for cell in next(rows).cells]
    for row in rows:
        cells = row.under(header)
        if is_cut(row, len(header)):
            reader.builder.cut(row.line, id=cells.get("entity_number"))
        elif wrong := fits(row, len(header)):
            reader.builder.problem(row.line, cells.get("entity_number"), wrong)
        elif cells.get("name") != "name":  # The header may stand there twice.
            reader.take(_from_cells(cells), row.line)
    return reader.build("csl-csv")


def read_csl_json(text: Text, name: str) -> ReadList:
    """The list in JSON: an object with `results`, or the results alone."""
    reader = _Reader(name)
    items = JsonItems(text, "results")
    for line, item in items:
        if isinstance(item, dict) and "name" in item and "source" in item:
            reader.take(_from_json(item), line)
        else:
            reader.builder.problem(line, None, "The entry has no name and source.")
    if items.broken:
        reader.builder.cut(*items.broken)
    return reader.build("csl-json")


def _from_cells(cells: dict[str, str]) -> dict[str, Any]:
    record: dict[str, Any] = dict(cells)
    for several in ("programs", "alt_names", "addresses", "citizenships", "nationalities", "ids"):
        record[several] = split(cells.get(several, ""), "; ")
    return record


def _from_json(item: dict[str, Any]) -> dict[str, Any]:
    """A result with its parts as the CSV has them."""
    record: dict[str, Any] = {key: _text(value) for key, value in item.items()}
    for several in ("programs", "alt_names", "citizenships", "nationalities"):
        record[several] = _texts(item.get(several))
    record["addresses"] = [
        joined([_text(part.get(key)) for key in ("address", "city", "state", "postal_code", "country")])
        for part in _dicts(item.get("addresses"))
    ]
    record["ids"] = [
        joined([_text(part.get(key)) for key in ("type", "number", "country")])
        for part in _dicts(item.get("ids"))
    ]
    return record


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _texts(value: object) -> list[str]:
    several = value if isinstance(value, list) else split(value, "; ") if isinstance(value, str) else []
    return [text for text in map(_text, several) if text]


def _dicts(value: object) -> list[dict[str, Any]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


class _Reader:
    """Takes records; at the end ties affiliates to the parties that they belong to."""

    def __init__(self, name: str) -> None:
        self.builder = Builder(name, "the Consolidated Screening List's")
        self.seen: dict[bytes, int] = {}
        self.belonging: list[_Belonging] = []

    def take(self, record: Record, line: int) -> None:
        """Take a record as its cells or its JSON give it."""
        whole = hashlib.sha1(repr(record).encode(), usedforsecurity=False).digest()
        if first := self.seen.get(whole):
            number = record.get("entity_number") or record.get("_id")
            self.builder.problem(line, number, f"The entry stands already on line {first}.")
            return
        self.seen[whole] = line
        found = _SOURCE.fullmatch(record["source"][:300]) if record["source"] else None
        source = found["name"] if found else record["source"]
        code = (found["code"] or source if found else source).removesuffix(" List")
        draft = Draft("", line, kind_of(record.get("type", "")), source=source)
        if draft.kind == "other" and record.get("entity_number"):
            draft.kind = "company"
        said, parts = _fill(draft, record, is_bis="Industry and Security" in record["source"])
        draft.id = self._id(code, draft, record, said)
        if self.builder.add(draft):
            if said:
                self.belonging.append(_Belonging(code, draft, parent=said))
            self.belonging.extend(_Belonging(code, draft, part=_AND.sub("", part)) for part in parts)

    def _id(self, code: str, draft: Draft, record: Record, said: str) -> str:
        """The number in OFAC's list under the part's code; where there is none, one made of what names the
        entry, the same in every version and layout."""
        if number := record.get("entity_number"):
            return f"{code}-{number}"
        names = [said, *(name.text.casefold() for name in draft.names[:1])]
        made = _made(code, *names)
        notices = [record.get("federal_register_notice", "")]
        for more in (draft.countries, draft.since, record["addresses"], notices):
            if not self.builder.known(made):
                break
            names.extend(more)
            made = _made(code, *names)
        return made

    def build(self, format: Literal["csl-csv", "csl-json"]) -> ReadList:
        """The list, with its affiliates."""
        self._tie()
        title = "Consolidated Screening List"
        return self.builder.build("us-csl", title, "US International Trade Administration", format, None)

    def _tie(self) -> None:
        """Give each affiliate the id of its party. Whoever is named so and has no entry of its own becomes a
        party on the word of the entry that names it."""
        ids: dict[tuple[str, str], str] = {}
        for party in self.builder.parties:
            for name in party.names:
                ids.setdefault((party.source, _folded(name.text)), party.id)
        tied: dict[str, str] = {}
        for belonging in self.belonging:
            names = with_short(with_aliases(belonging.parent or belonging.part))
            keys = [(belonging.draft.source, _folded(name.text)) for name in names]
            other = next((ids[key] for key in keys if key in ids), None)
            if other is None and names and (made := self.builder.add(belonging.party(names))):
                other = made.id
                for key in keys:
                    ids.setdefault(key, other)
            if other and other != belonging.draft.id:
                pair = (belonging.draft.id, other)
                part, parent = pair if belonging.parent else pair[::-1]
                if tied.get(parent) != part:
                    tied.setdefault(part, parent)
        self.builder.parties[:] = [
            replace(party, affiliate_of=tied[party.id]) if party.id in tied else party
            for party in self.builder.parties
        ]


@dataclass(frozen=True, slots=True)
class _Belonging:
    """That an entry says its party belongs to a `parent`, or that a `part` belongs to its party."""

    code: str
    draft: Draft
    parent: str = ""
    part: str = ""

    def party(self, names: list[ListedName]) -> Draft:
        """The one named, as a party on the word of the entry."""
        entry = self.draft
        made = Draft(_made(self.code, "", names[0].text.casefold()), entry.line, "company", list(names))
        made.source, made.url, made.until = entry.source, entry.url, entry.until
        made.programs, made.citations, made.since = entry.programs, entry.citations, entry.since
        made.remarks = [f"Named in the entry of {entry.names[0].text}"]
        return made


def _fill(draft: Draft, record: Record, is_bis: bool) -> tuple[str, list[str]]:
    """Take a record's fields. Gives the party that its name says it belongs to ("" where it says none), and
    those that its free text says belong to it."""
    mend = _mended if is_bis else str
    name, remark = without_remarks(mend(record["name"]))
    said, parts = "", []
    if is_bis and (affiliates := affiliates_in(name)):
        if len(affiliates.parts) == 1:
            said, name = affiliates.parent, affiliates.parts[0]
        else:
            name, parts = affiliates.parent, list(affiliates.parts)
    aliases = [_AND.sub("", mend(alias)) for alias in record["alt_names"]]
    addresses = [mend(address) for address in record["addresses"]]
    if is_bis:
        aliases, more = _without_affiliates(aliases, name)
        addresses, others = _without_affiliates(addresses, name)
        parts = [*parts, *more, *others]
    draft.names.extend(with_aliases(name, "primary"))
    for alias in aliases:
        draft.names.extend(with_aliases(alias))
    if is_bis:
        draft.names[:] = with_short(draft.names)
    draft.addresses.extend(addresses)
    for address in addresses:
        if code := _CODE.search(address.strip()):
            draft.countries.extend(country_codes(code[1]))
    draft.countries.extend(country_codes(*record["nationalities"], *record["citizenships"]))
    draft.countries.extend(country_codes(record.get("vessel_flag", "")))
    draft.programs.extend(record["programs"])
    draft.citations.extend(_citations(record))
    draft.listed(record.get("start_date", ""))
    draft.until = draft.date(record.get("end_date", ""))
    for identifier in record["ids"]:
        _take_id(identifier, draft)
    fields = ("title", "remarks", "license_requirement", "license_policy")
    draft.remarks.extend((remark, *(mend(record.get(field, "")) for field in fields)))
    draft.url = record.get("source_information_url") or record.get("source_list_url")
    return said, parts


def _without_affiliates(texts: list[str], name: str) -> tuple[list[str], list[str]]:
    """Aliases or addresses, and the affiliates in them. A phrase that opens a list of affiliates holds for
    all that stands behind it, for semicolons part both."""
    for at, text in enumerate(texts):
        for written, own in ((text, [text]), (f"{name}, and {text}", [])):
            found = affiliates_in(written)
            if found and (not own or _folded(found.parent) == _folded(name)):
                return texts[:at], [*found.parts, *texts[at + 1 :]]
            if found:
                return [*texts[:at], found.parent], [*found.parts, *texts[at + 1 :]]
    return texts, []


def _made(*parts: str) -> str:
    digest = hashlib.sha1("|".join(parts).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
    return f"{parts[0]}-{digest[:12]}"


def _folded(name: str) -> str:
    return re.sub(r"\W+", " ", name.casefold()).strip()


def _mended(text: str) -> str:
    return " ".join(_LOST_QUOTES.sub(r'"\1"', _LOST_GENITIVE.sub("'s", text)).split())


def _citations(record: Record) -> Iterator[str]:
    notice = record.get("federal_register_notice", "")
    found = [f"{volume} FR {page}" for volume, page in _NOTICE.findall(notice)]
    found.extend(
        f"Federal Register Vol. {volume}, No. {number}" for volume, number in _VOLUME.findall(notice)
    )
    yield from found or [notice]
    for section in _EAR.findall(record.get("license_requirement", "")):
        yield f"15 CFR {section}"
    yield from orders_of(*record["programs"], *(part.partition(",")[0] for part in record["ids"]))


def _take_id(text: str, draft: Draft) -> None:
    """An identifier as "Tax ID No., 7703010975, RU" (new layout) or "RU, 7703010975, Tax ID No." (old)."""
    parts = [part.strip() for part in text.split(", ")]
    if found := wording().listed_on.search(" ".join(parts)):
        draft.listed(found["date"])
        return
    for at, part in enumerate(parts):
        if wording().identifiers.match(f"{part} 1") and len(parts) > 1:
            number = parts[at + 1] if at + 1 < len(parts) and len(parts[at + 1]) > 2 else parts[at - 1]
            country = next((part for part in parts if re.fullmatch(r"[A-Z]{2}", part)), "")
            if not re.fullmatch(r"[A-Z]{2}", number):
                add_identifier(draft, part, number, country)
            return
