"""What several answers are made of: parts of lists, and what is wrong with a request."""

from __future__ import annotations

from typing import Generic, NotRequired, TypeVar

from typing_extensions import TypedDict

from onrecord.shapes._record import Judgement

T = TypeVar("T")


class Items(TypedDict, Generic[T]):
    """A part of a list: how many there are in all, and what `after` asks for those behind; null at the
    end."""

    items: list[T]
    total: int
    next: str | None


class Places(TypedDict, Generic[T]):
    """A part of a list whose order moves: `next` is how many stand before those behind."""

    items: list[T]
    total: int
    next: int | None


class Wrong(TypedDict):
    """A parameter that is wrong, and what is."""

    parameter: str
    detail: str


class Problem(TypedDict):
    """What is wrong with a request, and in `detail` what to do (RFC 9457). `instance` is the path that was
    asked, `nearest` names or ids that may be meant; of a statement that somebody judged meanwhile `judgement`
    is theirs."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    nearest: NotRequired[list[str]]
    errors: NotRequired[list[Wrong]]
    judgement: NotRequired[Judgement]
