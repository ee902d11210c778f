"""Every page of the workbench answers, can be read by whoever cannot see it, and lets no script of what was
read run."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import httpx
import pytest
import yaml
from lxml import html
from tests.web.conftest import FIRM, SCRIPT
from tests.web.places import all_pages, entity_address

from onrecord.present import languages
from onrecord.web._words import messages

_WORD = re.compile(r"\w+")


def tree_of(answer: httpx.Response) -> Any:
    return html.fromstring(answer.content.decode())


def text_of(answer: httpx.Response) -> str:
    return " ".join(tree_of(answer).text_content().split())


def test_every_page_answers_and_no_script_of_a_page_runs(web: httpx.Client) -> None:
    places = all_pages(web)
    assert len(places) > 40
    for place in places:
        answer = web.get(place)
        assert answer.status_code == 200, (place, answer.text[:300])
        check_harmless(place, answer)


def check_harmless(place: str, answer: httpx.Response) -> None:
    for element in tree_of(answer).iter():
        if element.tag == "script":
            # The workbench's own, which are files.
            assert str(element.get("src")).startswith("/static/"), place
            assert not element.text, place
        assert element.tag not in ("img", "iframe", "object", "embed", "base"), place
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), (place, name)
            assert name != "style", place
            if name in ("href", "src", "action"):
                assert not value.strip().lower().startswith("javascript:"), (place, value)


def test_errors_show_a_hostile_address_harmlessly(web: httpx.Client) -> None:
    for place in (
        entity_address("suppliers", SCRIPT),
        entity_address("pages", SCRIPT),
        entity_address("lists", SCRIPT),
        f"/pages?as_of={SCRIPT}",
        f"/?language={SCRIPT}",
        f"/standing?kind={SCRIPT}",
    ):
        answer = web.get(place)
        assert answer.status_code in (400, 404, 422), place
        check_harmless(place, answer)


def test_hostile_words_are_shown_as_they_are(web: httpx.Client) -> None:
    page = next(one for one in web.get("/api/v1/pages").json()["items"] if "script" in one["title"])
    shown = text_of(web.get(f"/pages/{page['id']}?dropped=yes"))
    assert f"{FIRM} supplies the network of Norway {SCRIPT}" in shown
    assert f"READ ALSO {SCRIPT}" in shown


def test_the_title_of_a_tab_tells_what_is_in_it_in_its_own_letters(web: httpx.Client) -> None:
    def title(place: str) -> str:
        return str(tree_of(web.get(place)).xpath("string(//title)"))

    page = next(one for one in web.get("/api/v1/pages").json()["items"] if "script" in one["title"])
    assert title(f"/pages/{page['id']}") == f"Title {SCRIPT} – On Record"
    assert title("/pages?language=nl") == "Pagina's – On Record"
    # Tabs on the same name, or the same name on another day, can be told apart.
    places = ("suppliers/Huawei", "suppliers/Huawei?as_of=2019-03", "entities/Huawei")
    assert [title(f"/{place}") for place in places] == [
        "Huawei – On Record",
        "Huawei – As of 2019-03 – On Record",
        "Huawei – Entities – On Record",
    ]
    assert title("/compare?a=Huawei&b=Telenor") == "Side by side – Huawei / Telenor – On Record"


@pytest.mark.parametrize("language", languages())
def test_pages_can_be_read_without_seeing_them(web: httpx.Client, language: str) -> None:
    for place in all_pages(web):
        tree = tree_of(web.get(place, params={"language": language} if "?" not in place else None))
        assert len(tree.xpath("//h1")) == 1, place
        assert len(tree.xpath("//main[@id='main']")) == 1, place
        assert tree.xpath("//a[@class='skip' and @href='#main']"), place
        assert tree.xpath("//header//nav[@aria-label]"), place
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), (place, sorted(id for id in ids if ids.count(id) > 1))
        labelled = set(tree.xpath("//label/@for"))
        for field in tree.xpath("//input[not(@type='hidden')] | //select"):
            assert field.get("id") in labelled or field.xpath("ancestor::label"), place
        for head in tree.xpath("//table//th"):
            assert head.get("scope"), place
        for named in tree.xpath(
            "//*[self::a or self::button or self::summary][@aria-label and not(ancestor::svg)]"
        ):
            # Who speaks to the page says what is written there (WCAG 2.5.3).
            seen, told = (
                set(_WORD.findall(text)) for text in (named.text_content(), named.get("aria-label"))
            )
            assert seen <= told, (place, seen - told)
        for pointed in tree.xpath("//@aria-labelledby | //@aria-describedby"):
            assert pointed in ids, (place, pointed)


def test_headings_are_in_the_language_asked_for(web: httpx.Client) -> None:
    for language, heading in (("en", "What is on record"), ("da", "Hvad der er registreret")):
        tree = tree_of(web.get("/", params={"language": language}))
        assert tree.get("lang") == language
        assert tree.xpath("string(//h1)") == heading
    by_browser = tree_of(web.get("/", headers={"Accept-Language": "fr;q=0.9, nl;q=0.8, en;q=0.1"}))
    assert by_browser.xpath("string(//h1)") == "Wat is vastgelegd"
    # A language that was named stays named from page to page.
    links = tree_of(web.get("/?language=da")).xpath("//header//nav//a/@href")
    assert all("language=da" in link for link in links)


def test_catalogues_have_the_same_messages() -> None:
    english = messages("en")
    for language in languages():
        told = messages(language)
        assert set(told) == set(english)
        for key, message in english.items():
            assert isinstance(told[key], type(message)), key


def test_the_reader_marks_each_statement_by_its_words(web: httpx.Client) -> None:
    page = next(one for one in web.get("/api/v1/pages").json()["items"] if one["language"] == "nl")
    tree = tree_of(web.get(f"/pages/{page['id']}"))
    quotes = {one["quote"] for one in web.get(f"/api/v1/pages/{page['id']}").json()["statements"]}
    assert {mark.text_content() for mark in tree.xpath("//mark")} == quotes
    assert len(tree.xpath("//sup/a")) == page["statements"]
    assert "spionage" in tree.xpath("string(//span[@class='unread'])")
    # What was dropped is shown on demand alone.
    assert not tree.xpath("//dl[@class='dropped']")


def test_a_statement_is_shown_in_its_sentence_with_who_judged_it(web: httpx.Client) -> None:
    judged = web.get("/api/v1/judgements").json()["items"][0]
    tree = tree_of(web.get(f"/statements/{judged['subject']}"))
    assert tree.xpath("string(//blockquote/mark)").startswith("Evil")
    assert f"Because {SCRIPT}" in " ".join(tree.text_content().split())


def test_the_dossier_answers_for_a_day(web: httpx.Client) -> None:
    def dossier(**asked: str) -> str:
        return str(tree_of(web.get("/suppliers/Huawei", params=asked)).xpath("string(//*[@id='dossier'])"))

    assert "Germany" in dossier()
    assert "Telenor" in dossier(as_of="2019-03")
    assert "Germany" not in dossier(as_of="2019-03")
    # The days on which something moved are those of the whole record, so that one can go there.
    moves = tree_of(web.get("/suppliers/Huawei", params={"as_of": "2019-03"})).xpath(
        "//ol[@class='moves']/li/a/@href"
    )
    assert [move.partition("as_of=")[2] for move in moves] == ["2019-05-20", "2019-03-04"]


def test_what_a_dossier_of_a_day_leads_to_is_of_that_day(web: httpx.Client) -> None:
    asked = {"as_of": "2019-03", "known_at": "2099-01-01"}
    tree = tree_of(web.get("/suppliers/Huawei", params=asked))
    (about,) = tree.xpath("//form[@id='days-form']//a/@href")
    assert dict(httpx.URL(about).params) == asked
    back = tree.xpath("string(//form[contains(@action, 'follow')]/input[@name='back']/@value)")
    assert dict(httpx.URL(back).params) == asked
    then, whole = web.get(about), web.get("/entities/Huawei")
    assert "2019-05-20" in text_of(whole)
    assert "2019-05-20" not in text_of(then)
    assert dict(httpx.URL(tree_of(then).xpath("//main/p/a/@href")[0]).params) == asked


def lists_behind(web: httpx.Client, asked: dict[str, str]) -> dict[str, int]:
    """Which lists the figures of Huawei's dossier lead to, each of as many as the figure says, the same over
    HTTP; the other figures lead to sections of the page."""
    tree = tree_of(web.get("/suppliers/Huawei", params=asked))
    lists = {}
    for figure in tree.xpath("//dl[@class='figures']//dd"):
        link, count = figure.xpath("string(a/@href)"), int(figure.text_content())
        if not link:
            assert count == 0, figure.getparent().text_content()
            continue
        if link.startswith("#"):
            assert tree.xpath(f"//*[@id='{link[1:]}']"), link
            continue
        shown = tree_of(web.get(link))
        assert shown.xpath("string(//*[@id='h-statements']/span)") == str(count), link
        assert len(shown.xpath("//ol[@class='said']/li")) == count
        url = httpx.URL(link)
        assert {name: url.params[name] for name in asked} == asked
        api = {"entity": "Huawei", **url.params}
        told = web.get("/api/v1/statements", params=api).json()
        assert told["total"] == count
        lists[url.params["of"]] = count
    return lists


@pytest.mark.parametrize("asked", [{}, {"as_of": "2019-03"}, {"as_of": "2019-03", "known_at": "2099-01-01"}])
def test_the_figures_of_a_dossier_lead_to_what_they_count(web: httpx.Client, asked: dict[str, str]) -> None:
    assert set(lists_behind(web, asked)) == {"dossier", "party"}


def test_each_position_in_the_table_of_all_leads_to_its_place_in_the_dossier(web: httpx.Client) -> None:
    tree = tree_of(web.get("/standing", params={"kind": "company", "as_of": "2019-03", "language": "en"}))
    links = tree.xpath("//table[@class='standings']//td/a/@href")
    assert len(links) == len(tree.xpath("//table[@class='standings']//td[@title]")) > 0
    for link in links:
        url = httpx.URL(link)
        assert dict(url.params) == {"as_of": "2019-03", "language": "en"}
        place = tree_of(web.get(link)).xpath(f"//*[@id='{url.fragment}']")
        assert [one.tag for one in place] == ["th"], link
    heads = tree.xpath("//table[@class='standings']//thead//a/@href")
    assert heads
    assert {web.get(link).status_code for link in heads} == {200}
    assert "`" not in text_of(web.get("/standing"))


@pytest.mark.parametrize(
    ("language", "then", "now"),
    [
        ("en", "By then no statement about Huawei was on record.", "No statement about Nokia is on record."),
        ("da", "Da forelå der intet udsagn om Huawei.", "Der foreligger intet udsagn om Nokia."),
        ("nl", "Toen lag er geen uitspraak over Huawei vast.", "Er ligt geen uitspraak over Nokia vast."),
    ],
)
def test_standing_on_whom_nothing_was_known_by_then_is_an_empty_table(
    web: httpx.Client, language: str, then: str, now: str
) -> None:
    for day in ({"as_of": "2001"}, {"known_at": "2001-01-01"}):
        asked = {"suppliers": "Huawei", "language": language, **day}
        answer = web.get("/standing", params=asked)
        assert (answer.status_code, then in text_of(answer)) == (200, True), text_of(answer)
        told = web.get("/api/v1/standing", params=asked).json()
        assert ([one["key"] for one in told["suppliers"]], told["held"]) == (["Huawei"], [])
        for place in ("/entities/Huawei", "/api/v1/statements?entity=Huawei"):
            listed = web.get(httpx.URL(place).copy_merge_params({"of": "dossier", **day}))
            assert listed.status_code == 200
    listed_alone = web.get("/standing", params={"suppliers": "Huawei,Nokia", "language": language})
    assert now in text_of(listed_alone)
    assert listed_alone.text.count('scope="col"') == 3
    nobody = web.get("/standing", params={"suppliers": "Nobody at all"})
    assert (nobody.status_code, "Nobody at all" in text_of(nobody)) == (422, True)


@pytest.mark.parametrize(("language", "told"), [("en", "'Nobody Ltd'"), ("da", "Nobody Ltd")])
def test_a_supplier_that_nobody_knows_is_told_in_the_form_of_standing(
    web: httpx.Client, language: str, told: str
) -> None:
    asked = {"suppliers": "Huawei, Nobody Ltd", "kind": "company", "language": language}
    answer = web.get("/standing", params=asked)
    assert answer.status_code == 422
    tree = tree_of(answer)
    (field,) = tree.xpath("//input[@name='suppliers'][@aria-invalid='true']")
    assert field.get("value") == asked["suppliers"]
    assert told in tree.xpath("string(//*[@id='wrong'])")
    assert tree.xpath("//input[@name='kind'][@checked]/@value") == ["company"]


def test_a_statement_is_told_in_the_words_and_figures_of_the_language(web: httpx.Client) -> None:
    one = next(
        one
        for one in web.get("/api/v1/statements?entity=Telenor").json()["items"]
        if one["type"] == "restriction"
    )
    facts = tree_of(web.get(f"/statements/{one['id']}?language=da")).xpath("//dl[@class='facts']//dd")
    told = [fact.text_content() for fact in facts]
    assert "restriktion" in told
    assert one["type"] not in told
    assert f"{one['confidence']:.2f}".replace(".", ",") in told


@pytest.mark.parametrize("language", ["da", "nl"])
def test_no_code_stands_where_the_language_has_a_word(web: httpx.Client, language: str) -> None:
    china, dutch = {"da": ("Kina", "nederlandsk"), "nl": ("China", "Nederlands")}[language]
    for place in ("/suppliers", "/entities", "/entities/Huawei"):
        assert china in text_of(web.get(place, params={"language": language})), place
    page = next(one for one in web.get("/api/v1/pages").json()["items"] if one["language"] == "nl")
    assert dutch in text_of(web.get(f"/pages/{page['id']}", params={"language": language}))
    assert dutch in text_of(web.get("/pages", params={"language": language}))
    filtered = web.get("/review", params={"type": "supply", "in_language": "nl", "language": language})
    narrowed = tree_of(filtered).xpath("string(//details[@class='filter']/summary)")
    assert dutch in narrowed
    assert "supply" not in narrowed
    facts = tree_of(web.get("/lists/ours/entries/Huawei%20Techn", params={"language": language}))
    labels = facts.xpath("//dl[@class='facts']/div/dt/text()")
    assert messages(language)["ls_field_programs"] in labels
    assert not {"kind", "programs", "since"} & set(labels)


@pytest.mark.parametrize("language", languages())
def test_why_something_was_dropped_is_told_in_words(language: str) -> None:
    told = messages(language)["terms"]
    found = {
        "markup",
        "boilerplate",
        "front-matter",
        "repeated",
        "repeated-title",
        "links",
        "promotion",
        "dateline",
    }
    for place in (files("onrecord.pages") / "data").iterdir():
        if place.name.endswith(".yaml"):
            held = yaml.safe_load(place.read_text("utf-8"))
            found |= {kind for part in ("opens", "holds", "sections") for kind in held.get(part) or ()}
    assert "read-also" in found
    assert not found - set(told)


def test_an_unknown_supplier_is_met_with_the_nearest(web: httpx.Client) -> None:
    answer = web.get("/suppliers/Huawey")
    assert answer.status_code == 404
    assert tree_of(answer).xpath("//main//a[@href='/suppliers/Huawei']")


def test_mentions_waiting_stand_beside_the_nearest(web: httpx.Client) -> None:
    assert "Evil" in tree_of(web.get("/entities")).xpath("string(//section[@aria-labelledby='h-waiting'])")


def test_lists_tell_what_changed(web: httpx.Client) -> None:
    shown = tree_of(web.get("/lists/ours"))
    changed = " ".join(shown.xpath("string(//section[@aria-labelledby='h-changes'])").split())
    assert "Added 1" in changed
    assert "Removed 1 Other Works" in changed


def test_a_name_is_screened_with_the_reason(web: httpx.Client) -> None:
    tree = tree_of(web.get("/screen?name=Huawei+Technologies+Deutschland+GmbH"))
    assert "Huawei Technologies" in tree.xpath("string(//section[@aria-labelledby='h-hits'])")


def test_the_audit_is_made_on_demand(web: httpx.Client) -> None:
    assert "is as its log says" not in text_of(web.get("/audit"))
    assert "is as its log says" in text_of(web.get("/audit?verify=yes"))
