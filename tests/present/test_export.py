"""Exports: every statement is in each, another tool's own library takes it, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import prov.model
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from onrecord.entities import Entity
from onrecord.ledger import Ledger, StoredStatement
from onrecord.present import EXPORTS, export, left_out
from onrecord.standing import ends_of

FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n")


def told(ledger: Ledger) -> tuple[tuple[StoredStatement, ...], dict[str, Entity]]:
    return ledger.statements(), {stored.entity.key: stored.entity for stored in ledger.entities()}


def test_csv_jsonl_and_parquet_hold_the_same_rows(huawei: Ledger) -> None:
    statements, entities = told(huawei)
    lines = [json.loads(line) for line in export(statements, entities, "jsonl").decode().splitlines()]
    table = parquet.read_table(io.BytesIO(export(statements, entities, "parquet"))).to_pylist()
    assert lines == table
    assert [line["id"] for line in lines] == [stored.id for stored in statements]
    cells = list(csv.DictReader(io.StringIO(export(statements, entities, "csv").decode("utf-8-sig"))))
    assert [cell["quote"] for cell in cells] == [line["quote"] for line in lines]
    chains = [cell["source"].split(" > ") if cell["source"] else [] for cell in cells]
    assert chains == [line["source"] for line in lines]
    assert {line["plover"] for line in lines} >= {"SANCTION", "ACCUSE", "COERCE", "COOPERATE", None}


HOSTILE = st.text(st.sampled_from("=+-@\t\r\n;,\" '\u00a0\uff1da1"), max_size=12)


@given(texts=st.lists(HOSTILE, min_size=4, max_size=4))
@example(texts=["a;=1+1", 'a;\t"=1+1', 'a, "+1', "a\r\n-1"])
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_cell_is_a_formula_wherever_a_spreadsheet_parts_them(huawei: Ledger, texts: list[str]) -> None:
    stored = huawei.statements()[0]
    quote, actor, title, outlet = texts
    said = replace(stored.statement, quote=quote, actor=actor)
    hostile = replace(stored, statement=said, sentence=f"{quote}{title}", title=title, outlet=outlet)
    text = export([hostile], {}, "csv").decode("utf-8-sig")
    for mark, quoted in product(",;\t", (True, False)):
        lines = io.StringIO(text, newline="")
        for row in (
            csv.reader(lines, delimiter=mark)
            if quoted
            else csv.reader(lines, delimiter=mark, quoting=csv.QUOTE_NONE)
        ):
            assert not [cell for cell in row if cell.lstrip(' \u00a0"').startswith(FORMULA)]
    (cells,) = csv.DictReader(io.StringIO(text, newline=""))
    assert cells["quote"].replace("'", "") == quote.replace("'", "")


def test_followthemoney_takes_every_entity(huawei: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(sys.prefix) / "followthemoney")  # see requirements-followthemoney.lock
    from followthemoney import model

    statements, entities = told(huawei)
    lines = [json.loads(line) for line in export(statements, entities, "ftm").decode().splitlines()]
    ids = {line["id"] for line in lines}
    assert len(ids) == len(lines)
    links = 0
    for line in lines:
        schema = model.get(line["schema"])
        assert schema is not None
        schema.validate(line)
        proxy = model.get_proxy(line)
        assert {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()} == {
            name: sorted(values) for name, values in line["properties"].items()
        }
        for one, other in proxy.edgepairs() if schema.edge else ():
            assert {one, other} <= ids
            links += line["schema"] == "UnknownLink"
    two = [s for s in statements if s.statement.actor and s.statement.target]
    assert links == len(two)
    assert {line["schema"] for line in lines} >= {
        "Company",
        "PublicBody",
        "Article",
        "UnknownLink",
        "Sanction",
    }


def test_prov_takes_the_document_and_a_chain_leads_to_its_first_source(huawei: Ledger) -> None:
    statements, entities = told(huawei)
    data = export(statements, entities, "prov").decode()
    document = prov.model.ProvDocument.deserialize(content=data, format="json")
    assert len(list(document.get_records(prov.model.ProvEntity))) > len(statements)
    stored = next(s for s in statements if len(s.statement.source) > 1)
    made: dict[str, Any] = json.loads(data)
    derived = {
        (one["prov:generatedEntity"], one["prov:usedEntity"]) for one in made["wasDerivedFrom"].values()
    }
    assert (f"or:statement-{stored.id}", f"or:page-{stored.page_id}") in derived
    assert (f"or:told-{stored.id}-1", f"or:told-{stored.id}-0") in derived


def test_what_does_not_count_is_no_fact_in_any_format(
    huawei_record: dict[str, Any], ledger_of: Callable[..., Ledger]
) -> None:
    ledger = ledger_of(huawei_record["pages"])
    restriction = next(s for s in ledger.statements() if s.statement.type == "restriction")
    ledger.judge("reject", restriction.id, who="Anna", why="another company of the name")
    withdrawn = next(
        s for s in ledger.statements() if s.page_id != restriction.page_id and s.statement.target
    ).page_id
    noted = ledger.withdraw(withdrawn, "2026-01-01", who="Anna", why="the paper took it back")
    statements, entities = told(ledger)
    out = {s.id: s.discounted for s in statements if not s.counts}
    assert (out[restriction.id], set(out.values())) == ("rejected", {"rejected", "withdrawn"})

    lines = [json.loads(line) for line in export(statements, entities, "jsonl").splitlines()]
    assert {line["id"]: line["discounted"] for line in lines if not line["counts"]} == out
    assert {line["discounted"] for line in lines if line["counts"]} == {None}

    ftm = [json.loads(line)["properties"] for line in export(statements, entities, "ftm").splitlines()]
    written = {id for properties in ftm for id in properties.get("recordId", ())}
    assert written.isdisjoint(out)
    assert sum(left_out(statements, "ftm").values()) == len(statements) - len(written)
    assert left_out(statements, "ftm")["rejected"] == 1
    assert left_out(statements, "csv") == {}

    data = export(statements, entities, "prov").decode()
    prov.model.ProvDocument.deserialize(content=data, format="json")
    invalidated = {
        one["prov:entity"]: one["prov:activity"] for one in json.loads(data)["wasInvalidatedBy"].values()
    }
    assert invalidated.keys() == {f"or:statement-{id}" for id in out} | {f"or:page-{withdrawn}"}
    assert invalidated[f"or:page-{withdrawn}"] == f"or:judgement-{noted.id}"


@pytest.mark.parametrize("form", EXPORTS)
def test_an_export_is_the_same_each_time(huawei: Ledger, form: Any) -> None:
    assert export(*told(huawei), form) == export(*told(huawei), form)


@pytest.mark.parametrize("form", EXPORTS)
def test_nothing_is_exported_from_nothing(form: Any) -> None:
    assert isinstance(export([], {}, form), bytes)


def test_a_sanction_ends_where_the_restriction_was_lifted_and_is_none_where_it_is_denied(
    ledger_of: Callable[..., Ledger],
) -> None:
    def on(day: str, actor: str, type_: str, status: str, topic: str = "network") -> dict[str, Any]:
        says: list[Any] = [[type_, actor, "Huawei", status, topic, [], None]]
        return {
            "locator": f"{day}-{actor}.txt", "outlet": "Prøvebladet", "title": day, "published": day,
            "language": "en",
            "sentences": [{"text": f"What {actor} does on {day}.", "says": says}],
        }  # fmt: skip

    pages = [
        on("2019-01-01", "DK", "restriction", "asserted"),
        on("2019-02-01", "NL", "restriction", "asserted"),
        on("2020-05-06", "NL", "permission", "asserted"),
        on("2019-03-01", "SE", "restriction", "asserted", "sanctions"),
        on("2020-05-07", "SE", "permission", "asserted"),
        on("2019-04-01", "NO", "restriction", "asserted"),
    ]
    ledger = ledger_of(pages)

    def sanctions(as_of: str | None = None) -> dict[str, list[str] | None]:
        statements = ledger.statements(as_of=as_of)
        ends = ends_of(ledger, statements, as_of=as_of)
        lines = export(statements, told(ledger)[1], "ftm", ends=ends).splitlines()
        made = [json.loads(line) for line in lines]
        return {
            one["properties"]["authority"][0]: one["properties"].get("endDate")
            for one in made
            if one["schema"] == "Sanction"
        }

    assert sanctions() == {"DK": None, "NL": ["2020-05-06"], "SE": None, "NO": None}
    assert sanctions("2019") == {"DK": None, "NL": None, "SE": None, "NO": None}
    ledger.set_position("DK", "Huawei", scope="networks", code="permits", since="2021-02", who="anna")
    ledger.set_position("NO", "Huawei", scope="networks", code="permits", since="2019-01", who="anna")
    assert sanctions() == {"DK": ["2021-02"], "NL": ["2020-05-06"], "SE": None}
