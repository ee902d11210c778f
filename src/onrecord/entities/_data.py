"""What names states and what stands for names: one folder of YAML per language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from babel import Locale

from onrecord.entities._listed import NounList, NounTable
from onrecord.language import LanguageDataError, language_data, load_yaml, parted

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class NameData:
    """A language's names and nouns; docs in `entities/data/README.md`."""

    states: dict[str, dict[str, list[str]]]
    government: NounList
    home: NounList
    company: NounList
    outlet: NounList
    body: NounTable[str | None]
    fields: dict[str, str]
    titles: NounList
    spokesmen: NounList
    roles: NounTable[str]
    products: NounList
    papers: NounList
    pronouns: dict[str, list[str]]
    definite: list[str]
    stop: list[str]
    press: tuple[str, ...] = ()
    common_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Common:
    """What holds of names in every language; docs in `entities/data/common.yaml`."""

    inside: frozenset[str]
    purpose: frozenset[str]
    incorporated: frozenset[str]
    company: frozenset[str]
    daughters: frozenset[str]
    offices: frozenset[str]
    nothing: frozenset[str]
    given_names: frozenset[str]
    family_first: frozenset[str]


@cache
def common() -> Common:
    """What holds of names in every language."""
    raw = load_yaml(FOLDER / "common.yaml")
    return Common(**{key: frozenset(map(str, words)) for key, words in raw.items()})


_NOUNS = ("government", "home", "company", "outlet", "titles", "spokesmen", "products", "papers")


@cache
def name_data(language: str) -> NameData:
    """The names and nouns of `language`. Raises `LanguageDataError` where the file lacks or misspells a
    key."""
    path = FOLDER / language / "names.yaml"
    raw = load_yaml(path)
    wanted = {f.name for f in fields(NameData)}
    if not isinstance(raw, dict) or not wanted - {"press", "common_words"} <= set(raw) <= wanted:
        wrong = sorted(wanted ^ set(raw)) if isinstance(raw, dict) else ["(no mapping)"]
        raise LanguageDataError(f"{path}: missing or unknown keys: {', '.join(wrong)}")
    tables = {key: NounTable(raw[key] or {}) for key in ("body", "roles")}
    nouns = {key: NounList(raw[key] or ()) for key in _NOUNS}
    return NameData(**{**raw, **tables, **nouns})


@cache
def state_names(language: str) -> dict[str, tuple[str, ...]]:
    """ISO 3166-1 alpha-2 code → the state's names in `language`: CLDR's, and those the press uses."""
    names: dict[str, list[str]] = {
        code: [name]
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha()
    }
    for code, entry in name_data(language).states.items():
        names.setdefault(str(code), []).extend(entry.get("names") or [])
    return {
        code: tuple(dict.fromkeys(listed))
        for code, listed in names.items()
        if code not in ("EZ", "QO", "ZZ", "XA", "XB")
    }


@cache
def english_name(code: str) -> str:
    """A state's English name from CLDR; the code itself where CLDR has none."""
    return str(Locale("en").territories.get(code, code))


@cache
def english_adjective(code: str) -> str:
    """A state's English adjective as put before a noun ("US companies", "Danish authorities")."""
    if code in ("US", "EU"):
        return code
    listed = name_data("en").states.get(code, {}).get("adjectives") or []
    return str(listed[0]) if listed else english_name(code)


@cache
def adjectives(language: str) -> dict[str, str]:
    """Demonym adjective, lower case, in every form → state code."""
    return {
        str(form).lower(): str(code)
        for code, entry in name_data(language).states.items()
        for form in entry.get("adjectives") or []
    }


@cache
def people(language: str) -> dict[str, str]:
    """Noun for a state's people, lower case, in every form → state code."""
    return {
        str(form).lower(): str(code)
        for code, entry in name_data(language).states.items()
        for form in entry.get("people") or []
    }


@cache
def capital_people(language: str) -> frozenset[str]:
    """The nouns for peoples that the language lists with a capital, in lower case."""
    listed = (str(f) for entry in name_data(language).states.values() for f in entry.get("people") or [])
    return frozenset(form.lower() for form in listed if form[:1].isupper())


@cache
def compounds(language: str) -> dict[str, list[tuple[str, list[str]]]]:
    """First word → the listed nouns of several words that begin with it, each as listed and as its words."""
    data = name_data(language)
    lists: tuple[Iterable[str], ...] = (
        data.government, data.company, data.outlet, data.body, data.titles, data.spokesmen, data.roles,
        data.products,
    )  # fmt: skip
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for noun in (str(noun) for listed in lists for noun in listed):
        words = parted(noun, language_data(language)).split()
        if len(words) > 1:
            found.setdefault(words[0], []).append((noun, words))
    return found


@cache
def english_firms() -> NounList:
    """English nouns for companies and what they do ("operator", "supplier"), singular."""
    data = name_data("en")
    return NounList((*data.company, "company", "firm", "operator", "supplier", "maker", "provider", "vendor"))
