"""The text of a list that is no XML, and in which encoding it is."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from onrecord.lists._model import ListError

_MAGIC = {
    b"%PDF-": "a PDF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "an RTF file",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet file",
    b"7z\xbc\xaf": "a 7z archive",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"(\xb5/\xfd": "a zstd file",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Encodings in which spreadsheets save a CSV in western Europe, Russia and Greece. Left free,
# charset-normalizer takes a list with few accents for any of a hundred others.
_CANDIDATES = ["cp1252", "cp1251", "cp1253"]
_SAMPLE = 200_000
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26}) + b"\x7f"

# Windows-1252 that somebody took for Latin-1 on its way to UTF-8: a control character each, where a quotation
# mark or a dash is meant (WHATWG Encoding Standard, index windows-1252).
_C1 = re.compile("[\x80-\x9f]")
_C1_UNUSED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_C1_MEANT = {
    chr(code): bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in _C1_UNUSED
}


@dataclass(frozen=True, slots=True)
class Text:
    """A list's text; `cut` where its last character is incomplete."""

    text: str
    encoding: str
    cut: bool = False


def decode(data: bytes, name: str) -> Text:
    """The text of a list. Raises `ListError` where it is none, or names the line that is not as the rest."""
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise ListError(f"{name} is {kind}, no list; export or download the list as CSV, XML or JSON.")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name)
    sample = data[:65536]
    if b"\0" in data:
        # UTF-16 of Latin letters: every other byte is zero.
        for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
            if zeros.count(0) > len(zeros) * 0.6:
                return _strict(data, encoding, name)
        raise ListError(f"{name} is binary, no list; export or download the list as CSV, XML or JSON.")
    if len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) / 100:
        raise ListError(f"{name} is binary, no list; export or download the list as CSV, XML or JSON.")
    return _strict(data, "utf-8", name)


def _strict(data: bytes, encoding: str, name: str) -> Text:
    cut = False
    while True:
        try:
            return Text(_mended(data.decode(encoding)), encoding, cut)
        except UnicodeDecodeError as error:
            at_end = len(data) - error.start < 4 and error.end == len(data)
            if at_end and not cut and ("end of data" in error.reason or "truncated" in error.reason):
                data, cut = data[: error.start], True
            elif encoding == "utf-8":
                return _other(data, error, name)
            else:
                raise ListError(
                    f"{name} is {encoding.upper()} and damaged near character {error.start // 2}; "
                    "fetch or save it again."
                ) from error


def _other(data: bytes, error: UnicodeDecodeError, name: str) -> Text:
    """Text that is not UTF-8: in one of the old encodings, if all of it is."""
    lenient = data.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    whole = sum(character > "\x7f" for character in lenient) - broken
    line = data.count(b"\n", 0, error.start) + 1
    if whole > broken:
        raise ListError(f"{name} is UTF-8, but line {line} is not; fetch or save it again.") from error
    high = b"\n".join(part for part in data.splitlines() if not part.isascii())[:_SAMPLE]
    best = from_bytes(high, cp_isolation=_CANDIDATES).best()
    for encoding in (best.encoding if best else "cp1252", "cp1252"):
        try:
            return Text(_mended(data.decode(encoding)), encoding)
        except UnicodeDecodeError:
            continue
    raise ListError(f"{name} is in no encoding that is known: see line {line}. Save it as UTF-8.") from error


def _mended(text: str) -> str:
    return _C1.sub(lambda found: _C1_MEANT.get(found[0], found[0]), text)
