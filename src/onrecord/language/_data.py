"""A language's data: one folder of YAML per language, read once and checked on reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "data"

# The code under which spaCy and simplemma know a language, where it is not ours: "no" is Norwegian, as pages
# are told apart, "nb" the written Norwegian (Bokmål) that its words are in.
_LIBRARY_CODES = {"no": "nb"}


def library_code(language: str) -> str:
    """The code by which libraries of grammar and words know a language of ours."""
    return _LIBRARY_CODES.get(language, language)


class LanguageDataError(ValueError):
    """A data file of a language lacks something or holds it in the wrong form; the message names the file."""


@dataclass(frozen=True, slots=True)
class LanguageData:
    """The words that a language's grammar and dates are read with; docs in `language/data/README.md`."""

    abbreviations: list[str]
    subordinators: list[str]
    complementizers: list[str]
    relatives: list[str]
    coordinators: list[str]
    infinitive: list[str]
    infinitive_openers: list[str]
    agent: list[str]
    passive: list[str]
    genitive_of: list[str]
    origin: list[str]
    months: list[str]
    months_short: list[str]
    weekdays: list[str]
    numbers: dict[str, int]
    units: dict[str, list[str]]
    relative: dict[str, list[Any]]
    ahead: list[str]
    sum_up: list[str]
    both: list[str]
    locative: list[str]
    verb_endings: list[str]
    participle: str
    articles: list[str]
    auxiliaries: list[str]
    quantities: list[str]
    nominatives: list[str]
    demonstratives: list[str]
    perfect: list[str]
    governors: list[str]
    infinitives_last: bool
    finite_participle: str
    particles: list[str]
    expletives: list[str]
    reflexives: list[str]
    echo_verbs: list[str]
    echoes: list[str]
    echo_openers: list[str]
    prefixes: list[str]
    comparatives: list[str]
    content_nouns: list[str]
    adverbial: list[str]
    interrogatives: list[str]
    bare_complements: bool
    # What only some languages need; a file may leave these out.
    contractions: dict[str, str] = field(default_factory=dict)
    elided: dict[str, str] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)
    finite_forms: list[str] = field(default_factory=list)
    finite_endings: list[str] = field(default_factory=list)
    adjective_forms: list[str] = field(default_factory=list)
    infinitive_forms: list[str] = field(default_factory=list)
    bare_infinitives: list[str] = field(default_factory=list)
    compound_prepositions: list[str] = field(default_factory=list)
    verb_forms: dict[str, str] = field(default_factory=dict)
    participle_forms: dict[str, str] = field(default_factory=dict)
    closing_quotes: list[str] = field(default_factory=list)
    adjectives_follow: bool = False
    clitics: list[str] = field(default_factory=list)
    subject_relatives: list[str] = field(default_factory=list)
    object_relatives: list[str] = field(default_factory=list)
    perfect_with_be: list[str] = field(default_factory=list)
    partitives: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    participle_clauses: bool = False
    addressed: list[str] = field(default_factory=list)
    located: list[str] = field(default_factory=list)
    compounds: bool = False
    noun_forms: list[str] = field(default_factory=list)
    names_by_list: bool = False
    passive_ending: str = ""
    deponents: list[str] = field(default_factory=list)
    indefinite_articles: list[str] = field(default_factory=list)
    modals: list[str] = field(default_factory=list)
    nouns_capitalised: bool = False
    verb_shapes: dict[str, Any] = field(default_factory=dict)
    genitive_words: list[str] = field(default_factory=list)
    infinitive_inside: list[str] = field(default_factory=list)
    relative_stems: list[str] = field(default_factory=list)
    reported: list[str] = field(default_factory=list)
    oblique_words: list[str] = field(default_factory=list)
    oblique_adjectives: dict[str, str] = field(default_factory=dict)
    body_openers: list[str] = field(default_factory=list)
    singular_words: list[str] = field(default_factory=list)
    unmarked_plurals: list[str] = field(default_factory=list)
    date_heads: list[str] = field(default_factory=list)
    inverted_conditions: list[str] = field(default_factory=list)
    then: list[str] = field(default_factory=list)
    echo_objects: list[str] = field(default_factory=list)
    echo_adverbs: list[str] = field(default_factory=list)
    echo_auxiliaries: list[str] = field(default_factory=list)


def installed_languages() -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages whose data are installed, sorted."""
    return tuple(sorted(p.parent.name for p in FOLDER.glob("*/language.yaml")))


class Located(dict[Any, Any]):
    """A mapping of a YAML file, and the line on which it begins."""

    line: int = 0


# libyaml reads ten times as fast; where it is not to be had, the plain loader does the same.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _LocatingLoader(_Loader):  # type: ignore[misc]
    """The safe loader, whose mappings know their lines."""


def _located(loader: Any, node: yaml.MappingNode) -> Iterator[Located]:
    mapping = Located()
    mapping.line = node.start_mark.line + 1
    yield mapping
    mapping.update(loader.construct_mapping(node))


_LocatingLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _located)


def load_yaml(path: Path) -> Any:
    """A YAML file's content, its mappings as `Located`. Raises `LanguageDataError` naming file and line where
    it is not YAML."""
    try:
        return yaml.load(path.read_text("utf-8"), _LocatingLoader)
    except yaml.YAMLError as error:
        raise LanguageDataError(f"{path}: {error}") from error


@cache
def language_data(language: str) -> LanguageData:
    """The data of `language`. Raises `LanguageDataError` where the folder lacks or misspells a key."""
    path = FOLDER / language / "language.yaml"
    raw = load_yaml(path)
    names = {f.name for f in fields(LanguageData)}
    optional = {
        f.name for f in fields(LanguageData) if f.default_factory is not MISSING or f.default in (False, "")
    }
    if not isinstance(raw, dict) or not names - optional <= set(raw) <= names:
        wrong = sorted((names ^ set(raw)) - optional & names) if isinstance(raw, dict) else ["(no mapping)"]
        raise LanguageDataError(f"{path}: missing or unknown keys: {', '.join(wrong)}")
    return LanguageData(**raw)


@cache
def lemma_overrides(language: str) -> dict[str, str]:
    """Form → lemma where the general lemmatizer is wrong; nouns with their capital."""
    path = FOLDER / language / "lemmas.yaml"
    raw = load_yaml(path) if path.exists() else {}
    return {str(form): str(lemma) for form, lemma in (raw or {}).items()}
