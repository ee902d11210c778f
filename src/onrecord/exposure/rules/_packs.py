"""Packs from their files: `data/*.yaml`, and a folder of the user's own. Read strictly, since a rule with a
slip in it says nothing, or says it of the wrong lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn, get_args

import yaml
from babel import Locale

from onrecord.exposure._model import Layer, Sort
from onrecord.exposure.rules._model import (
    Applies,
    Cite,
    Effect,
    Group,
    Member,
    Pack,
    PackError,
    Part,
    Rule,
    Text,
)

FOLDER = Path(__file__).parent / "data"

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z]{2}")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Loader):  # type: ignore[misc]
    """The safe loader, for which a key that stands twice is a mistake."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for at, (key, (where, _)) in enumerate(zip(keys, node.value, strict=True)):
        if key in keys[:at]:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key '{key}' stands twice", where.start_mark
            )
    made: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return made


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@cache
def _territories() -> frozenset[str]:
    return frozenset(Locale("en").territories)


@cache
def _ours() -> tuple[Pack, ...]:
    return tuple(map(_read, sorted(FOLDER.glob("*.yaml"))))


def packs(folder: Path | None = None) -> tuple[Pack, ...]:
    """The packs that come with the program and those in `folder`, by id. A pack of the user's takes the
    place of ours that has its id. `PackError` names the file, and the rule where it is one.
    """
    found = {pack.id: pack for pack in _ours()}
    if folder is not None:
        if not folder.is_dir():
            raise PackError(f"{folder}: there is no such folder. Name the folder in which your packs are.")
        own = sorted(folder.glob("*.yaml"))
        if not own:
            raise PackError(f"{folder}: there is no pack in it. Packs are files that end in .yaml.")
        found |= {pack.id: pack for pack in map(_read, own)}
    return tuple(found[key] for key in sorted(found))


def _read(path: Path) -> Pack:
    try:
        raw = yaml.load(path.read_text("utf-8"), _StrictLoader)
    except OSError as error:
        raise PackError(f"{path}: {error.strerror or error}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: not YAML as it should be: {error}") from error
    return _Reader(path).pack(raw)


class _Reader:
    """Takes a file's content apart; `where` is where it is, for the message if something is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.where = ""

    def wrong(self, message: str) -> NoReturn:
        raise PackError(f"{self.path}{self.where}: {message}")

    def keys(self, raw: Any, needed: set[str], allowed: set[str]) -> Mapping[str, Any]:
        """`raw`, a mapping with all the needed keys and no others than the allowed."""
        if not isinstance(raw, dict):
            self.wrong(f"a mapping with the keys {', '.join(sorted(needed | allowed))} should be here")
        if missing := needed - set(raw):
            self.wrong(f"it lacks {', '.join(sorted(missing))}")
        if unknown := set(raw) - needed - allowed:
            self.wrong(
                f"unknown keys: {', '.join(sorted(map(str, unknown)))}. "
                f"There are {', '.join(sorted(needed | allowed))}"
            )
        return raw

    def text(self, raw: Mapping[str, Any], key: str) -> str:
        value = raw[key]
        if not isinstance(value, str) or not value.strip():
            self.wrong(f"`{key}` should be text, not {value!r}")
        return " ".join(value.split())

    def day(self, raw: Mapping[str, Any], key: str) -> str:
        value = raw[key]
        try:
            if isinstance(value, str) or type(value) is date:
                return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            pass
        self.wrong(f"`{key}` should be a whole day such as 2024-07-11, not {value!r}")
        return None

    def maybe_day(self, raw: Mapping[str, Any], key: str) -> str | None:
        return self.day(raw, key) if key in raw else None

    def id(self, raw: Mapping[str, Any], key: str = "id") -> str:
        value = self.text(raw, key)
        if not _ID.fullmatch(value):
            self.wrong(f"`{key}` should be small letters and digits with hyphens between, not {value!r}")
        return value

    def several(self, raw: Any, key: str) -> list[Any]:
        if not isinstance(raw, list) or not raw:
            self.wrong(f"`{key}` should be a list that is not empty")
        return raw

    def state(self, value: Any) -> str:
        if not isinstance(value, str):
            self.wrong(f'a state is a code of two letters; put it in quotes ("NO"), not {value!r}')
        if not _CODE.fullmatch(value) or value not in _territories():
            self.wrong(f"there is no state with the code '{value}' (ISO 3166-1 alpha-2)")
        return value

    def in_order(self, *days: tuple[str, str | None]) -> None:
        """Fails where of two named days that are both set the first comes after the second."""
        there = [(name, value) for name, value in days if value is not None]
        for (one, first), (other, second) in pairwise(there):
            if first > second:
                self.wrong(f"`{one}` ({first}) comes after `{other}` ({second})")

    def pack(self, raw: Any) -> Pack:
        top = self.keys(raw, {"id", "title", "jurisdiction", "checked", "texts", "rules"}, {"groups", "note"})
        name = self.id(top)
        if name != self.path.stem:
            self.wrong(f"the pack's id is '{name}', so its file should be {name}.yaml")
        where = self.text(top, "jurisdiction")
        texts = self.texts(top["texts"])
        groups = self.groups(top.get("groups", {}))
        rules: dict[str, Rule] = {}
        for number, entry in enumerate(self.several(top["rules"], "rules"), 1):
            told = entry.get("id", number) if isinstance(entry, dict) else number
            self.where = f", rule {told}"
            rule = self.rule(entry, texts, groups)
            if rule.id in rules:
                self.wrong("there is another rule of this id")
            rules[rule.id] = rule
        self.where = ""
        cited = {cite.text.key for rule in rules.values() for cite in rule.cites}
        if idle := sorted(set(texts) - cited):
            self.wrong(f"no rule cites {', '.join(idle)}")
        return Pack(
            id=name,
            title=self.text(top, "title"),
            jurisdiction=where if where == "international" else self.state(where),
            checked=self.day(top, "checked"),
            texts=tuple(texts.values()),
            rules=tuple(rules.values()),
            groups=tuple(groups.values()),
            note=self.text(top, "note") if "note" in top else "",
        )

    def texts(self, raw: Any) -> dict[str, Text]:
        if not isinstance(raw, dict) or not raw:
            self.wrong("`texts` should name the texts that the pack rests on, each by a key")
        found: dict[str, Text] = {}
        for key, entry in raw.items():
            self.where = f", text {key}"
            fields = self.keys(entry, {"title", "citation", "url"}, set())
            url = self.text(fields, "url")
            if not url.startswith(("https://", "http://")):
                self.wrong(f"`url` should be the text's address, not {url!r}")
            found[str(key)] = Text(str(key), self.text(fields, "title"), self.text(fields, "citation"), url)
        self.where = ""
        return found

    def groups(self, raw: Any) -> dict[str, Group]:
        if not isinstance(raw, dict):
            self.wrong("`groups` should hold groups of states, each by a key")
        found: dict[str, Group] = {}
        for key, entry in raw.items():
            self.where = f", group {key}"
            fields = self.keys(entry, {"known_since", "members"}, set())
            members = []
            for one in self.several(fields["members"], "members"):
                if isinstance(one, dict):
                    spell = self.keys(one, {"state"}, {"since", "until"})
                    since, until = self.maybe_day(spell, "since"), self.maybe_day(spell, "until")
                    self.in_order(("since", since), ("until", until))
                    members.append(Member(self.state(spell["state"]), since, until))
                else:
                    members.append(Member(self.state(one)))
            found[str(key)] = Group(str(key), self.day(fields, "known_since"), tuple(members))
        self.where = ""
        return found

    def rule(self, raw: Any, texts: Mapping[str, Text], groups: Mapping[str, Group]) -> Rule:
        fields = self.keys(
            raw,
            {"id", "effect", "applies", "since", "says", "cites"},
            {"until", "deadline", "unverified"},
        )
        name = self.id(fields)
        says = self.keys(fields["says"], {"en"}, {"da", "nl"})
        since = self.day(fields, "since")
        until, deadline = self.maybe_day(fields, "until"), self.maybe_day(fields, "deadline")
        self.in_order(("since", since), ("until", until))
        self.in_order(("since", since), ("deadline", deadline))
        doubt = fields.get("unverified", [])
        unverified = ["rule"] if doubt is True else self.several(doubt or ["rule"], "unverified")
        return Rule(
            id=name,
            effect=self.one_of(fields["effect"], "effect", get_args(Effect)),
            applies=self.applies(fields["applies"], groups),
            since=since,
            says={language: self.text(says, language) for language in says},
            cites=tuple(self.cite(one, texts) for one in self.several(fields["cites"], "cites")),
            until=until,
            deadline=deadline,
            unverified=tuple(
                self.one_of(one, "unverified", get_args(Part)) for one in unverified if "unverified" in fields
            ),
        )

    def one_of(self, value: Any, key: str, allowed: tuple[Any, ...]) -> Any:
        if value not in allowed:
            self.wrong(f"`{key}` should be one of {', '.join(allowed)}, not {value!r}")
        return value

    def cite(self, raw: Any, texts: Mapping[str, Text]) -> Cite:
        fields = self.keys(raw, {"text", "at"}, set())
        key = self.text(fields, "text")
        if key not in texts:
            self.wrong(f"it cites '{key}', which is not among the pack's texts")
        return Cite(texts[key], self.text(fields, "at"))

    def applies(self, raw: Any, groups: Mapping[str, Group]) -> Applies:
        fields = self.keys(
            raw,
            {"sorts"},
            {
                "states", "group", "outside", "layers", "parties", "listed", "above", "at_least", "unknown",
                "began_from",
            },
        )  # fmt: skip

        def each(key: str, allowed: tuple[Any, ...]) -> tuple[Any, ...]:
            if key not in fields:
                return ()
            return tuple(self.one_of(one, key, allowed) for one in self.several(fields[key], key))

        def group(key: str) -> Group | None:
            if key not in fields:
                return None
            name = self.text(fields, key)
            if name not in groups:
                self.wrong(f"`{key}` names '{name}', which is not among the pack's groups")
            return groups[name]

        inside, outside = group("group"), group("outside")
        states = (
            tuple(map(self.state, self.several(fields["states"], "states"))) if "states" in fields else ()
        )
        if inside and (outside or states):
            self.wrong("`group` goes with neither `outside` nor `states`")
        for key in ("above", "at_least"):
            share = fields.get(key, 0.0)
            if type(share) is not float or not 0 <= share <= 1:
                self.wrong(f"`{key}` should be a share between 0.0 and 1.0, not {share!r}")
        parties = [
            one if isinstance(one, str) else self.wrong(f"a party is an entity's key, not {one!r}")
            for one in (self.several(fields["parties"], "parties") if "parties" in fields else ())
        ]
        return Applies(
            sorts=each("sorts", get_args(Sort)),
            states=states,
            group=inside,
            outside=outside,
            layers=each("layers", get_args(Layer)),
            parties=tuple(parties),
            listed=self.text(fields, "listed") if "listed" in fields else None,
            above=fields.get("above"),
            at_least=fields.get("at_least"),
            unknown=(
                self.one_of(fields["unknown"], "unknown", ("us_share", "state"))
                if "unknown" in fields
                else None
            ),
            began_from=self.maybe_day(fields, "began_from"),
        )
