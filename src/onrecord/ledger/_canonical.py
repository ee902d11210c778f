"""Values as JSON, always the same for the same value: what digests and numbers are made from."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from onrecord.ledger._errors import Damaged

_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def canonical(value: object) -> str:
    """A value as JSON, always the same for the same value."""
    return _encode(value)


def value_of(told: str) -> Any:
    """The value that is kept as JSON. `Damaged` where it is none."""
    try:
        return json.loads(told)
    except (ValueError, TypeError, RecursionError) as error:
        raise Damaged(f"{told!r:.40} is no JSON") from error


def sha256(value: object) -> str:
    """The SHA-256 of a value, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()
