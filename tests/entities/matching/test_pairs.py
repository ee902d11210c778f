"""What the comparer of names must at least do on nomenklatura's labelled pairs."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.name_pairs import figures, pairs, says_house, says_same

SHARED = Path(__file__).parents[4] / "shared"
HERE = SHARED / "data" / "lists" / "nomenklatura-name-pairs.tar.xz"


@pytest.mark.skipif(not HERE.exists(), reason="the pairs are not here")
def test_the_labelled_pairs() -> None:
    listed = pairs(SHARED)
    assert len(listed) == 826
    assert figures(listed, says_same).f1 >= 0.88
    company = [pair for pair in listed if pair.kind == "company"]
    assert figures(company, says_same).f1 >= 0.92
    assert figures(company, says_house).f1 >= 0.9
