"""Dossiers and standings as parts of a page that somebody else frames: the workbench."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from onrecord.entities import EntityKind
from onrecord.present._catalogue import ENGLISH
from onrecord.standing import Dossier, Standings

if TYPE_CHECKING:
    from onrecord.present._listed import Marks


class Go(Protocol):
    """What gives the address, in whatever frames the part, of a statement, an entity or a page, by its id or
    key; of a `position` that where one sets by hand how an actor, given by key, stands on the supplier in a
    scope; of a `supplier` that of its dossier, and those of lists: of the statements that its `dossier`
    counts, of those with it as a `party`, and of those that are `discounted`."""

    def __call__(
        self,
        kind: Literal[
            "statement", "entity", "page", "position", "supplier", "dossier", "party", "discounted"
        ],
        id: str,
        /,
        scope: str = "",
    ) -> str:
        """The address."""
        ...


# The library for templates is loaded with the first part: whoever prints on a terminal need not wait for it.


def dossier_part(
    dossier: Dossier,
    *,
    language: str = ENGLISH,
    marks: Marks | None = None,
    go: Go | None = None,
) -> str:
    """The dossier as HTML without a document around it; all of it is escaped, and it stands in a `main`.
    `stylesheet` gives its style. Where `go` is given, quotes, sources, names and positions lead to those
    addresses.
    `ValueError` for a language that there is not."""
    from onrecord.present import _html

    return _html.dossier_part(dossier, language, marks, go)


def standings_part(
    found: Standings, kinds: Sequence[EntityKind], *, language: str = ENGLISH, go: Go | None = None
) -> str:
    """Standings, of actors of the kinds that were asked for, as `dossier_part`. With `go` each position leads
    to its place in the supplier's dossier."""
    from onrecord.present import _html

    return _html.standings_part(found, kinds, language, go)


def stylesheet() -> str:
    """The style of everything that is rendered as HTML, as CSS."""
    from onrecord.present import _html

    return _html.stylesheet()
