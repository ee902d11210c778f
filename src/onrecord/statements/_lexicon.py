"""The lexicons of a language: loaded from YAML, checked, compiled for matching. Their form:
`data/README.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Literal

from onrecord.entities import NounList
from onrecord.language import LanguageDataError, Located, Token, language_data, load_yaml, parted
from onrecord.statements._listed import PhraseList, ScopeList, ScopeRules, TopicList
from onrecord.statements._model import SCOPES, STATUSES, TOPICS, TYPES, StatementType, Status, Topic

FOLDER = Path(__file__).parent / "data"

Part = Literal["verb", "noun", "adj"]
_PARTS: tuple[Part, ...] = ("verb", "noun", "adj")
_KEYS = frozenset({*_PARTS, "actor", "target", "source", "status", "topic", "needs", "content"})
_NEEDS = frozenset(
    {
        "conditional",
        "negation",
        "no-content",
        "no-infinitive",
        "future",
        "company",
        "passive",
        "active",
        "content",
        "state-actor",
        "firm-actor",
        "public-target",
        "thing",
        "firm-target",
    }
)
_DEFAULTS: dict[Part, tuple[str, str]] = {
    "verb": ("subject", "object"),
    "noun": ("of", "-"),
    "adj": ("subject | host", "-"),
}
_OPTIONAL = frozenset({"say_after", "citing", "dismissals", "everything"})  # keys of attribution.yaml
_COMPOUNDING = ("NOUN", "PROPN", "ADJ", "X")
_SHORTEST_COMPOUND = 4  # letters; no compound is as short
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
    beside: tuple[str, ...]
    actor: tuple[str, ...]
    target: tuple[str, ...]
    source: tuple[str, ...]
    status: Status | None
    topic: Topic | None
    needs: frozenset[str]
    content: bool
    rest: frozenset[str]
    """The words after the first that a clause must hold; ends of compounds left out."""

    @property
    def name(self) -> str:
        """What `rule` says of a statement that it read."""
        return f"{self.type}/{self.part}:{(self.particle or '')}{' '.join((*self.beside, *self.words))}"


def plain_trigger(kind: StatementType) -> Trigger:
    """A trigger of a type that tells nothing else: for what is not read by the lexicon."""
    return Trigger(
        kind, "verb", ("",), None, (), (), (), (), None, None, frozenset(), content=False, rest=frozenset()
    )


@dataclass(frozen=True)
class Cues:
    """With what force something is said."""

    negation: frozenset[str]
    negation_phrases: PhraseList
    concord: bool
    only: PhraseList
    moods: dict[Status, tuple[str, ...]]
    trials: frozenset[str]
    conditional: PhraseList
    unless: PhraseList
    otherwise: PhraseList
    consequences: PhraseList
    future: frozenset[str]
    undecided: PhraseList
    modals: dict[Status, frozenset[str]]
    adverbs: dict[Status, PhraseList]
    verbs: dict[Status, PhraseList]


@dataclass(frozen=True)
class Attribution:
    """Who says so: phrases as listed."""

    say: PhraseList
    say_particles: PhraseList
    citing: PhraseList
    say_after: PhraseList
    deny: PhraseList
    confirm: PhraseList
    fear: PhraseList
    hearsay: PhraseList
    documents: NounList
    accusation: NounList
    evidence: NounList
    dismissals: PhraseList
    everything: PhraseList


@dataclass(frozen=True)
class Lexicon:
    """All that a language's statements are read with."""

    language: str
    triggers: dict[str, tuple[Trigger, ...]]
    suffixes: dict[str, tuple[Trigger, ...]]
    """By the ending without its hyphen; the ending as a word of its own is among `triggers` too."""
    cues: Cues
    attribution: Attribution
    topics: TopicList
    scopes: ScopeList

    def beginning_with(self, token: Token) -> list[Trigger]:
        """The triggers whose first word the token may be, by its form, its lemma or its lemma's end."""
        found = [*self.triggers.get(token.lemma, ())]
        if token.lower != token.lemma:
            found += (t for t in self.triggers.get(token.lower, ()) if t not in found)
        lemma = token.lemma
        if token.pos in _COMPOUNDING and len(lemma) > _SHORTEST_COMPOUND:
            found += (t for k in range(1, len(lemma)) for t in self.suffixes.get(lemma[k:], ()))
        return found


def _fail(path: Path, what: str) -> LanguageDataError:
    return LanguageDataError(f"{path}: {what}")


def _alternatives(text: str) -> tuple[str, ...]:
    found = (part.strip(" '\"") for part in str(text).split("|"))
    return tuple(part for part in found if part not in ("", "-"))


def _phrases(listed: Any) -> list[str]:
    """The phrases of a list or of a text with commas, those with alternatives in them ("win/land … order")
    once for each."""
    phrases = listed if isinstance(listed, list) else str(listed).split(",")
    return [one for phrase in phrases if str(phrase).strip() for one in _expanded(str(phrase))]


def _expanded(phrase: str) -> Iterator[str]:
    """A phrase in all the ways that its alternatives give it: a word's are parted by "/", and words of an
    alternative are joined by "_"."""
    for words in product(*(word.split("/") for word in phrase.split())):
        yield " ".join(words).replace("_", " ").strip()


def _read(path: Path, language: str, *, whole: bool = True) -> Any:
    """A file's content, its texts parted as the tokenizer parts words ("d'accord": "d' accord")."""
    data = language_data(language)

    def parts(value: Any) -> Any:
        if isinstance(value, str):
            return parted(value, data, whole=whole)
        if isinstance(value, list):
            return [parts(v) for v in value]
        if isinstance(value, Located):
            value.update({k: parts(v) for k, v in value.items()})
        return value

    return parts(load_yaml(path)) if data.elided else load_yaml(path)


def _triggers(path: Path, language: str) -> list[Trigger]:
    """The triggers that a file lists, in its order. Raises `LanguageDataError` naming file and line of a
    mistake."""
    found: list[Trigger] = []
    for kind, entries in _read(path, language).items():
        if kind not in TYPES:
            raise _fail(path, f"{kind!r} is no statement type; the types are {', '.join(TYPES)}")
        for entry in entries or ():
            try:
                found += _entry(kind, entry, language_data(language).loose)
            except LanguageDataError as error:
                where = f"line {entry.line}, " if isinstance(entry, Located) else ""
                raise _fail(path, f"{where}{kind}: {error}") from error
    return found


def _loose(words: list[str], loose: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """The words of a phrase that may stand anywhere in its clause, and those that keep their place."""
    n = next((n for n, word in enumerate(words) if word not in loose), len(words) - 1)
    return tuple(words[:n]), words[n:]


def _entry(kind: StatementType, entry: Any, loose: Sequence[str]) -> Iterator[Trigger]:
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
        beside, (first, *rest) = _loose(phrase.lower().split(), loose if part == "verb" else ())
        particle, bar, verb = first.partition("|")
        yield Trigger(
            type=kind,
            part=part,
            words=(verb if bar else first, *rest),
            particle=particle if bar else None,
            beside=beside,
            actor=_alternatives(entry.get("actor", actor)),
            target=_alternatives(entry.get("target", target)),
            source=_alternatives(entry.get("source", "-")),
            status=status,
            topic=topic,
            needs=needs,
            content=bool(entry.get("content", kind in _CONTENT and part == "verb")),
            rest=frozenset(w for w in rest if w not in ("…", "...") and not w.startswith("-")),
        )


def _listed(phrases: Iterable[Any]) -> PhraseList:
    return PhraseList(one for phrase in phrases for one in _expanded(str(phrase).lower()))


def _cues(path: Path) -> Cues:
    raw = _read(path, path.parent.name)
    statuses: tuple[Status, ...] = ("possible", "alleged", "planned")
    try:
        return Cues(
            negation=frozenset(str(w).lower() for w in raw["negation"] if " " not in str(w)),
            negation_phrases=_listed(w for w in raw["negation"] if " " in str(w)),
            concord=bool(raw.get("concord", False)),
            only=_listed(raw.get("only") or ()),
            moods={s: tuple(str(w) for w in raw[s].get("moods") or ()) for s in statuses},
            trials=frozenset(str(w).lower() for w in raw["alleged"].get("trials") or ()),
            conditional=_listed(raw["conditional"]),
            unless=_listed(raw.get("unless") or ()),
            otherwise=_listed(raw.get("otherwise") or ()),
            consequences=_listed(raw.get("consequences") or ()),
            future=frozenset(str(w).lower() for w in raw["future"]),
            undecided=_listed(raw["undecided"]),
            modals={s: frozenset(str(w).lower() for w in raw[s].get("modals") or ()) for s in statuses},
            adverbs={s: _listed(raw[s].get("adverbs") or ()) for s in statuses},
            verbs={s: _listed(raw[s].get("verbs") or ()) for s in statuses},
        )
    except (KeyError, AttributeError, TypeError) as error:
        raise _fail(path, f"missing or wrong: {error}") from error


def _attribution(path: Path) -> Attribution:
    raw = _read(path, path.parent.name)

    def phrases(key: str) -> PhraseList:
        listed = raw.get(key) if key in _OPTIONAL else raw[key]
        return PhraseList(
            sorted(
                {one for p in listed or () for one in _expanded(str(p).lower())},
                key=lambda p: (-len(p.split()), p),
            )
        )

    try:
        return Attribution(
            say=phrases("say"),
            say_particles=phrases("say_particles"),
            citing=phrases("citing"),
            say_after=phrases("say_after"),
            deny=phrases("deny"),
            confirm=phrases("confirm"),
            fear=phrases("fear"),
            hearsay=phrases("hearsay"),
            documents=NounList(sorted(phrases("documents"))),
            accusation=NounList(sorted(phrases("accusation"))),
            evidence=NounList(sorted(phrases("evidence"))),
            dismissals=phrases("dismissals"),
            everything=phrases("everything"),
        )
    except (KeyError, TypeError) as error:
        raise _fail(path, f"missing or wrong: {error}") from error


def _scopes(path: Path) -> ScopeList:
    raw = _read(path, path.parent.name, whole=False)
    if set(raw) - set(SCOPES):
        raise _fail(path, f"unknown scopes: {', '.join(sorted(set(raw) - set(SCOPES)))}")
    return ScopeList({scope: [str(w).lower() for w in words] for scope, words in raw.items()}, _scope_rules())


@cache
def _scope_rules() -> ScopeRules:
    path = FOLDER / "scopes.yaml"
    raw = load_yaml(path)
    rules = ScopeRules(
        frozenset(raw["none"]),
        {topic: frozenset(scopes) for topic, scopes in raw["apart"].items()},
        {scope: frozenset(others) for scope, others in raw["over"].items()},
    )
    scopes = {scope for listed in (rules.apart, rules.over) for some in listed.values() for scope in some}
    if wrong := (rules.none | set(rules.apart)) - set(TOPICS) | (scopes | set(rules.over)) - set(SCOPES):
        raise _fail(path, f"unknown topics or scopes: {', '.join(sorted(wrong))}")
    return rules


def _topics(path: Path) -> TopicList:
    raw = _read(path, path.parent.name, whole=False)
    if set(raw) - set(TOPICS):
        raise _fail(path, f"unknown topics: {', '.join(sorted(set(raw) - set(TOPICS)))}")
    return TopicList([(topic, [str(w).lower() for w in words]) for topic, words in raw.items()])


@cache
def lexicon(language: str) -> Lexicon:
    """The compiled lexicon of `language`. Raises `LanguageDataError` naming file and entry of a mistake."""
    folder = FOLDER / language
    index: dict[str, list[Trigger]] = {}
    suffixes: dict[str, list[Trigger]] = {}
    for trigger in _triggers(folder / "triggers.yaml", language):
        first = trigger.words[0]
        if first.startswith("-"):
            suffixes.setdefault(first[1:], []).append(trigger)
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
        suffixes={k: tuple(v) for k, v in suffixes.items()},
        cues=_cues(folder / "cues.yaml"),
        attribution=_attribution(folder / "attribution.yaml"),
        topics=_topics(folder / "topics.yaml"),
        scopes=_scopes(folder / "scopes.yaml"),
    )
