"""The words of messages in a language (words/en.yaml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

_FIELD = re.compile(r"\{(\w+)\}")


@cache
def _messages(language: str) -> Mapping[str, Any]:
    place = files("onrecord.alerts") / "words" / f"{language}.yaml"
    return cast(Mapping[str, Any], yaml.safe_load(place.read_text("utf-8")))


def words(language: str, key: str, n: int | None = None, **fields: object) -> str:
    """A message with its fields filled in; of one that has two forms the one for `n` things. What is filled
    in is never itself taken for a message."""
    told = _messages(language)[key]
    if not isinstance(told, str):
        told = told["one" if n == 1 else "many"]
    fields["n"] = n
    return _FIELD.sub(lambda found: str(fields.get(found[1], "")), told)
