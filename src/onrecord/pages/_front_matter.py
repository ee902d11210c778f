"""YAML front matter: the block between two lines of `---` at the head of a file, and what its fields say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import yaml

from onrecord.pages._traced import Traced
from onrecord.pages._words import front_matter_fields

_BLOCK = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_LONGEST = 64 * 1024
_FIELD = re.compile(r"^[\w-]+[ \t]*:", re.MULTILINE)
_LINE = re.compile(r"^([\w-]+)[ \t]*:[ \t]+(\S.*)$", re.MULTILINE)
"""A field on a line of its own: its name, and its value."""
_NOT_PLAIN = tuple("\"'[]{}&*!|>%@`,#")
"""What no plain value of YAML begins with."""

_Value = tuple[str, int, int]
"""The value of a field, and from where to where it stands in the file."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head of a file says of its page: `end` is where the page itself begins."""

    end: int
    title: Traced | None = None
    dates: tuple[tuple[str, str], ...] = ()
    outlet: str | None = None


def read_front_matter(original: str) -> FrontMatter | None:
    """The front matter of a file, or None where it has none. Of one that is no YAML ("title: Leak: X denies")
    each line that is a field is read by itself, and the others are passed over.
    """
    block = _BLOCK.match(original, 0, _LONGEST)
    if not block or not _FIELD.search(block.group(1)):
        return None
    values: dict[str, _Value] = {}
    for name, value in _fields(block.group(1), block.start(1)):
        values.setdefault(name.casefold(), value)
    known = front_matter_fields()
    titles = [values[name] for name in known["title"] if name in values]
    outlets = [values[name][0].strip() for name in known["outlet"] if name in values]
    hosts = [host for name in known["address"] if name in values and (host := host_of(values[name][0]))]
    return FrontMatter(
        end=block.end(),
        title=_placed(original, *titles[0]) if titles else None,
        dates=tuple((name, values[name][0]) for name in known["date"] if name in values),
        outlet=next((host_of(name) or name for name in outlets), None) or next(iter(hosts), None),
    )


def _fields(text: str, place: int) -> Iterator[tuple[str, _Value]]:
    """The fields of front matter that begins at a place, those with a value."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        yield from _fields_by_line(text, place)
        return
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode) and value.value.strip():
            yield key.value, (value.value, place + value.start_mark.index, place + value.end_mark.index)


def _fields_by_line(text: str, place: int) -> Iterator[tuple[str, _Value]]:
    """The fields that stand on a line of their own: a plain value to the letter, up to a comment, and another
    where it is whole.
    """
    for line in _LINE.finditer(text):
        name, value, start = line.group(1), line.group(2).partition(" #")[0].rstrip(), place + line.start(2)
        if not value.startswith(_NOT_PLAIN):
            yield name, (value, start, start + len(value))
            continue
        with suppress(yaml.YAMLError, RecursionError):
            root = yaml.compose(line.group(2), Loader=yaml.SafeLoader)
            if isinstance(root, yaml.ScalarNode) and root.value.strip():
                yield name, (root.value, start, place + line.end(2))


def host_of(address: str) -> str | None:
    """The host of a web address without its "www.", or None where `address` is none."""
    if not address.strip().lower().startswith(("http://", "https://")):
        return None
    try:
        host = urlsplit(address.strip()).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _placed(original: str, value: str, start: int, end: int) -> Traced:
    """A scalar's value, each character led back to where it stands between `start` and `end`."""
    starts: list[int] = []
    at = start
    for character in value:
        found = original.find(character, at, end)
        if found < 0 and character == " ":
            found = original.find("\n", at, end)  # a folded line
        if found < 0:
            return Traced.made(value, start, end)
        starts.append(found)
        at = found + 1
    return Traced(value, starts, [place + 1 for place in starts]).strip()
