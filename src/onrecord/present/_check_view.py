"""A check of a register in words: what touches which line, how, since when, by whose word; and what was not
looked at.

It is never said that all is well with a register: where nothing was found, what was looked at is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal

from onrecord.exposure import (
    BadLine,
    Check,
    Finding,
    FindingKind,
    Looked,
    Register,
    RegisterLine,
    Step,
    by_lines,
    finding_sentence,
    note_sentence,
    outlines,
)
from onrecord.present._catalogue import ENGLISH, capital, fill, number
from onrecord.present._dates import all_in_words
from onrecord.present._likeness import reason_told
from onrecord.present._plain import plain
from onrecord.present._wording import Wording

GRAVITY: tuple[FindingKind, ...] = (
    "list-hit", "restriction", "rule", "affiliate-hit", "chain", "case", "dispute", "permission"
)  # fmt: skip
"""The kinds of findings, the gravest first: what binds by law, then what may lead to it, then what is open or
speaks for the party."""

_PLACE = {kind: place for place, kind in enumerate(GRAVITY)}

SIDES: dict[FindingKind, str] = {
    "list-hit": "against", "restriction": "against", "rule": "against", "affiliate-hit": "open",
    "chain": "open", "case": "open", "dispute": "open", "permission": "for",
}  # fmt: skip
"""The side that a kind is on, as positions have it, for its colour."""


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """A finding in words. `language` is that of `what`; `reach` is how it is reached, `details` by whose
    word, from where and the like."""

    finding: Finding
    kind: str
    side: str
    what: str
    language: str
    since: str
    reach: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What was found on a line of the register, the gravest first."""

    line: int
    heading: str
    note: str
    findings: tuple[ToldFinding, ...]


class CheckView(Wording):
    """A check in words. Every text is plain, to be escaped by the format that shows it. `register` is what
    was checked; without it, lines have their numbers alone. `told` gives in the language what is said in
    English of lines that cannot be used, and of how the register was read."""

    def __init__(
        self,
        check: Check,
        register: Register | None,
        language: str = ENGLISH,
        told: Callable[[str], str] = str,
    ) -> None:
        super().__init__((), language)
        self.check = check
        self._told = told
        self._messages: Any = self.messages["check"]
        self.lines: dict[int, RegisterLine] = {line.line: line for line in register.lines} if register else {}
        self.remarks = tuple(plain(told(one)) for one in register.remarks) if register else ()
        self.name = self.say("title")
        # Of each touched line how grave what is on it is, the gravest first; and how many findings are new.
        self._gravest: dict[int, tuple[int, int]] = {}
        self._new = 0
        for line, kind, steps, new in outlines(check.findings):
            weight = _PLACE[kind], steps
            if line not in self._gravest or weight < self._gravest[line]:
                self._gravest[line] = weight
            self._new += new
        self.touched = len(self._gravest)

    def say(self, key: str, *, n: int | None = None, **fields: object) -> str:
        """A message of a check. `n` is the number with which it agrees; a field that is None is not known."""
        filled = {name: None if value is None else str(value) for name, value in fields.items()}
        if n is not None:
            filled["n"] = number(n, self.language)
        return fill(str(self._messages[key]), filled, plural=n is not None and n != 1)

    def kind(self, code: str) -> str:
        """What a kind of findings is called."""
        return str(self._messages["kinds"][code])

    def column(self, key: str) -> str:
        """The heading of a column."""
        return str(self._messages["columns"][key])

    def sort(self, line: RegisterLine) -> str:
        """What a line tells of."""
        return str(self._messages["sorts"][line.sort])

    def layer(self, line: RegisterLine) -> str:
        """Where in a network; empty where the line does not say."""
        return str(self._messages["layers"][line.layer]) if line.layer else ""

    def score(self, value: float) -> str:
        """How alike two names are, between 0 and 1."""
        return str(format_decimal(round(value, 2), "0.00", locale=self.messages["language"]))

    def as_of(self) -> str:
        """The day that the check is of."""
        return self.words("as_of", date=self.date(self.check.as_of))

    def summary(self) -> tuple[str, ...]:
        """How many lines were checked, what was found, what changed; a sentence each."""
        check = self.check
        told = [self.say("lines", n=check.lines)]
        if check.findings:
            told.append(self.say("found", n=len(check.findings), lines=number(self.touched, self.language)))
        elif check.looked:
            looked = "; ".join(f"{self.looked_name(one)} ({self.age(one)})" for one in check.looked)
            told.append(self.say("nothing", looked=looked))
        else:
            told.append(self.say("nothing_at_all"))
        if check.last is None:
            told.append(self.say("first"))
        else:
            new = number(self._new, self.language)
            gone = number(len(check.gone), self.language)
            told.append(self.say("since_last", date=self.date(check.last[:10]), new=new, gone=gone))
        return tuple(told)

    def groups(self, most: int | None = None) -> tuple[Group, ...]:
        """The findings by lines, those with the gravest first; of `most` findings at most."""
        return tuple(self.each_group(most))

    def each_group(self, most: int | None = None) -> Iterator[Group]:
        """The same one by one."""
        left = len(self.check.findings) if most is None else most
        lines = sorted(self._gravest, key=lambda line: (*self._gravest[line], line))
        by_line = by_lines(self.check.findings)
        for line in lines:
            if left <= 0:
                break
            told = tuple(map(self.told, sorted(by_line(line), key=_weight)[:left]))
            left -= len(told)
            yield Group(line, self.heading(line), self.note(line), told)

    def left(self, most: int) -> str:
        """How many findings are not among `most`; empty where all are."""
        more = len(self.check.findings) - most
        return self.say("left", n=more) if more > 0 else ""

    def heading(self, number: int) -> str:
        """A line of the register by its number and party."""
        line = self.lines.get(number)
        head = self.say("line", line=number)
        return f"{head}: {plain(line.party)}" if line is not None else head

    def note(self, number: int) -> str:
        """What else a line of the register says."""
        line = self.lines.get(number)
        if line is None:
            return ""
        own = plain(line.id) if line.id != str(number) else ""
        where = self.say("where", state=self.bare(line.state)) if line.state else ""
        run_by = self.say("run_by", operator=plain(line.operator)) if line.operator else ""
        told = (own, self.sort(line), self.layer(line), plain(line.goods or ""), where, run_by)
        return ", ".join(filter(None, told))

    def told(self, finding: Finding) -> ToldFinding:
        """A finding in words."""
        return ToldFinding(
            finding,
            self.kind(finding.kind),
            SIDES[finding.kind],
            *self._what(finding),
            self.date(finding.since) if finding.since else self.messages["words"]["none"],
            self.reach(finding),
            tuple(self._details(finding)),
        )

    def _what(self, finding: Finding) -> tuple[str, str]:
        """The sentence of a finding, in this language where there is one, and its language."""
        called = {"stage": self.messages["cases"]["stages"], "topic": self.messages["topics"]}
        told = finding_sentence(finding, self.language, self.bare, called)
        said, language = (finding.what, ENGLISH) if told is None else (told, self.language)
        return plain(all_in_words(said, language)), language

    def reach(self, finding: Finding) -> str:
        """How a finding is reached from the line's party, and about whom it is where that is another."""
        if not finding.steps:
            line = self.lines.get(finding.line)
            direct = self.say("directly")
            own = line is not None and finding.about.casefold() == line.party.casefold()
            if own or not finding.about:
                return direct
            return f"{direct}, {self.say('about', party=self.bare(finding.about))}"
        return self.say("by_steps", n=len(finding.steps), steps="; ".join(map(self.step, finding.steps)))

    def step(self, step: Step) -> str:
        """A link of a chain as a short sentence."""
        messages = self._messages["steps"]
        fields = {"actor": self.bare(step.actor), "by": plain(step.by), "target": self.bare(step.target)}
        return fill(str(messages.get(step.by, messages["else"])), fields)

    def statements(self, finding: Finding) -> int:
        """How many statements are behind a finding; of very many it names but some."""
        return max(finding.told, len(finding.statements))

    def named(self, finding: Finding) -> str:
        """What stands over the ids of a finding's statements, of which it may name but some."""
        some = len(finding.statements) < self.statements(finding)
        return self.say("ids_some", n=len(finding.statements)) if some else self.say("ids")

    def explanation(self, finding: Finding) -> str:
        """How the names match."""
        return plain(reason_told(finding.explanation, self.language))

    def voices(self, finding: Finding) -> str:
        """By whose word."""
        return ", ".join(map(self.bare, finding.words_of))

    def source(self, finding: Finding) -> str:
        """The list or rule with its version and its age, where that is known."""
        rule, _, day = finding.source.rpartition(", checked ")
        if finding.kind == "rule" and rule:
            return self.say("rule_checked", rule=plain(rule), date=self.date(day))
        source = all_in_words(plain(finding.source), self.language)
        named = (one for one in self.check.looked if one.name and finding.source.startswith(one.name))
        found = max(named, key=lambda one: len(one.name), default=None)
        return f"{source} ({self.age(found)})" if source and found is not None else source

    def _details(self, finding: Finding) -> list[str]:
        told = []
        if finding.words_of:
            told.append(self.say("words_of", names=self.voices(finding)))
        if finding.origins:
            told.append(self.say("origins", n=finding.origins))
        if statements := self.statements(finding):
            told.append(self.say("statements", n=statements))
        if finding.source:
            told.append(self.say("source", source=self.source(finding)))
        if finding.citation:
            told.append(plain(finding.citation))
        if finding.score is not None:
            score = self.say("score", score=self.score(finding.score))
            why = self.explanation(finding)
            told.append(f"{score} ({why})" if why else score)
        return told

    def age(self, looked: Looked) -> str:
        """How old something is that was looked at."""
        return self.say("days", n=looked.days) if looked.days is not None else self.say("no_age")

    def looked_name(self, looked: Looked) -> str:
        """What something is called that was looked at."""
        return self.say("the_record") if looked.kind == "record" else plain(looked.name)

    def looked(self) -> tuple[Looked, ...]:
        """What was looked at: lists stand first, and the oldest of each kind."""
        return tuple(
            sorted(self.check.looked, key=lambda one: (one.kind != "list", -(one.days or 0), one.name))
        )

    def looked_rows(self) -> tuple[tuple[str, str, str, str, str], ...]:
        """What was looked at, in that order: name, what it is, its day, its age, how much it holds."""
        none = str(self.messages["words"]["none"])
        return tuple(
            (
                capital(self.looked_name(one)) if one.kind == "record" else self.looked_name(one),
                str(self._messages["looked"][one.kind]),
                self.date(one.as_of[:10]) if one.as_of else none,
                self.age(one),
                number(one.size, self.language),
            )
            for one in self.looked()
        )

    def gone(self) -> tuple[str, ...]:
        """The findings of the last check that are no more."""
        return tuple(
            f"{self.heading(finding.line)}: {self.kind(finding.kind)}. {self._what(finding)[0]}"
            for finding in sorted(self.check.gone, key=_weight)
        )

    def unseen(self) -> tuple[str, ...]:
        """What was not looked at."""
        check = self.check
        notes = [note_sentence(note, self.language) for note in check.notes]
        if len(notes) != len(check.unseen):
            notes = [None] * len(check.unseen)
        told = (
            all_in_words(plain(note or english), self.language if note else ENGLISH)
            for note, english in zip(notes, check.unseen, strict=True)
        )
        return tuple(told) or (self.say("unseen_none"),)

    def bad(self) -> tuple[str, ...]:
        """The lines that could not be used."""
        return tuple(map(self._bad, self.check.bad))

    def _bad(self, bad: BadLine) -> str:
        column = plain(bad.column) if bad.column is not None else None
        return self.say("at_line", line=bad.line, column=column, message=plain(self._told(bad.message)))

    def lists(self) -> tuple[tuple[str, str, Sequence[str]], ...]:
        """The parts below the findings that are lists, each with an id, its heading and its items."""
        parts = (
            ("gone", self.say("gone"), self.gone()),
            ("bad", self.say("bad"), self.bad()),
            ("read", self.say("read"), self.remarks),
            ("unseen", self.say("unseen"), self.unseen()),
        )
        return tuple((key, capital(heading), items) for key, heading, items in parts if items)


def _weight(finding: Finding) -> tuple[int, int, int, str]:
    """The gravest first; of one kind what is nearest, then by lines."""
    return _PLACE[finding.kind], len(finding.steps), finding.line, finding.id
