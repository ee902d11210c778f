"""YAML front matter: the block between two lines of `---` at the head of a file, and what its fields say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import yaml

from onrecord.pages._traced import Traced
from onrecord.pages._words import front_matter_fields

_BLOCK = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_LONGEST = 64 * 1024
_FIELD = re.compile(r"^[\w-]+[ \t]*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head of a file says of its page: `end` is where the page itself begins."""

    end: int
    title: Traced | None = None
    dates: tuple[tuple[str, str], ...] = ()
    outlet: str | None = None


def read_front_matter(original: str) -> FrontMatter | None:
    """The front matter of a file, or None where it has none. A damaged one is passed over, unread."""
    block = _BLOCK.match(original, 0, _LONGEST)
    if not block or not _FIELD.search(block.group(1)):
        return None
    try:
        root = yaml.compose(block.group(1), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return FrontMatter(block.end())
    if not isinstance(root, yaml.MappingNode):
        return FrontMatter(block.end())
    values: dict[str, tuple[str, int, int]] = {}
    for key, value in root.value:
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode) and value.value.strip():
            place = block.start(1)
            values.setdefault(
                key.value.casefold(),
                (value.value, place + value.start_mark.index, place + value.end_mark.index),
            )
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
