"""The part of the API by which people work: review, judgements, statements said by hand, watching."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from onrecord.client._transport import Transport, within
from onrecord.shapes import (
    ChannelRead,
    Disagreed,
    Judgement,
    MadeChannel,
    Progress,
    Queued,
    ReviewRule,
    SaidStatement,
    Stands,
    Statement,
    Tested,
    Watched,
)


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

    def skipped(self) -> Iterator[Statement]:
        """The statements that you put off, in the order in which you did."""
        return self._api.all("review/skipped")

    def skip(self, statement: str) -> None:
        """Put a statement off: it comes last in your queue."""
        self._api.send("PUT", f"review/skipped/{within(statement)}")

    def unskip(self, statement: str) -> None:
        """Have a statement where it stood in your queue before you put it off."""
        self._api.send("DELETE", f"review/skipped/{within(statement)}")

    def second(self) -> Iterator[Statement]:
        """The statements that one person judged and a second is to judge."""
        return self._api.all("review/second")

    def disagreed(self) -> Iterator[Disagreed]:
        """The statements of which two persons say different things, and that nobody settled."""
        return self._api.all("review/disagreed")

    def progress(self) -> Progress:
        """How much waits, who judged how much, and how far those who judged the same agree."""
        return cast(Progress, self._api.get("review/progress"))

    def review_rule(self) -> ReviewRule:
        """What needs a second person's judgement."""
        return cast(ReviewRule, self._api.get("review/settings"))

    def set_review_rule(self, types: Sequence[str], stakes: float | None = None) -> ReviewRule:
        """Say what needs a second person, for administrators: statements of these types, and those with
        which at least so much is at stake."""
        told = {"types": list(types), "stakes": stakes}
        return cast(ReviewRule, self._api.send("PUT", "review/settings", told))

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
        original) the words must stand in the text just once. `fields` are `status`, `topic`, `scope`, `when`,
        `source` (a list), `kinds` of new names, and `why`."""
        told: dict[str, Any] = {"page": page, "quote": quote, "type": type, "actor": actor, "target": target}
        if start is not None and end is not None:
            told |= {"start": start, "end": end}
        return cast(SaidStatement, self._api.send("POST", "statements", {**told, **fields}))

    def stands(self, actor: str, supplier: str, scope: str = "networks") -> Stands:
        """Where an actor stands on a supplier, as it holds and by the statements alone; and what persons set
        in a scope."""
        return cast(Stands, self._api.get("positions", actor=actor, supplier=supplier, scope=scope))

    def set_position(
        self,
        actor: str,
        supplier: str,
        position: str,
        *,
        scope: str = "networks",
        since: str = "",
        why: str = "",
        seen: int | None = None,
    ) -> Judgement:
        """Say where an actor stands on a supplier, from a day, month or year on (else from today on). `seen`
        is that of `stands`: where somebody set it since, it is an `ApiProblem` (409) with that judgement."""
        told = {"actor": actor, "supplier": supplier, "position": position, "scope": scope}
        more = {"since": since, "why": why, "seen": seen}
        return cast(Judgement, self._api.send("POST", "positions", told | more))

    def withdraw(self, page: str, on: str, *, why: str = "", seen: int | None = None) -> Judgement:
        """Note that a page was withdrawn by its publisher on a day. `seen` is the last judgement of this that
        you saw, as in `judge`."""
        told = {"on": on, "why": why, "seen": seen}
        return cast(Judgement, self._api.send("POST", f"pages/{within(page)}/withdraw", told))

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

    def seen(self, supplier: str | None = None) -> None:
        """Say that you have seen what moved, of one supplier that you follow or of all."""
        self._api.send("POST", "watch/seen", {"supplier": supplier})

    def channels(self) -> Iterator[ChannelRead]:
        """Where you are told of what moves, and how sending goes there."""
        return self._api.all("channels")

    def add_channel(self, address: str, **wishes: Any) -> MadeChannel:
        """Have yourself told of what moves, by e-mail or at a webhook, whose `secret` is told this once.
        `wishes` are `language`, `pace` (`at-once`, `daily`, `weekly`), `hour`, `weekday`, `zone` and `quiet`
        (`22:00-07:00`)."""
        return cast(MadeChannel, self._api.send("POST", "channels", {"address": address, **wishes}))

    def remove_channel(self, id: int) -> None:
        """Take a channel away."""
        self._api.send("DELETE", f"channels/{id}")

    def test_channel(self, id: int) -> Tested:
        """Send a test by a channel."""
        return cast(Tested, self._api.send("POST", f"channels/{id}/test"))
