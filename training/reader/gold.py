"""Annotated pages, as they are written for training (`training/pages`) or kept as gold (JSON beside pages).

A file for training holds several pages; training/README.md lays down the form:

    === LANGUAGE | PUBLISHED or - | has a title (yes/no)
    the page
    --- entities
    key = name; name …
    --- statements
    type | status | actor | target | topic | source > source | when | trigger | quote
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, cast

from onrecord.statements import STATUSES, TOPICS, TYPES, StatementType, Status, Topic

_FIELDS = 9


class Annotated(NamedTuple):
    """A statement of an annotated page. `actor`, `target` and `source` hold keys of the page's entities;
    `trigger` the words of the quote that carry the type, where they are told."""

    quote: str
    type: StatementType
    status: Status
    actor: str | None
    target: str | None
    topic: Topic | None
    source: tuple[str, ...]
    trigger: tuple[str, ...]


class GoldPage(NamedTuple):
    """A page as bytes, the names of its entities by key, and its statements."""

    name: str
    language: str
    data: bytes
    entities: dict[str, list[str]]
    statements: list[Annotated]


class Malformed(SystemExit):
    """An annotated page that can't be read, with where and why."""


def training_pages(folder: Path) -> Iterator[GoldPage]:
    """The pages of a folder of files for training, in order.

    Raises `Malformed` where a line has not the form, or a quote or trigger does not stand on the page.
    """
    for path in sorted(folder.glob("*.txt")):
        for number, chunk in enumerate(re.split(r"(?m)^=== ", path.read_text("utf-8"))[1:], 1):
            yield _page(f"{path.stem}-{number}", chunk)


def _page(name: str, chunk: str) -> GoldPage:
    head, _, rest = chunk.partition("\n")
    text, found, rest = rest.partition("--- entities\n")
    entities, also, statements = rest.partition("--- statements\n")
    if not found or not also:
        raise Malformed(f"{name}: needs a line '--- entities' and a line '--- statements'")
    names: dict[str, list[str]] = {}
    for line in filter(str.strip, entities.splitlines()):
        key, _, forms = line.partition("=")
        names[key.strip()] = [key.strip(), *(f.strip() for f in forms.split(";") if f.strip())]
    page = text.strip() + "\n"
    lines = filter(str.strip, statements.splitlines())
    told = [_statement(name, line, page, names) for line in lines]
    return GoldPage(name, head.split("|")[0].strip(), page.encode(), names, told)


def _statement(name: str, line: str, page: str, names: dict[str, list[str]]) -> Annotated:
    fields = [field.strip() for field in line.split(" | ", _FIELDS - 1)]
    if len(fields) != _FIELDS:
        raise Malformed(f"{name}: needs {_FIELDS} fields: {line}")
    kind, status, actor, target, topic, source, _, trigger, quote = fields
    if kind not in TYPES or status not in STATUSES or (topic not in TOPICS and topic != "-"):
        raise Malformed(f"{name}: no such type, status or topic: {line}")
    if quote not in page:
        raise Malformed(f"{name}: the quote does not stand on the page: {line}")
    keys = [_key(field) for field in (actor, target, *source.split(" > "))]
    unknown = [key for key in keys if key is not None and key not in names]
    if unknown:
        raise Malformed(f"{name}: not among the entities: {', '.join(unknown)}: {line}")
    return Annotated(
        quote,
        kind,
        status,
        keys[0],
        keys[1],
        None if topic == "-" else cast("Topic", topic),
        tuple(key for key in keys[2:] if key is not None),
        tuple(trigger.split(" ... ")),
    )


def _key(field: str) -> str | None:
    """The key in a field; behind an @ stand the words by which the quote calls it."""
    key = field.partition(" @ ")[0].strip()
    return None if key in ("", "-") else key


def gold_pages(gold: Path, pages: Path) -> Iterator[GoldPage]:
    """The pages of a folder of gold, in order."""
    for path in sorted(gold.glob("*.json")):
        page = json.loads(path.read_text("utf-8"))
        told = [
            Annotated(
                s["quote"],
                s["type"],
                s["status"],
                s["actor"],
                s["target"],
                s["topic"],
                tuple(s["source"]),
                (),
            )
            for s in page["statements"]
        ]
        data = (pages / page["page"]).read_bytes()
        yield GoldPage(path.stem, page["language"], data, page["entities"], told)
