"""What took long to make and never changes: a few of it are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Shelf:
    """A few things that took long to make and never change, by what they are of."""

    def __init__(self, most: int = 2) -> None:
        self._most = most
        self._lock = Lock()
        self._held: OrderedDict[Hashable, Any] = OrderedDict()

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once while it is among the last that were asked for. Whoever asks for
        another meanwhile waits: each may take a gigabyte, of a very large register."""
        with self._lock:
            if key not in self._held:
                self._held[key] = make()
                while len(self._held) > self._most:
                    self._held.popitem(last=False)
            self._held.move_to_end(key)
            return cast(T, self._held[key])
