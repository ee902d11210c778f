"""A check of a register: the founding case, told on pages of our own and a list of our own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import fill_ledger
from tests.postgres import Server

from onrecord.exposure import (
    BadLine,
    Check,
    Finding,
    Register,
    RegisterLine,
    check,
    kept_check,
    kept_checks,
)
from onrecord.ledger import Ledger
from onrecord.lists import ListedName, Party, ReadList, add_list

PANDA = "Panda International Information Technology"
RECORD: dict[str, Any] = {
    "states": ["KP", "DK", "GB", "US", "SE", "AU", "NO", "CN"],
    "entities": [
        ["Huawei", "company", "CN", ["Huawei Technologies"]], [PANDA, "company", "CN"],
        ["Koryolink", "company", "KP"], ["TDC", "company", "DK"], ["Ericsson", "company", "SE"],
        ["NCSC", "body", "GB"], ["The Washington Post", "outlet"], ["BBC", "outlet"],
        ["Post Office", "body", "CN"],
    ],
}  # fmt: skip


def page(number: int, published: str | None, *says: Any, unread: Sequence[str] = ()) -> dict[str, Any]:
    """A page with a sentence for each statement: type, actor, target, status, topic, source, when."""
    sentences: list[dict[str, Any]] = [
        {"text": f"Page {number} tells thing {at}.", "says": [list(one)]} for at, one in enumerate(says)
    ]
    sentences += [{"text": f"Page {number} names {name}.", "names": [name]} for name in unread]
    return {
        "locator": f"{number}.txt", "outlet": f"Paper {number}", "title": None, "published": published,
        "language": "en", "sentences": sentences,
    }  # fmt: skip


def said(type_: str, actor: str, target: str | None, status: str = "asserted", topic: Any = None) -> Any:
    return (type_, actor, target, status, topic, ("The Washington Post",), None)


LEAK = page(1, "2019-07-22", said("partnership", "Huawei", PANDA), said("supply", "Huawei", "KP"))
LINE = RegisterLine(2, "core-1", "deployment", "Huawei", operator="TDC", state="DK", layer="core")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "record.db") as opened:
        yield opened


def listed(ledger: Ledger, *parties: Party, issued: str = "2019-01-01") -> None:
    own = parties or (
        Party("7", "company", (ListedName(PANDA),), source="Entity List", since="2014-08-01",
              citations=("79 FR 44683",)),
    )  # fmt: skip
    add_list(ledger, ReadList("own", "Our own list", "us", "own-csv", issued, own), who="Anna")


def checked(ledger: Ledger, *lines: RegisterLine, **options: Any) -> Check:
    options = {"as_of": "2019-12-31", "who": "Anna", **options}
    bad = options.pop("bad", ())
    return check(ledger, Register(lines or (LINE,), bad), **options)


def of_kind(found: Check, kind: str) -> list[Finding]:
    return [one for one in found.findings if one.kind == kind]


def test_the_partner_of_a_supplier_stands_on_a_list(ledger: Ledger) -> None:
    fill_ledger(ledger, RECORD, [LEAK])
    listed(ledger)
    chains = {one.about: one for one in of_kind(checked(ledger), "chain")}
    panda = chains[PANDA]
    assert panda.what == (
        f"Huawei works with {PANDA}; {PANDA} stands on Our own list (Entity List) as “{PANDA}” since "
        "2014-08-01."
    )
    assert [(step.actor, step.by, step.target) for step in panda.steps] == [
        ("Huawei", "partnership", PANDA), (PANDA, "listed as", PANDA)
    ]  # fmt: skip
    said_by = ledger.statements(entity=PANDA)
    assert panda.steps[0].statements == panda.statements == tuple(one.id for one in said_by)
    assert (panda.since, panda.origins, panda.words_of) == ("2019-07-22", 1, ("The Washington Post",))
    assert (panda.source, panda.citation, panda.score) == ("own 2019-01-01", "79 FR 44683", 1.0)
    assert panda.line == 2
    north_korea = chains["North Korea"]
    assert north_korea.what == "Huawei supplies North Korea; North Korea is under sanctions since 2006-10-14."
    assert north_korea.citation == "UN Security Council resolution 1718 (2006)"


def test_what_no_page_told_yet_ties_nobody(ledger: Ledger) -> None:
    fill_ledger(ledger, RECORD, [LEAK])
    listed(ledger)
    assert of_kind(checked(ledger, as_of="2019-07-21"), "chain") == []
    before = datetime.now(UTC)
    time.sleep(0.01)
    fill_ledger(ledger, RECORD, [page(2, "2019-07-20", said("supply", "Huawei", "Koryolink"))])
    assert len(of_kind(checked(ledger, as_of="2019-07-21", known_at=before), "chain")) == 0


def test_a_list_counts_from_the_moment_at_which_it_was_added(ledger: Ledger) -> None:
    fill_ledger(ledger, RECORD, [LEAK])
    before = datetime.now(UTC)
    time.sleep(0.01)
    listed(ledger)
    assert PANDA in {one.about for one in of_kind(checked(ledger), "chain")}
    early = checked(ledger, known_at=before)
    assert PANDA not in {one.about for one in of_kind(early, "chain")}
    assert "No restriction list has been added: parties were not screened." in early.unseen


def test_who_came_onto_a_list_later_does_not_stand_on_it_yet(ledger: Ledger) -> None:
    fill_ledger(ledger, RECORD, [LEAK])
    listed(
        ledger,
        Party("1", "company", (ListedName("Huawei"),), since="2019-05-16", until="2019-09-01"),
        issued="2019-06-01",
    )
    line = RegisterLine(2, "1", "supplier", "Huawei")
    days = ("2019-05-15", "2019-05-16", "2019-09-01", "2019-09-02")
    assert [len(of_kind(checked(ledger, line, as_of=day), "list-hit")) for day in days] == [0, 1, 1, 0]
    early = checked(ledger, line, as_of="2019-05-15")
    assert (
        "Our own list: no version from before 2019-05-15 is held; the one of 2019-06-01 was used, "
        "without those who were taken off before." in early.unseen
    )


def test_the_party_itself_and_who_bears_its_name_are_told_apart(ledger: Ledger) -> None:
    listed(ledger, Party("1", "company", (ListedName("Huawei"),), since="2019-05-16"))
    found = checked(
        ledger,
        RegisterLine(2, "a", "supplier", "HUAWEI"),
        RegisterLine(3, "b", "supplier", "Huawei Denmark ApS"),
        RegisterLine(4, "c", "supplier", "Nokia"),
    )
    same, affiliate = (one for one in found.findings if one.kind != "rule")
    assert (same.line, same.kind, same.about, same.score) == (2, "list-hit", "HUAWEI", 1.0)
    assert (affiliate.line, affiliate.kind, affiliate.about) == (3, "affiliate-hit", "Huawei Denmark ApS")
    assert affiliate.what == (
        "By its name Huawei Denmark ApS belongs to “Huawei”, which stands on Our own list since 2019-05-16."
    )
    assert "only asked: denmark" in affiliate.explanation


def test_a_party_that_has_a_states_code_for_a_name_is_not_that_state(ledger: Ledger) -> None:
    banned = [said("restriction", "US", key) for key in ("KP", "EE", "NO")]
    record = {**RECORD, "states": [*RECORD["states"], "EE"]}
    fill_ledger(ledger, record, [LEAK, page(2, "2019-08-01", *banned)])
    lines = [RegisterLine(n, name, "supplier", name) for n, name in enumerate(("KP", "EE", "US"), 2)]
    assert {one.line for one in of_kind(checked(ledger, *lines), "restriction")} == set()
    new = [["KP (name)", "company", "DK", ["KP"]]]
    more = page(3, "2019-08-02", said("restriction", "US", "KP (name)"))
    fill_ledger(ledger, {**record, "entities": [*record["entities"], *new]}, [more])
    assert {one.line for one in of_kind(checked(ledger, *lines), "restriction")} == {2}


def test_what_is_denied_or_rejected_is_no_link(ledger: Ledger) -> None:
    denial = said("partnership", "Ericsson", PANDA, "negated")
    weighed = said("supply", "Ericsson", "KP", "possible")
    fill_ledger(ledger, RECORD, [LEAK, page(2, "2019-07-23", denial, weighed)])
    listed(ledger)
    assert of_kind(checked(ledger, RegisterLine(2, "1", "supplier", "Ericsson")), "chain") == []
    for statement in ledger.statements(entity="Huawei"):
        ledger.judge("reject", statement.id, who="Anna")
    assert of_kind(checked(ledger), "chain") == []


@pytest.mark.parametrize(
    ("state", "name", "last", "since"),
    [("SY", "Syria", "2025-06-30", "2011-08-18"), ("SD", "Sudan", "2017-10-11", "1997-11-04")],
)
def test_a_state_is_under_sanctions_until_the_last_day(
    ledger: Ledger, state: str, name: str, last: str, since: str
) -> None:
    record = {**RECORD, "states": [*RECORD["states"], state]}
    fill_ledger(ledger, record, [page(1, "2017-01-01", said("supply", "Huawei", state))])
    [chain] = of_kind(checked(ledger, as_of=last), "chain")
    assert chain.what == f"Huawei supplies {name}; {name} is under sanctions since {since}."
    after = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    assert of_kind(checked(ledger, as_of=after), "chain") == []


def test_a_link_that_others_deny_says_so(ledger: Ledger) -> None:
    denied = page(2, "2019-07-23", said("supply", "Huawei", "KP", "negated"))
    hearsay = page(3, "2019-07-24", said("supply", "Ericsson", "KP", "alleged"))
    fill_ledger(ledger, RECORD, [LEAK, denied, hearsay])
    lines = LINE, RegisterLine(3, "2", "supplier", "Ericsson")
    told = {one.line: one.what for one in of_kind(checked(ledger, *lines), "chain")}
    assert told[2] == (
        "Huawei supplies North Korea (denied by others); North Korea is under sanctions since 2006-10-14."
    )
    assert told[3].startswith("Ericsson supplies North Korea (hearsay or a plan); ")


def test_a_chain_runs_over_companies_and_not_over_states_or_shared_customers(ledger: Ledger) -> None:
    over_company = page(1, "2019-01-02", said("supply", "Ericsson", "TDC"), said("supply", "TDC", "KP"))
    over_state = page(2, "2019-01-02", said("ties", "Huawei", "CN"), said("ties", PANDA, "CN"))
    shared = page(3, "2019-01-02", said("supply", "Huawei", "Koryolink"), said("supply", PANDA, "Koryolink"))
    fill_ledger(ledger, RECORD, [over_company, over_state, shared])
    listed(ledger)
    found = checked(ledger, LINE, RegisterLine(3, "2", "supplier", "Ericsson"))
    assert [(one.line, one.about, len(one.steps)) for one in of_kind(found, "chain")] == [
        (3, "North Korea", 2)
    ]  # fmt: skip


def test_a_body_that_everybody_deals_with_ties_nobody(ledger: Ledger) -> None:
    tied = [said("ties", name, "Post Office") for name in ("Huawei", PANDA)]
    fill_ledger(ledger, RECORD, [page(1, "2019-01-02", *tied)])
    listed(ledger)
    assert [one.about for one in of_kind(checked(ledger), "chain")] == [PANDA]
    many = [said("ties", f"Firm {number}", "Post Office") for number in range(30)]
    fill_ledger(ledger, RECORD, [page(2, "2019-01-02", *many)])
    assert of_kind(checked(ledger), "chain") == []


RESTRICTED = page(
    5, "2019-03-04",
    said("restriction", "DK", "Huawei", topic="network"),
    said("restriction", "AU", "Huawei", topic="network"),
    said("restriction", "US", "Huawei", topic="sanctions"), said("permission", "GB", "Huawei"),
    said("permission", "TDC", "Huawei"), said("restriction", "NCSC", "Huawei"),
)  # fmt: skip


def test_the_states_of_the_line_are_told_and_others_counted(ledger: Ledger) -> None:
    fill_ledger(ledger, RECORD, [RESTRICTED])
    found = checked(ledger)
    assert [one.what for one in of_kind(found, "restriction")] == [
        "Denmark restricts Huawei in networks since 2019-03-04.",
        "3 states in all restrict Huawei, the first since 2019-03-04: Australia, Denmark, United States.",
    ]
    assert [one.what for one in of_kind(found, "permission")] == [
        "TDC permits Huawei in networks since 2019-03-04."
    ]
    restriction = found.findings[0]
    assert restriction.origins == 1
    assert ledger.statement(restriction.statements[0]) is not None
    at_home = checked(ledger, RegisterLine(2, "1", "supplier", "Huawei"), home="GB")
    assert [one.what for one in at_home.findings if one.kind != "case"] == [
        "United Kingdom permits Huawei in networks since 2019-03-04.",
        "NCSC restricts Huawei in networks since 2019-03-04.",
        "3 states in all restrict Huawei, the first since 2019-03-04: Australia, Denmark, United States.",
    ]


def test_a_supplier_that_works_with_one_that_the_state_restricts(ledger: Ledger) -> None:
    fill_ledger(
        ledger, RECORD, [RESTRICTED, page(6, "2019-04-01", said("partnership", "Ericsson", "Huawei"))]
    )
    lines = [
        RegisterLine(2, "1", "supplier", "Ericsson", state="DK"),
        RegisterLine(3, "2", "supplier", "Ericsson", state="NO"),
        RegisterLine(4, "3", "supplier", "Ericsson"),
    ]
    assert [(one.line, one.what) for one in of_kind(checked(ledger, *lines), "chain")] == [
        (2, "Ericsson works with Huawei; Huawei is restricted by Australia, Denmark, United States."),
        (4, "Ericsson works with Huawei; Huawei is restricted by Australia, Denmark, United States."),
    ]


def test_what_is_open_is_told_and_what_is_over_is_not(ledger: Ledger) -> None:
    pages = [
        page(1, "2019-01-02", said("wrongdoing", "Huawei", None, topic="espionage")),
        page(2, "2019-01-03", said("wrongdoing", "Huawei", None, "negated", "espionage")),
        page(3, "2019-01-04", said("legal", "US", "Huawei"), said("evaluation", "GB", "Huawei", "negated")),
    ]
    fill_ledger(ledger, RECORD, pages)
    found = checked(ledger)
    assert [one.what for one in of_kind(found, "dispute")] == [
        "Huawei: wrongdoing (espionage) is said since 2019-01-02 and disputed; denied by The Washington Post."
    ]
    assert [one.what for one in of_kind(found, "case")] == [
        "Huawei: a matter in court with United States is at the stage “under-way” since 2019-01-04."
    ]


def test_two_checks_tell_what_is_new_and_what_is_gone(ledger: Ledger) -> None:
    fill_ledger(ledger, RECORD, [LEAK])
    line = RegisterLine(2, "core-1", "deployment", "Huawei", state="DK")
    first = checked(ledger, line, as_of=None, name="suppliers")
    assert (first.last, {one.new for one in first.findings}, first.gone) == (None, {False}, ())
    assert len(of_kind(first, "chain")) == 1
    again = checked(ledger, line, as_of=None, name="suppliers")
    assert again.last is not None
    assert [(one.id, one.new) for one in again.findings] == [(one.id, False) for one in first.findings]
    fill_ledger(ledger, RECORD, [RESTRICTED])
    for statement in ledger.statements(entity="KP"):
        ledger.judge("reject", statement.id, who="Anna")
    # The line has moved to another row: it is the same by its id.
    moved = RegisterLine(9, "core-1", "deployment", "Huawei", state="DK")
    changed = checked(ledger, moved, as_of=None, name="suppliers")
    assert {one.new for one in changed.findings if one.kind != "rule"} == {True}
    assert {one.new for one in changed.findings if one.kind == "rule"} == {False}
    assert changed.gone == tuple(of_kind(first, "chain"))
    assert checked(ledger, moved, as_of=None, name="others").last is None


def test_a_check_of_another_day_is_not_kept_and_keeping_can_be_switched_off(ledger: Ledger) -> None:
    checked(ledger)
    checked(ledger, as_of=None, keep=False)
    assert ledger.deposits("check") == ()
    checked(ledger, keep=True)
    assert [one.name for one in ledger.deposits("check")] == ["register"]
    assert ledger.audit() == ()


def test_a_check_that_was_kept_is_told_again_as_it_was(ledger: Ledger) -> None:
    fill_ledger(ledger, RECORD, [LEAK])
    listed(ledger)
    shipment = RegisterLine(4, "T1", "shipment", "ETECSA", state="CU", goods="Routers", us_share=0.15)
    lines = (LINE, RegisterLine(3, "S1", "supplier", "Acme"), shipment)
    first = checked(ledger, *lines, as_of=None, name="suppliers", about={"home": "DK"})
    aside = checked(ledger, *lines, as_of="2019-08-01", name="suppliers", about={"home": None})
    fill_ledger(ledger, RECORD, [RESTRICTED])
    second = checked(ledger, *lines, as_of=None, name="suppliers", about={"home": "DK", "run": 2})
    assert first.findings
    assert {one.new for one in second.findings} == {True, False}
    held = kept_checks(ledger, "suppliers")
    assert [one.detail["home"] for one in held] == ["DK", None, "DK"]
    # One of another day is kept, and no other is compared with it.
    assert [kept_check(ledger, one) for one in held] == [first, aside, second]
    assert ledger.audit() == ()


def test_a_line_with_nothing_says_what_was_not_looked_at(ledger: Ledger) -> None:
    bad = (BadLine(7, "state", "no state"),)
    found = checked(ledger, RegisterLine(2, "1", "supplier", "Acme"), bad=bad)
    assert found.findings == ()
    assert found.unseen[:3] == (
        "1 rows of the register could not be used and were left out (rows 7).",
        "No restriction list has been added: parties were not screened.",
        "No page has been read: nothing is known of positions, cases, disputes and chains.",
    )
    fill_ledger(ledger, RECORD, [page(1, "2019-07-22", unread=("Huawei",))])
    ledger.add_unreadable("broken.pdf", None, "pdf", "it is no text")
    listed(ledger)
    later = checked(ledger, LINE, RegisterLine(3, "1", "supplier", "Acme"), as_of=None)
    told = "\n".join(later.unseen)
    assert "Nothing is on record about 1 of 2 parties: Acme." in told
    assert "EU consolidated financial sanctions has never been added" in told
    assert "Our own list is " in told
    assert "1 pages could not be read." in told
    assert "1 sentences that name a party of the register were not understood" in told
    assert [(one.name, one.kind, one.as_of, one.size) for one in later.looked][:2] == [
        ("own", "list", "2019-01-01", 1), ("record", "record", "2019-07-22", 1)
    ]  # fmt: skip
    assert len(later.notes) == len(later.unseen)


def test_progress_is_told_to_the_end(ledger: Ledger) -> None:
    fill_ledger(ledger, RECORD, [LEAK])
    heard: list[tuple[int, int]] = []
    lines = [RegisterLine(number, str(number), "supplier", f"Firm {number}") for number in range(40)]
    checked(ledger, *lines, progress=lambda done, of: heard.append((done, of)))
    assert heard[0] == (0, 40)
    assert heard[-1] == (40, 40)
    assert heard == sorted(heard)


def test_lines_of_one_id_are_told_apart(ledger: Ledger) -> None:
    fill_ledger(ledger, RECORD, [RESTRICTED])
    lines = [RegisterLine(2, "x", "supplier", "Huawei"), RegisterLine(3, "x", "supplier", "Huawei")]
    found = checked(ledger, *lines)
    assert len({one.id for one in found.findings}) == len(found.findings) == 4


def test_it_is_the_same_on_a_server_and_in_any_order_of_pages(tmp_path: Path, postgresql: Server) -> None:
    pages = [LEAK, RESTRICTED, page(6, "2019-04-01", said("partnership", "Ericsson", "Huawei"))]
    lines = [LINE, RegisterLine(3, "2", "supplier", "Ericsson")]
    found = []
    for place, several in ((tmp_path / "record.db", pages), (postgresql.database(), pages[::-1])):
        with Ledger(place) as ledger:
            fill_ledger(ledger, RECORD, several)
            listed(ledger)
            found.append(checked(ledger, *lines).findings)
    assert found[0] == found[1]
    assert len(found[0]) > 5


def test_a_part_of_a_listed_party_says_so_by_the_catalogue(ledger: Ledger) -> None:
    fill_ledger(ledger, RECORD, [LEAK])
    listed(ledger, Party("1", "company", (ListedName("TDC"),), since="2019-05-16"))
    line = RegisterLine(2, "1", "supplier", "Nuuday")  # no page names it
    (chain,) = of_kind(checked(ledger, line), "chain")
    assert chain.what == "Nuuday is part of TDC; TDC stands on Our own list as “TDC” since 2019-05-16."
    assert [(step.actor, step.by, step.target) for step in chain.steps] == [
        ("Nuuday", "part of", "TDC"), ("TDC", "listed as", "TDC")
    ]  # fmt: skip
    assert chain.steps[0].source.startswith("https://")
    assert of_kind(checked(ledger, line, as_of="2019-05-15"), "chain") == []
    (other,) = of_kind(checked(ledger, RegisterLine(2, "1", "supplier", "TDC")), "list-hit")
    assert other.line == 2


def test_a_part_by_the_judgement_of_a_person(ledger: Ledger) -> None:
    fill_ledger(ledger, RECORD, [LEAK, RESTRICTED])
    line = RegisterLine(2, "1", "supplier", "Koryolink", state="DK")
    assert of_kind(checked(ledger, line), "chain") == []
    fill_ledger(ledger, RECORD, [page(8, "2019-03-01", said("partnership", "Koryolink", "TDC"))])
    ledger.recognise("Koryolink", part_of="Huawei", who="Anna", why="its own report")
    found = {one.about: one for one in of_kind(checked(ledger, line), "chain")}
    assert found["Huawei"].what == (
        "Koryolink is part of Huawei; Huawei is restricted by Australia, Denmark, United States."
    )
    assert (found["Huawei"].source, found["Huawei"].words_of) == ("Anna", ("Anna",))
    # From a part on a chain runs over what pages tell of the whole.
    assert found["North Korea"].what.startswith("Koryolink is part of Huawei, Huawei supplies North Korea; ")


_PRINTED = """
import sys, dataclasses
from onrecord import Ledger
from onrecord.exposure import Register, RegisterLine, check
lines = [RegisterLine(at, str(at), "supplier", name, operator="TDC", state="DK")
         for at, name in enumerate(sys.argv[2:], 2)]
with Ledger(sys.argv[1]) as ledger:
    found = check(ledger, Register(tuple(lines)), as_of="2019-12-31", who="Anna")
print(repr((tuple(found.findings), found.looked, found.unseen)))
"""


def test_it_is_the_same_in_every_process_and_after_pages_were_read_in_another_order(tmp_path: Path) -> None:
    # Several pages of one day tell the same, so that nothing but what they say can order them.
    pages = [LEAK, RESTRICTED, *(
        page(number, "2019-04-01", said("partnership", "Ericsson", "Huawei"), said("legal", "US", "Huawei"),
             said("wrongdoing", "Huawei", None, topic="espionage"), said("supply", "TDC", "Koryolink"))
        for number in range(6, 18)
    )]  # fmt: skip
    names = ("Huawei", "Ericsson", "TDC", "Nuuday", "Nobody Known")
    told = []
    for place, several in ((tmp_path / "a.db", pages), (tmp_path / "b.db", pages[::-1])):
        with Ledger(place) as ledger:
            fill_ledger(ledger, RECORD, several)
            listed(ledger)
        for seed in ("0", "1", "77"):
            ran = subprocess.run(
                [sys.executable, "-c", _PRINTED, str(place), *names],
                env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True,
            )  # fmt: skip
            told.append(ran.stdout)
    assert told[0].count(b"Finding(") > 10
    assert told[:3] == [told[0]] * 3, "one ledger, several processes"
    assert told[3:] == [told[0]] * 3, "pages in another order"
