"""How much of a dossier is laid out, in words: of very large ones only a part is (docs/dossier.md)."""

from __future__ import annotations

from onrecord.present._catalogue import fill, number
from onrecord.present._view import View
from onrecord.standing import Group, Position


def in_part(view: View) -> bool:
    """Whether statements of the dossier are counted but not laid out."""
    return view.dossier.counts.laid_out < view.dossier.counts.statements


def laid_out(view: View) -> str:
    """How much is laid out, and where the rest is; empty where everything is."""
    counts = view.dossier.counts
    parts = [
        view.words(key, n=all_of_them, laid=number(shown, view.language))
        for key, shown, all_of_them in (
            ("of_statements", counts.laid_out, counts.statements),
            ("of_unread", counts.unread_laid_out, counts.unread),
        )
        if shown < all_of_them
    ]
    if not parts:
        return ""
    two = str(view.messages["lists"]["two"])
    told = parts[0] if len(parts) == 1 else fill(two, {"a": parts[0], "b": parts[1]})
    return view.words("laid_out", parts=told)


def actors_left(view: View) -> str:
    """How many actors have a position that is not shown; empty where there are none."""
    left = view.dossier.counts.actors_left
    return view.words("actors_left", n=left) if left else ""


def origins_of(view: View, position: Position, *, bare: bool = False) -> str:
    """ "3 origins" (`bare`: "3"): from how many publishers the present position descends. Of lines that are
    not laid out nobody has asked, so that then it is "at least 3 origins".
    """
    count = len(position.origins)
    told = number(count, view.language) if bare else view.words("n_origins", n=count)
    return view.words("at_least", count=told) if in_part(view) else told


def size(view: View, section: str) -> str:
    """How much a section holds; "100 of 60,000" where it is known to hold more than is laid out."""
    counts = view.dossier.counts
    groups = [held for held in getattr(view.dossier, section, ()) if isinstance(held, Group)]
    shown = sum(len(group.lines) for group in groups) or len(view.held(section))
    known = {
        "positions": shown + counts.actors_left,
        "sources": counts.pages,
        "unread": counts.unread,
    }
    if shown >= known.get(section, shown):
        return str(shown)
    some, every = (number(value, view.language) for value in (shown, known[section]))
    return view.words("n_of_all", some=some, all=every)


def contents(view: View) -> tuple[tuple[str, str], ...]:
    """The sections that hold something, and how much."""
    held = (key for key in view.messages["sections"] if view.held(key))
    return tuple((key, size(view, key)) for key in held)
