"""What a pack of rules holds: the texts it rests on, and what follows from them for a line of a register."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from onrecord.exposure._model import Layer, Sort

Effect = Literal["ban", "removal", "cap", "licence", "notice", "power", "advice", "gap"]
"""What kind of thing follows: nothing new may be put in; what is there must go; only a share is allowed; a
licence or permission is needed; something must be notified; an authority may step in; an authority has
advised; the line does not say what the rule needs to know."""


Part = Literal["rule", "since", "deadline"]
"""What of a rule may not be verified: all of it, or one of its days."""


class PackError(Exception):
    """A pack of rules that cannot be used: its file, the rule where it is one, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Text:
    """A law, decision or notice: its title, how it is cited, and its official address."""

    key: str
    title: str
    citation: str
    url: str


@dataclass(frozen=True, slots=True)
class Cite:
    """A place in a text: the article, section or paragraph."""

    text: Text
    at: str

    def __str__(self) -> str:
        return f"{self.text.citation}, {self.at}"


@dataclass(frozen=True, slots=True)
class Member:
    """A state's time in a group: from `since` to `until`, both days included; None where that end is open."""

    state: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of states as a text lists it. Before `known_since` its members are not known to us, so that
    no rule that speaks of the group says anything of an earlier day."""

    key: str
    known_since: str
    members: tuple[Member, ...]

    def on(self, day: str) -> frozenset[str]:
        """The states in the group on a day."""
        return frozenset(
            member.state for member in self.members if (member.since or day) <= day <= (member.until or day)
        )


@dataclass(frozen=True, slots=True)
class Applies:
    """Which lines a rule is about; every condition that is set must hold.

    `sorts` are those of the line. `states` are codes; with `group` the states that are in it on the day,
    with `outside` those that are not, save `states`. `parties` are entity keys of the catalogue.
    `listed` is a list, or part of one, on which the party's name must stand. `above` is the share of
    US-origin content over which the rule holds, `at_least` the one from which it does, `unknown` what the
    line must not say. `began_from` is the day from which what the line tells of must have begun.
    """

    sorts: tuple[Sort, ...]
    states: tuple[str, ...] = ()
    group: Group | None = None
    outside: Group | None = None
    layers: tuple[Layer, ...] = ()
    parties: tuple[str, ...] = ()
    listed: str | None = None
    above: float | None = None
    at_least: float | None = None
    unknown: Literal["us_share", "state"] | None = None
    began_from: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it is about, when it is in force, what follows (by language), and where that stands.

    `since` is the first day on which it is in force, or from which the pack follows a text that is older,
    `until` the last. `deadline` is the last day on which
    what it demands can be done in time. `unverified` are the parts that could not be read in the text
    that is cited, nor in a copy or report of it.
    """

    id: str
    effect: Effect
    applies: Applies
    since: str
    says: dict[str, str]
    cites: tuple[Cite, ...]
    until: str | None = None
    deadline: str | None = None
    unverified: tuple[Part, ...] = ()

    def holds(self, day: str) -> bool:
        """Whether the rule is in force on a day."""
        return self.since <= day <= (self.until or day)


@dataclass(frozen=True, slots=True)
class Pack:
    """Rules that belong together. `jurisdiction` is a state's code, or "international"; `checked` the day
    up to which the texts were followed."""

    id: str
    title: str
    jurisdiction: str
    checked: str
    texts: tuple[Text, ...]
    rules: tuple[Rule, ...]
    groups: tuple[Group, ...] = field(default=())
    note: str = ""
