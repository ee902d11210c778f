"""The same question asked in several ways has one answer, whatever was done to the record."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.ledger import Ledger, LedgerError
from onrecord.present import export
from onrecord.standing import (
    Dossier,
    Evidence,
    case_kinds,
    cases_of,
    changes_of,
    matters_of,
    standing_of,
    standings_of,
)

Make = Callable[[Sequence[dict[str, Any]]], Ledger]
DAYS = ["2018-11-02", "2019-01", "2019-03-05", "2020-05-06"]
QUOTES = ["was charged", "the case was dropped", "was told", "the licence was revoked", "got the licence"]
SAID = st.tuples(
    st.sampled_from(["restriction", "permission", "legal", "wrongdoing", "commitment"]),
    st.sampled_from(["GB", "DK", "Huawei"]),
    st.sampled_from(["Huawei", "ZTE", "GB"]),
    st.sampled_from(["asserted", "alleged", "negated", "planned", "possible"]),
    st.sampled_from(["network", "sanctions", "espionage", None]),
    st.sampled_from([[], ["GB"], ["DK", "BBC"]]),
    st.none() | st.sampled_from(DAYS),
    st.none() | st.sampled_from(["core", "trade"]),
)
PAGES = st.lists(
    st.tuples(
        st.none() | st.sampled_from(DAYS),
        st.lists(st.tuples(SAID, st.sampled_from(QUOTES)), min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=7,
)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["withdraw", "reject", "negate", "accept", "position", "merge", "undo"]),
        st.integers(0, 20),
        st.sampled_from(["2019-04-01", "2020-06-01"]),
    ),
    max_size=6,
)


def told(number: int, page: tuple[Any, ...]) -> dict[str, Any]:
    published, sentences = page
    return {
        "locator": f"{number}.txt", "outlet": f"Paper {number % 3}", "title": None, "published": published,
        "language": "en",
        "sentences": [
            {"text": f"Page {number}, {n}: it {quote}.", "says": [list(said)]}
            for n, (said, quote) in enumerate(sentences)
        ],
    }  # fmt: skip


def do(ledger: Ledger, kind: str, n: int, day: str) -> None:
    """One act, on the n-th of what there is; one that is refused is none."""
    said, pages, passed = list(ledger.statements()), list(ledger.pages()), ledger.judgements()
    try:
        if kind == "withdraw":
            ledger.withdraw(pages[n % len(pages)].id, day, who="Anna")
        elif kind == "position":
            code = ("restricts", "permits", "weighs-permitting")[n % 3]
            ledger.set_position(
                "GB", "Huawei", scope=("networks", "core")[n % 2], code=code, since=day, who="Anna"
            )
        elif kind == "merge":
            ledger.merge("ZTE", "Huawei", who="Anna")
        elif kind == "undo" and passed:
            ledger.undo(passed[n % len(passed)].id, who="Anna")
        elif kind == "negate" and said:
            ledger.judge("correct", said[n % len(said)].id, who="Anna", changes={"status": "negated"})
        elif kind in ("accept", "reject") and said:
            ledger.judge(kind, said[n % len(said)].id, who="Anna")  # type: ignore[arg-type]
    except LedgerError:
        pass


def positions(dossier: Dossier) -> dict[tuple[str | None, str], str]:
    """Who stands where, in which scope."""
    return {(p.actor, stance.scope): stance.code for p in dossier.positions for stance in p.stances}


def of_the_whole(dossier: Dossier) -> set[tuple[str | None, str]]:
    return {(p.actor, one.scope) for p in dossier.positions for one in p.stances if one.whole is not None}


def stages(dossier: Dossier) -> dict[tuple[str | None, str], str]:
    """How far each case has come."""
    return {(c.holder, f"{c.kind}: {c.other or ''}"): c.stage for c in dossier.cases}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages=PAGES, acts=ACTS)
def test_every_view_gives_the_same_answer(
    ledger_of: Make, pages: list[tuple[Any, ...]], acts: list[tuple[str, int, str]]
) -> None:
    ledger = ledger_of([told(number, page) for number, page in enumerate(pages)])
    if not any("Huawei" in said[1:3] for _, sentences in pages for said, _ in sentences):
        return
    moment = ledger.latest()
    before = {day: standing_of(ledger, "Huawei", as_of=day) for day in (None, *DAYS)}
    for act in acts:
        do(ledger, *act)
    now = {day: standing_of(ledger, "Huawei", as_of=day) for day in (None, *DAYS)}
    for day, dossier in now.items():
        # What was known before the acts is what was answered before them.
        assert standing_of(ledger, "Huawei", as_of=day, known_at=moment).lines == before[day].lines
        counted = dossier.counts.statements
        table = export(ledger.statements(as_of=day), {}, "jsonl").splitlines()
        party = [row for row in map(json.loads, table) if "Huawei" in (row["actor"], row["target"])]
        assert {row["id"] for row in party if row["counts"]} == {
            cited.statement_id
            for line in dossier.lines
            if line.nearness == "party"
            for cited in line.citations
        }
        assert sum(len(line.citations) for line in dossier.lines) == counted
        assert sum(line.statements for line in dossier.lines) == counted
        everybody = standings_of(ledger, ["Huawei"], kinds=("state", "company"), as_of=day)
        held = {(one.actor, one.scope): one.code for one in everybody.held}
        assert held == {key: code for key, code in positions(dossier).items() if key[0] is not None}

        def ask(snapshot: Any) -> Any:
            evidence = Evidence(snapshot)
            return cases_of(evidence, ["Huawei"], case_kinds()), matters_of(evidence, ["Huawei"])

        cases, matters = ledger.snapshot(ask, as_of=day)
        assert {(c.kind, c.other, c.stage) for c in cases.get("Huawei", ())} == {
            (c.kind, c.other, c.stage) for c in dossier.cases if c.holder == "Huawei"
        }
        assert {(m.type, m.matter, m.contested) for m in matters.get("Huawei", ())} == {
            (d.type, d.matter, d.contested) for d in dossier.disputes if d.actor == "Huawei" and d.affirmed
        }
    for since, until in zip(DAYS, [*DAYS[1:], None], strict=True):
        found = changes_of(ledger, "Huawei", since=since, until=until).moves
        for kind, view in (("position", positions), ("case", stages)):
            was, is_ = view(now[since]), view(now[until])
            moved = {key: (was.get(key), is_.get(key)) for key in was.keys() | is_.keys()}
            parts = of_the_whole(now[until]) if kind == "position" else set()
            assert {(m.actor, m.scope): (m.before, m.after) for m in found if m.kind == kind} == {
                key: pair for key, pair in moved.items() if pair[0] != pair[1] and key not in parts
            }
