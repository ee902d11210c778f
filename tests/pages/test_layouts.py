"""How well articles are told from what else stands on their pages, on layouts of many kinds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from onrecord.pages import Page, read_page

LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.txt"))
LEAST_CLEANED, LEAST_KEPT = 0.95, 0.995


@dataclass(frozen=True)
class Marked:
    """A line of a layout: its mark, its text, and whether reading the page kept it."""

    page: str
    mark: str
    text: str
    kept: bool


def read_layout(path: Path) -> tuple[Page, list[Marked]]:
    lines = path.read_text("utf-8").splitlines()
    page = read_page("\n".join(line[2:] for line in lines).encode(), path.name)
    kept = bytearray(len(page.original))
    for run in page.runs:
        kept[run.start : run.end] = bytes([run.kept]) * (run.end - run.start)
    marked, at = [], 0
    for line in lines:
        text = line[2:]
        if text.strip():
            first = at + len(text) - len(text.lstrip())
            share = sum(kept[first : at + len(text.rstrip())]) / len(text.strip())
            marked.append(Marked(path.name, line[0], text.strip(), share > 0.5))
        at += len(text) + 1
    return page, marked


def test_residue_goes_and_body_stays() -> None:
    lines = [line for path in LAYOUTS for line in read_layout(path)[1]]
    residue = [line for line in lines if line.mark == "-"]
    content = [line for line in lines if line.mark != "-"]
    assert len(residue) >= 60
    assert len(content) >= 100
    left = [line for line in residue if line.kept]
    lost = [line for line in content if not line.kept]
    assert 1 - len(left) / len(residue) >= LEAST_CLEANED, left
    assert 1 - len(lost) / len(content) >= LEAST_KEPT, lost


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_headline_and_crossheads_are_told(path: Path) -> None:
    page, lines = read_layout(path)
    headline = next((line.text for line in lines if line.mark == "="), None)
    assert page.title == headline
    crossheads = {page.text[block.start : block.end] for block in page.blocks if block.kind == "crosshead"}
    wanted = {line.text for line in lines if line.mark == "#"}
    assert wanted <= crossheads
    assert len(crossheads - wanted) <= 1


def test_lines_known_to_repeat_are_dropped() -> None:
    text = (
        "The regulator has opened an inquiry into the supplier of the network.\n\n"
        "Our reporters have followed this story for three long years now.\n\n"
        "The supplier said on Monday that it would answer every question.\n"
    )
    repeated = "Our reporters have followed this story for three long years now."
    page = read_page(text.encode(), "page.txt", known_repeats=[repeated])
    assert repeated not in page.text
    assert [run.reason for run in page.runs if not run.kept] == ["repeated"]
    assert repeated in read_page(text.encode(), "page.txt").text


def test_a_list_that_the_text_announces_is_kept() -> None:
    text = (
        "The ministry has barred equipment from abroad in its own offices. It names three firms:\n\n"
        "Huawei\nZTE\nHytera\n\n"
        "The firms have sixty days to object, the ministry said in a statement on Friday.\n"
    )
    page = read_page(text.encode(), "page.txt")
    assert all(name in page.text for name in ("Huawei", "ZTE", "Hytera"))
