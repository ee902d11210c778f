"""What is counted of many parties at once is what each dossier says alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.ledger import Ledger, Snapshot
from onrecord.standing import (
    Evidence,
    Support,
    case_kinds,
    cases_of,
    held_in,
    links_of,
    matters_of,
    standing_of,
)

Make = Callable[[Sequence[dict[str, Any]]], Ledger]
DAYS = st.sampled_from(["2018", "2019-01", "2019-01-02", "2019-03-05", "2020-05-06"])
QUOTES = st.sampled_from(
    ["was charged", "was sued", "the case was dropped", "was told", "the flaws were mended",
     "has not repaired its flaws", "has kept its promise", "did not carry out its threat"]
)  # fmt: skip
KINDS = case_kinds()
TYPES = [
    "restriction", "permission", "request", "evaluation", "commitment", "legal", "wrongdoing", "ties",
    "threat", "supply",
]  # fmt: skip
PAGES = st.lists(
    st.tuples(
        DAYS,
        st.sampled_from(TYPES),
        st.sampled_from(["GB", "DK", "Huawei"]),
        st.sampled_from(["Huawei", "ZTE", "DK", None]),
        st.sampled_from(["asserted", "alleged", "negated", "planned", "possible"]),
        st.sampled_from(["network", "sanctions", "espionage", "security", None]),
        st.sampled_from([(), ("GB",), ("DK", "BBC")]),
        st.none() | DAYS,
        QUOTES,
    ),
    min_size=1,
    max_size=14,
)


def told(number: int, page: tuple[Any, ...]) -> dict[str, Any]:
    published, type_, actor, target, status, topic, source, when, quote = page
    return {
        "locator": f"{number}.txt", "outlet": f"Paper {number % 3}", "title": None, "published": published,
        "language": "en",
        "sentences": [
            {"text": f"Page {number}: it {quote}.",
             "says": [[type_, actor, target, status, topic, list(source), when]]}
        ],
    }  # fmt: skip


def on_pages(rows: Sequence[tuple[Any, ...]], together: Sequence[bool]) -> list[dict[str, Any]]:
    """A page for each row, or one with the row before, where they are `together`."""
    pages: list[dict[str, Any]] = []
    for number, (row, joined) in enumerate(zip(rows, together, strict=False)):
        page = told(number, row)
        if joined and pages:
            pages[-1]["sentences"] += page["sentences"]
        else:
            pages.append(page)
    return pages


def link(status: str, actor: str = "Huawei", target: str = "Panda", type_: str = "partnership") -> Any:
    return ("2019-07-22", type_, actor, target, status, None, (), None, "was told")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages=PAGES, together=st.lists(st.booleans(), min_size=14, max_size=14), as_of=st.none() | DAYS)
def test_cases_and_disputes_are_those_of_the_dossier(
    ledger_of: Make, pages: list[tuple[Any, ...]], together: list[bool], as_of: str | None
) -> None:
    ledger = ledger_of(on_pages(pages, together))
    named = sorted({key for page in pages for key in page[2:4]} & {"Huawei", "ZTE"})

    def ask(snapshot: Any) -> Any:
        evidence = Evidence(snapshot)
        return cases_of(evidence, named, KINDS), matters_of(evidence, named)

    cases, matters = ledger.snapshot(ask, as_of=as_of)
    for key in named:
        dossier = standing_of(ledger, key, as_of=as_of)
        alone = {
            (case.kind, case.other, tuple(step.stage for step in case.steps), case.steps[-1].moment)
            for case in dossier.cases
            if case.holder == key and case.kind in KINDS
        }
        found = {
            (case.kind, case.other, tuple(step.stage for step in case.steps), case.steps[-1].moment)
            for case in cases.get(key, ())
        }
        assert found == alone
        disputed = {
            (d.type, d.matter, d.target, d.contested, sum(line.statements for line in d.affirmed),
             len({origin for line in d.affirmed for origin in line.origins}),
             sum(line.statements for line in d.denied))
            for d in dossier.disputes if d.actor == key and d.affirmed
        }  # fmt: skip
        assert disputed == {
            (m.type, m.matter, m.target, m.contested, m.affirmed.told, m.affirmed.origins, m.denied.told)
            for m in matters.get(key, ())
        }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            DAYS, st.just("wrongdoing"), st.sampled_from(["Huawei", "ZTE"]), st.none(),
            st.sampled_from(["alleged", "negated"]), st.sampled_from(["sanctions", "theft", None]),
            st.sampled_from([(), ("BBC",)]), st.none(), st.just("was told"),
        ),
        min_size=2, max_size=9,
    ),
    together=st.lists(st.booleans(), min_size=9, max_size=9),
)  # fmt: skip
def test_denials_stand_where_the_dossier_has_them(
    ledger_of: Make, rows: list[tuple[Any, ...]], together: list[bool]
) -> None:
    ledger = ledger_of(on_pages(rows, together))
    named = sorted({row[2] for row in rows})
    matters = ledger.snapshot(lambda snapshot: matters_of(Evidence(snapshot), named))
    for key in named:
        dossier = standing_of(ledger, key)
        told_of = {
            d.matter: (d.contested, {c.statement_id for line in d.denied for c in line.citations})
            for d in dossier.disputes if d.affirmed and d.actor == key
        }  # fmt: skip
        rows_of = {m.matter: m.denied.rows for m in matters.get(key, ())}
        every = [row for several in rows_of.values() for row in several]
        ids = {row: said.id for row, said in ledger.snapshot(partial(Snapshot.quoted, rows=every)).items()}
        found = {
            m.matter: (m.contested, {ids[row] for row in rows_of[m.matter]}) for m in matters.get(key, ())
        }
        assert found == told_of
        # Whatever stands in parts in several places is whole once.
        assert sum(line.statements for line in dossier.lines) == dossier.counts.statements
        assert sum(len(line.citations) for line in dossier.lines) == dossier.counts.statements


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages=PAGES)
def test_a_position_rests_on_what_its_dossier_says_supports_it(
    ledger_of: Make, pages: list[tuple[Any, ...]]
) -> None:
    ledger = ledger_of([told(number, page) for number, page in enumerate(pages)])
    named = sorted({key for page in pages for key in page[2:4]} & {"Huawei", "ZTE"})
    found = ledger.snapshot(
        lambda snapshot: [
            (held, Support(Evidence(snapshot)).ground(held)) for held in held_in(snapshot, named)
        ]
    )
    stances = {
        (position.actor, key, stance.scope): stance
        for key in named
        for position in standing_of(ledger, key).positions
        for stance in position.stances
    }
    for held, ground in found:
        stance = stances[held.actor, held.supplier, held.scope]
        assert ground.since == stance.since
        parts = (stance.support, stance.weighing, stance.earlier, stance.dissent)
        assert 1 <= ground.told <= sum(line.statements for part in parts for line in part)


def test_a_link_is_what_somebody_asserts_and_nobody_took_back(ledger_of: Make) -> None:
    ledger = ledger_of(
        [
            told(1, link("asserted")),
            told(2, link("asserted")),
            told(3, link("negated")),
            told(4, link("negated", "ZTE")),
            told(5, link("possible", "ZTE", "Orascom")),
            told(6, link("alleged", "ZTE", "Koryolink", "supply")),
        ]
    )

    def ask(snapshot: Any) -> list[tuple[Any, ...]]:
        links = links_of(Evidence(snapshot))
        texts = snapshot.numbers.texts("key", [*links.actor.tolist(), *links.target.tolist()])
        return [
            (texts[int(links.actor[at])], links.types[int(links.of[at])], texts[int(links.target[at])],
             int(links.origins[at]), bool(links.firm[at]), bool(links.denied[at]), links.ground(at).told)
            for at in range(len(links))
        ]  # fmt: skip

    assert sorted(ledger.snapshot(ask)) == [
        ("Huawei", "partnership", "Panda", 2, True, True, 2),
        ("ZTE", "supply", "Koryolink", 1, False, False, 1),
    ]
    for statement in ledger.statements(entity="Panda"):
        ledger.judge("reject", statement.id, who="Anna")
    assert [found[2] for found in ledger.snapshot(ask)] == ["Koryolink"]
