"""Items of a JSON list one by one, with the lines on which they begin; what is complete before a cut is
given."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from onrecord.lists.readers._decode import Text

_NOT_TEXT = re.compile("[\ud800-\udfff]")
_BETWEEN = re.compile(r"[\s,]*")


def sound(item: Any) -> Any:
    """A value from JSON with U+FFFD for what JSON can write and no text can hold: halves of characters."""
    if isinstance(item, str):
        return _NOT_TEXT.sub("\ufffd", item).replace("\0", "") if not item.isascii() or "\0" in item else item
    if isinstance(item, list):
        return [sound(part) for part in item]
    if isinstance(item, dict):
        return {sound(key): sound(value) for key, value in item.items()}
    return item


class JsonItems:
    """The items of the outermost array, or of the array under `key` of the outermost object. `broken` says
    where and why reading ended before the array did."""

    def __init__(self, text: Text, key: str) -> None:
        self.text, self.broken = text.text, _start_missing(text.text, key)
        self.at = 0 if self.broken else _start(text.text, key)

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        if self.broken:
            return
        decoder = json.JSONDecoder()
        text, at, line, counted = self.text, self.at, 1, 0
        while True:
            at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
            line += text.count("\n", counted, at)
            counted = at
            if text.startswith("]", at):
                return
            try:
                item, at = decoder.raw_decode(text, at)
            except RecursionError:
                self.broken = (line, "The entry nests deeper than any list does; nothing after it is read.")
                return
            except ValueError:
                cut = _ends_within(text, at)
                why = (
                    "The file ends within this entry."
                    if cut
                    else "This is no JSON; nothing after it is read."
                )
                self.broken = (line, why)
                return
            yield line, sound(item)


def _start(text: str, key: str) -> int:
    begin = re.compile(r"\s*(?:\[|\{)").match(text)
    if begin and begin[0].endswith("["):
        return begin.end()
    found = re.compile(rf'"{key}"\s*:\s*\[').search(text)
    return found.end() if found else -1


def _start_missing(text: str, key: str) -> tuple[int, str] | None:
    return (1, f"There is no “{key}” in the file.") if _start(text, key) < 0 else None


def _ends_within(text: str, at: int) -> bool:
    """Whether the entry that begins at `at` is not closed: no bracket outside of strings brings it to its
    end."""
    depth = 0
    for found in re.compile(r'"(?:[^"\\]|\\.)*"|"|[{}\[\]]', re.DOTALL).finditer(text, at):
        match found[0]:
            case "{" | "[":
                depth += 1
            case "}" | "]":
                depth -= 1
                if depth <= 0:
                    return False
            case '"':
                return True
    return True
