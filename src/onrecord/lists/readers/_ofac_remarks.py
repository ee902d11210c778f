"""What OFAC writes into an entry's remarks: weak aliases, former names, identifiers, dates, states."""

from __future__ import annotations

import re

from onrecord.lists._model import ListedName
from onrecord.lists.readers._build import Draft
from onrecord.lists.readers._wording import country_codes, wording

NOTHING = "-0-"
"""What OFAC writes into an empty field."""

_ALIAS = re.compile(
    r"(?:alt\. )?([afn])\.k\.a\.,? (?:'(?P<quoted>.+)'|\"(?P<double>.+)\"|(?P<plain>.+?))\.?$", re.DOTALL
)
_STATE = re.compile(r"(?:alt\. )?(?:nationality|citizen|Nationality of Registration) (.+?)\.?$")
_COUNTRY = re.compile(r"\s*\(([^()]+)\)")
_NUMBER = re.compile(r"[^\s(;]+(?:\s(?![a-z(])[^\s(;]+)*")
_ORDER = re.compile(r"(?:EO|Executive Order )\s?(\d{5})\b")


def value(cell: str) -> str:
    """A cell of OFAC's, "" where it stands for nothing."""
    stripped = " ".join(cell.split())
    return "" if stripped == NOTHING else stripped


def programs_of(cell: str) -> list[str]:
    """Programs as the CSV files write them: "SDGT] [NS-PLC"."""
    return [part.strip(" []") for part in re.split(r"\]\s*\[|;", value(cell)) if part.strip(" []")]


def orders_of(*texts: str) -> list[str]:
    """The executive orders that are named in programs and directives: OFAC's own law for an entry."""
    return [f"Executive Order {number}" for text in texts for number in _ORDER.findall(text)]


def read_remarks(remarks: str, draft: Draft) -> None:
    """Take from remarks what belongs in fields; the remarks themselves stay as they are.

    OFAC ends remarks with a full stop. Where there is none they are cut off (the CSV files cut at 1,000
    characters), and what stands last is not read. Aliases in quotation marks are weak (OFAC FAQ 122); after
    "f.k.a." stand former names.
    """
    segments = remarks.split("; ")
    if not remarks.rstrip().endswith("."):
        segments.pop()
    for segment in segments:
        _read_segment(segment.strip(), draft)
    draft.remarks.append(remarks)


def _read_segment(segment: str, draft: Draft) -> None:
    if found := _ALIAS.match(segment):
        text = found["quoted"] or found["double"] or found["plain"]
        quoted = found["plain"] is None
        quality = "former" if found[1] == "f" else "weak" if quoted else "strong"
        draft.names.append(ListedName(text, quality))  # type: ignore[arg-type]
    elif found := _STATE.match(segment):
        draft.countries.extend(country_codes(found[1]))
    elif found := wording().listed_on.search(segment):
        draft.listed(found["date"])
        draft.citations.extend(orders_of(segment))
    elif found := wording().identifiers.match(segment):
        add_identifier(draft, found["type"], found["number"])
    elif segment.startswith("Executive Order "):
        draft.citations.extend(orders_of(segment))


def add_identifier(draft: Draft, kind: str, number: str, country: str = "") -> None:
    """An identifier, and the state that issued it to an organisation or ship."""
    found = _NUMBER.match(number.strip().rstrip("."))
    if not found or not any(character.isdigit() or character.isupper() for character in found[0]):
        return
    draft.identifiers.append((kind.strip(" -:"), found[0].rstrip(".,")))
    issued = country or next(iter(_COUNTRY.findall(number)), "")
    if issued and draft.kind in ("company", "vessel", "aircraft"):
        draft.countries.extend(country_codes(issued))
