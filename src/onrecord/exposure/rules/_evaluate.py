"""Which rules of the packs apply to which lines of a register, as of a day."""

from __future__ import annotations

import hashlib
import json
import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from onrecord.exposure._model import Finding, RegisterLine
from onrecord.exposure.rules._model import Applies, Pack, Rule
from onrecord.exposure.rules._packs import packs as all_packs
from onrecord.ledger import BadDate

_WORDING = Path(__file__).parent / "wording.yaml"
_FORM = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NOBODY: frozenset[str] = frozenset()
_encode = json.JSONEncoder(separators=(",", ":")).encode

Listed = Callable[[str], tuple[str, ...]]
"""Gives the lists, or parts of lists, on which a party's name stands ("Entity List")."""


def rule_findings(
    lines: Sequence[RegisterLine],
    *,
    as_of: str,
    key_of: Callable[[str], str | None],
    listed: Listed | None = None,
    packs: Sequence[Pack] | None = None,
    language: str = "en",
) -> list[Finding]:
    """What the rules in force at the end of `as_of` say of the lines, in the order of the lines, then of
    the packs.

    `key_of` gives the key of the entity that a party's name means, None where it means none that is known.
    Without `listed`, rules that ask on which list a party stands say nothing. `packs` are those that come
    with the program where none are given. A rule that has no sentence in `language` says it in English; in
    its other languages it stands in `values`. `BadDate` where `as_of` is no date.
    """
    day = _day(as_of)
    active = [
        _Active(pack, rule, day, language)
        for pack in (all_packs() if packs is None else packs)
        for rule in pack.rules
        if rule.holds(day) and _known(rule.applies, day)
    ]
    by_place: dict[tuple[str, str | None], list[_Active]] = {}
    keys: dict[str, str | None] = {}
    standing: dict[str, tuple[str, ...]] = {}
    told: dict[str, int] = {}
    found: list[Finding] = []
    for line in lines:
        place = (line.sort, line.state)
        if place not in by_place:
            by_place[place] = [one for one in active if one.about(*place)]
        for one in by_place[place]:
            applies = one.rule.applies
            if applies.parties:
                if line.party not in keys:
                    keys[line.party] = key_of(line.party)
                if keys[line.party] not in applies.parties:
                    continue
            if applies.listed is not None:
                if listed is None:
                    continue
                if line.party not in standing:
                    standing[line.party] = listed(line.party)
                asked = applies.listed.casefold()
                if not any(asked in name.casefold() for name in standing[line.party]):
                    continue
            notes = one.notes(line)
            if notes is not None:
                found.append(one.finding(line, notes, told))
    return found


def _day(as_of: str) -> str:
    """The last day of `as_of`. `BadDate` where it is none."""
    if _FORM.fullmatch(as_of):
        try:
            date.fromisoformat((as_of + "-01-01")[:10])
        except ValueError:
            pass
        else:
            return _last(as_of)
    raise BadDate(f"'{as_of}' is no date. Write a year, month or day as 2019, 2019-01 or 2019-01-24.")


@lru_cache(maxsize=16_384)
def _last(value: str) -> str:
    """The last day of a date cut to its precision."""
    if len(value) == len("2019"):
        return value + "-12-31"
    if len(value) == len("2019-01"):
        return f"{value}-{monthrange(int(value[:4]), int(value[5:]))[1]:02}"
    return value


def _known(applies: Applies, day: str) -> bool:
    groups = (group for group in (applies.group, applies.outside) if group is not None)
    return all(group.known_since <= day for group in groups)


@cache
def _wording(language: str) -> dict[str, Any]:
    told: dict[str, dict[str, Any]] = yaml.safe_load(_WORDING.read_text("utf-8"))
    return told.get(language, told["en"])


def _named(names: Sequence[str], language: str) -> str:
    """Layers by name, as in "core, radio or transport"."""
    words = _wording(language)
    *first, last = (str(words["layers"][name]) for name in names)
    return words["or"].join([", ".join(first), last]) if first else last


@dataclass(slots=True)
class _Active:
    """A rule in force, with all that is the same for every line."""

    pack: Pack
    rule: Rule
    day: str
    language: str
    inside: frozenset[str] = _NOBODY
    outside: frozenset[str] = _NOBODY
    what: str = ""
    others: tuple[tuple[str, str], ...] = ()
    source: str = ""
    citation: str = ""
    phase: str = ""

    def __post_init__(self) -> None:
        rule, applies = self.rule, self.rule.applies
        self.inside = applies.group.on(self.day) if applies.group else frozenset(applies.states)
        if applies.outside:
            self.inside, self.outside = _NOBODY, applies.outside.on(self.day) | frozenset(applies.states)
        if self.language not in rule.says:
            self.language = "en"
        if rule.deadline:
            self.phase = "ahead" if self.day <= rule.deadline else "past"
        self.what = self._says(self.language)
        self.others = tuple(
            (language, self._says(language)) for language in rule.says if language != self.language
        )
        self.source = f"{self.pack.id}/{rule.id}, checked {self.pack.checked}"
        self.citation = "; ".join(map(str, rule.cites))

    def _says(self, language: str) -> str:
        """What the rule says of any line, in one of its languages."""
        rule, words = self.rule, _wording(language)
        parts = [rule.says[language]]
        if rule.deadline:
            parts.append(words[self.phase].format(day=rule.deadline))
        return " ".join([*parts, *(words["unverified"][part] for part in rule.unverified)])

    def about(self, sort: str, state: str | None) -> bool:
        """Whether the rule can be about lines of that sort and state."""
        applies = self.rule.applies
        if sort not in applies.sorts:
            return False
        if applies.unknown == "state":
            return state is None
        if applies.outside:
            return state is not None and state not in self.outside
        if applies.group or applies.states:
            return state in self.inside
        return True

    def notes(self, line: RegisterLine) -> list[tuple[str, str]] | None:
        """What to add to the rule's sentence for a line, each by its wording and the day that stands in it;
        None where the rule is not about it after all."""
        rule, applies = self.rule, self.rule.applies
        share = line.us_share
        if applies.above is not None and (share is None or share <= applies.above):
            return None
        if applies.at_least is not None and (share is None or share < applies.at_least):
            return None
        if applies.unknown == "us_share" and share is not None:
            return None
        notes: list[tuple[str, str]] = []
        if applies.layers and line.layer not in applies.layers:
            if line.layer is not None:
                return None
            notes.append(("no_layer", ""))
        if applies.began_from:
            if line.since is None:
                notes.append(("no_since", applies.began_from))
            elif _last(line.since) < applies.began_from:
                return None
        if line.until is not None:
            if rule.deadline and _last(line.until) > rule.deadline:
                notes.append(("runs_past", line.until))
            elif _last(line.until) < self.day:
                notes.append(("ended", line.until))
        return notes

    def _with(self, said: str, notes: Sequence[tuple[str, str]], language: str) -> str:
        """A sentence of the rule with what is to be added."""
        if not notes:
            return said
        words, layers = _wording(language), self.rule.applies.layers
        named = _named(layers, language) if layers else ""
        return " ".join([said, *(words[key].format(day=day, named=named) for key, day in notes)])

    def finding(self, line: RegisterLine, notes: Sequence[tuple[str, str]], told: dict[str, int]) -> Finding:
        """The finding, with an id that another check gives it too: from the rule, whether its deadline is
        past, and what the line says, not from where it stands in the file."""
        own = line.id if line.id != str(line.line) else ""
        parts = [
            "rule", self.pack.id, self.rule.id, self.phase, own, line.sort, line.party, line.operator,
            line.state, line.layer, line.goods,
        ]  # fmt: skip
        made = hashlib.sha256(_encode(parts).encode()).hexdigest()[:12]
        # Lines that say the same are told apart by their order.
        again = told[made] = told.get(made, 0) + 1
        return Finding(
            id=made if again == 1 else f"{made}-{again}",
            line=line.line,
            kind="rule",
            about=line.party,
            what=self._with(self.what, notes, self.language),
            since=self.rule.since,
            source=self.source,
            citation=self.citation,
            values=tuple((language, self._with(said, notes, language)) for language, said in self.others),
        )
