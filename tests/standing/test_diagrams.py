"""The diagrams of docs/dossier.md are those of the rules (`make diagrams` makes them anew)."""

from __future__ import annotations

import pytest
from bench.diagrams import PAGE, diagrams, drawn

from onrecord.standing._cases import kinds, stages_of
from onrecord.standing._rules import codes


def test_the_page_has_the_diagrams_that_the_rules_make() -> None:
    page = PAGE.read_text("utf-8")
    assert page == drawn(page), "run `make diagrams`"


def test_a_page_without_a_place_for_a_diagram_is_refused() -> None:
    with pytest.raises(ValueError, match="0 places for the diagram of cases"):
        drawn("# The dossier\n")


def test_every_stage_and_every_position_is_drawn() -> None:
    told = diagrams()
    for kind in kinds():
        for stage in stages_of(kind):
            assert f" as {stage.replace('-', '_')}\n" in told["cases"]
    for code in codes():
        assert code in told["positions"]


def test_edges_are_what_the_rules_answer() -> None:
    told = diagrams()
    assert "mending_promised --> not_mended" not in told["cases"]
    assert "any --> not_mended: evaluation asserted, by its words / evaluation negated" in told["cases"]
    assert "decided_against --> decided_for: later" in told["positions"]
    assert "decided_against --> announced_against" not in told["positions"]
    assert "weighing --> decided: whenever told" in told["positions"]
    assert "affirmed --> contested: negated\n" in told["disputes"]
    assert "affirmed --> contested_examined: negated evaluation\n" in told["disputes"]
