"""What a dossier holds, asked of a real ledger."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from onrecord.ledger import Ledger
from onrecord.standing import (
    Dossier,
    Evidence,
    Position,
    UnknownEntity,
    changes_of,
    matters_of,
    standing_of,
)

Make = Callable[[Sequence[dict[str, Any]]], Ledger]


def page(
    number: int, published: str | None, *says: list[Any], outlet: str | None = "Prøvebladet"
) -> dict[str, Any]:
    """A page with a sentence for each statement."""
    sentences = [{"text": f"Sentence {n} of page {number}.", "says": [said]} for n, said in enumerate(says)]
    return {
        "locator": f"p{number}.txt", "outlet": outlet, "title": f"Page {number}", "published": published,
        "language": "en", "sentences": sentences,
    }  # fmt: skip


def test_a_page_whose_title_names_the_supplier_is_about_it(ledger_of: Make) -> None:
    arrest: list[Any] = ["legal", "CA", "Meng Wanzhou", "asserted", None, [], None]
    titled = {**page(1, "2019-01-10", arrest), "title": "Manager of Huawei"}
    # Of a name in the title nothing may be read but that it is there.
    titled["sentences"].append({"text": "She works for Huawei.", "names": ["Huawei"]})
    ledger = ledger_of(
        [titled, page(2, "2019-01-11", ["legal", "CA", "Somebody", "asserted", None, [], None])]
    )
    dossier = standing_of(ledger, "Huawei")
    assert [(line.target, line.nearness) for line in dossier.lines] == [("Meng Wanzhou", "around")]
    assert [source.page_id for source in dossier.sources] == [
        stored.id for stored in ledger.pages() if stored.title == titled["title"]
    ]


def position(dossier: Dossier, actor: str) -> Position:
    """The position of an actor."""
    return next(found for found in dossier.positions if found.actor == actor)


def gb(type_: str, status: str, when: str | None = None, topic: str = "network") -> list[Any]:
    """A measure of Britain's on Huawei."""
    return [type_, "GB", "Huawei", status, topic, [], when]


def test_every_statement_that_concerns_the_supplier_is_in_the_dossier(huawei: Ledger) -> None:
    dossier = standing_of(huawei, "Huawei")
    shown = {citation.statement_id for line in dossier.lines for citation in line.citations}
    concerned = {stored.id for stored in huawei.statements(entity="Huawei")}
    concerned |= {stored.id for stored in huawei.statements(entity="Huawei Denmark")}
    assert concerned <= shown
    assert len(shown) == dossier.counts.statements
    assert sum(source.statements for source in dossier.sources) == dossier.counts.statements
    assert sum(used.statements for used in dossier.readers) == dossier.counts.statements


def test_every_unread_sentence_that_names_the_supplier_is_in_the_dossier(huawei: Ledger) -> None:
    dossier = standing_of(huawei, "Huawei")
    assert len(dossier.unread) == dossier.counts.unread == len(huawei.unread(entity="Huawei")) == 4
    assert sum(source.unread for source in dossier.sources) == 4


def test_every_line_has_a_quote_and_leads_to_a_source(huawei: Ledger) -> None:
    dossier = standing_of(huawei, "Huawei")
    numbers = {source.number for source in dossier.sources}
    assert numbers == set(range(1, len(dossier.sources) + 1))
    for line in dossier.lines:
        assert line.citations
        assert set(line.numbers) <= numbers
        assert all(citation.quote and citation.quote in citation.sentence for citation in line.citations)


def test_the_order_of_reading_does_not_matter(
    huawei: Ledger, huawei_record: dict[str, Any], ledger_of: Make
) -> None:
    pages = list(huawei_record["pages"])
    random.Random(7).shuffle(pages)
    assert standing_of(ledger_of(pages), "Huawei") == standing_of(huawei, "Huawei")


def test_a_leak_that_five_pages_repeat_is_one_origin(huawei: Ledger) -> None:
    dossier = standing_of(huawei, "Huawei")
    group = next(g for g in dossier.supplies if (g.actor, g.target) == ("Huawei", "KP"))
    built = next(line for line in group.lines if line.status == "asserted")
    assert len(built.numbers) == 5
    assert built.origins == ("Washington Post",)


def test_the_origin_is_the_outlet_farthest_upstream(ledger_of: Make) -> None:
    said = ["supply", "Huawei", "KP", "asserted", "network", ["insider", "Bloomberg", "Reuters"], None]
    plain = ["supply", "Huawei", "TDC", "asserted", "network", ["insider"], None]
    ledger = ledger_of([page(1, "2019-01-01", said, plain), page(2, "2019-01-01", plain, outlet=None)])
    origins = {line.target: line.origins for line in standing_of(ledger, "Huawei").lines}
    assert origins["KP"] == ("Bloomberg",)
    assert "Prøvebladet" in origins["TDC"]
    assert len(origins["TDC"]) == 2, "a page without an outlet is an origin of its own"


def test_a_company_that_bears_the_name_is_counted_apart(huawei: Ledger) -> None:
    dossier = standing_of(huawei, "Huawei")
    assert [(kin.entity, kin.statements) for kin in dossier.relatives] == [("Huawei Denmark", 1)]
    group = next(g for g in dossier.supplies if g.actor == "Huawei Denmark")
    assert group.nearness == "kin"
    assert all(line.target == "Huawei" for p in dossier.positions for line in p.lines)


def test_measures_and_arrests_that_do_not_name_the_supplier_are_told(huawei: Ledger) -> None:
    dossier = standing_of(huawei, "Huawei")
    licences = {(g.actor, g.target) for g in dossier.measures}
    assert ("US Department of Commerce", "US companies") in licences
    assert ("CA", "Meng Wanzhou") in {(g.actor, g.target) for g in dossier.court}
    assert any(d.actor == "Meng Wanzhou" and d.matter == "fraud" for d in dossier.disputes)


def test_a_page_about_another_company_is_not_drawn_in(ledger_of: Make) -> None:
    other: list[Any] = ["supply", "Ericsson", "TDC", "asserted", "network", [], None]
    ledger = ledger_of(
        [page(1, "2019-01-01", other, [*other[:2], "KPN", *other[3:]], gb("restriction", "asserted"))]
    )
    assert standing_of(ledger, "Huawei").counts.statements == 1


def test_who_affirms_and_who_denies_stand_side_by_side(huawei: Ledger) -> None:
    disputes = standing_of(huawei, "Huawei").disputes
    spying = next(d for d in disputes if (d.type, d.matter, d.actor) == ("wrongdoing", "espionage", "Huawei"))
    assert {line.topic for line in spying.affirmed} == {"espionage", "backdoor"}
    assert ("Ren Zhengfei", "BBC") in {line.source for line in spying.denied}
    assert any(line.status == "negated" for line in spying.examined)
    assert spying.contested
    theft = next(d for d in disputes if d.matter == "theft")
    assert not theft.denied
    assert not theft.contested


@pytest.mark.parametrize(
    ("quote", "contested"),
    [
        ("The examiners found no back door in the equipment.", True),
        ("Huawei has not repaired its flaws.", False),
        ("Its code was never examined.", False),
    ],
)
def test_an_examination_denies_only_where_it_found_nothing(
    ledger_of: Make, quote: str, contested: bool
) -> None:
    told = page(1, "2019-01-01", ["wrongdoing", "Huawei", None, "alleged", "espionage", ["GB"], None])
    examined = page(2, "2019-02-02", ["evaluation", "GB", "Huawei", "negated", "espionage", [], None])
    examined["sentences"][0]["text"] = quote
    (dispute,) = standing_of(ledger_of([told, examined]), "Huawei").disputes
    assert len(dispute.examined) == 1
    assert dispute.contested is contested


def test_a_bare_denial_denies_what_its_page_tells(ledger_of: Make) -> None:
    def wrong(status: str, topic: str | None) -> list[Any]:
        return ["wrongdoing", "Huawei", "NO", status, topic, [] if topic else ["Huawei"], None]

    ledger = ledger_of(
        [
            page(1, "2019-01-01", wrong("alleged", "sanctions"), wrong("negated", None)),
            page(2, "2019-01-02", wrong("alleged", "theft")),
            page(
                3,
                "2019-01-03",
                wrong("alleged", "espionage"),
                wrong("asserted", "sanctions"),
                wrong("negated", None),
            ),
            page(4, "2019-01-04", wrong("negated", None)),
        ]
    )
    dossier = standing_of(ledger, "Huawei")
    denied = {
        d.matter: (d.contested, [sorted(c.source for c in line.citations) for line in d.denied])
        for d in dossier.disputes
    }
    assert denied == {
        "sanctions": (True, [[1, 3]]),
        "espionage": (True, [[3]]),
        "theft": (False, []),
        "": (False, [[4]]),
    }
    (line,) = (line for line in dossier.lines if line.status == "negated")
    assert (line.statements, line.pages, [cited.source for cited in line.citations]) == (3, 3, [1, 3, 4])
    moved = {(m.kind, m.scope) for m in changes_of(ledger, "Huawei", since="2019-01-02").moves}
    assert moved == {
        ("accused", "wrongdoing: espionage"),
        ("denied", "wrongdoing: espionage"),
        ("denied", "wrongdoing: "),
    }

    def ask(snapshot: Any) -> Any:
        return matters_of(Evidence(snapshot), ["Huawei"])["Huawei"]

    assert {(m.matter, m.contested, m.denied.told) for m in ledger.snapshot(ask)} == {
        ("sanctions", True, 2),
        ("espionage", True, 1),
        ("theft", False, 0),
    }


def test_undisputed_ties_are_no_dispute(huawei: Ledger) -> None:
    dossier = standing_of(huawei, "Huawei")
    assert not any(d.actor == "Panda International Information Technology" for d in dossier.disputes)
    assert any(g.actor == "Panda International Information Technology" for g in dossier.ties)


def test_as_of_a_date_later_pages_do_not_count(huawei: Ledger) -> None:
    britain = position(standing_of(huawei, "Huawei", as_of="2020-02-01"), "GB")
    assert britain.present.code == "permits"
    assert position(standing_of(huawei, "Huawei"), "GB").present.code == "will-restrict"


def test_the_timeline_says_where_a_date_comes_from_and_what_is_to_come(huawei: Ledger) -> None:
    events = standing_of(huawei, "Huawei").timeline
    arrest = next(e for e in events if e.line.target == "Meng Wanzhou" and e.line.type == "legal")
    assert (arrest.moment.value, arrest.moment.basis) == ("2018-12-01", "when")
    tdc = next(e for e in events if e.line.actor == "TDC")
    assert (tdc.moment.value, tdc.moment.basis) == ("2019-03-18", "published")
    then = standing_of(huawei, "Huawei", as_of="2020-12-15").timeline
    assert [e.moment.value for e in then if e.to_come] == ["2020-12-31", "2025-01-01", "2027"]


def test_without_a_day_only_what_comes_after_today_is_to_come(ledger_of: Make) -> None:
    dated = page(1, "2019-06-03", gb("restriction", "planned", "2020-10"))
    undated = page(2, None, gb("restriction", "asserted", "2020-10"), gb("permission", "planned", "2100-01"))
    ledger = ledger_of([dated, undated])
    long_after = datetime(2150, 1, 1, tzinfo=UTC)
    asked: list[tuple[dict[str, Any], set[str]]] = [
        ({}, {"2100-01"}),
        ({"as_of": "2019-12"}, {"2020-10", "2100-01"}),
        ({"as_of": "2120"}, set()),
        ({"known_at": long_after}, {"2100-01"}),
    ]
    for question, to_come in asked:
        events = standing_of(ledger, "Huawei", **question).timeline
        assert {event.moment.value for event in events if event.to_come} == to_come, question


def test_an_unknown_supplier_gets_the_nearest_names(huawei: Ledger) -> None:
    with pytest.raises(UnknownEntity, match="Did you mean") as raised:
        standing_of(huawei, "Huawey")
    assert "Huawei" in raised.value.nearest


def test_a_supplier_is_known_by_its_other_names_and_in_any_case(huawei: Ledger) -> None:
    assert standing_of(huawei, "huawei technologies") == standing_of(huawei, "Huawei")


def test_a_dossier_is_the_same_whatever_the_hash_seed(ledger_of: Make) -> None:
    def accused(type_: str, target: str | None, topic: str | None) -> list[Any]:
        return [type_, "Huawei", target, "alleged", topic, [], None]

    first = [accused("wrongdoing", None, "backdoor"), accused("wrongdoing", None, "theft")]
    later = [
        accused("wrongdoing", None, "espionage"),
        accused("ties", "CN", None),
        accused("risk", None, None),
    ]
    measures = [gb("restriction", "asserted"), gb("permission", "asserted")]
    ledger = ledger_of([page(1, "2019-06-03", *first), page(2, "2019-06-03", *later, *measures)])
    told = {
        subprocess.run(
            [sys.executable, "-c", _TOLD, ledger.place],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "3", "4")
    }
    assert len(told) == 1


_TOLD = """
import sys
from onrecord.cli import app
from onrecord.ledger import Ledger
from onrecord.standing import Evidence, matters_of

with Ledger(sys.argv[1]) as ledger:
    for _ in range(2):  # once it has learned the words, a process knows them by heart
        print(ledger.snapshot(lambda snapshot: matters_of(Evidence(snapshot), ["Huawei"])))
app(["--ledger", sys.argv[1], "dossier", "Huawei", "--format", "json"])
"""
