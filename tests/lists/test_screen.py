"""Screening: whom on a list a name may mean, and why."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.lists import ListedName, ListVersion, Party, Screener


def version(name: str) -> ListVersion:
    return ListVersion(1, name, name.upper(), "", "own-csv", "2020-01-01", datetime.now(UTC), "", 0, 0)


def party(
    id: str, *names: str, weak: tuple[str, ...] = (), of: str | None = None, kind: str = "company"
) -> Party:
    listed = (*(ListedName(n) for n in names), *(ListedName(n, "weak") for n in weak))
    return Party(id, kind, listed, affiliate_of=of)  # type: ignore[arg-type]


PARTIES = (
    party("1", "Huawei Technologies Co., Ltd.", weak=("Panther",)),
    party("2", "Hangzhou Lantian Communication Technology Co., Ltd.", of="1"),
    party("3", "Panda International Information Technology Company, Ltd"),
    party("4", "Petrov, Ivan Sergeyevich", kind="person"),
    party("5", "Sea Dragon Six", kind="vessel"),
)


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener([(version("one"), PARTIES), (version("two"), (party("1", "Norddata Systems AG"),))])


def found(screener: Screener, name: str, **options: object) -> list[tuple[str, str]]:
    return [(hit.relation, hit.party.name) for hit in screener.screen(name, **options)]  # type: ignore[arg-type]


def test_a_party_is_found_whatever_its_legal_form(screener: Screener) -> None:
    (hit,) = screener.screen("Panda International Information Technology Ltd.")
    assert (hit.relation, hit.party.id, hit.version.list) == ("same", "3", "one")
    assert hit.likeness.parts


def test_a_subsidiary_is_an_affiliate_and_no_namesake(screener: Screener) -> None:
    assert found(screener, "Huawei Technologies Deutschland GmbH") == [("affiliate", PARTIES[0].name)]


def test_a_party_is_found_by_its_name_in_another_script(screener: Screener) -> None:
    (hit, *_) = screener.screen("杭州蓝天通信技术有限公司")
    assert (hit.party.id, hit.likeness.relation) == ("2", "same")


def test_who_is_named_in_anothers_entry_is_its_affiliate(screener: Screener) -> None:
    (hit,) = screener.screen("Hangzhou Lantian Communication Technology")
    assert hit.relation == "affiliate"
    assert hit.likeness.relation == "same"
    assert hit.of == PARTIES[0]


def test_a_short_name_is_asked_for_by_its_full_one_in_the_catalogue(screener: Screener) -> None:
    (hit,) = screener.screen("huawei")
    assert (hit.relation, hit.party.id) == ("same", "1")
    assert hit.asked.startswith("Huawei Technologies")


def test_a_weak_alias_counts_letter_for_letter_alone(screener: Screener) -> None:
    assert found(screener, "PANTHER") == [("same", PARTIES[0].name)]
    assert found(screener, "Panthers") == []
    assert found(screener, "Panther Logistics") == []


def test_a_name_means_parties_of_its_kind(screener: Screener) -> None:
    assert found(screener, "Ivan Petrov") == []
    assert found(screener, "Ivan Sergeyevich Petrov", kind="person") == [("same", PARTIES[3].name)]
    assert found(screener, "Sea Dragon Six", kind="other") == [("same", PARTIES[4].name)]


def test_who_is_on_no_list_is_not_found(screener: Screener) -> None:
    assert screener.screen_all(["Vestas Wind Systems A/S", "Grundfos", "", "—"]) == [(), (), (), ()]


def test_a_name_is_found_in_another_script_both_ways() -> None:
    screener = Screener(
        [
            (
                version("one"),
                (party("1", "Shenzhen Lantian Technology Co., Ltd."), party("2", "ООО «Северный завод»")),
            )
        ]
    )
    (chinese,) = screener.screen("深圳蓝天科技有限公司")
    assert (chinese.relation, chinese.party.id) == ("same", "1")
    assert "script" in {part.how for part in chinese.likeness.parts}
    (latin,) = screener.screen("OOO Severny Zavod")
    assert (latin.party.id, latin.name.text) == ("2", "ООО «Северный завод»")
    (own,) = screener.screen("ООО «Северный завод»")
    assert (own.relation, own.party.id) == ("same", "2")


def test_ids_of_different_lists_are_not_mixed_up(screener: Screener) -> None:
    (hit,) = screener.screen("Norddata Systems")
    assert (hit.version.list, hit.party.id) == ("two", "1")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=5))
def test_any_text_can_be_asked_for(names: list[str]) -> None:
    screener = Screener([(version("one"), PARTIES)])
    many = screener.screen_all([*names, PARTIES[2].name], near=True)
    assert len(many) == len(names) + 1
    assert many[-1][0].party == PARTIES[2]
    assert many[:-1] == [screener.screen(name, near=True) for name in names]
