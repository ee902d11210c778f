"""A register's file as it is given: lying on a disk, or as bytes that were sent."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A register's file by its `name` and its bytes, where it lies on no disk: it may be confidential, so it
    is never written to one to be read."""

    name: str
    data: bytes

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.data)

    def open(self) -> IO[bytes]:
        """Its bytes as a stream, from the beginning."""
        return BytesIO(self.data)


@dataclass(frozen=True, slots=True)
class FileOnDisk:
    """A register's file by its path. What cannot be read raises `OSError`."""

    path: Path

    @property
    def name(self) -> str:
        """Its name, by which messages speak of it."""
        return self.path.name

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.path.stat().st_size

    def open(self) -> IO[bytes]:
        """Its bytes as a stream, from the beginning."""
        return self.path.open("rb")


Source = GivenFile | FileOnDisk
