"""A check of a register for a terminal: a table that fits 80 columns, the gravest lines first."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Group as Parts
from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.present._check_view import CheckView, Group
from onrecord.present._terminal import COLOUR, printed, table

MOST = 500
"""Findings that are laid out: more than anybody reads on a terminal."""
_MOST_BAD = 50
"""Lines that cannot be used which are told; of all else as many as of findings."""
_KIND = 18
"""Columns that the kind of a finding takes at most; a longer one is folded."""


def check_terminal(view: CheckView, *, width: int = 80, colour: bool = False) -> str:
    """The findings by lines, then what is gone, what was not looked at, and how old each list is."""
    shown: list[RenderableType] = [Text(f"{view.name}. {view.as_of()}.", "bold")]
    shown += [Text(told) for told in view.summary()]
    groups = view.groups(MOST)
    if groups:
        kinds = [_kind_width(told.kind) for group in groups for told in group.findings]
        dates = [cell_len(told.since) for group in groups for told in group.findings]
        widths = (min(_KIND, max(kinds)), max(*dates, cell_len(view.say("since"))))
        shown += [Text(), _table(widths, *(Text(view.say(key), "dim") for key in ("kind", "what", "since")))]
        for group in groups:
            shown += [Text(), *_told(view, group, widths)]
        if more := view.left(MOST):
            shown += [Text(), Text(more, "dim")]
        shown += [Text(), Text(view.say("machine"), "dim")]
    for key, heading, items in view.lists():
        shown += [Text(), _rule(heading)]
        if key == "bad":
            shown.append(Text(view.say("bad_lede"), "dim"))
        most = _MOST_BAD if key == "bad" else MOST
        shown += [Padding(Text(f"· {item}"), (0, 0, 0, 2)) for item in items[:most]]
        if len(items) > most:
            shown.append(Padding(Text(f"· … +{len(items) - most}", "dim"), (0, 0, 0, 2)))
    shown += [Text(), _rule(view.say("sources")), _sources(view)]
    return printed(Parts(*shown), width=width, colour=colour)


def _kind_width(kind: str) -> int:
    """What a kind needs at the least to stand folded between its words."""
    return max(cell_len(kind) if cell_len(kind) <= _KIND else _KIND, *map(cell_len, kind.split()))


def _rule(heading: str) -> RenderableType:
    return Rule(Text(heading, "bold"), align="left", style="dim", characters="─")


def _table(widths: tuple[int, int], *cells: RenderableType) -> Table:
    kind, since = widths
    made = Table(box=None, padding=(0, 2, 0, 0), show_header=False, expand=True, pad_edge=False)
    made.add_column(width=kind, overflow="fold")
    made.add_column(ratio=1, overflow="fold")
    made.add_column(width=since, no_wrap=True)
    made.add_row(*cells)
    return made


def _told(view: CheckView, group: Group, widths: tuple[int, int]) -> list[RenderableType]:
    heading = Text(group.heading, "bold")
    if group.note:
        heading.append(f" ({group.note})", "not bold dim")
    shown: list[RenderableType] = [heading]
    for told in group.findings:
        kind = Text(told.kind, COLOUR[told.side])
        if told.finding.new:
            kind.append(f"\n({view.say('new')})", "bold")
        what = Text(told.what)
        what.append(f"\n{told.reach}", "dim")
        if told.details:
            what.append(f"\n{'; '.join(told.details)}", "dim")
        shown.append(_table(widths, kind, what, Text(told.since)))
    return shown


def _sources(view: CheckView) -> RenderableType:
    rows = view.looked_rows()
    if not rows:
        return Text(view.say("sources_none"))
    made = table(*(view.say(key) for key in ("name", "kind", "of_day", "age", "size")))
    for row in rows:
        made.add_row(*map(Text, row))
    return made
