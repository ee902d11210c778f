"""A form that is sent twice in a row, by a double click or an impatient key, is done once: the second gets
the answer of the first."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from starlette.datastructures import FormData

SECONDS = 5.0
"""For so long the same form again is taken for the same deed; later it is one of its own."""
_MOST = 1_000
"""Sessions of which the last form is remembered."""


@dataclass(eq=False, slots=True)
class Deed:
    """A form that is being done, or was done last. `led` is where its answer led; None where it was not done,
    so that it may be tried again."""

    digest: str
    begun: float = field(default_factory=time.monotonic)
    led: asyncio.Future[str | None] = field(default_factory=asyncio.Future)

    def over(self, location: str | None) -> None:
        """Have all who wait for it know where it led."""
        if not self.led.done():
            self.led.set_result(location)


class Once:
    """Remembers the last form of each session. Only the same one right after it counts as sent twice: to
    follow, unfollow and follow anew are three deeds."""

    def __init__(self) -> None:
        self._last: OrderedDict[str, Deed] = OrderedDict()

    async def begin(self, session: str, path: str, form: FormData) -> Deed | str:
        """The deed that a form begins; where the same was done just now, the address where that led. Of forms
        with files each is done: they are looked at first, and read twice they add nothing."""
        told = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
        alone = len(told) == len(form.multi_items())
        deed = Deed(hashlib.sha256(json.dumps([path, told]).encode()).hexdigest() if alone else "")
        before = self._last.get(session)
        same = alone and before is not None and before.digest == deed.digest
        if before is not None and same and deed.begun - before.begun < SECONDS:
            led = await before.led
            if led is not None:
                return led
        self._last[session] = deed
        self._last.move_to_end(session)
        while len(self._last) > _MOST:
            self._last.popitem(last=False)
        return deed
