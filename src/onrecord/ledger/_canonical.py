"""Values as JSON, always the same for the same value: what digests and numbers are made from."""

from __future__ import annotations

import hashlib
import json

_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def canonical(value: object) -> str:
    """A value as JSON, always the same for the same value."""
    return _encode(value)


def sha256(value: object) -> str:
    """The SHA-256 of a value, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()
