"""The record for other tools: CSV, Parquet, JSON Lines, FollowTheMoney and W3C PROV, each as one file."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, get_args

from onrecord.entities import Entity
from onrecord.ledger import StoredStatement
from onrecord.present._catalogue import ENGLISH
from onrecord.present._cells import csv_table
from onrecord.present._ftm import ftm_entities, why_left_out
from onrecord.present._prov import prov_document
from onrecord.present._rows import COLUMNS, rows

ExportFormat = Literal["csv", "parquet", "jsonl", "ftm", "prov"]
EXPORTS: tuple[ExportFormat, ...] = get_args(ExportFormat)


class MissingLibrary(RuntimeError):
    """A format needs a library that is not installed; the message says how to install it."""


def export(
    statements: Iterable[StoredStatement],
    entities: Mapping[str, Entity],
    format: ExportFormat,
    *,
    language: str = ENGLISH,
    ends: Mapping[str, str | None] | None = None,
) -> bytes:
    """Statements in a format. `entities` are all that they name, by key; `language` that of the sentences;
    `ends`, for FollowTheMoney, what `ends_of` says of their restrictions.

    Raises `MissingLibrary` for Parquet without pyarrow.
    """
    told = list(statements)
    if format == "ftm":
        return _lines(ftm_entities(told, entities, language, ends or {}))
    if format == "prov":
        return (json.dumps(prov_document(told, entities), ensure_ascii=False, indent=1) + "\n").encode()
    table = list(rows(told, entities, language))
    if format == "jsonl":
        return _lines(table)
    return csv_table(COLUMNS, table) if format == "csv" else _parquet(table)


def left_out(statements: Iterable[StoredStatement], format: ExportFormat) -> dict[str, int]:
    """How many statements a format has no place for, by the reason: "rejected", "withdrawn", "taken back" or
    "of one party only". The tables and PROV leave none out."""
    if format != "ftm":
        return {}
    return dict(Counter(why for stored in statements if (why := why_left_out(stored)) is not None))


def _lines(found: Iterable[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found).encode("utf-8", "replace")


def _parquet(table: Sequence[Mapping[str, Any]]) -> bytes:
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise MissingLibrary("Parquet needs pyarrow: pip install 'onrecord[export]'.") from error
    kinds = {"source": pyarrow.list_(pyarrow.string()), "confidence": pyarrow.float64()}
    kinds |= {"counts": pyarrow.bool_(), "start": pyarrow.int64(), "end": pyarrow.int64()}
    schema = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in COLUMNS])
    out = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(list(table), schema=schema), out)
    return out.getvalue()
