"""The curated catalogue: what it lists, that every line has its source, and that pages find what it lists."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path
from unicodedata import name as unicode_name

import pytest
import yaml
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from tests.texts import page_of

from onrecord.entities import (
    CatalogueEntry,
    Sort,
    catalogue,
    catalogue_entry,
    children_of,
    keys_named,
    outlet_named,
    parent_of,
    resolve,
)
from onrecord.entities._catalogue import _FIELDS, FOLDER, entries, read_catalogue
from onrecord.entities._data import state_names
from onrecord.entities._gazetteer import _gazetteer
from onrecord.language import LanguageDataError, analyse, installed_languages

# CLDR lists these beside the states of ISO 3166-1: reserved codes, unions, and codes made up for tests.
_NO_STATES = frozenset(
    ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ")
)
# Where our seven languages are spoken.
_HOME = frozenset(
    (
        "DK",
        "FO",
        "GL",
        "NL",
        "BE",
        "GB",
        "IE",
        "US",
        "CA",
        "AU",
        "NZ",
        "DE",
        "AT",
        "CH",
        "LI",
        "LU",
        "SE",
        "NO",
        "FR",
    )
)
# A name that two entries bear and that pages read as the first: the union of states speaks by its council.
_AMBIGUOUS = {"un security council"}
# Scripts by the beginnings of their characters' Unicode names.
_SCRIPTS = {
    "zh": ("CJK",),
    "ja": ("CJK", "HIRAGANA", "KATAKANA"),
    "ko": ("HANGUL",),
    "ru": ("CYRILLIC",),
    "uk": ("CYRILLIC",),
    "he": ("HEBREW",),
    "ar": ("ARABIC",),
    "el": ("GREEK",),
}


def states() -> set[str]:
    codes = map(str, Locale("en").territories)
    return {code for code in codes if len(code) == 2 and code.isalpha()} - _NO_STATES


def listed(*sorts: Sort) -> list[CatalogueEntry]:
    return [entry for entry in entries().values() if entry.sort in sorts]


@pytest.mark.parametrize(("sort", "least"), [("supplier", 150), ("authority", 80), ("outlet", 60)])
def test_catalogue_lists_enough_of_each_sort(sort: Sort, least: int) -> None:
    assert len(listed(sort)) >= least


def test_the_documentation_tells_the_counts() -> None:
    text = (Path(__file__).parents[2] / "docs" / "catalogue.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(\w+)\.yaml` .*\| (\d+) \|$", text, re.MULTILINE))
    for path in FOLDER.glob("*.yaml"):
        assert int(rows.pop(path.stem)) == len(keys_of(path)), path.stem
    assert not rows


def test_the_documentation_tells_all_fields() -> None:
    text = (FOLDER.parent / "README.md").read_text("utf-8")
    assert set(re.findall(r"^- `(\w+)`: ", text, re.MULTILINE)) == _FIELDS


def keys_of(path: Path) -> list[str]:
    """The keys of one file; its owners may be listed in another."""
    return [str(key) for listed in yaml.safe_load(path.read_text("utf-8")).values() for key in listed]


def test_operators_of_the_countries_whose_press_is_read() -> None:
    by_country = Counter(entry.country for entry in listed("operator"))
    assert sum(by_country[code] for code in _HOME) >= 60
    assert all(by_country[code] for code in _HOME - {"LI"})


@pytest.mark.parametrize("language", installed_languages())
def test_every_state_has_a_name_in_every_language(language: str) -> None:
    assert len(states()) == 249
    names = state_names(language)
    assert all(names[code] and names[code][0] != code for code in states())


@pytest.mark.parametrize(
    ("language", "name", "code"),
    [
        ("da", "Hviderusland", "BY"),
        ("da", "Østtimor", "TL"),
        ("nl", "Birma", "MM"),
        ("en", "Ivory Coast", "CI"),
        ("en", "Swaziland", "SZ"),
        ("de", "Kapverden", "CV"),
        ("sv", "Holland", "NL"),
        ("no", "Sambandsstatene", "US"),
        ("fr", "Birmanie", "MM"),
    ],
)
def test_states_go_by_the_names_people_use(language: str, name: str, code: str) -> None:
    assert name in state_names(language)[code]


@pytest.mark.parametrize("language", installed_languages())
def test_no_key_is_a_states_code(language: str) -> None:
    # The United Nations are one thing, which CLDR lists among the states.
    assert catalogue().keys() & state_names(language).keys() == {"UN"}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("EE", "EE Limited"), ("BT", "BT Group"), ("SJ", "SJ AB"),
        ("VG", "Verdens Gang"), ("BR", "Bayerischer Rundfunk"), ("TT", "TT News Agency"),
    ],
)  # fmt: skip
def test_what_people_call_by_a_states_code_is_shown_and_found_so(name: str, key: str) -> None:
    assert (keys_named(name), catalogue()[key].name) == ((key,), name)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("VG", "Verdens Gang"), ("the washington post", "The Washington Post"), ("NYT", "The New York Times"),
        ("Nyt", None), ("DN", None), ("Huawei", None), ("Vexalon", None),
    ],
)  # fmt: skip
def test_an_outlet_is_known_by_its_names_alone(name: str, key: str | None) -> None:
    assert outlet_named(name) == key


def test_every_entry_has_a_source() -> None:
    for key, entry in entries().items():
        assert entry.sources, key
        for source in entry.sources:
            assert source.startswith("https://") or " " in source, (key, source)
    assert all(entity.source for entity in catalogue().values())


def test_countries_are_iso_codes_or_the_european_union() -> None:
    for key, entry in entries().items():
        assert entry.country is None or entry.country in states() | {"EU"}, key


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_file_lists_a_key_twice(path: Path) -> None:
    """YAML itself would let the last one win in silence."""
    document = yaml.compose(path.read_text("utf-8"))
    assert isinstance(document, yaml.MappingNode)
    for _, node in document.value:
        twice = [key for key, n in Counter(key.value for key, _ in node.value).items() if n > 1]
        assert not twice


def test_owners_are_listed_and_nothing_belongs_to_itself() -> None:
    for key in entries():
        above = [key]
        while (parent := parent_of(above[-1])) is not None:
            assert parent in entries()
            assert parent not in above
            above.append(parent)


@pytest.mark.parametrize("language", installed_languages())
def test_a_name_that_pages_are_read_by_belongs_to_one_entry(language: str) -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for key, entry in entries().items():
        for name in (key, *entry.names, *entry.local.get(language, ())):
            owners[name.casefold()].add(key)
    for code, names in state_names(language).items():
        for name in names:
            owners[name.casefold()].add(code)
    assert {name for name, keys in owners.items() if len(keys) > 1} <= _AMBIGUOUS


def test_names_in_other_scripts_are_in_them() -> None:
    for key, entry in entries().items():
        for language, names in entry.scripts.items():
            for name in names:
                own = (unicode_name(c).startswith(_SCRIPTS[language]) for c in name if c.isalpha())
                assert any(own), (key, language, name)


@pytest.mark.parametrize("language", installed_languages())
def test_names_kept_for_lists_are_not_looked_for_on_pages(language: str) -> None:
    read = {" ".join(one.words) for found in _gazetteer(language).values() for one in found}
    for name in ("华为", "Лаборатория Касперского", "삼성전자", "BMWK", "JenV", "France Télécom", "Drei"):
        assert keys_named(name)
        assert name not in read


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("中兴通讯", "ZTE"),
        ("华为技术有限公司", "Huawei"),
        ("海康威视", "Hikvision"),
        ("大疆", "DJI"),
        ("лаборатория касперского", "Kaspersky Lab"),
        ("삼성전자", "Samsung"),
        ("東芝", "Toshiba"),
        ("TeliaSonera", "Telia"),
        ("France  Télécom", "Orange"),
        ("Huawei Marine Networks", "HMN Technologies"),
        ("BMWK", "German Ministry of Economics"),
        ("Myndigheten för civilt försvar", "MSB"),
    ],
)
def test_one_thing_has_many_names(name: str, key: str) -> None:
    assert keys_named(name) == (key,)


def test_an_ambiguous_name_leads_to_all_who_bear_it() -> None:
    assert set(keys_named("Datatilsynet")) == {
        "Danish Data Protection Agency",
        "Norwegian Data Protection Authority",
    }
    assert keys_named("Vexalon") == ()


@given(st.sampled_from(sorted(catalogue())))
def test_every_name_of_an_entity_leads_back_to_it(key: str) -> None:
    entity = catalogue()[key]
    for name in (key, *entity.names, *entity.also):
        assert key in keys_named(name.upper() if name.upper().casefold() == name.casefold() else name)


def test_subsidiaries_are_themselves_with_their_owner() -> None:
    assert parent_of("HiSilicon") == "Huawei"
    assert "HiSilicon" in children_of("Huawei")
    assert parent_of("Huawei") is None
    assert parent_of("Vexalon") is None
    assert children_of("Vexalon") == ()
    entity = catalogue()["Nexperia"]
    assert entity.part_of == "Wingtech"
    assert entity.kind == "company"


@pytest.mark.parametrize(
    ("key", "day", "parent"),
    [
        ("Honor", "2019-06-01", "Huawei"),
        ("Honor", "2021-01-01", None),
        ("Nexperia", "2016-05-01", "NXP"),
        ("Nexperia", "2018-01-01", None),
        ("Nexperia", "2023-01-01", "Wingtech"),
        ("HMN Technologies", "2012-01-01", "Huawei"),
        ("HMN Technologies", "2022-01-01", "Hengtong"),
        ("Newport Wafer Fab", "2022-05-05", "Nexperia"),
        ("Newport Wafer Fab", "2024-05-05", "Vishay"),
    ],
)
def test_owners_change_with_time(key: str, day: str, parent: str | None) -> None:
    assert parent_of(key, on=day) == parent


def test_former_names_tell_until_when_they_were_borne() -> None:
    entry = catalogue_entry("Telia")
    assert entry is not None
    assert [(former.name, former.until) for former in entry.former] == [("TeliaSonera", "2016-04")]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("supplier:\n  Vexalon: {country: DK}\n", "no source"),
        ("supplier:\n  Vexalon:\n", "no source"),
        ("supplier:\n  Vexalon: {source: somewhere}\n", "neither an address"),
        ("supplier:\n  Vexalon: {source: vexalon.example, colour: red}\n", "unknown fields: colour"),
        ("supplier:\n  Vexalon: {source: vexalon.example, part_of: Zentrify}\n", "not listed: Zentrify"),
        ("vendor:\n  Vexalon: {source: vexalon.example}\n", "vendor is none of"),
        ("supplier:\n  Vexalon: {source: a.example, former: {Vex: soon}}\n", "'soon' is no date"),
        (
            "supplier:\n  A: {source: a.example}\n  B: {source: b.example, part_of: {A: 2019}}\n",
            "no interval",
        ),
        (
            "supplier:\n  A: {source: a.example}\n  B: {source: b.example}\n"
            "  C: {source: c.example, part_of: {A: 2019/.., B: ../..}}\n",
            "two at a time",
        ),
        ("supplier:\n  A: {source: a.example}\noperator:\n  A: {source: a.example}\n", "listed in"),
    ],
)
def test_a_wrong_line_is_refused_with_its_key(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "firms.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(LanguageDataError, match=complaint):
        read_catalogue([path])


def test_a_document_may_be_the_source(tmp_path: Path) -> None:
    path = tmp_path / "firms.yaml"
    path.write_text("supplier:\n  Vexalon: {source: Act on Vexalon of 2021}\n", "utf-8")
    assert read_catalogue([path])["Vexalon"].sources == ("Act on Vexalon of 2021",)


@pytest.mark.parametrize(
    ("language", "text", "key"),
    [
        ("da", "Hikrobots kameraer skal skiftes ud.", "Hikrobot"),
        ("da", "Kommunen køber Sangfor-udstyr.", "Sangfor"),
        ("da", "Det siger en Yealink-direktør.", "Yealink"),
        ("da", "Waoos kunder mærker det ikke.", "Waoo"),
        ("da", "Fastspeed-kunderne klager.", "Fastspeed"),
        ("sv", "Cradlepoints routrar är kvar.", "Cradlepoint"),
        ("sv", "Yealinks telefoner är billiga.", "Yealink"),
        ("sv", "Comviqs kunder väntar.", "Comviq"),
        ("sv", "Myndigheten för civilt försvar varnar.", "MSB"),
        ("no", "Quectels moduler er i bilene.", "Quectel"),
        ("no", "Telenor Norge bytter ut telefonene.", "Telenor Norway"),
        ("no", "DJI-dronene skal på bakken.", "DJI"),
        ("nl", "Yealink-telefoons moeten weg.", "Yealink"),
        ("nl", "Caiway vervangt de apparatuur.", "Caiway"),
        ("nl", "ZTE’s routers zijn goedkoop.", "ZTE"),
        ("de", "Cradlepoints Router bleiben.", "Cradlepoint"),
        ("de", "Die Yealink-Telefone stehen im Amt.", "Yealink"),
        ("de", "NetCologne verzichtet auf ZTE-Komponenten.", "NetCologne"),
        ("en", "Yealink's phones are in every office.", "Yealink"),
        ("en", "Inseego’s modems are cheaper.", "Inseego"),
        ("en", "Ministers met CityFibre on Monday.", "CityFibre"),
        ("fr", "Le patron d'Inseego se défend.", "Inseego"),
        ("fr", "Free Mobile choisit Nokia.", "Free Mobile"),
        ("fr", "Selon Yealink, les téléphones sont sûrs.", "Yealink"),
    ],
)
def test_genitives_and_compounds_lead_to_the_entry(language: str, text: str, key: str) -> None:
    mentions = resolve(analyse(page_of(text, language, "2024-05-14"))).mentions
    assert any(key in mention.keys for mention in mentions)


@pytest.mark.parametrize(
    ("language", "text", "epithet", "key"),
    [
        ("da", "Yealink er presset. Det kinesiske selskab afviser kritikken.", 3, "Yealink"),
        ("nl", "Quectel ligt onder vuur. De Chinese fabrikant ontkent alles.", 5, "Quectel"),
        ("nl", "Hikrobot levert de camera's. Het concern zwijgt.", 5, "Hikrobot"),
        ("en", "Inseego has replied. The company denies it.", 4, "Inseego"),
        ("de", "Hikrobot steht unter Druck. Der Konzern weist alles zurück.", 5, "Hikrobot"),
        ("sv", "Cradlepoint svarar. Företaget förnekar allt.", 3, "Cradlepoint"),
        ("no", "Yealink svarer. Selskapet avviser alt.", 3, "Yealink"),
        ("fr", "Cradlepoint a répondu lundi. Le groupe conteste.", 5, "Cradlepoint"),
    ],
)
def test_epithets_stand_for_the_entry(language: str, text: str, epithet: int, key: str) -> None:
    """`epithet` is the place of its first word at the earliest."""
    mentions = resolve(analyse(page_of(text, language, "2024-05-14"))).mentions
    nouns = [m for m in mentions if m.form == "noun" and m.first >= epithet]
    assert nouns
    assert nouns[0].keys[0] == key
