"""Results that took time, kept for the next who asks: each is made once, however many ask for it at once.

Most are of one state of the ledger (`Kept`, `Texts`), some never change (`Shelf`).
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")

_QUICK = 1
"""zlib's quickest level: a dossier of a megabyte becomes a tenth of that in a few milliseconds."""


class Kept(Generic[T]):
    """Results by name, each of one state of the ledger. Who asks while a result is being made waits for it.

    At most `most` are kept, weighed by `weigh` (without it each weighs 1); those go first that were asked for
    least lately.
    """

    def __init__(self, most: int, weigh: Callable[[T], int] | None = None) -> None:
        self._most = most
        self._weigh = weigh or (lambda _: 1)
        self._lock = Lock()
        self._held: OrderedDict[Hashable, tuple[str, Future[T]]] = OrderedDict()
        self._weights: dict[Hashable, int] = {}

    def get(self, name: Hashable, state: str, make: Callable[[], T]) -> T:
        """What `make` gives in a state of the ledger; that of another state is let go. What it raises is
        raised for all who wait, and not kept."""
        with self._lock:
            found = self._held.get(name)
            mine = found is None or found[0] != state
            if found is None or mine:
                found = self._held[name] = (state, Future())
                self._weights.pop(name, None)
            self._held.move_to_end(name)
        if not mine:
            return found[1].result()
        try:
            made = make()
        except BaseException as error:
            self._drop(name, found)
            found[1].set_exception(error)
            raise
        self._weigh_in(name, found, self._weigh(made))
        found[1].set_result(made)
        return made

    def _drop(self, name: Hashable, held: tuple[str, Future[T]]) -> None:
        with self._lock:
            if self._held.get(name) is held:
                del self._held[name]

    def _weigh_in(self, name: Hashable, held: tuple[str, Future[T]], weight: int) -> None:
        """Note what a result weighs, and let go of others while all weigh too much. What is being made does
        not weigh yet."""
        with self._lock:
            if self._held.get(name) is not held:
                return  # another state's has taken its place
            self._weights[name] = weight
            total = sum(self._weights.values())
            for other in [one for one in self._held if one in self._weights]:
                if total <= self._most:
                    break
                total -= self._weights.pop(other)
                del self._held[other]


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


def packed(text: str) -> bytes:
    """A text as it is kept."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _QUICK)


class Texts:
    """Texts that are kept compressed, so many bytes of them at most."""

    def __init__(self, most: int) -> None:
        self._kept: Kept[bytes] = Kept(most, len)

    def get(self, name: Hashable, state: str, make: Callable[[], bytes]) -> str:
        """As `Kept.get`, of what is `packed`."""
        return zlib.decompress(self._kept.get(name, state, make)).decode("utf-8", "surrogatepass")
