"""Work that takes longer than a page may: done in the background, one after another, and asked after by id.

What is under way is known to this process alone. Where it ends, so does the work: what is written, is written
in whole steps of the ledger, so nothing is left half done, and whoever asks after it is told.
"""

from __future__ import annotations

import logging
import secrets
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from threading import Lock, Thread
from typing import Literal

from onrecord.exposure import RegisterError
from onrecord.ledger import LedgerError
from onrecord.lists import ListError
from onrecord.web._errors import Problem, not_found

_WAITING = 8
"""Pieces of work that may wait; what they hold in memory is bounded by what a request may carry."""
_ENDED = 100
"""Pieces of work that are remembered when they are done."""

State = Literal["waiting", "running", "done", "failed"]
Told = Callable[[int, int], None]
"""Hears how much of how much is done."""
_log = logging.getLogger("onrecord.web")


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work: `what` kind it is (the key of a message), of what (`subject`), by whom; how far it is
    (`done` of `of`); and when it has ended, the address of what came of it, or why it failed."""

    id: str
    what: str
    subject: str
    who: str
    state: State = "waiting"
    done: int = 0
    of: int = 0
    asked: datetime = field(default_factory=lambda: datetime.now(UTC))
    ended: datetime | None = None
    result: str = ""
    message: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ("done", "failed")

    @property
    def share(self) -> int:
        """How much is done, in hundredths."""
        return 100 if self.state == "done" else int(100 * self.done / self.of) if self.of else 0


class Jobs:
    """Does work in a thread of its own, one piece at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[tuple[str, Callable[[Told], str]]] = deque()
        self._keys: dict[Hashable, str] = {}
        self._working = False
        self._changes = 0

    def start(self, what: str, subject: str, work: Callable[[Told], str], *, who: str, key: Hashable) -> Job:
        """Have work done, which gives the address of what came of it. Of one `key` only one piece is under
        way at a time: the one that is, is given instead. `Problem` where too many wait."""
        with self._lock:
            held = self._jobs.get(self._keys.get(key, ""))
            if held is not None and not held.over:
                return held
            if len(self._waiting) >= _WAITING:
                raise Problem(
                    HTTPStatus.SERVICE_UNAVAILABLE,
                    f"{_WAITING} other tasks wait to be done here. Try again when some of them have ended.",
                )
            job = Job(secrets.token_urlsafe(9), what, subject, who)
            self._jobs[job.id] = job
            self._keys[key] = job.id
            self._waiting.append((job.id, work))
            self._changes += 1
            ended = [one.id for one in self._jobs.values() if one.over]
            for id in ended[: max(len(ended) - _ENDED, 0)]:
                del self._jobs[id]
            if not self._working:
                self._working = True
                # It ends with the process: whoever stops the server does not wait for a check of a register.
                Thread(target=self._work, name="onrecord-jobs", daemon=True).start()
            return job

    def job(self, id: str) -> Job:
        """The work of that id. `Problem` where none is known."""
        with self._lock:
            found = self._jobs.get(id)
        if found is None:
            raise not_found(
                f"No task '{id[:40]}' is known here. It is long over, or the server was started anew while "
                "it was under way: then it was given up, nothing of it is half done, and you can ask for it "
                "again."
            )
        return found

    def of(self, key: Hashable) -> Job | None:
        """The last piece of work of that key."""
        with self._lock:
            return self._jobs.get(self._keys.get(key, ""))

    def all(self) -> tuple[Job, ...]:
        """The work that is known, the last asked for first."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    def under_way(self, *whats: str) -> tuple[Job, ...]:
        """The work of some kinds that has not ended."""
        with self._lock:
            return tuple(one for one in self._jobs.values() if one.what in whats and not one.over)

    def mark(self) -> str:
        """What differs whenever anything about any piece of work does."""
        return str(self._changes)

    def _change(self, id: str, **fields: object) -> None:
        with self._lock:
            self._jobs[id] = replace(self._jobs[id], **fields)  # type: ignore[arg-type]
            self._changes += 1

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._working = False
                    return
                id, work = self._waiting.popleft()
            self._change(id, state="running")
            self._do(id, work)

    def _do(self, id: str, work: Callable[[Told], str]) -> None:
        """Do one piece; whatever goes wrong costs that piece alone. What is logged of a fault is its kind
        and no more: its words may be those of a register, which is confidential."""
        try:
            result = work(lambda done, of: self._change(id, done=done, of=of))
        except (LedgerError, ListError, RegisterError, Problem) as error:
            told = error.detail if isinstance(error, Problem) else str(error)
            self._change(id, state="failed", message=told, ended=datetime.now(UTC))
        except Exception as error:
            _log.error("a task in the background (%s) failed: %s", self._jobs[id].what, type(error).__name__)
            told = "On Record itself failed here. Please report it with what you were doing."
            self._change(id, state="failed", message=told, ended=datetime.now(UTC))
        else:
            self._change(id, state="done", result=result, ended=datetime.now(UTC))
