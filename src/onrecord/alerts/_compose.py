"""A message in a channel's language: as text, as HTML, and as JSON (the shape `onrecord.alert/1`).

Whatever comes from a page or a list is hostile: in text it is on one line without control characters, in HTML
it is escaped, and only web addresses become links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import quote

from onrecord.alerts._words import words
from onrecord.present import plain
from onrecord.team import Channel

SHAPE = "onrecord.alert/1"
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_SUBJECT = 180
"""Characters of a subject; what is longer is cut at a word."""

Notice = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Composed:
    """A message as it is sent. `json` is what a webhook gets."""

    subject: str
    text: str
    html: str
    json: dict[str, Any]


def compose(
    notices: Sequence[Notice], channel: Channel, public_url: str | None, *, made_at: datetime
) -> Composed:
    """What a channel is told of what moved."""
    language = channel.wish.language
    letter = _Letter(notices, channel, public_url)
    return Composed(
        subject=letter.subject(),
        text="\n".join(letter.text()) + "\n",
        html=_document(language, letter.subject(), "\n".join(letter.html())),
        json={
            "type": "standing.changed",
            "shape": SHAPE,
            "timestamp": made_at.astimezone(UTC).isoformat(),
            "language": language,
            "suppliers": [letter.data(notice) for notice in notices],
        },
    )


def compose_test(channel: Channel, public_url: str | None, *, made_at: datetime) -> Composed:
    """What a channel is told to try it."""
    language = channel.wish.language
    subject, told = words(language, "test_subject"), words(language, "test")
    more = [public_url] if public_url else []
    link = f'<p><a href="{escape(public_url)}">{escape(public_url)}</a></p>' if public_url else ""
    return Composed(
        subject=subject,
        text="\n\n".join([told, *more]) + "\n",
        html=_document(language, subject, f"<p>{escape(told)}</p>{link}"),
        json={
            "type": "channel.test",
            "shape": SHAPE,
            "timestamp": made_at.astimezone(UTC).isoformat(),
            "language": language,
            "suppliers": [],
        },
    )


def in_words(
    notice: Notice, language: str, link: Callable[..., str | None] = lambda *_: None
) -> dict[str, Any]:
    """What moved (`moved`) as JSON in one language. `link` gives the address of a page of the workbench, by
    the segments of its path."""

    def said(told: Mapping[str, str]) -> str:
        return told.get(language) or next(iter(told.values()))

    moves = [
        {
            **move,
            "told": plain(said(move["told"])),
            "set_by": move["set_by"]
            and {**move["set_by"], "url": link("judgements", str(move["set_by"]["judgement"]))},
            "evidence": [
                {**one, "reads": plain(said(one["reads"])), "url": link("statements", one["statement"])}
                for one in move["evidence"]
            ],
        }
        for move in notice["moves"]
    ]
    return {**{name: notice[name] for name in ("supplier", "name", "since", "until")}, "moves": moves}


def _document(language: str, title: str, body: str) -> str:
    head = f'<head><meta charset="utf-8"><title>{escape(title)}</title></head>'
    return f'<!doctype html>\n<html lang="{language}">{head}<body>\n{body}\n</body></html>\n'


class _Letter:
    def __init__(self, notices: Sequence[Notice], channel: Channel, public_url: str | None) -> None:
        self.notices, self.channel, self.url = notices, channel, public_url
        self.language = channel.wish.language

    def words(self, key: str, n: int | None = None, **fields: object) -> str:
        return words(self.language, key, n, **fields)

    def told(self, move: Notice) -> str:
        return plain(move["told"].get(self.language) or next(iter(move["told"].values())))

    def what(self, move: Notice) -> str:
        """What moved, without the supplier's name where that is whose move it is: the subject names it."""
        return self.told(move).removeprefix(f"{self.names()}: ")

    def names(self) -> str:
        return ", ".join(dict.fromkeys(plain(notice["name"]) for notice in self.notices))

    def link(self, *segments: str) -> str | None:
        if self.url is None:
            return None
        return "/".join([self.url, *(quote(one.encode("utf-8", "replace"), safe="") for one in segments)])

    def subject(self) -> str:
        moves = [move for notice in self.notices for move in notice["moves"]]
        names = self.names()
        if len({notice["supplier"] for notice in self.notices}) > 1:
            told = self.words("subject_digest", len(moves), names=names)
        elif len(moves) > 1:
            told = self.words("subject_more", len(moves) - 1, name=names, what=self.what(moves[0]))
        else:
            told = self.words("subject", name=names, what=self.what(moves[0]))
        told = plain(told)
        return told if len(told) <= _SUBJECT else told[: told.rfind(" ", 0, _SUBJECT - 1)] + " …"

    def text(self) -> Iterator[str]:
        for notice in self.notices:
            yield plain(notice["name"])
            yield "=" * min(len(plain(notice["name"])), 60)
            yield ""
            for move in notice["moves"]:
                yield f"* {self.told(move)}"
                if move["set_by"]:
                    yield f"  {self.by_hand(move)}"
                    if found := self.judgement(move):
                        yield f"    {found}"
                for one in move["evidence"]:
                    yield f"  {self.reads(one)}"
                    yield f"    “{plain(one['quote'])}”"
                    yield f"    {self.where(one)}"
                    yield f"    {self.words('page')}: {plain(one['locator'])}"
                    if found := self.link("statements", one["statement"]):
                        yield f"    {self.words('statement')}: {found}"
                    else:
                        yield f"    {self.words('statement')}: {one['statement']}"
                if move["more"] > 0 and move["evidence"]:
                    yield f"  {self.words('more_statements', move['more'])}"
                for url in self.entry_urls(move):
                    yield f"    {url}"
                yield ""
            if found := self.link("suppliers", notice["supplier"]):
                yield f"{self.words('dossier')}: {found}"
                yield ""
        yield "-- "
        yield self.words("why", names=self.names())
        yield self.ending()

    def html(self) -> Iterator[str]:
        for notice in self.notices:
            name = escape(plain(notice["name"]))
            found = self.link("suppliers", notice["supplier"])
            yield f'<h1><a href="{escape(found)}">{name}</a></h1>' if found else f"<h1>{name}</h1>"
            yield f"<p>{escape(self.words('changed', len(notice['moves'])))}</p>"
            yield "<ul>"
            for move in notice["moves"]:
                yield f"<li><strong>{escape(self.told(move))}</strong>"
                if move["set_by"]:
                    told, found = escape(self.by_hand(move)), self.judgement(move)
                    yield f'<p><a href="{escape(found)}">{told}</a></p>' if found else f"<p>{told}</p>"
                for one in move["evidence"]:
                    yield self.quoted(one)
                if move["more"] > 0 and move["evidence"]:
                    yield f"<p>{escape(self.words('more_statements', move['more']))}</p>"
                for url in self.entry_urls(move):
                    yield f"<p>{self.anchor(url)}</p>"
                yield "</li>"
            yield "</ul>"
        why = escape(self.words("why", names=self.names()))
        yield f"<hr><p><small>{why} {self.ending_html()}</small></p>"

    def quoted(self, one: Notice) -> str:
        reads = escape(self.reads(one))
        found = self.link("statements", one["statement"])
        head = f'<a href="{escape(found)}">{reads}</a>' if found else f"{reads} ({escape(one['statement'])})"
        lang = f' lang="{escape(one["language"])}"' if one["language"] else ""
        return (
            f"<p>{head}</p><blockquote{lang}>{escape(plain(one['quote']))}</blockquote>"
            f"<p>{escape(self.where(one))}<br>{self.words('page')}: {self.anchor(one['locator'])}</p>"
        )

    def anchor(self, locator: str) -> str:
        told = escape(plain(locator))
        if not _WEB.fullmatch(locator):
            return told
        return f'<a href="{escape(locator)}" rel="noreferrer">{told}</a>'

    def reads(self, one: Notice) -> str:
        return plain(one["reads"].get(self.language) or next(iter(one["reads"].values())))

    def where(self, one: Notice) -> str:
        outlet = plain(one["outlet"]) if one["outlet"] else self.words("no_outlet")
        where = self.words("said_by", outlet=outlet, date=one["published"] or self.words("undated"))
        return where if one["counts"] else f"{where} ({self.words('discounted')})"

    def by_hand(self, move: Notice) -> str:
        set_by = move["set_by"]
        why = plain(set_by["why"]) or self.words("no_reason")
        return self.words("set_by", who=plain(set_by["who"]), why=why)

    def judgement(self, move: Notice) -> str | None:
        """Where the judgement is to be seen by which a person set it."""
        return self.link("judgements", str(move["set_by"]["judgement"]))

    def entry_urls(self, move: Notice) -> list[str]:
        """Where a list's entry is to be seen: in the workbench, and by the list's own web address."""
        entry = move["entry"]
        if not entry:
            return []
        own, url = self.link("lists", entry["list"], "entries", entry["id"]), entry.get("url")
        return [*([own] if own else []), *([plain(url)] if url and _WEB.fullmatch(url) else [])]

    def ending(self) -> str:
        found = self.link("watch", "settings")
        if found:
            return f"{self.words('settings')}: {found}"
        return self.words("settings_cli", channel=self.channel.id)

    def ending_html(self) -> str:
        found = self.link("watch", "settings")
        if found:
            return f'<a href="{escape(found)}">{escape(self.words("settings"))}</a>'
        return escape(self.words("settings_cli", channel=self.channel.id))

    def data(self, notice: Notice) -> dict[str, Any]:
        return {
            "url": self.link("suppliers", notice["supplier"]),
            **in_words(notice, self.language, self.link),
        }
