"""Exports: every statement is in each, another tool's own library takes it, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import prov.model
import pytest
from pyarrow import parquet

from onrecord.entities import Entity
from onrecord.ledger import Ledger, StoredStatement
from onrecord.present import EXPORTS, export


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


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(huawei: Ledger, start: str) -> None:
    statements, entities = told(huawei)
    said = replace(
        statements[0].statement, quote=f'{start}HYPERLINK("http://example.org")', actor=f"{start}A1"
    )
    hostile = replace(statements[0], statement=said, title=f"{start}cmd", outlet=f"{start}1")
    rows = csv.reader(io.StringIO(export([hostile], entities, "csv").decode("utf-8-sig"), newline=""))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for row in rows for cell in row)


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


@pytest.mark.parametrize("form", EXPORTS)
def test_an_export_is_the_same_each_time(huawei: Ledger, form: Any) -> None:
    assert export(*told(huawei), form) == export(*told(huawei), form)


@pytest.mark.parametrize("form", EXPORTS)
def test_nothing_is_exported_from_nothing(form: Any) -> None:
    assert isinstance(export([], {}, form), bytes)
