"""The part of the API for registers, lists, sources and work in the background."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from onrecord.client._transport import Transport, within
from onrecord.shapes import (
    AddedList,
    Check,
    CheckRead,
    Compared,
    Finding,
    Job,
    ListPreview,
    Register,
    RegisterPreview,
    RegisterTemplate,
    RegisterVersion,
    RulePack,
    RulePackRead,
    Sources,
)

_PAUSE = 0.5
"""Seconds between two questions whether a job is done."""


class Desk:
    """Methods of `Client`. What takes long is a job: `wait` gives it when it is done."""

    _api: Transport

    def registers(self) -> Iterator[RegisterVersion]:
        """The registers that are kept, each in its newest version."""
        return self._api.all("register")

    def register(self, name: str) -> Register:
        """A register with its versions and checks."""
        return cast(Register, self._api.get(f"register/{within(name)}"))

    def upload_register(
        self,
        name: str,
        data: bytes,
        *,
        called: str = "",
        columns: Mapping[str, str] | None = None,
        sort: str = "",
        keep_good: bool = False,
    ) -> RegisterVersion:
        """Keep a register, CSV or XLSX by the file's name. `columns` says of headings which column they are,
        where they do not say it; `sort` what lines tell of that do not say so."""
        told: dict[str, Any] = {"name": called, "sort": sort, "keep_good": str(keep_good).lower()}
        told["map"] = _mapped(columns)
        sent = self._api.send("POST", "register", data=told, files={"file": (name, data)})
        return cast(RegisterVersion, sent)

    def preview_register(
        self,
        name: str,
        data: bytes,
        *,
        called: str = "",
        columns: Mapping[str, str] | None = None,
        sort: str = "",
    ) -> RegisterPreview:
        """How a register would be read, without keeping it; see `upload_register`."""
        told: dict[str, Any] = {"name": called, "sort": sort, "map": _mapped(columns)}
        sent = self._api.send("POST", "register/preview", data=told, files={"file": (name, data)})
        return cast(RegisterPreview, sent)

    def register_template(self) -> RegisterTemplate:
        """What a register is to look like: its columns and what belongs into each."""
        return cast(RegisterTemplate, self._api.get("register-template"))

    def register_template_file(self, form: str) -> bytes:
        """An empty register to fill in, as `csv` or `xlsx`."""
        return self._api.raw(f"register-template.{within(form)}")

    def rule_packs(self) -> Iterator[RulePack]:
        """The packs of rules that a check goes by."""
        return self._api.all("rules")

    def rule_pack(self, id: str) -> RulePackRead:
        """A pack of rules with what each says, and where that stands."""
        return cast(RulePackRead, self._api.get(f"rules/{within(id)}"))

    def checks(self, register: str | None = None) -> Iterator[Check]:
        """The checks that were made, of a register or of all."""
        return self._api.all("checks", register=register)

    def begin_check(
        self, register: str, *, version: int | None = None, as_of: str | None = None, home: str | None = None
    ) -> Job:
        """Begin to check a register, as of a day, for somebody at home in a state."""
        told = {"register": register, "version": version, "as_of": as_of, "home": home}
        return cast(Job, self._api.send("POST", "checks", told))

    def check(self, id: str) -> CheckRead:
        """A check with its findings: the shape `onrecord.check/1` (docs/check.md)."""
        return cast(CheckRead, self._api.get(f"checks/{within(id)}"))

    def findings(
        self,
        check: str,
        *,
        kind: str | None = None,
        side: str | None = None,
        relation: str | None = None,
        new: bool = False,
    ) -> Iterator[Finding]:
        """The findings of a check, the gravest first: of a kind; `against`, `open` or `for`; `direct` or
        `reached` by a chain; or only the new ones."""
        place = f"checks/{within(check)}/findings"
        return self._api.all(place, kind=kind, side=side, relation=relation, new=new)

    def compare_check(self, check: str) -> Compared:
        """What is new, gone and changed against the check of that register before it."""
        return cast(Compared, self._api.get(f"checks/{within(check)}/compare"))

    def check_file(self, id: str, form: str) -> bytes:
        """A check as a file: `xlsx` or `html`."""
        return self._api.raw(f"checks/{within(id)}.{within(form)}")

    def upload_list(
        self,
        files: Mapping[str, bytes],
        *,
        called: str = "",
        issued: str = "",
        keep_good: bool = False,
        shrunk: bool = False,
    ) -> AddedList:
        """Keep a new version of a restriction list, from its files by their names."""
        told = {
            "name": called,
            "issued": issued,
            "keep_good": str(keep_good).lower(),
            "shrunk": str(shrunk).lower(),
        }
        sent = self._api.send("POST", "lists", data=told, files=[("files", one) for one in files.items()])
        return cast(AddedList, sent)

    def preview_list(self, files: Mapping[str, bytes], *, called: str = "", issued: str = "") -> ListPreview:
        """What a restriction list would bring, from its files by their names, without keeping it."""
        told = {"name": called, "issued": issued}
        sent = [("files", one) for one in files.items()]
        return cast(ListPreview, self._api.send("POST", "lists/preview", data=told, files=sent))

    def sources(self) -> Sources:
        """What was read, by place, and what could not be, with why."""
        return cast(Sources, self._api.get("sources"))

    def upload_pages(self, files: Mapping[str, bytes]) -> Job:
        """Read pages, from their bytes by their files' names."""
        return cast(Job, self._api.send("POST", "sources", files=[("files", one) for one in files.items()]))

    def retry(self, locators: Sequence[str] | None = None) -> Job:
        """Read again what could not be read: all of it, or what is at these places."""
        told = {} if locators is None else {"locators": list(locators)}
        return cast(Job, self._api.send("POST", "sources/retry", told))

    def jobs(self) -> Iterator[Job]:
        """The work in the background that is known there, the last asked for first."""
        return self._api.all("jobs")

    def job(self, id: str) -> Job:
        """How far a job is, and what came of it."""
        return cast(Job, self._api.get(f"jobs/{within(id)}"))

    def wait(self, job: Job, seconds: float = 600.0) -> Job:
        """A job when it is done; as far as it is where that takes longer."""
        until = time.monotonic() + seconds
        while job["state"] in ("waiting", "running") and time.monotonic() < until:
            time.sleep(_PAUSE)
            job = self.job(job["job"])
        return job


def _mapped(columns: Mapping[str, str] | None) -> list[str]:
    return [f"{heading}={column}" for heading, column in (columns or {}).items()]
