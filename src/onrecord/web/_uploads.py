"""Files that were sent and wait for a person to say what becomes of them: in memory, and nowhere else."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock

from fastapi import UploadFile

from onrecord.present import plain
from onrecord.team import Person
from onrecord.web._errors import Problem, not_found

_MOST = 4 * 64 * 2**20
"""Bytes that are held for all: what four requests may carry. The oldest are forgotten for newer ones."""
_FILES = 200
"""Files in one request."""
_NAME = 120
"""Characters of a file's name that are kept."""


@dataclass(frozen=True, slots=True)
class Upload:
    """What was sent at once: the files by their names, and who sent them."""

    files: Mapping[str, bytes]
    who: Person

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(map(len, self.files.values()))


class Uploads:
    """Holds what was sent until it is used, or forgotten."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[str, Upload] = OrderedDict()

    def hold(self, files: Mapping[str, bytes], who: Person) -> str:
        """Hold files for the person who sent them; under which name they are asked for."""
        token = secrets.token_urlsafe(12)
        with self._lock:
            self._held[token] = Upload(files, who)
            while sum(one.size for one in self._held.values()) > _MOST and len(self._held) > 1:
                self._held.popitem(last=False)
        return token

    def held(self, token: str, who: Person) -> Upload:
        """What is held under a name. `Problem` for others than who sent it, and where it is forgotten."""
        with self._lock:
            found = self._held.get(token)
        if found is None or found.who != who:
            raise not_found(
                "The file that you sent is no longer held here: it was used, or forgotten for newer ones, "
                "or the server was started anew. Choose it again."
            )
        return found

    def forget(self, token: str) -> None:
        """Let go of what is held."""
        with self._lock:
            self._held.pop(token, None)


def files_of(sent: Sequence[UploadFile], field: str = "files") -> dict[str, bytes]:
    """The files that a field of a form brought, by the last parts of their names. `Problem` where there is
    none, where one is empty, and where two have one name."""
    chosen = [one for one in sent if one.filename]
    if not chosen:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "No file was chosen. Choose one, and send the form again.",
            field=field,
            key="wrong_no_file",
        )
    if len(chosen) > _FILES:
        told = f"More than {_FILES} files were sent. Send some of them."
        raise Problem(HTTPStatus.BAD_REQUEST, told, field=field)
    found: dict[str, bytes] = {}
    for one in chosen:
        name = file_name(one.filename or "")
        if name in found:
            told = f"Two of the files are called '{name}'. Name one otherwise."
            raise Problem(HTTPStatus.BAD_REQUEST, told, field=field)
        found[name] = one.file.read()
        if not found[name]:
            told = f"{name}: the file is empty. Choose another."
            raise Problem(HTTPStatus.BAD_REQUEST, told, field=field)
    return found


def file_name(told: str) -> str:
    """A file's name as it is kept: the last part of its path, without what is no letter, cut to its end."""
    last = told.replace("\\", "/").rpartition("/")[2]
    bare = "".join(one for one in plain(last) if one.isprintable()).strip()
    return bare[-_NAME:].strip() or "file"


def one_file(sent: UploadFile | None) -> tuple[str, bytes]:
    """The name and bytes of the one file that a form brought."""
    ((name, data),) = files_of([sent] if sent is not None else [], "file").items()
    return name, data
