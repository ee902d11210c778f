"""Comparing and finding names of different scripts by a matcher that compares Latin ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from onrecord.entities.matching._fitting import latin_form_like
from onrecord.entities.matching._model import Candidate, Likeness, NameKind
from onrecord.entities.matching._scripts import latin_forms, script_of

Match = Callable[[str, str, NameKind], Likeness]
"""Two Latin names and their kind in, how alike they are out: `match_names`."""

FORMS = 3
"""Latin forms of each that two names of different scripts, neither Latin, are compared by."""


class Searches(Protocol):
    """An index of Latin names: `NameIndex`."""

    def search_all(
        self, names: Sequence[str], *, limit: int = 5, kind: NameKind = "company"
    ) -> list[tuple[Candidate, ...]]:
        """The candidates for each name."""
        ...


def match_across(asked: str, other: str, match: Match, kind: NameKind = "company") -> Likeness:
    """How alike two names are of which one at least is in another script than Latin, and both not in the
    same: by the form of the one that comes nearest to the other, and by the forms that come first."""
    if script_of(other) == "latin":
        return _by_script(max(_tried(asked, other, match, kind, turned=False), key=_order))
    if script_of(asked) == "latin":
        return _by_script(max(_tried(other, asked, match, kind, turned=True), key=_order))
    pairs = [(one, two) for one in latin_forms(asked)[:FORMS] for two in latin_forms(other)[:FORMS]]
    tried = [match(one, two, kind) for one, two in pairs] or [match(asked, other, kind)]
    return _by_script(max(tried, key=_order))


def search_across(
    index: Searches, names: Sequence[str], match: Match, *, limit: int = 5, kind: NameKind = "company"
) -> list[tuple[Candidate, ...]]:
    """The candidates of an index of Latin names for names in other scripts, best first, each key once, at
    most `limit` each: every Latin form is looked up, and what is found for any of them is compared anew with
    the form that comes nearest to it. Latin names may stand among `names`; they are looked up as they are."""
    forms = [latin_forms(name) or (name,) for name in names]
    found = iter(index.search_all([form for several in forms for form in several], limit=limit, kind=kind))
    ranked: list[tuple[Candidate, ...]] = []
    for name, several in zip(names, forms, strict=True):
        best: dict[str, Candidate] = {}
        for candidate in (candidate for _ in several for candidate in next(found)):
            old = best.get(candidate.key)
            if old is None or _place(old) < _place(candidate):
                best[candidate.key] = candidate
        if script_of(name) != "latin":
            best = {key: _anew(name, candidate, match, kind) for key, candidate in best.items()}
        ranked.append(tuple(sorted(best.values(), key=_place, reverse=True)[:limit]))
    return ranked


def _anew(name: str, candidate: Candidate, match: Match, kind: NameKind) -> Candidate:
    likeness = match(latin_form_like(name, candidate.name), candidate.name, kind)
    better = max(likeness, candidate.likeness, key=_order)
    nearer = candidate.nearness + better.score - candidate.likeness.score
    return replace(candidate, likeness=_by_script(better), nearness=nearer)


def _tried(name: str, latin: str, match: Match, kind: NameKind, *, turned: bool) -> list[Likeness]:
    forms = dict.fromkeys(filter(None, (latin_form_like(name, latin), *latin_forms(name)[:FORMS])))
    pairs = [(latin, form) if turned else (form, latin) for form in forms or (name,)]
    return [match(one, two, kind) for one, two in pairs]


def _order(likeness: Likeness) -> tuple[bool, float]:
    return likeness.relation == "same", likeness.score


def _place(candidate: Candidate) -> tuple[bool, float]:
    return candidate.likeness.relation == "same", candidate.nearness


def _by_script(likeness: Likeness) -> Likeness:
    """The same with its parts told as matched across scripts."""
    parts = tuple(
        replace(part, how="script") if part.how in ("exact", "sound", "spelling") else part
        for part in likeness.parts
    )
    return replace(likeness, parts=parts)
