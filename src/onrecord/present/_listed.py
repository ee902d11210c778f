"""The entities of a dossier that stand on a restriction list, in words: on which, as what, and since when,
also against the page that first names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from onrecord.present._plain import plain
from onrecord.present._wording import Wording

if TYPE_CHECKING:
    from onrecord.lists import Mark

Marks: TypeAlias = "Mapping[str, Sequence[Mark]]"
"""The marks of entities, by their keys. The room `lists` need not be loaded where there are none."""

Unit = Literal["years", "months", "days"]
SIGNS = {"same": "⚑", "affiliate": "⚐"}
"""What stands behind the name of a listed entity, and of an affiliate of one."""

_MONTHS = 12
_OF_PARTY = ("source", "programs", "citations", "until", "url")


def sign(marks: Sequence[Mark]) -> str:
    """The sign behind the name of an entity with these marks; "" where there are none."""
    return SIGNS[marks[0].relation] if marks else ""


def told_marks(wording: Wording, marks: Marks) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each marked entity with its sign, and a sentence for each entry of a list."""
    return tuple(
        (f"{wording.bare(key)} {sign(several)}", tuple(told_mark(wording, mark) for mark in several))
        for key, several in sorted(marks.items(), key=lambda item: wording.bare(item[0]).casefold())
    )


def told_mark(wording: Wording, mark: Mark) -> str:
    """An entry of a list in words."""
    version, party = mark.version, mark.party
    title = f"{plain(party.source)}, {plain(version.title)}" if party.source else plain(version.title)
    listed = wording.words("listed_on", list=title, date=wording.short_date(version.day))
    name = plain(mark.name)
    if mark.relation == "same":
        head = wording.words("listed_as", list=listed, name=name)
    else:
        head = wording.words("listed_affiliate", list=listed, name=name, of=plain(mark.of or ""))
    by = "; ".join(map(plain, (*party.programs, *party.citations)))
    return " ".join(_sentence(part) for part in (f"{head}, {_since(wording, mark)}", by) if part)


def _since(wording: Wording, mark: Mark) -> str:
    if mark.since is None:
        return wording.words("listed_undated")
    since = wording.words("listed_since", date=wording.short_date(mark.since))
    if mark.published is None:
        return since
    count, unit = gap(mark.since, mark.published)
    page = str(mark.page)
    if count == 0:
        return f"{since}, {wording.words(f'listed_same_{unit}', page=page)}"
    span = wording.words(f"gap_{unit}", n=abs(count))
    key = "listed_before" if count > 0 else "listed_after"
    return f"{since}, {wording.words(key, gap=span, page=page)}"


def gap(since: str, published: str) -> tuple[int, Unit]:
    """How long after `since` something was published, in whole years, else months, else days; below zero
    where it was published before. No finer than both dates are known; 0 where they may be the same."""
    parts = min(since.count("-"), published.count("-"))
    one, other = ([*map(int, day.split("-"))][: parts + 1] for day in (since, published))
    sense = 1 if one <= other else -1
    first, last = (one, other) if sense > 0 else (other, one)
    if parts == 0:
        return sense * (last[0] - first[0]), "years"
    months = (last[0] - first[0]) * _MONTHS + last[1] - first[1]
    if parts == 1:
        return sense * (months // _MONTHS or months), "years" if months >= _MONTHS else "months"
    months -= last[2] < first[2]
    if months >= _MONTHS:
        return sense * (months // _MONTHS), "years"
    if months > 0:
        return sense * months, "months"
    return sense * (date(*last) - date(*first)).days, "days"


def mark_data(marks: Sequence[Mark]) -> list[dict[str, Any]]:
    """Marks as JSON has them."""
    return [
        {
            "list": mark.version.list,
            "title": mark.version.title,
            "version": mark.version.id,
            "issued": mark.version.issued,
            "id": mark.party.id,
            "name": mark.name,
            "relation": mark.relation,
            "affiliate_of": mark.of,
            "since": mark.since,
            "first_page": mark.page,
            "first_published": mark.published,
            **{name: getattr(mark.party, name) for name in _OF_PARTY},
        }
        for mark in marks
    ]


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
