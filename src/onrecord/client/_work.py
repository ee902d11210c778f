"""The part of the API by which people work: review, judgements, statements said by hand, watching."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from onrecord.client._transport import Transport, within
from onrecord.shapes import Judgement, Queued, SaidStatement, Watched


class Work:
    """Methods of `Client`."""

    _api: Transport

    def review(
        self,
        *,
        supplier: str | None = None,
        type: str | None = None,
        language: str | None = None,
        outlet: str | None = None,
    ) -> Iterator[Queued]:
        """The statements that wait for you, those first in which a mistake would matter most."""
        return self._api.all("review", supplier=supplier, type=type, in_language=language, outlet=outlet)

    def judge(
        self,
        kind: str,
        statements: Sequence[str],
        *,
        why: str = "",
        changes: Mapping[str, Any] | None = None,
        seen: int | None = None,
    ) -> Judgement:
        """Accept or reject statements, several as one, or correct one. `seen` is the last judgement that you
        saw: where another came since, it is an `ApiProblem` (409) with that judgement."""
        told = {"kind": kind, "statements": list(statements), "why": why, "changes": changes, "seen": seen}
        return cast(Judgement, self._api.send("POST", "judgements", told))

    def undo(self, judgement: int, why: str = "") -> Judgement:
        """Undo a judgement; what held before it holds again."""
        return cast(Judgement, self._api.send("POST", f"judgements/{judgement}/undo", {"why": why}))

    def add_statement(
        self,
        page: str,
        quote: str,
        *,
        type: str,
        actor: str | None,
        target: str | None = None,
        start: int | None = None,
        end: int | None = None,
        **fields: Any,
    ) -> SaidStatement:
        """Say what some words of a page say, where no reader did. Without `start` and `end` (offsets in the
        original) the words must stand in the text just once. `fields` are `status`, `topic`, `when`, `source`
        (a list), `kinds` of new names, and `why`."""
        told: dict[str, Any] = {"page": page, "quote": quote, "type": type, "actor": actor, "target": target}
        if start is not None and end is not None:
            told |= {"start": start, "end": end}
        return cast(SaidStatement, self._api.send("POST", "statements", {**told, **fields}))

    def original(self, page: str) -> str:
        """The original of a page, as text."""
        return self._api.raw(f"pages/{within(page)}/original").decode("utf-8", "replace")

    def watch(self) -> Iterator[Watched]:
        """The suppliers that you follow, with what moved since your last visit to the workbench."""
        return self._api.all("watch")

    def watched(self, supplier: str) -> Watched:
        """A supplier that you follow."""
        return cast(Watched, self._api.get(f"watch/{within(supplier)}"))

    def follow(self, supplier: str) -> Watched:
        """Follow a supplier."""
        return cast(Watched, self._api.send("PUT", f"watch/{within(supplier)}"))

    def unfollow(self, supplier: str) -> None:
        """Follow a supplier no longer."""
        self._api.send("DELETE", f"watch/{within(supplier)}")
