"""The lexicons of a language: loaded from YAML, checked, compiled for matching. Their form:
`data/README.md`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from onrecord.language import LanguageDataError, load_yaml
from onrecord.statements._model import STATUSES, TOPICS, TYPES, StatementType, Status, Topic

FOLDER = Path(__file__).parent / "data"

Part = Literal["verb", "noun", "adj"]
_PARTS: tuple[Part, ...] = ("verb", "noun", "adj")
_KEYS = frozenset({*_PARTS, "actor", "target", "source", "status", "topic", "needs", "content"})
_NEEDS = frozenset(
    {"conditional", "negation", "future", "company", "passive", "active", "content", "state-actor"}
)
_DEFAULTS: dict[Part, tuple[str, str]] = {
    "verb": ("subject", "object"),
    "noun": ("of", "-"),
    "adj": ("subject | host", "-"),
}
# Types whose complement is what is asked, promised or banned, and so holds no statement of its own
# (docs/statements.md).
_CONTENT: frozenset[StatementType] = frozenset(
    {"request", "commitment", "threat", "permission", "restriction", "legal", "evaluation"}
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """One phrase that says that something is the case, and where its arguments stand."""

    type: StatementType
    part: Part
    words: tuple[str, ...]
    particle: str | None
    actor: tuple[str, ...]
    target: tuple[str, ...]
    source: tuple[str, ...]
    status: Status | None
    topic: Topic | None
    needs: frozenset[str]
    content: bool

    @property
    def name(self) -> str:
        """What `rule` says of a statement that it read."""
        return f"{self.type}/{self.part}:{(self.particle or '')}{' '.join(self.words)}"


@dataclass(frozen=True)
class Cues:
    """With what force something is said."""

    negation: frozenset[str]
    conditional: tuple[str, ...]
    future: frozenset[str]
    undecided: tuple[str, ...]
    modals: dict[Status, frozenset[str]]
    adverbs: dict[Status, tuple[str, ...]]
    verbs: dict[Status, tuple[str, ...]]


@dataclass(frozen=True)
class Attribution:
    """Who says so: phrases as listed."""

    say: tuple[str, ...]
    say_particles: tuple[str, ...]
    deny: tuple[str, ...]
    confirm: tuple[str, ...]
    fear: tuple[str, ...]
    hearsay: tuple[str, ...]
    documents: frozenset[str]
    accusation: frozenset[str]
    evidence: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """All that a language's statements are read with."""

    language: str
    triggers: dict[str, tuple[Trigger, ...]]
    suffixes: tuple[Trigger, ...]
    cues: Cues
    attribution: Attribution
    topics: tuple[tuple[Topic, tuple[str, ...]], ...]


def _fail(path: Path, what: str) -> LanguageDataError:
    return LanguageDataError(f"{path}: {what}")


def _alternatives(text: str) -> tuple[str, ...]:
    found = (part.strip(" '\"") for part in str(text).split("|"))
    return tuple(part for part in found if part not in ("", "-"))


def _phrases(listed: Any) -> list[str]:
    if isinstance(listed, list):
        return [str(p).strip() for p in listed]
    return [p.strip() for p in str(listed).split(",") if p.strip()]


def _triggers(path: Path) -> list[Trigger]:
    """The triggers that a file lists, in its order."""
    found: list[Trigger] = []
    for kind, entries in load_yaml(path).items():
        if kind not in TYPES:
            raise _fail(path, f"{kind!r} is no statement type; the types are {', '.join(TYPES)}")
        for number, entry in enumerate(entries or (), 1):
            try:
                found += _entry(kind, entry)
            except LanguageDataError as error:
                raise _fail(path, f"{kind}, entry {number}: {error}") from error
    return found


def _entry(kind: StatementType, entry: Any) -> Iterator[Trigger]:
    """The triggers of one entry, one for each phrase. Raises `LanguageDataError` saying what is wrong."""
    if not isinstance(entry, dict) or set(entry) - _KEYS:
        wrong = sorted(set(entry) - _KEYS) if isinstance(entry, dict) else repr(entry)
        raise LanguageDataError(f"unknown keys {wrong}")
    part = next((p for p in _PARTS if p in entry), None)
    if part is None:
        raise LanguageDataError("needs one of verb, noun, adj")
    needs = frozenset(_phrases(entry.get("needs", "")))
    status, topic = entry.get("status"), entry.get("topic")
    if needs - _NEEDS or (status and status not in STATUSES) or (topic and topic not in TOPICS):
        raise LanguageDataError("unknown needs, status or topic")
    actor, target = _DEFAULTS[part]
    for phrase in _phrases(entry[part]):
        first, *rest = phrase.lower().split()
        particle, bar, verb = first.partition("|")
        yield Trigger(
            type=kind,
            part=part,
            words=(verb if bar else first, *rest),
            particle=particle if bar else None,
            actor=_alternatives(entry.get("actor", actor)),
            target=_alternatives(entry.get("target", target)),
            source=_alternatives(entry.get("source", "-")),
            status=status,
            topic=topic,
            needs=needs,
            content=bool(entry.get("content", kind in _CONTENT and part == "verb")),
        )


def _cues(path: Path) -> Cues:
    raw = load_yaml(path)
    statuses: tuple[Status, ...] = ("possible", "alleged", "planned")
    try:
        return Cues(
            negation=frozenset(str(w).lower() for w in raw["negation"]),
            conditional=tuple(str(w).lower() for w in raw["conditional"]),
            future=frozenset(str(w).lower() for w in raw["future"]),
            undecided=tuple(str(w).lower() for w in raw["undecided"]),
            modals={s: frozenset(str(w).lower() for w in raw[s].get("modals") or ()) for s in statuses},
            adverbs={s: tuple(str(w).lower() for w in raw[s].get("adverbs") or ()) for s in statuses},
            verbs={s: tuple(str(w).lower() for w in raw[s].get("verbs") or ()) for s in statuses},
        )
    except (KeyError, AttributeError, TypeError) as error:
        raise _fail(path, f"missing or wrong: {error}") from error


def _attribution(path: Path) -> Attribution:
    raw = load_yaml(path)

    def phrases(key: str) -> tuple[str, ...]:
        return tuple(sorted({str(p).lower() for p in raw[key] or ()}, key=lambda p: (-len(p.split()), p)))

    try:
        return Attribution(
            say=phrases("say"),
            say_particles=phrases("say_particles"),
            deny=phrases("deny"),
            confirm=phrases("confirm"),
            fear=phrases("fear"),
            hearsay=phrases("hearsay"),
            documents=frozenset(phrases("documents")),
            accusation=frozenset(phrases("accusation")),
            evidence=frozenset(phrases("evidence")),
        )
    except (KeyError, TypeError) as error:
        raise _fail(path, f"missing or wrong: {error}") from error


def _topics(path: Path) -> tuple[tuple[Topic, tuple[str, ...]], ...]:
    raw = load_yaml(path)
    if set(raw) - set(TOPICS):
        raise _fail(path, f"unknown topics: {', '.join(sorted(set(raw) - set(TOPICS)))}")
    return tuple((topic, tuple(str(w).lower() for w in words)) for topic, words in raw.items())


@cache
def lexicon(language: str) -> Lexicon:
    """The compiled lexicon of `language`. Raises `LanguageDataError` naming file and entry of a mistake."""
    folder = FOLDER / language
    index: dict[str, list[Trigger]] = {}
    suffixes: list[Trigger] = []
    for trigger in _triggers(folder / "triggers.yaml"):
        first = trigger.words[0]
        if first.startswith("-"):
            suffixes.append(trigger)
            index.setdefault(first[1:], []).append(trigger)
            continue
        keys = {first}
        if trigger.particle:
            keys |= {trigger.particle + first}
        for key in keys:
            index.setdefault(key, []).append(trigger)
    return Lexicon(
        language=language,
        triggers={k: tuple(v) for k, v in index.items()},
        suffixes=tuple(suffixes),
        cues=_cues(folder / "cues.yaml"),
        attribution=_attribution(folder / "attribution.yaml"),
        topics=_topics(folder / "topics.yaml"),
    )
