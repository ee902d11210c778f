"""The US Consolidated Screening List: CSV in the old layout (no `_id`) and the new one, and JSON.

Specification: International Trade Administration, "Consolidated Screening List: data dictionary". It joins lists
of Commerce, State and Treasury; the Entity List in it writes aliases and affiliates into its free text.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from onrecord.lists._model import ListedName, Party, ReadList
from onrecord.lists.readers._build import Builder, Draft, joined, split
from onrecord.lists.readers._decode import Text
from onrecord.lists.readers._json import JsonItems
from onrecord.lists.readers._names import affiliates_in, clean, with_aliases, with_short, without_remarks
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
_LOST_QUOTES = re.compile(r"\?+([^?]+?)\?+")
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
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) else ""


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
        self.parents: dict[str, tuple[str, str, Draft]] = {}

    def take(self, record: Record, line: int) -> None:
        whole = hashlib.sha1(json.dumps(record, sort_keys=True).encode(), usedforsecurity=False).digest()
        if first := self.seen.get(whole):
            number = record.get("entity_number") or record.get("_id")
            self.builder.problem(line, number, f"The entry stands already on line {first}.")
            return
        self.seen[whole] = line
        found = _SOURCE.fullmatch(record["source"]) if record["source"] else None
        source, code = (found["name"], found["code"] or found["name"]) if found else (record["source"], "")
        draft = Draft("", line, kind_of(record.get("type", "")), source=source)
        said = self._fill(draft, record, is_bis="Industry and Security" in record["source"])
        if draft.kind == "other" and record.get("entity_number"):
            draft.kind = "company"
        draft.id = self._id(code.removesuffix(" List"), draft, record, said)
        if said:
            draft.affiliate_of = "?"
            self.parents.setdefault(draft.id, (said, code.removesuffix(" List"), draft))
        if self.builder.add(draft):
            return
        self.parents.pop(draft.id, None)

    def _fill(self, draft: Draft, record: Record, is_bis: bool) -> str:
        """Take a record's fields; gives the party that its name says it belongs to, "" where it says none."""
        mend = _mended if is_bis else str
        name, remark = without_remarks(mend(record["name"]))
        said = ""
        if is_bis and (affiliates := affiliates_in(name)):
            said, name = affiliates.parent, affiliates.parts[0]
            draft.names.extend(ListedName(part) for part in affiliates.parts[1:])
        draft.names[:0] = with_aliases(name, "primary")
        for alias in record["alt_names"]:
            draft.names.extend(with_aliases(_AND.sub("", mend(alias))))
        if is_bis:
            draft.names[:] = with_short(draft.names)
        for address in record["addresses"]:
            draft.addresses.append(mend(address))
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
        return said

    def _id(self, code: str, draft: Draft, record: Record, said: str) -> str:
        """The number in OFAC's list under the part's code; where there is none, one made of what names the entry,
        the same in every version and layout."""
        if number := record.get("entity_number"):
            return f"{code}-{number}"
        names = [said, *(name.text.casefold() for name in draft.names[:1])]
        made = _made(code, *names)
        for more in (
            draft.countries,
            [*draft.since],
            record["addresses"],
            [record["federal_register_notice"]],
        ):
            if not self.builder.known(made):
                break
            names.extend(more)
            made = _made(code, *names)
        return made

    def build(self, format: Any) -> ReadList:
        self._tie()
        title = "Consolidated Screening List"
        return self.builder.build("us-csl", title, "US International Trade Administration", format, None)

    def _tie(self) -> None:
        """Put the ids of parents in; one that has no entry of its own becomes a party on the word of the entries
        that name it."""
        ids: dict[tuple[str, str], str] = {}
        for party in self.builder.parties:
            if party.affiliate_of is None:
                for name in party.names:
                    ids.setdefault((party.source, _folded(name.text)), party.id)
        tied: dict[str, str] = {}
        for id, (said, code, draft) in self.parents.items():
            parent = with_short(with_aliases(said))
            known = next(
                (found for name in parent if (found := ids.get((draft.source, _folded(name.text))))), None
            )
            if known is None and (made := self._parent(said, code, parent, draft)):
                known = made.id
                for name in made.names:
                    ids.setdefault((draft.source, _folded(name.text)), known)
            if known:
                tied[id] = known
        self.builder.parties[:] = [
            replace(party, affiliate_of=tied.get(party.id)) if party.affiliate_of else party
            for party in self.builder.parties
        ]

    def _parent(self, said: str, code: str, names: list[ListedName], draft: Draft) -> Party | None:
        parent = Draft(_made(code, said.casefold()), draft.line, "company", list(names), draft.source)
        parent.citations, parent.since = list(draft.citations), list(draft.since)
        parent.countries, parent.url = list(draft.countries[:1]), draft.url
        parent.remarks = [f"Named in the entry of {draft.names[0].text}"]
        return None if self.builder.known(parent.id) else self.builder.add(parent)


def _made(*parts: str) -> str:
    digest = hashlib.sha1("|".join(parts).encode(), usedforsecurity=False).hexdigest()
    return f"{parts[0]}-{digest[:12]}"


def _folded(name: str) -> str:
    return re.sub(r"\W+", " ", name.casefold()).strip()


def _mended(text: str) -> str:
    return clean(_LOST_QUOTES.sub(r'"\1"', _LOST_GENITIVE.sub("'s", text)))


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
