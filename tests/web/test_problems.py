"""What a page says where something cannot be done, in the language of whoever reads it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, text
from tests.web.conftest import serving
from tests.web.test_pages import text_of, tree_of

import onrecord
from onrecord.ledger import Ledger
from onrecord.web._sentences import sentences
from onrecord.web._words import Words

SOURCE = Path(onrecord.__file__).parent
FIELD = re.compile(r"\{[^{}]*\}")
PROGRAMS_ONLY = (
    # Headers and parameters that no form of a page sends; and the page that has no language to speak.
    "Send the header X-CSRF-Token",
    "This token does not hold",
    "Say who asks",
    "map: ",
    "There are no sentences in the language",
)


def templates(node: ast.AST) -> Iterator[str]:
    """The sentences in a piece of a program, with {} for what is filled in."""
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield FIELD.sub("{}", node.value)
    else:
        for part in ast.iter_child_nodes(node):
            yield from templates(part)


def test_sentences_are_those_that_the_rooms_say() -> None:
    said = {
        told
        for place in SOURCE.rglob("*.py")
        for told in templates(ast.parse(place.read_text("utf-8")))
        if " " in told
    }
    for one in sentences():
        assert set(one) == {"en", "da", "nl"}, one
        for language in ("da", "nl"):
            assert set(FIELD.findall(one[language])) <= set(FIELD.findall(one["en"])), one[language]
        english = FIELD.sub("{}", one["en"])
        like = (told for told in said if 3 * len(told) > len(english) and told[:12] == english[:12])
        assert english in said or any(
            re.fullmatch(re.escape(told).replace(r"\{\}", ".+"), english) for told in like
        ), f"nobody says {english!r}"


def test_every_problem_of_the_pages_is_said_in_danish_and_dutch() -> None:
    known = {FIELD.sub("{}", one["en"]) for one in sentences()}
    for place in sorted((SOURCE / "web").glob("_*.py")):
        if place.name.startswith("_api_"):
            continue
        for node in ast.walk(ast.parse(place.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Problem", "not_found"):
                if any(keyword.arg == "key" for keyword in node.keywords):
                    continue  # a message of the workbench says it
                # Neither pieces of a sentence nor one that is nothing but what another room says.
                whole = [told for arg in node.args for told in templates(arg) if told.endswith(".")]
                for told in whole:
                    if " " in told.replace("{}", "").strip() and not told.startswith(PROGRAMS_ONLY):
                        assert told in known, f"{place.name}: {told!r}"


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


@pytest.mark.parametrize(
    ("place", "status", "danish"),
    [
        ("/suppliers/Huawey", 404, "Der er intet registreret om »Huawey«."),
        ("/suppliers/Qqqqqqqqqqqqqqqqqq", 404, "Der er intet registreret om »Qqqqqqqqqqqqqqqqqq«."),
        ("/pages/abcdef", 404, "Registret har ingen side »abcdef«."),
        ("/judgements/4711", 404, "Der er ingen bedømmelse 4711."),
        ("/audit?since=2019-13", 400, "»2019-13« er ingen dato."),
        ("/audit?kind=praise", 400, "Der er noget galt med det, der blev spurgt om: kind."),
        ("/lists/nowhere", 404, "Der er ingen liste »nowhere«."),
        ("/nowhere", 404, "Der er intet på denne adresse."),
    ],
)
def test_a_page_says_it_in_danish(desk: httpx.Client, place: str, status: int, danish: str) -> None:
    answer = desk.get(place, headers={"Accept-Language": "da"})
    assert answer.status_code == status
    (lead,) = tree_of(answer).xpath("//p[@class='lead']")
    assert danish in lead.text_content()
    assert not lead.xpath("descendant-or-self::*[@lang='en']")
    english = tree_of(desk.get(place, headers={"Accept-Language": "en"})).xpath("string(//p[@class='lead'])")
    assert danish not in english
    # Programs go on reading what they read.
    if place.startswith(("/suppliers", "/pages")):
        said = desk.get(f"/api/v1{place}", headers={"Accept-Language": "da"})
        assert danish not in said.text


def test_what_no_catalogue_foresees_stays_english() -> None:
    unforeseen = "Something that no catalogue foresees."
    assert Words("nl").told(unforeseen) is None
    assert Words("en").told(unforeseen) == unforeseen
    role = "This takes the role of reviewer, which you have not. Ask an administrator for it."
    told = Words("nl").told(role)
    assert told is not None
    assert "beoordelaar" in told


def test_a_form_that_cannot_be_done_says_so_in_dutch(desk: httpx.Client) -> None:
    page = tree_of(desk.get("/entities/Telenor?language=nl"))
    (token,) = page.xpath("//meta[@name='csrf']/@content")
    same = {"csrf": token, "key": "Telenor", "into": "Telenor"}
    answer = desk.post("/entities/merge?language=nl", data=same)
    assert answer.status_code == 409
    assert "zijn al één" in text_of(answer)
    answer = desk.post("/entities/merge?language=nl", data={**same, "csrf": "made up"})
    assert answer.status_code == 403
    assert "niet voor u gemaakt" in text_of(answer)


def test_what_the_audit_finds_is_told_in_the_language(own: Path, desk: httpx.Client) -> None:
    engine = create_engine(f"sqlite:///{own}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE judgement SET why = 'something else'"))
    engine.dispose()
    found = tree_of(desk.get("/audit?verify=yes&language=da")).xpath("//ul[@class='warn']/li")
    assert [one.text_content().strip() for one in found] == ["Bedømmelse 1: er ændret, siden den blev afsagt"]
    assert not found[0].xpath(".//*[@lang='en']")
