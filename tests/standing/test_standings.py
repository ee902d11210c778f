"""Where everybody stands on everybody is what each dossier says alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.ledger import Ledger
from onrecord.standing import UnknownEntity, standing_of, standings_of, stands_of

Make = Callable[[Sequence[dict[str, Any]]], Ledger]

DAYS = st.sampled_from(["2018", "2019-01", "2019-01-02", "2019-03-05", "2020-05-06"])
PAGES = st.lists(
    st.tuples(
        st.none() | DAYS,
        st.sampled_from(["restriction", "permission"]),
        st.sampled_from(["GB", "DK", "TDC"]),
        st.sampled_from(["Huawei", "ZTE"]),
        st.sampled_from(["asserted", "alleged", "negated", "planned", "possible"]),
        st.sampled_from(["network", "sanctions"]),
        st.sampled_from([(), ("GB",), ("DK", "BBC")]),
        st.none() | DAYS,
        st.none() | st.sampled_from(["core", "radio", "apps", "trade"]),
    ),
    min_size=1,
    max_size=14,
)


def told(number: int, page: tuple[Any, ...]) -> dict[str, Any]:
    published, type_, actor, supplier, status, topic, source, when, *scope = page
    says = [type_, actor, supplier, status, topic, list(source), when, *scope]
    return {
        "locator": f"{number}.txt", "outlet": f"Paper {number % 3}", "title": None, "published": published,
        "language": "en",
        "sentences": [{"text": f"Page {number}.", "says": [says]}],
    }  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages=PAGES, as_of=st.none() | DAYS, by_hand=st.booleans())
def test_all_at_once_is_what_each_dossier_says(
    ledger_of: Make, pages: list[tuple[Any, ...]], as_of: str | None, by_hand: bool
) -> None:
    ledger = ledger_of([told(number, page) for number, page in enumerate(pages)])
    suppliers = sorted({page[3] for page in pages})
    if by_hand:
        ledger.set_position("GB", suppliers[0], scope="trade", code="permits", since="2019-02", who="Anna")
    for kinds in (("state",), ("state", "company")):
        found = standings_of(ledger, suppliers, kinds=kinds, as_of=as_of)
        alone = {
            (position.actor, supplier, stance.scope): (stance.code, stance.since, stance.set_by, stance.whole)
            for supplier in suppliers
            for position in standing_of(ledger, supplier, as_of=as_of).positions
            for stance in position.stances
            if position.kind in kinds
        }
        assert {
            (h.actor, h.supplier, h.scope): (h.code, h.since, h.set_by, h.whole) for h in found.held
        } == alone
        assert [entity.key for entity in found.actors] == sorted({str(actor) for actor, *_ in alone})
        assert {pair: held.code for pair, held in found.present.items()} == {
            (position.actor, supplier): position.present.code
            for supplier in suppliers
            for position in standing_of(ledger, supplier, as_of=as_of).positions
            if position.kind in kinds
        }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages=PAGES, scope=st.none() | st.sampled_from(["networks", "radio", "trade"]))
def test_where_one_stands_is_what_the_dossier_says_and_what_the_statements_alone_give(
    ledger_of: Make, pages: list[tuple[Any, ...]], scope: str | None
) -> None:
    ledger = ledger_of([told(number, page) for number, page in enumerate(pages)])
    supplier = pages[0][3]
    before = standing_of(ledger, supplier).positions
    if scope is not None:
        ledger.set_position("GB", supplier, scope=scope, code="refuses", since="2019-02", who="Anna")
    for position in standing_of(ledger, supplier).positions:
        found = stands_of(ledger, str(position.actor), supplier)
        assert [(one.scope, one.code, one.since, one.set_by, one.whole) for one in found.now] == [
            (one.scope, one.code, one.since, one.set_by, one.whole) for one in position.stances
        ]
        alone = next((one.stances for one in before if one.actor == position.actor), ())
        assert [(one.scope, one.code, one.since, one.whole) for one in found.as_read] == [
            (one.scope, one.code, one.since, one.whole) for one in alone
        ]
        assert all(one.set_by is None for one in found.as_read)


def test_of_whom_nothing_is_told_stands_nowhere(ledger_of: Make) -> None:
    pages = [("2019-01-02", "restriction", actor, "ZTE", "asserted", "network", (), None) for actor in
             ("GB", "DK")]  # fmt: skip
    ledger = ledger_of([told(number, page) for number, page in enumerate(pages)])
    for supplier in ("DK", "Nokia"):
        found = stands_of(ledger, "GB", supplier)
        assert (found.now, found.as_read) == ((), ())


def test_without_names_the_companies_that_are_told_of_most_come_first(ledger_of: Make) -> None:
    pages = [("2019-01-02", "restriction", "GB", name, "asserted", "network", (), None) for name in
             ("ZTE", "Huawei", "Huawei")]  # fmt: skip
    ledger = ledger_of([told(number, page) for number, page in enumerate(pages)])
    assert [supplier.key for supplier in standings_of(ledger).suppliers] == ["Huawei", "ZTE"]
    assert [supplier.key for supplier in standings_of(ledger, most=1).suppliers] == ["Huawei"]


def test_a_supplier_that_is_not_known_is_an_error(ledger_of: Make) -> None:
    ledger = ledger_of([told(0, ("2019-01-02", "restriction", "GB", "ZTE", "asserted", "network", (), None))])
    with pytest.raises(UnknownEntity):
        standings_of(ledger, ["ZTE", "Nobody at all"])


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Nokia", {}),
        ("ZTE", {"known_at": datetime(2001, 1, 1, tzinfo=UTC)}),
        ("ZTE", {"as_of": "2001"}),
        ("Nokia", {"as_of": "2001"}),
    ],
)
def test_a_supplier_of_which_nothing_was_known_then_has_an_empty_table(
    ledger_of: Make, name: str, asked: dict[str, Any]
) -> None:
    ledger = ledger_of([told(0, ("2019-01-02", "restriction", "GB", "ZTE", "asserted", "network", (), None))])
    found = standings_of(ledger, [name], **asked)
    assert ([one.key for one in found.suppliers], found.held, found.silent) == ([name], (), (name,))
    both = standings_of(ledger, ["ZTE", "Nokia"])
    assert (both.held, both.silent) == (standings_of(ledger, ["ZTE"]).held, ("Nokia",))
    assert standings_of(ledger, ["ZTE"]).silent == ()
