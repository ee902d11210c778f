"""The origins of a dossier, and the trees of its most told lines: for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from onrecord.present._catalogue import ENGLISH, number
from onrecord.present._extent import in_part, laid_out
from onrecord.present._json import head_data, line_data, source_data, to_json
from onrecord.present._tree import ToldBranch, TreeView
from onrecord.present._view import View
from onrecord.standing import Dossier, Line

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.tree import Tree

OriginsFormat = Literal["terminal", "json"]

SHAPE = "onrecord.origins/1"
"""The name of the JSON's shape; the number grows when a field changes its meaning or goes."""


@dataclass(frozen=True, slots=True)
class Told:
    """How many lines, pages and outlets tell something that descends from an origin. Where not everything is
    laid out, at least so many.
    """

    origin: str
    lines: int
    pages: int
    outlets: int


def most_told(dossier: Dossier, most: int) -> tuple[Line, ...]:
    """The lines that the most pages tell, at most so many, each on two pages at least; of lines on as many
    pages first those with more origins."""
    shared = [line for line in dossier.lines if line.pages > 1]
    return tuple(sorted(shared, key=lambda line: (-line.pages, -len(line.origins), line.id))[:most])


def origins_told(dossier: Dossier, trees: TreeView) -> tuple[Told, ...]:
    """The origins of a dossier, those first from whom the most pages descend."""
    lines: dict[str, int] = {}
    pages: dict[str, set[int]] = {}
    least: dict[str, int] = {}
    for line in dossier.lines:
        # All pages of a line with one origin descend from it, and one of a line with several from each.
        sure = line.pages if len(line.origins) == 1 else 1
        for origin in line.origins:
            lines[origin] = lines.get(origin, 0) + 1
            least[origin] = max(least.get(origin, 0), sure)
        for citation in line.citations:
            pages.setdefault(citation.origin, set()).add(citation.source)
    told = (
        Told(origin, lines[origin], max(len(found), least[origin]), max(trees.outlets(found), 1))
        for origin, found in ((origin, pages.get(origin, set())) for origin in lines)
    )
    return tuple(sorted(told, key=lambda one: (-one.pages, -one.outlets, -one.lines, one.origin)))


def render_origins(
    dossier: Dossier,
    format: OriginsFormat,
    *,
    lines: Sequence[Line] | None = None,
    most: int = 10,
    language: str = ENGLISH,
    width: int = 80,
    colour: bool = False,
) -> str:
    """The origins of a dossier and its most told lines with their trees, at most `most` of each; or, where
    `lines` of it are given, the trees of those alone, in full. `width` (columns) and `colour` are for the
    terminal alone.
    """
    view = View(dossier, language)
    trees = TreeView(view)
    shown = most_told(dossier, most) if lines is None else tuple(lines)
    if format == "json":
        told = origins_told(dossier, trees)[:most] if lines is None else ()
        return to_json(_data(view, trees, shown, told))
    from rich.console import Group

    from onrecord.present._terminal import printed

    parts = [*(_overview(view, trees, shown, most) if lines is None else ())]
    for line in shown:
        parts += _line(view, trees, line, in_full=lines is not None)
    return printed(Group(*parts), width=width, colour=colour)


def _data(view: View, trees: TreeView, lines: Sequence[Line], told: Iterable[Told]) -> dict[str, Any]:
    dossier = view.dossier
    named = {n for line in lines for n in line.numbers}
    named |= {
        n for line in lines if (tree := trees.tree(line)) for root in tree.roots for n in root.elsewhere
    }
    return {
        **head_data(SHAPE, dossier, view.language),
        "counts": asdict(dossier.counts),
        "origins": [asdict(one) for one in told],
        "lines": [line_data(line, view, trees) for line in lines],
        "sources": [source_data(source) for source in dossier.sources if source.number in named],
    }


def _overview(view: View, trees: TreeView, shown: Sequence[Line], most: int) -> Iterator[RenderableType]:
    """From whom the dossier descends: the counts, and a table of the origins with the most pages."""
    from rich.text import Text

    from onrecord.present._terminal import table

    dossier = view.dossier
    yield Text(f"{view.name}. {view.as_of()}.", "bold")
    outlets = trees.outlets(source.number for source in dossier.sources)
    part = in_part(view)
    yield Text(trees.counts(dossier.counts.origins, outlets, more=part), "dim")
    if extent := laid_out(view):
        yield Text(extent, "dim")
    yield Text()
    made = table()
    made.show_header = True
    made.add_column(Text(view.words("origin")), overflow="fold", max_width=40)
    for name in ("lines", "from_pages", "outlets"):
        made.add_column(Text(view.words(name)), justify="right")
    for one in origins_told(dossier, trees)[:most]:
        sign = "≥ " if part else ""
        figures = (f"{sign}{number(value, view.language)}" for value in (one.lines, one.pages, one.outlets))
        made.add_row(Text(view.origin(one.origin), "bold"), *map(Text, figures))
    yield made
    yield Text()
    shared = number(sum(line.pages > 1 for line in dossier.lines), view.language)
    every = view.words("at_least", count=shared) if part else shared
    told = view.words("origins_most", n=len(shown), all=every)
    yield Text(told if shown else view.words("no_trees"), "bold")


def _line(view: View, trees: TreeView, line: Line, *, in_full: bool) -> Iterator[RenderableType]:
    from rich.text import Text
    from rich.tree import Tree

    told, tree = view.told(line), trees.told(line)
    head = Text(f"{told.sentence} ", "bold")
    head.append("".join(f"[{n}]" for n in told.numbers), "not bold dim")
    yield Text()
    yield head
    if tree is None:
        yield Text(f"{view.words('one_page')}: [{told.quotes[0].number}] {told.quotes[0].where}", "dim")
        return
    made = Tree(Text(f"{tree.heading} · ").append(told.quotes[0].statement_id, "dim"), guide_style="dim")
    for root in tree.roots:
        named = Text(root.name, "bold").append(f" ({root.note})" if root.note else "", "not bold dim")
        _grow(made.add(named), root.pages, in_full)
    if tree.more:
        made.add(Text(tree.more, "dim"))
    yield made


def _grow(tree: Tree, pages: Iterable[ToldBranch], in_full: bool) -> None:
    """Hang pages below a point of a tree, each with what it added and left out where that is asked for."""
    from rich.text import Text

    for page in pages:
        text = Text(f"[{page.number}] {page.where}: {page.how}")
        if page.first:
            text.append("; ").append(page.first, "bold")
        if page.change:
            text.append(f"; {page.change}", "dim")
        under = tree.add(text)
        if in_full:
            for sign, listed in (("+", page.added), ("−", page.left_out)):
                for _, sentence in listed:
                    under.add(Text(f"{sign} {sentence}", "dim"))
        _grow(under, page.taken_by, in_full)
