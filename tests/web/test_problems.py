"""What a page says where something cannot be done, in the language of whoever reads it."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from openpyxl import load_workbook
from sqlalchemy import create_engine, text
from tests.web.conftest import serving
from tests.web.registers import ended, send, token_of
from tests.web.test_pages import text_of, tree_of

import onrecord
from onrecord.ledger import Ledger
from onrecord.web._sent_lists import worded
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
    said |= set(map(worded, said))  # as a form has what the command line is told
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


OF_FILES = (
    "ListError",
    "ListRefused",
    "RegisterError",
    "Refused",
    "Unusable",
    "DateError",
    "Odd",
    "_InColumn",
)
"""What says what is wrong with a file."""
OF_THE_COMMAND_LINE = (
    # Of paths, which no form sends; and what a form has messages of its own for.
    "{}: there is no such file.",
    "{}: it is no file. Name a CSV or XLSX file.",
    "No file was given.",
    "{} is binary, no list; export or download the list as CSV, XML or JSON.",
)


@pytest.mark.parametrize("room", ["lists", "exposure"])
def test_what_is_wrong_with_a_file_is_known_in_danish_and_dutch(room: str) -> None:
    known = {FIELD.sub("{}", one["en"]) for one in sentences()}
    seen = 0
    for place in sorted((SOURCE / room).rglob("*.py")):
        if "rules" in place.parts:
            continue
        for node in ast.walk(ast.parse(place.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in OF_FILES:
                continue
            for told in (told for arg in node.args for told in templates(arg)):
                if " " in told.replace("{}", "").strip() and told not in OF_THE_COMMAND_LINE:
                    seen += 1
                    assert told in known or worded(told) in known, f"{place.name}: {told!r}"
    assert seen > 30


OF_A_CHANNEL = ("WishRefused", "SendFailed", "ValueError")


def test_what_is_wrong_with_a_channel_is_known_in_danish_and_dutch() -> None:
    known = {FIELD.sub("{}", one["en"]) for one in sentences()}
    seen = 0
    for name in ("_wishes", "_webhook", "_email"):
        for node in ast.walk(ast.parse((SOURCE / "alerts" / f"{name}.py").read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in OF_A_CHANNEL:
                continue
            for told in (told for arg in node.args for told in templates(arg)):
                # A form chooses from what there is.
                chosen = told.startswith(("'{}' is no kind", "'{}' is no pace", "There is no language"))
                if told.endswith(".") and not chosen:
                    seen += 1
                    assert told in known, f"{name}: {told!r}"
    assert seen > 15


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("address", "nonsense", "»nonsense« er ingen e-mailadresse."),
        ("address", "https://anna:secret@example.org", "Lad bruger og adgangskode være ude"),
        ("zone", "Mars", "»Mars« er ingen tidszone."),
    ],
)
def test_a_channel_that_cannot_be_is_refused_in_danish(
    desk: httpx.Client, field: str, value: str, told: str
) -> None:
    form = {"address": "anna@example.org", "pace": "daily", "hour": "8", "weekday": "0", "zone": "UTC"}
    form |= {"spoken": "da", "language": "da", field: value, "csrf": token_of(desk, "/watch/settings")}
    answer = desk.post("/watch/channels?language=da", data={**form, "stood": "/watch/settings?language=da"})
    assert answer.status_code == 422
    assert told in text_of(answer)


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


VENDORS = (
    "ID;Sort;Party;State;Layer;Since;Until;US share;Owner\n"
    "A1;supplier;Huawei;Narnia;;2019;;;x\n"
    "A2;supplier;Ericsson;SE;;soon;;;\n"
    "A3;boss;Nokia;FI;;2019;;;\n"
    "A4;supplier;;SE;;2019;;;\n"
    "A5;supplier;ZTE;SE;;2019;2018;;\n"
    "A6;supplier;ZTE;SE;;31-2-2019;;;\n"
    "A7;supplier;ZTE;SE;;43831;;;\n"
    "A8;shipment;ZTE;SE;;;;40;\n"
    "A8;supplier;ZTE;EU;;;;;\n"
    "A9;supplier;ZTE;SE;=1+1;;;;\n"
    "B1;supplier;ZTE\n"
    "B2,supplier,ZTE,SE,,,,,\n"
    "B3;supplier;ZTE;SE;;;;;\n"
    "B3;supplier;ZTE;SE;;;;;\n"
    'B4;supplier;"ZTE;SE;;;;;\n'
)
"""A register with most of what can be wrong with a line."""
OWN_LIST = (
    "id,name,kind,since,until,country\n"
    "1,Nordlys Works,company,2019-01-01,,NO\n"
    "2,,company,,,\n"
    "3,Other Works,boss,,,\n"
    "4,Third Works,company,03/04/2021,,\n"
    "5,Fourth Works,company,soon,,\n"
    "6,Fifth Works,company,2019,2018,\n"
    "7,Sixth Works,company,,,Narnia\n"
    "1,Seventh Works,company,,,\n"
    "8,Eighth Works,company,a,b,c,d,e\n"
    "9,Ninth Works\n"
)
ENGLISH = re.compile(
    r"\b(is no|write|stands|has|names nobody|seems|may be|the|line|column|entry|read|named?|with|without)\b"
)


@pytest.mark.parametrize("language", ["da", "nl"])
def test_what_is_wrong_with_a_file_is_said_in_the_language(desk: httpx.Client, language: str) -> None:
    sent = send(desk, "/uploads/register", file=("vendors.csv", VENDORS.encode()))
    page = tree_of(desk.get(sent.headers["location"], headers={"Accept-Language": language}))
    (seen,) = page.xpath("//section[@aria-labelledby='h-seen']")
    wrong = [one.text_content() for one in seen.xpath(".//table[@aria-labelledby='h-bad']//tr/td[2]")]
    assert len(wrong) >= 12
    remarks = [one.text_content() for one in seen.xpath("./ul/li")]
    assert remarks
    sent = send(desk, "/uploads/list", files=("ours-2.csv", OWN_LIST.encode()))
    page = tree_of(desk.get(sent.headers["location"], headers={"Accept-Language": language}))
    (problems,) = page.xpath("//section[@aria-labelledby='h-problems']")
    of_list = [one.text_content() for one in problems.xpath(".//tr/td[2]")]
    assert len(of_list) == 9
    for told in (*wrong, *remarks, *of_list):
        assert not ENGLISH.search(told), told
    assert not [*seen.xpath(".//*[@lang='en']"), *problems.xpath(".//*[@lang='en']")]


@pytest.mark.parametrize(
    ("action", "files", "danish"),
    [
        (
            "/uploads/list",
            ("page.html", b"<!doctype html><html><body>x</body></html>"),
            "er en webside, ingen liste",
        ),
        ("/uploads/list", ("odd.csv", b"a,b\n1,2\n"), "er ingen liste, der kendes. Lister, der l\u00e6ses:"),
        ("/uploads/list", ("odd.csv", b"name,boss\nx,y\n"), "den ukendte kolonner: boss"),
        ("/uploads/list", ("old.zip", b"PK\x03\x04 damaged"), "kan ikke pakkes ud"),
        ("/uploads/list", ("gone.csv", b"name,since\nNordlys,soon\n"), "»soon« er ingen dato"),
        ("/uploads/register", ("x.xlsx", b"PK\x03\x04 damaged"), "er beskadiget eller afbrudt"),
        ("/uploads/register", ("x.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 99), "gammel Excel-fil"),
        ("/uploads/register", ("x.csv", b"# note\n"), "kun bem\u00e6rkninger i filen"),
        ("/uploads/register", ("x.csv", b"\x00\x01\x02" * 40), "hverken en projektmappe"),
    ],
)
def test_a_file_that_cannot_be_used_at_all_is_refused_in_danish(
    desk: httpx.Client, action: str, files: tuple[str, bytes], danish: str
) -> None:
    place = action.removeprefix("/uploads/")
    field = "files" if place == "list" else "file"
    stood = f"/{'lists' if place == 'list' else 'register'}?language=da"
    told = {"csrf": token_of(desk), "stood": stood}
    answer = desk.post(f"{action}?language=da", data=told, files={field: files})
    assert answer.status_code == 422
    (wrong,) = tree_of(answer).xpath("//*[@id='wrong']")
    assert danish in wrong.text_content()
    assert not wrong.xpath(".//*[@lang='en']")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", ("kun på listen", "i stedet for", "stavning")),
        ("nl", ("alleen op de lijst", "in plaats van", "spelling")),
    ],
)
def test_why_names_are_alike_is_said_in_the_language(
    desk: httpx.Client, language: str, words: tuple[str, ...]
) -> None:
    told = []
    for name in ("Huawai Technologies", "Huawei Technologies Denmark"):
        answer = desk.get("/screen", params={"name": name, "near": "yes", "language": language})
        (hits,) = tree_of(answer).xpath("//section[@aria-labelledby='h-hits']")
        assert not hits.xpath(".//*[@lang='en']")
        told += [cell.text_content() for cell in hits.xpath(".//td[position() > 5]")]
    page = tree_of(desk.get("/compare", params={"a": "Huawei", "b": "Telenor", "language": language}))
    (lead,) = page.xpath("//p[@class='lead']")
    waiting = tree_of(desk.get("/entities", params={"language": language}))
    assert not [*lead.xpath(".//*[@lang='en']"), *waiting.xpath("//td[@lang='en']")]
    said = " | ".join([*told, lead.text_content()])
    for word in words:
        assert word in said, said
    assert not re.search(r"only (asked|listed)|\bfor \"|without \"|\d\.\d\d\)", said)


def test_what_is_wrong_with_lines_is_said_in_danish_in_a_check_and_its_files(desk: httpx.Client) -> None:
    data = {"name": "ours", "keep_good": "true"}
    kept = desk.post("/api/v1/register", files={"file": ("ours.csv", VENDORS.encode())}, data=data)
    assert kept.status_code == 201, kept.text
    done = ended(desk, desk.post("/api/v1/checks", json={"register": "ours"}))
    place = str(done["result"]).removeprefix("/api/v1")
    for where in (place, f"{place}/check.html"):
        text = text_of(desk.get(where, params={"language": "da"}))
        assert "»Narnia« er ingen stat, der kendes her" in text
        assert "is no state known here" not in text
    book = load_workbook(io.BytesIO(desk.get(f"{place}/check.xlsx", params={"language": "da"}).content))
    cells = [str(cell) for sheet in book for row in sheet.values for cell in row]
    assert any("»Narnia« er ingen stat" in cell for cell in cells)
    # What programs read stays as it is.
    assert "is no state known here" in desk.get(str(done["result"]), params={"language": "da"}).text
