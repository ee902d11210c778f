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
from onrecord.present._catalogue import ENGLISH, capital, number
from onrecord.present._chart import timeline_chart
from onrecord.present._extent import actors_left, contents, laid_out, origins_of, size
from onrecord.present._graph import Graph, make_graph
from onrecord.present._listed import Marks
from onrecord.present._matrix import cells
from onrecord.present._origin_bars import OriginBars, make_origin_bars
from onrecord.present._over_time import SIDES, OverTimeView
from onrecord.present._part import Go
from onrecord.present._plain import plain
from onrecord.present._standings import StandingsView
from onrecord.present._tiles import make_map
from onrecord.present._tracks import make_tracks, state
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
    folder = files("onrecord.present") / "templates"
    return "\n".join((folder / name).read_text("utf-8") for name in ("dossier.css", "charts.css"))


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
        cells=cells,
        laid_out=laid_out,
        origins_among=lambda lines: len({origin for line in lines for origin in line.origins}),
        origins_of=origins_of,
        size=size,
        state=state,
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
        whole=name == "dossier.html",
        w=view.words,
        label=view.position_label,
        catalogue=view.messages,
        **{"go": None, "trees": TreeView(view), **more},
    )


def _dossier(view: View, frame: str, go: Go | None) -> str:
    trees = TreeView(view)
    graph, origins = make_graph(view), make_origin_bars(view, trees)
    return _render(
        "dossier.html",
        view,
        frame=frame,
        go=go,
        trees=trees,
        chart=timeline_chart(view),
        map=make_map(view),
        cases=make_tracks(view),
        graph=graph,
        origins=origins,
        listing=_listing(view, graph, origins),
    )


def _listing(view: View, graph: Graph | None, origins: OriginBars | None) -> list[tuple[str, str, str]]:
    """The sections and figures in the order of the page: id, heading, and how much each holds."""
    listed = [(key, view.title(key), count) for key, count in contents(view)]
    figures = view.messages["figures"]
    for key, there, before in (
        ("graph", graph and str(len(graph.all)), ("supplies", "ties", "timeline", "sources")),
        ("origins", origins and number(view.dossier.counts.origins, view.language), ("sources",)),
    ):
        if there:
            place = next(at for at, (held, _, _) in enumerate(listed) if held in before)
            listed.insert(place, (key, str(figures[key]["title"]), there))
    return listed


def dossier_html(dossier: Dossier, language: str = ENGLISH, marks: Marks | None = None) -> str:
    """The whole dossier as a page."""
    return _dossier(View(dossier, language, marks), _PAGE, None)


def dossier_part(
    dossier: Dossier, language: str = ENGLISH, marks: Marks | None = None, go: Go | None = None
) -> str:
    """The whole dossier to stand within a page that has its own frame and `main`, and loads
    `stylesheet`. `go` as in `_part.dossier_part`."""
    return _dossier(View(dossier, language, marks), _PART, go)


def standing_html(dossier: Dossier, language: str = ENGLISH) -> str:
    """The matrix alone as a page."""
    return _render("standing.html", View(dossier, language))


def over_time_html(dossier: Dossier, language: str = ENGLISH) -> str:
    """How positions moved as a page: the bars as a drawing and as a table, and the changes."""
    view = View(dossier, language)
    moved = OverTimeView(view)
    return _render("over_time.html", view, moved=moved, bars=make_bars(moved), sides=SIDES)


def standings_html(view: StandingsView, frame: str = _PAGE, go: Go | None = None) -> str:
    """Where many actors stand on many suppliers as a page: the table of signs, and its legend."""
    return template("standings.html").render(
        view=view, w=view.words, label=view.position_label, catalogue=view.messages, frame=frame, go=go
    )


def standings_part(
    found: Standings, kinds: Sequence[EntityKind], language: str = ENGLISH, go: Go | None = None
) -> str:
    """The same to stand within another page, as `dossier_part`."""
    return standings_html(StandingsView(found, kinds, language), _PART, go)
