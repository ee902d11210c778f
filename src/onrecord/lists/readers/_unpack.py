"""From the bytes that were fetched to the files in them: gzip and zip unpacked, within bounds."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath

from onrecord.lists._model import ListError

MAX_BYTES = 300 * 1024**2
"""The largest list that is read, packed or unpacked. The largest that anyone publishes and that is read here
is the OFAC SDN list in its advanced XML, some 130 MB in 2026."""

MAX_RATIO = 250
"""How many times larger than its packed bytes a file may be. Lists pack 10 to 40 times; a zip bomb packs a
thousand times."""

MAX_FILES = 64
"""Files in a zip. A published list has at most four."""

_ALWAYS = 4 * 1024**2  # As much may come out of any archive, whatever the ratio.
_CHUNK = 1024**2
_GZIP, _ZIP = b"\x1f\x8b", b"PK"
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MAX_MB = MAX_BYTES // 1024**2


def unpack(data: bytes, name: str) -> dict[str, bytes]:
    """The files that `data` is or holds, by name. Raises `ListError` where it is empty, damaged, too large,
    or would be when unpacked."""
    if not data:
        raise ListError(f"{name} is empty; fetch the list again.")
    _check_size(len(data), name)
    if data.startswith(_GZIP):
        data = _gunzip(data, name)
        name = name.removesuffix(".gz")
        if not data:
            raise ListError(f"{name} holds an empty file; fetch the list again.")
    if data.startswith(_ZIP_MAGIC):
        return _unzip(data, name)
    return {name: data}


def _check_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise ListError(f"{name} holds more than {_MAX_MB} MB, more than any list that is read.")


def _check_ratio(size: int, packed: int, name: str) -> None:
    if size > max(_ALWAYS, packed * MAX_RATIO):
        raise ListError(
            f"{name} would unpack to more than {MAX_RATIO} times its size, as no list does: it is not opened."
        )


def _gunzip(data: bytes, name: str) -> bytes:
    unpacked, rest = bytearray(), data
    try:
        while rest.startswith(_GZIP):
            member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            piece = rest
            while piece and not member.eof:
                unpacked += member.decompress(piece, _CHUNK)
                piece = member.unconsumed_tail
                _check_ratio(len(unpacked), len(data), name)
                _check_size(len(unpacked), name)
            if not member.eof:
                raise ListError(f"{name} breaks off before its end; fetch it or pack it again.")
            rest = member.unused_data
    except zlib.error as error:
        raise ListError(f"{name} is damaged ({error}); fetch it or pack it again.") from error
    return bytes(unpacked)


def _unzip(data: bytes, name: str) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for member in _members(archive, name):
                content = bytearray()
                with archive.open(member) as file:
                    while piece := file.read(_CHUNK):
                        content += piece
                        total += len(piece)
                        _check_ratio(total, len(data), name)
                        _check_size(total, name)
                files[member.filename] = bytes(content)
    # What zipfile raises on archives that are cut off, damaged, locked or packed in ways that it cannot read.
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
        KeyError,
    ) as error:
        raise ListError(
            f"{name} cannot be unpacked ({error}); fetch it again, or unpack it yourself and name its files."
        ) from error
    if not files:
        raise ListError(f"{name} holds no file; fetch the list again.")
    return files


def _members(archive: zipfile.ZipFile, name: str) -> Iterator[zipfile.ZipInfo]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if any(member.filename == "[Content_Types].xml" for member in members):
        raise ListError(f"{name} is an Office document; save it as CSV (UTF-8) and name that.")
    if len(members) > MAX_FILES:
        raise ListError(f"{name} holds {len(members)} files; name the one that is the list.")
    for member in members:
        path = PurePosixPath(member.filename)
        if not path.name.startswith(".") and "__MACOSX" not in path.parts:
            yield member
