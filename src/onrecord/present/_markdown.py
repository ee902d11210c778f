"""A dossier in Markdown (CommonMark with the tables of GitHub). Text from pages is escaped to stand as
it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.present._catalogue import ENGLISH
from onrecord.present._extent import actors_left, laid_out, origins_of
from onrecord.present._lines import (
    GROUPED_AFTER,
    GROUPED_BEFORE,
    Heading,
    Item,
    Remark,
    case_lines,
    dispute_lines,
    group_lines,
    listed_lines,
    position_lines,
    set_lines,
)
from onrecord.present._listed import Marks
from onrecord.present._plain import plain
from onrecord.present._told import Told
from onrecord.present._tree import ToldBranch, ToldTree, TreeView
from onrecord.present._view import View
from onrecord.standing import Dossier

# Every mark of ASCII punctuation may be escaped (CommonMark 2.4). Those that could begin or be part of a
# construct are, `:` and `@` and `.` among them, since GitHub makes links of bare addresses.
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~&=:@$^\"'])")
_WWW = re.compile(r"\b(www)\.", re.IGNORECASE)
_ORDERED = re.compile(r"^(\d+)([.)])")


def escape(text: str) -> str:
    """`text` on one line, with nothing in it that Markdown would take for its own."""
    escaped = _SPECIAL.sub(r"\\\1", plain(text))
    return _ORDERED.sub(r"\1\\\2", _WWW.sub(r"\1\\.", escaped))


def refs(numbers: Iterable[int]) -> str:
    """References to pages, each a link to its row among the sources."""
    return "".join(f"[\\[{number}\\]](#source-{number})" for number in numbers)


def _told(told: Told, view: View) -> Iterator[str]:
    spread = f" ({escape(told.spread)})" if told.spread else ""
    yield f"- {escape(told.sentence)} {refs(told.numbers)}{spread}"
    for quote in told.quotes:
        language = f", {escape(quote.language_name)}" if quote.language_name else ""
        yield f"  > *{escape(quote.text)}*  "
        yield f"  > {refs([quote.number])} {escape(quote.where)}{language}"
        yield ""
    if told.more:
        yield f"  {escape(view.words('quote_more', n=told.more))}"
        yield ""


def _tree(tree: ToldTree, view: View) -> Iterator[str]:
    """A tree as a list below its line: an origin a point, and the pages as points below each other."""
    yield f"  - {escape(tree.heading)}: {escape(view.words('tree'))}"
    for root in tree.roots:
        note = f" ({escape(root.note)})" if root.note else ""
        yield f"    - **{escape(root.name)}**{note}"
        yield from _branches(root.pages, 6)
    if tree.more:
        yield f"    - {escape(tree.more)}"
    yield ""


def _branches(pages: Iterable[ToldBranch], indent: int) -> Iterator[str]:
    for page in pages:
        told = "; ".join(part for part in (page.how, page.first, page.change) if part)
        yield f"{' ' * indent}- {refs([page.number])} {escape(page.where)}: {escape(told)}"
        for sign, listed in (("\\+", page.added), ("−", page.left_out)):
            yield from (f"{' ' * (indent + 2)}- {sign} {escape(sentence)}" for _, sentence in listed)
        yield from _branches(page.taken_by, indent + 2)


def _items(items: Iterable[Item], view: View, trees: TreeView, seen: set[str]) -> Iterator[str]:
    """Headings and lines; a line's tree stands once, where the line (`seen`, by its id) is first told."""
    for item in items:
        if isinstance(item, Heading):
            yield ""
            yield f"{'#' * (item.depth + 2)} {escape(item.text)}"
            yield ""
        elif isinstance(item, Remark):
            yield f"*{escape(item.text)}*"
            yield ""
        else:
            yield from _told(item, view)
            tree = trees.told(item.line) if item.id not in seen else None
            seen.add(item.id)
            if tree is not None:
                yield from _tree(tree, view)


def row(cells: Iterable[str]) -> str:
    """A row of a table; the cells are escaped already."""
    return f"| {' | '.join(cells)} |"


def _head_row(view: View, *names: str) -> Iterator[str]:
    yield row(view.words(name) for name in names)
    yield row("---" for _ in names)


def _positions(view: View) -> Iterator[str]:
    yield from _head_row(view, "position", "who", "since", "says_who", "from_origins", "references")
    for position in view.dossier.positions:
        present = position.present
        yield row(
            (
                f"{view.position_symbol(present.code)} {escape(view.stance_alone(present))}",
                escape(view.bare(position.actor)),
                escape(view.since(present)),
                escape(view.voices(position)),
                origins_of(view, position, bare=True),
                refs(sorted({n for line in present.support for n in line.numbers})),
            )
        )
    yield ""
    if left := actors_left(view):
        yield escape(left)
        yield ""


def _timeline(view: View) -> Iterator[str]:
    for event in view.dossier.timeline:
        told = view.told(event.line)
        marks = [view.words("published_mark")] if event.moment.basis == "published" else []
        marks += [view.words("to_come")] if event.to_come else []
        mark = f" ({', '.join(marks)})" if marks else ""
        date = escape(view.date(event.moment.value))
        yield f"- **{date}**{mark}: {escape(told.sentence)} {refs(told.numbers)}"


def source_rows(view: View) -> Iterator[str]:
    """The table of sources."""
    yield from _head_row(view, "number", "outlet", "title", "date", "language", "place", "count", "left")
    for source in view.dossier.sources:
        yield row(
            (
                f'<a id="source-{source.number}"></a>{source.number}',
                escape(source.outlet or view.words("no_outlet")),
                escape(source.title or view.words("no_title")),
                escape(view.short_date(source.published)) if source.published else view.words("undated"),
                escape(view.language_name(source.language)) or view.words("none"),
                escape(source.locator),
                str(source.statements),
                str(source.unread),
            )
        )


def _unread(view: View) -> Iterator[str]:
    for left in view.dossier.unread:
        yield f"- *{escape(left.text)}* {refs([left.source])}"


def head(view: View) -> Iterator[str]:
    """The head: name, date, counts, how much is laid out, and that a machine read it."""
    yield f"# {escape(view.name)}"
    yield ""
    yield escape(" ".join(filter(None, (f"{view.as_of()}.", view.known_as(), view.relatives()))))
    yield ""
    yield escape(" · ".join(view.counts()))
    yield ""
    if told := laid_out(view):
        yield escape(told)
        yield ""
    yield f"> **{escape(view.words('machine_title'))}.** {escape(view.machine())}"


def joined(lines: Iterable[str]) -> str:
    """Lines as a text, with no more than one empty line between."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def standing_markdown(dossier: Dossier, language: str = ENGLISH) -> str:
    """The positions alone, and the sources they lead back to."""
    view = View(dossier, language)
    return joined(
        [*head(view), "", f"## {view.title('positions')}", "", *_positions(view),
         *_items(set_lines(view), view, TreeView(view), set()),
         "", f"## {view.title('sources')}", "", *source_rows(view)]
    )  # fmt: skip


def dossier_markdown(dossier: Dossier, language: str = ENGLISH, marks: Marks | None = None) -> str:
    """The whole dossier."""
    view = View(dossier, language, marks)
    trees, seen = TreeView(view), set[str]()

    def items(found: Iterable[Item]) -> Iterator[str]:
        return _items(found, view, trees, seen)

    lines = list(head(view))
    for key in view.messages["sections"]:
        if not view.held(key):
            continue
        lines += ["", f"## {view.title(key)}", "", f"*{escape(view.lede(key))}*", ""]
        if key == "positions":
            lines += [*_positions(view), *items(position_lines(view))]
        elif key == "listed":
            lines += items(listed_lines(view))
        elif key == "disputes":
            lines += items(dispute_lines(view))
        elif key == "cases":
            lines += items(case_lines(view))
        elif key in GROUPED_BEFORE + GROUPED_AFTER:
            lines += items(group_lines(view, key))
        else:
            lines += {"timeline": _timeline, "sources": source_rows, "unread": _unread}[key](view)
    return joined(lines)
