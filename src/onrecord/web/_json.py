"""Answers in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from fastapi.responses import JSONResponse, Response

from onrecord.ledger import Part

T = TypeVar("T")

# Halves of characters, which no encoding takes, and what an eye could be fooled by: as escapes they are the
# same JSON.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class Json(JSONResponse):
    """JSON in UTF-8, its keys in the order in which they were made."""

    def render(self, content: Any) -> bytes:
        """The bytes of an answer."""
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode()


def listed(part: Part[T], fields: Callable[[T], Mapping[str, Any]]) -> Json:
    """A part of a list: its items, how many there are in all, and what `after` asks for the next part."""
    return Json({"items": [fields(one) for one in part.items], "total": part.total, "next": part.next})


def told(text: str) -> Response:
    """An answer of which `present` has made the JSON; halves of characters become its escapes."""
    return Response(text.encode("utf-8", "backslashreplace"), media_type="application/json")
