"""Names of different scripts compared and found, by a plain matcher of Latin names that stands in."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from onrecord.entities.matching import (
    Candidate,
    Likeness,
    MatchedPart,
    NameKind,
    match_across,
    search_across,
)


def words(name: str) -> list[str]:
    return name.casefold().replace(",", " ").replace(".", "").split()


def match(asked: str, other: str, kind: NameKind = "company") -> Likeness:
    """The share of words that two names have in common."""
    mine, theirs = words(asked), words(other)
    shared = [word for word in mine if word in theirs]
    score = 2 * len(shared) / max(len(mine) + len(theirs), 1)
    parts = tuple(MatchedPart(word, word, "exact", 0.5, 1.0) for word in shared)
    return Likeness(score, "same" if score > 0.8 else "different", parts, kind)


class Index:
    """All of a few names, compared one by one."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def search_all(
        self, names: Sequence[str], *, limit: int = 5, kind: NameKind = "company"
    ) -> list[tuple[Candidate, ...]]:
        found = []
        for asked in names:
            likely = [Candidate(name.upper(), name, match(asked, name, kind)) for name in self.names]
            likely = [candidate for candidate in likely if candidate.likeness.score > 0.3]
            found.append(tuple(sorted(likely, key=lambda c: -c.likeness.score)[:limit]))
        return found


LISTED = Index(
    "Beijing Institute of Technology",
    "Shanghai Yitu Network Technology Co., Ltd.",
    "Ukrzaliznytsia JSC",
    "Bank Rafidain",
    "Tula Arms Plant",
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("北京理工大学", "Beijing Institute of Technology"),
        ("上海依图网络科技有限公司", "Shanghai Yitu Network Technology Co., Ltd."),
        ("АТ «Укрзалізниця»", "Ukrzaliznytsia JSC"),
        ("مصرف الرافدين", "Bank Rafidain"),
        ("Тульский оружейный завод", "Tula Arms Plant"),
        ("Tula Arms Plant", "Tula Arms Plant"),
    ],
)
def test_a_name_in_another_script_finds_the_latin_one(name: str, found: str) -> None:
    (candidates,) = search_across(LISTED, [name], match)
    assert (candidates[0].name, candidates[0].likeness.relation) == (found, "same")
    assert len({candidate.key for candidate in candidates}) == len(candidates)


def test_each_name_gets_its_own_candidates_and_no_more_than_asked_for() -> None:
    names = ["Тульский оружейный завод", "", "北京理工大学", "\ue000"]
    found = search_across(LISTED, names, match, limit=1)
    assert [[c.name for c in candidates] for candidates in found] == [
        ["Tula Arms Plant"],
        [],
        ["Beijing Institute of Technology"],
        [],
    ]


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("北京理工大学", "Beijing Institute of Technology"),
        ("Beijing Institute of Technology", "北京理工大学"),
        ("شركة النفط", "Компания Нефть"),
    ],
)
def test_names_of_two_scripts_are_compared_either_way(asked: str, other: str) -> None:
    likeness = match_across(asked, other, match)
    assert likeness.relation == "same"
    assert {part.how for part in likeness.parts} == {"script"}


def test_another_company_of_the_same_trade_is_another() -> None:
    assert (
        match_across("天津飞腾信息技术有限公司", "Tianjin Haiguang Circuit Co., Ltd.", match).relation
        == "different"
    )
    assert match_across("", "Nokia", match).relation == "different"
