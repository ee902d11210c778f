"""`onrecord standing` without a name: where all actors of some kinds stand on many suppliers."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import known, opened
from onrecord.cli._output import Tell

if TYPE_CHECKING:
    from onrecord.entities import EntityKind
    from onrecord.present import Format


class ActorKind(StrEnum):
    """The kinds of `onrecord.entities.EntityKind`, as Typer takes a list of choices."""

    STATE = "state"
    BODY = "body"
    COMPANY = "company"
    PERSON = "person"
    OUTLET = "outlet"
    ROLE = "role"


_MOST = 100
"""Suppliers that are told of where no number is given, as `onrecord.standing.standings_of` has it."""

SuppliersOption = Annotated[
    list[str] | None,
    typer.Option(
        "--suppliers",
        metavar="NAMES",
        help="Without NAME: only on these suppliers, with commas between them.",
        show_default=False,
    ),
]
KindOption = Annotated[
    list[ActorKind] | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="Without NAME: of actors of this kind: state, body, company, person, outlet or role. Else of "
        "states. Can be given several times.",
        show_default=False,
    ),
]
MostOption = Annotated[
    int | None,
    typer.Option(
        "--most",
        metavar="N",
        min=1,
        help=f"Without NAME: only on the N suppliers that are told of most. Else on {_MOST}.",
        show_default=False,
    ),
]


def without_name(
    ctx: typer.Context,
    ledger: str | None,
    form: Format,
    suppliers: Sequence[str] | None,
    kinds: Sequence[ActorKind] | None,
    most: int | None,
    as_of: str | None,
    known_at: str | None,
    language: str,
) -> Tell:
    """The standings from the ledger, ready to be told. `Failure`: USAGE where the options do not go together,
    NOT_FOUND with the nearest names where the ledger lacks a supplier.
    """
    names = _names(suppliers, most)
    asked: list[EntityKind] = [kind.value for kind in kinds or (ActorKind.STATE,)]
    moment = known(known_at)
    with opened(ctx, ledger) as record:
        from onrecord.present import render_standings
        from onrecord.standing import UnknownEntity, standings_of

        try:
            found = standings_of(record, names, kinds=asked, most=most or _MOST, as_of=as_of, known_at=moment)
        except UnknownEntity as error:
            raise Failure(Code.NOT_FOUND, str(error)) from error
    return partial(render_standings, found, form, kinds=asked, language=language)


def _names(suppliers: Sequence[str] | None, most: int | None) -> list[str]:
    """The suppliers that were named, each once. `Failure` (USAGE) where none stands between the commas, or
    where their number is given too.
    """
    if suppliers is None:
        return []
    if most is not None:
        raise Failure(
            Code.USAGE, "--most chooses suppliers where none is named. Leave out --suppliers, or --most."
        )
    names = [name.strip() for listed in suppliers for name in listed.split(",") if name.strip()]
    if not names:
        raise Failure(Code.USAGE, "name at least one supplier, for instance --suppliers Huawei,ZTE.")
    return list(dict.fromkeys(names))
