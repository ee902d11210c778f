"""Statements as sentences in each language that there is a catalogue for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.entities import Entity
from onrecord.entities import catalogue as entities
from onrecord.ledger import Ledger
from onrecord.present import Format, languages, render, render_standing, sentence
from onrecord.present._catalogue import catalogue
from onrecord.present._names import call
from onrecord.standing import standing_of
from onrecord.statements import SCOPES, STATUSES, TOPICS, TYPES, Statement

GOLDEN = yaml.safe_load((Path(__file__).parent / "golden.yaml").read_text("utf-8"))
PERSONS = ("Ren Zhengfei", "Meng Wanzhou")
ROLES = (
    "insider", "experts", "critics", "lawyers", "minister", "US companies", "European operators",
    "Chinese suppliers", "Dutch police", "employees of ByteDance",
)  # fmt: skip
NAMES = {
    **entities(),
    **{key: Entity(key, "person", key) for key in PERSONS},
    **{key: Entity(key, "role", key) for key in ROLES},
    **{key: Entity(key, "state", key) for key in ("US", "GB", "KP")},
}
WHOLE = r"\w[^{}<>\[\]|«»]*[^ ]\."


def said(
    language: str,
    type_: Any,
    actor: str | None,
    target: str | None,
    status: Any,
    topic: Any,
    source: Sequence[str],
    when: str | None,
    scope: Any = None,
) -> str:
    """The sentence of a statement with these fields."""
    statement = Statement(
        0, 1, "x", 0, 1, type_, actor, target, status, topic, tuple(source), when, 1.0, "test", scope
    )
    return sentence(statement, NAMES, language)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: row["en"][:40])
def test_a_statement_reads_as_a_native_writes_it(row: Mapping[str, Any], language: str) -> None:
    assert said(language, *row["fields"]) == row[language]


def test_the_golden_table_holds_every_type_and_status() -> None:
    assert {row["fields"][0] for row in GOLDEN} == set(TYPES)
    assert {row["fields"][3] for row in GOLDEN} == set(STATUSES)


def whole(reads: str) -> None:
    """Nothing of the catalogue's grammar is left over."""
    assert re.fullmatch(WHOLE, reads), reads
    assert reads[0] == reads[0].upper(), reads
    for wrong in ("  ", " ,", ",,", " .", "..", "None"):
        assert wrong not in reads, reads


SAID_WHEN: tuple[tuple[tuple[str, ...], str | None], ...] = (
    ((), None), ((), "2019-05"), (("Huawei", "BBC"), None), (("experts", "US"), "2019-05"),
    (("Reuters",), None),
)  # fmt: skip


@pytest.mark.parametrize("language", [code for code in languages() if code != "en"])
@pytest.mark.parametrize("type_", TYPES)
def test_every_statement_there_can_be_has_a_sentence(type_: str, language: str) -> None:
    for status, topic, actor, target, (source, when) in product(
        STATUSES, (None, *TOPICS), (None, "Huawei", "US companies"), (None, "GB"), SAID_WHEN
    ):
        reads = said(language, type_, actor, target, status, topic, source, when)
        whole(reads)
        named = [call(key, NAMES, language).inline for key in (actor, target, *source) if key]
        assert all(name.lower() in reads.lower() for name in named), reads
        assert when is None or "mei 2019" in reads or "maj 2019" in reads, reads


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="{}<>[]|«»", exclude_categories=["C", "Z"]))
KEYS = st.sampled_from([*NAMES, "DK", "NO", "everyone"]) | WORDS.filter(lambda key: len(key) > 2)
DATES = st.dates().map(str).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))


@settings(max_examples=300, deadline=None)
@given(st.data(), st.sampled_from(languages()), st.sampled_from(TYPES), st.none() | DATES)
def test_any_statement_is_told_in_any_language(
    data: st.DataObject, language: str, type_: str, when: str | None
) -> None:
    actor, target = data.draw(st.none() | KEYS), data.draw(st.none() | KEYS)
    status, topic = data.draw(st.sampled_from(STATUSES)), data.draw(st.none() | st.sampled_from(TOPICS))
    source = data.draw(st.lists(KEYS, max_size=4))
    reads = said(language, type_, actor, target, status, topic, source, when)
    assert not re.search(r"[{}<>\[\]|«»]", reads), reads
    assert reads.endswith(".")
    assert "  " not in reads
    assert when is None or str(int(when[:4])) in reads


@pytest.mark.parametrize("language", languages())
def test_a_name_is_never_taken_for_a_message(language: str) -> None:
    names = {"x": Entity("x", "company", "{target} <a|b> [has|have] «is»")}
    statement = Statement(0, 1, "x", 0, 1, "ties", "x", None, "asserted", None, ("x",), None, 1.0, "test")
    assert "{target} <a|b> [has|have] «is»" in sentence(statement, names, language)


@pytest.mark.parametrize(
    ("key", "danish", "dutch"),
    [
        ("insider", "en insider", "een insider"),
        ("US companies", "amerikanske virksomheder", "Amerikaanse bedrijven"),
        ("EU member states", "EU-medlemslande", "EU-lidstaten"),
        ("former employees of Huawei", "tidligere ansatte hos Huawei", "voormalige medewerkers van Huawei"),
        ("senior EU official", "en højtstående EU-embedsmand", "een hooggeplaatste EU-functionaris"),
        ("three municipalities", "tre kommuner", "drie gemeenten"),
        ("Chinese camera makers", "kinesiske kameraproducenter", "Chinese cameramakers"),
        ("WhatsApp users", "WhatsApp-brugere", "WhatsApp-gebruikers"),
        ("customers in Germany", "kunder i Tyskland", "klanten in Duitsland"),
        ("municipality of Utrecht", "Utrecht Kommune", "de gemeente Utrecht"),
        ("Utrecht Municipality", "Utrecht Kommune", "de gemeente Utrecht"),
        ("Ethiopian opposition", "den etiopiske opposition", "de Ethiopische oppositie"),
        ("Chinese company", "en kinesisk virksomhed", "een Chinees bedrijf"),
        ("everyone", "alle", "iedereen"),
        ("two left-handed blacksmiths", "”two left-handed blacksmiths”", "“two left-handed blacksmiths”"),
        ("Irish Ministry of Defence", "det irske forsvarsministerium", "het Ierse ministerie van Defensie"),
        ("Danish Ministry of Defence", "Forsvarsministeriet", "het Deense ministerie van Defensie"),
        ("European Commission", "Europa-Kommissionen", "de Europese Commissie"),
        ("US", "USA", "de Verenigde Staten"),
        ("GB", "Storbritannien", "het Verenigd Koninkrijk"),
        ("KP", "Nordkorea", "Noord-Korea"),
        ("HK", "Hongkong", "Hongkong"),
        ("Acme", "Acme", "Acme"),
    ],
)  # fmt: skip
def test_what_a_key_is_called(key: str, danish: str, dutch: str) -> None:
    assert call(key, {}, "da").inline == danish
    assert call(key, {}, "nl").inline == dutch


@pytest.mark.parametrize(
    ("key", "whose"), [("Huawei", "Huaweis"), ("US", "USA's"), ("Siemens", "Siemens'"), ("ZTE", "ZTE's")]
)
def test_the_danish_genitive(key: str, whose: str) -> None:
    assert call(key, {}, "da").genitive == whose


def test_one_that_acts_on_itself() -> None:
    fields: tuple[Any, ...] = ("evaluation", "Huawei", "Huawei", "asserted", None, [], None)
    assert said("en", *fields) == "Huawei has examined itself."
    assert said("da", *fields) == "Huawei har undersøgt sig selv."
    assert said("nl", *fields) == "Huawei heeft zichzelf onderzocht."


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="There are: en, da, nl"):
        said("tlh", "risk", "Huawei", None, "asserted", None, [], None)


FREE = ("verb", "verbs", "rest", "more", "dated", "when", "forms")
"""Keys under a type (`forms`: of the catalogue) that a language has as its grammar wants."""
TABLES = ("articles", "one", "many", "adjectives", "qualifiers", "joins", "states", "bare", "matters")
"""Tables of words, and of messages by topic, of which each language has its own rows."""


def keys(value: Any, path: str = "") -> Iterator[str]:
    """The paths to everything that a catalogue holds, without what each language has as it wants."""
    if not isinstance(value, dict):
        return
    for key, held in value.items():
        if path.startswith("/types/") and key in FREE:
            continue
        yield f"{path}/{key}"
        if key not in TABLES:
            yield from keys(held, f"{path}/{key}")


@pytest.mark.parametrize("language", languages())
def test_all_catalogues_have_the_same_keys(language: str) -> None:
    assert set(keys(catalogue(language))) == set(keys(catalogue("en")))
    assert catalogue(language)["language"] == language
    for type_, row in catalogue(language)["types"].items():
        assert type_ in TYPES
        assert set(row["says"]) == set(STATUSES)
        for part in ("verbs", "rest", "more"):
            scopes = SCOPES if type_ in ("restriction", "permission") else ()
            assert set(row.get(part, {})) <= {*TOPICS, *scopes, "else"}
            assert not row.get(part) or "else" in row[part]
        assert set(row.get("dated", {})) <= set(STATUSES)


def messages(value: Any) -> Iterator[str]:
    """Every text of a catalogue."""
    if isinstance(value, dict):
        for held in value.values():
            yield from messages(held)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("language", languages())
def test_messages_keep_their_fields_and_signs(language: str) -> None:
    fields = {"actor", "target", "target's", "topic", "when", "rest", "more", "that", "Speakers", "date"}
    fields |= set(catalogue(language)["forms"])
    for message in messages(catalogue(language)["types"]):
        assert set(re.findall(r"\{([^{}]*)\}", message)) <= fields, message
        assert message.count("«") == message.count("»") <= 1, message
        assert not re.search(r"<[^>]*[«»]", message), message
        assert all(message.count(a) == message.count(b) for a, b in ("<>", "[]", "{}")), message
    for key, message in cast(Mapping[str, Any], catalogue(language)["words"]).items():
        english = catalogue("en")["words"][key]
        assert set(re.findall(r"\{\w+\}", str(message))) == set(re.findall(r"\{\w+\}", str(english))), key


@pytest.mark.parametrize("language", languages())
def test_a_dossier_is_in_one_language(huawei: Ledger, language: str) -> None:
    dossier = standing_of(huawei, "Huawei")
    heading = catalogue(language)["sections"]["positions"]["title"]
    forms: tuple[Format, ...] = ("html", "markdown", "terminal")
    for form in forms:
        text = render(dossier, form, language=language)
        assert heading in text
        assert render_standing(dossier, form, language=language)
        assert max(map(len, text.splitlines())) <= 80 or form != "terminal"
    assert f'"language": "{language}"' in render(dossier, "json", language=language)
