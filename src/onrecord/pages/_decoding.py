"""From the bytes of a file to its text: unpacking, telling a binary, finding the encoding."""

from __future__ import annotations

import codecs
import re
import zlib

from charset_normalizer import from_bytes

from onrecord.pages._errors import UnreadablePage
from onrecord.pages._limits import MAX_PAGE_BYTES, check_bytes

_GZIP = b"\x1f\x8b"
_MAGIC = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a zip, docx or epub file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "an RTF file",
    b"SQLite format 3": "an SQLite database",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:-]{3,40})""")
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27, 28, 29, 30, 31}) + b"\x7f"

# Encodings that pages of western Europe are written in beside UTF-8. Left free, charset-normalizer takes a
# short page with few accents for any of a hundred others.
_CANDIDATES = ["cp1252", "iso8859_15", "mac_roman", "cp850"]

# A page cut or pasted together may hold a few stray bytes; up to this share of the bytes that are not ASCII
# it is still UTF-8, and the stray ones become U+FFFD.
_STRAY = 0.1


def unpack(data: bytes, locator: str) -> bytes:
    """The bytes of the page itself, gunzipped where they are gzip; never more than `MAX_PAGE_BYTES`."""
    if not data:
        raise UnreadablePage("empty", f"{locator} is empty; fetch or save the page again.")
    check_bytes(len(data), locator)
    if not data.startswith(_GZIP):
        return data
    unpacked, rest = bytearray(), data
    while rest.startswith(_GZIP):
        member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            unpacked += member.decompress(rest, MAX_PAGE_BYTES + 1 - len(unpacked))
        except zlib.error as error:
            raise UnreadablePage(
                "corrupt-gzip", f"{locator} is damaged ({error}); fetch it or pack it again."
            ) from error
        check_bytes(len(unpacked), locator)
        if not member.eof:
            raise UnreadablePage(
                "truncated-gzip", f"{locator} breaks off before its end; fetch it or pack it again."
            )
        rest = member.unused_data
    if not unpacked:
        raise UnreadablePage("empty", f"{locator} holds an empty page; fetch or save the page again.")
    return bytes(unpacked)


def decode(data: bytes, locator: str) -> tuple[str, str]:
    """The text of a page and the name of its encoding; a byte order mark is no part of the text."""
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise UnreadablePage(
                "binary", f"{locator} is {kind}, no page; save its text as .html, .txt or .md."
            )
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    sample = data[:65536]
    if b"\0" in sample or len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) / 100:
        raise UnreadablePage("binary", f"{locator} is binary, no page; save its text as .html, .txt or .md.")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_other(data)


def _decode_other(data: bytes) -> tuple[str, str]:
    """Text that is not clean UTF-8: mostly UTF-8 with stray bytes, else as it declares, else by its looks."""
    lenient = data.decode("utf-8", "replace")
    high = sum(byte > 127 for byte in data)
    if lenient.count("\ufffd") <= high * _STRAY:
        return lenient, "utf-8"
    if declared := _DECLARED.search(data[:4096]):
        try:
            encoding = codecs.lookup(declared.group(1).decode("ascii")).name
            # What calls itself Latin-1 on the web is Windows-1252 (WHATWG Encoding Standard, 4.2).
            encoding = "cp1252" if encoding in ("iso8859-1", "ascii") else encoding
            return data.decode(encoding), encoding
        except (LookupError, UnicodeDecodeError):
            pass
    best = from_bytes(data, cp_isolation=_CANDIDATES).best()
    encoding = best.encoding if best else "cp1252"
    return data.decode(encoding, "replace"), encoding
