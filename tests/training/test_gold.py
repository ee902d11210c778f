"""Pages annotated for training: all of ours can be read, and a mistake is named with its page and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from training.reader.gold import Malformed, gold_pages, training_pages

from onrecord.language import installed_languages

OURS = Path("training/pages")
PAGE = """=== en | - | yes
Norland drops Acme

Norland is pulling the plug on Acme's routers, said minister Kim Berg.
--- entities
Norland = Norland
Acme = Acme; Acme's
Kim Berg = Kim Berg
--- statements
restriction | asserted | Norland | Acme | - | Kim Berg | - | pulling ... plug | Norland is pulling the plug
"""


def test_all_training_pages_can_be_read_in_every_language() -> None:
    pages = list(training_pages(OURS))
    assert len(pages) > 1000
    assert {page.language for page in pages} == set(installed_languages())
    for page in pages:
        text = page.data.decode()
        assert all(s.quote in text for s in page.statements)


def test_gold_of_our_own_is_read_alike() -> None:
    pages = list(gold_pages(Path("tests/gold/dev"), Path("tests/gold/dev/pages")))
    assert len(pages) == len(list(Path("tests/gold/dev").glob("*.json")))
    assert all(page.statements for page in pages)


def test_a_page_is_read_with_entities_and_statements(tmp_path: Path) -> None:
    (tmp_path / "en-01.txt").write_text(PAGE, "utf-8")
    (page,) = training_pages(tmp_path)
    (statement,) = page.statements
    assert page.name == "en-01-1"
    assert page.entities["Acme"] == ["Acme", "Acme", "Acme's"]
    assert (statement.actor, statement.target, statement.source) == ("Norland", "Acme", ("Kim Berg",))
    assert statement.trigger == ("pulling", "plug")


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ("--- entities\n", "", "--- entities"),
        ("| asserted |", "| sure |", "no such type, status or topic"),
        ("- | Kim Berg | -", "- | Bo Lund | -", "not among the entities: Bo Lund"),
        ("| Norland is pulling", "| Norland pulls", "does not stand on the page"),
        ("restriction | asserted | ", "restriction | ", "needs 9 fields"),
    ],
)
def test_mistake_is_named_with_its_page(tmp_path: Path, good: str, bad: str, told: str) -> None:
    (tmp_path / "en-01.txt").write_text(PAGE.replace(good, bad), "utf-8")
    with pytest.raises(Malformed, match=told) as caught:
        list(training_pages(tmp_path))
    assert "en-01-1" in str(caught.value)
