"""What touches a party: a finding before it is laid on the lines that name the party, and its sentence."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from onrecord.exposure._data import load
from onrecord.exposure._model import Finding, FindingKind, Note, Step

Label = Callable[[str], str]
"""Gives the name by which a reader is shown an entity, by its key."""

LANGUAGES = ("da", "nl")
"""The languages beside English in which findings are told (data/sentences.*.yaml)."""

_KEYED = frozenset({"actor", "party", "end", "other", "denier"})
_PART = re.compile(r"\[([^\[\]]*)\]")
_FIELD = re.compile(r"\{(\w+)(#?)\}")


@dataclass(frozen=True)
class Touch:
    """A finding about a party, on whatever line. `mark` is what makes it the same at every check; the other
    fields are those of `Finding`, with keys of entities for names and ids of rows for statements' ids, which
    are looked up when the finding is asked for (`whole`).
    """

    mark: tuple[str, ...]
    kind: FindingKind
    code: str
    values: tuple[tuple[str, str], ...]
    about: str
    since: str | None = None
    steps: tuple[Step, ...] = ()
    rows: tuple[int, ...] = ()
    step_rows: tuple[tuple[int, ...], ...] = ()
    statements: tuple[str, ...] = ()
    origins: int = 0
    told: int = 0
    words_of: tuple[str, ...] = ()
    source: str = ""
    citation: str = ""
    score: float | None = None
    explanation: str = ""

    @cached_property
    def digest(self) -> str:
        """The mark as a word of one length."""
        # What `repr` writes of texts is as good as JSON, and takes a tenth of the time.
        return hashlib.sha256(repr(self.mark).encode()).hexdigest()[:24]

    def named(self) -> Iterator[str]:
        """The keys of all entities that it names."""
        yield self.about
        yield from (value for name, value in self.values if name in _KEYED)
        yield from (key for step in self.steps for key in (step.actor, step.target))

    def all_rows(self) -> Iterator[int]:
        """The ids of rows of all statements that it names."""
        yield from self.rows
        yield from (row for rows in self.step_rows for row in rows)


def steps_of(touch: Touch, ids: Mapping[int, str]) -> tuple[Step, ...]:
    """The steps of a touch with the ids of their statements; `ids` has those by rows."""
    return tuple(
        replace(step, statements=tuple(ids[row] for row in touch.step_rows[at]))
        if at < len(touch.step_rows)
        else step
        for at, step in enumerate(touch.steps)
    )


def statements_of(touch: Touch, ids: Mapping[int, str]) -> tuple[str, ...]:
    """The ids of the statements of a touch."""
    return touch.statements or tuple(dict.fromkeys(ids[row] for row in touch.all_rows()))


def whole(touch: Touch, label: Label, ids: Mapping[int, str]) -> Finding:
    """The finding that a touch is, on no line yet."""
    return Finding(
        id="",
        line=0,
        kind=touch.kind,
        # Of who is looked for on lists the register's own name is told, whatever the record calls it.
        about=touch.about if touch.kind in ("list-hit", "affiliate-hit") else label(touch.about),
        what=sentence(touch.code, touch.values, label, touch.steps),
        since=touch.since,
        steps=steps_of(touch, ids),
        statements=statements_of(touch, ids),
        origins=touch.origins,
        words_of=touch.words_of,
        source=touch.source,
        citation=touch.citation,
        score=touch.score,
        code=touch.code,
        values=touch.values,
        told=touch.told,
        explanation=touch.explanation,
    )


def valued(**values: str | int | float | Iterable[str] | None) -> tuple[tuple[str, str], ...]:
    """Values by name, without those that there are not; a list gives several of one name."""
    found: list[tuple[str, str]] = []
    for name, value in values.items():
        if value is None or value == "":
            continue
        if isinstance(value, str | int | float):
            found.append((name, str(value)))
        else:
            found += ((name, one) for one in value)
    return tuple(found)


def few(names: Iterable[str], most: int) -> tuple[list[str], int | None]:
    """The first of many names, and how many more there are (None for none)."""
    told = list(names)
    return told[:most], (len(told) - most if len(told) > most else None)


def sentence(code: str, values: Iterable[tuple[str, str]], label: Label, steps: Iterable[Step] = ()) -> str:
    """The English sentence of a finding."""
    words = load("sentences")
    return _filled(words, str(words["findings"][code]), values, label, _path(words, steps, label))


def finding_sentence(
    finding: Finding, language: str, label: Label, called: Mapping[str, Mapping[str, str]]
) -> str | None:
    """The sentence of a finding in a language (ISO 639-1); `label` gives the names of entities there, and
    `called` what values of some names (`stage`, `topic`) are called. None where there is none but the
    English one, `Finding.what`: in other languages, and of a rule whose pack does not say it in this."""
    if finding.kind == "rule":
        return dict(finding.values).get(language)
    words = _words(language)
    if words is None or finding.code not in words["findings"]:
        return None
    path = _path(words, finding.steps, label)
    values = [
        (name, called[name].get(value, value) if name in called else value) for name, value in finding.values
    ]
    return _filled(words, str(words["findings"][finding.code]), values, label, path)


def note_sentence(note: Note, language: str) -> str | None:
    """The sentence of what was not looked at in a language; None where there is none but the English one."""
    words = _words(language)
    if words is None or note.code not in words["notes"]:
        return None
    return _filled(words, str(words["notes"][note.code]), note.values, str, "")


def _words(language: str) -> dict[str, Any] | None:
    return load(f"sentences.{language}") if language in LANGUAGES else None


def noted(code: str, **values: str | int | Iterable[str] | None) -> tuple[str, Note]:
    """What was not looked at, as a sentence and as a note."""
    told, words = valued(**values), load("sentences")
    return _filled(words, str(words["notes"][code]), told, str, ""), Note(code, told)


def _path(sentences: Mapping[str, Any], steps: Iterable[Step], label: Label) -> str:
    words = sentences["steps"]
    told = []
    for step in steps:
        if step.by not in words:
            continue
        clause = str(words[step.by]).format(actor=label(step.actor), target=label(step.target))
        told.append(
            clause + ("" if step.firm else words["hearsay"]) + (words["denied"] if step.denied else "")
        )
    return ", ".join(told)


def _filled(
    words: Mapping[str, Any], template: str, values: Iterable[tuple[str, str]], label: Label, steps: str
) -> str:
    labels = words["labels"]
    told: dict[str, list[str]] = {}
    for name, value in values:
        shown = label(value) if name in _KEYED else str(labels.get(name, {}).get(value, value))
        told.setdefault(name, []).append(shown)
    if steps:
        told["steps"] = [steps]

    def part(match: re.Match[str]) -> str:
        inside = match[1]
        return inside if all(name in told for name, _ in _FIELD.findall(inside)) else ""

    def put(match: re.Match[str]) -> str:
        return str(len(told[match[1]])) if match[2] else ", ".join(told[match[1]])

    return _FIELD.sub(put, _PART.sub(part, template))
