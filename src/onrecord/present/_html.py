"""A dossier as one HTML file that needs nothing else: style and drawings are inside, nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from onrecord.entities import EntityKind
from onrecord.present._bars import make_bars
from onrecord.present._catalogue import ENGLISH, capital
from onrecord.present._chart import bands, timeline_chart
from onrecord.present._extent import actors_left, contents, laid_out, origins_of, size
from onrecord.present._listed import Marks
from onrecord.present._over_time import SIDES, OverTimeView
from onrecord.present._plain import plain
from onrecord.present._standings import StandingsView
from onrecord.present._tree import TreeView
from onrecord.present._view import View
from onrecord.standing import Dossier, Standings

_PAGE, _PART = "page.html", "part.html"
"""The frames in which a template may stand: a document of its own, or a part of another."""

_LINK = re.compile(r"https?://[^\s]+", re.IGNORECASE)


def _link(locator: str) -> str | None:
    """A page's place where it can be followed: web addresses alone, so that no script or file is a click
    away.
    """
    return locator if _LINK.fullmatch(locator) else None


@cache
def stylesheet() -> str:
    """The style of every page, as CSS."""
    return (files("onrecord.present") / "templates" / "dossier.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("onrecord.present", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(plain=plain, capital=capital, link=_link)
    environment.globals.update(
        actors_left=actors_left,
        bands=bands,
        contents=contents,
        laid_out=laid_out,
        origins_of=origins_of,
        size=size,
        css=Markup(stylesheet()),  # our own file
    )
    return environment


def template(name: str) -> Template:
    """A template by its file's name. Whatever it is filled with is escaped."""
    return _environment().get_template(name)


def _render(name: str, view: View, **more: object) -> str:
    return template(name).render(
        d=view.dossier,
        view=view,
        trees=TreeView(view),
        whole=name == "dossier.html",
        chart=timeline_chart(view),
        w=view.words,
        label=view.position_label,
        catalogue=view.messages,
        **more,
    )


def dossier_html(dossier: Dossier, language: str = ENGLISH, marks: Marks | None = None) -> str:
    """The whole dossier as a page."""
    return _render("dossier.html", View(dossier, language, marks), frame=_PAGE)


def dossier_part(dossier: Dossier, language: str = ENGLISH, marks: Marks | None = None) -> str:
    """The whole dossier to stand within a page that has its own frame and loads `stylesheet`; its `main` has
    the id `main`."""
    return _render("dossier.html", View(dossier, language, marks), frame=_PART)


def standing_html(dossier: Dossier, language: str = ENGLISH) -> str:
    """The matrix alone as a page."""
    return _render("standing.html", View(dossier, language))


def over_time_html(dossier: Dossier, language: str = ENGLISH) -> str:
    """How positions moved as a page: the bars as a drawing and as a table, and the changes."""
    view = View(dossier, language)
    moved = OverTimeView(view)
    return _render("over_time.html", view, moved=moved, bars=make_bars(moved), sides=SIDES)


def standings_html(view: StandingsView, frame: str = _PAGE) -> str:
    """Where many actors stand on many suppliers as a page: the table of signs, and its legend."""
    return template("standings.html").render(
        view=view, w=view.words, label=view.position_label, catalogue=view.messages, frame=frame
    )


def standings_part(found: Standings, kinds: Sequence[EntityKind], language: str = ENGLISH) -> str:
    """The same to stand within another page, as `dossier_part`."""
    return standings_html(StandingsView(found, kinds, language), _PART)
