"""A form that was sent when its session was over is neither done nor lost: who wrote it finds it again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from tests.web.conftest import SCRIPT, serving
from tests.web.provider import CLIENT, SECRET, provider
from tests.web.test_written import MARKED, filled, form_at, refused, tree_of

from onrecord.ledger import Ledger
from onrecord.team import Accounts, Sessions, Team, _passwords
from onrecord.web import Provider, read_settings

PASSWORDS = {"Ada": "a harbour at low tide", "Ravn": "seven lamps on a pier"}


class Desk:
    """A workbench with two accounts, and browsers before it."""

    def __init__(self, ledger: Ledger, team: Team, client: httpx.Client) -> None:
        self.ledger, self.team, self.client = ledger, team, client
        self.cookie = f"onrecord-{client.base_url.port}"

    def browser(self, name: str | None = None) -> httpx.Client:
        """A browser in which somebody is signed in."""
        found = httpx.Client(base_url=self.client.base_url, timeout=60, trust_env=False)
        if name is not None:
            self.sign_in(found, name)
        return found

    def sign_in(self, browser: httpx.Client, name: str) -> None:
        browser.cookies.set(self.cookie, Sessions(self.team).begin(Accounts(self.team).get(name)))

    def end(self, name: str) -> None:
        """End all sessions of somebody."""
        sessions, account = Sessions(self.team), Accounts(self.team).get(name)
        for one in sessions.of(account.id):
            sessions.end(account.id, one.id)

    def judged(self) -> int:
        return len(self.ledger.judgements())


@pytest.fixture
def desk(own: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(_passwords, "_hasher", PasswordHasher(1, 64, 1))
    _passwords._dummy.cache_clear()
    with Ledger(own) as ledger, Team(own) as team:
        Accounts(team).add("Ada", "administrator", password=PASSWORDS["Ada"], by="root")
        Accounts(team).add("Ravn", "reviewer", password=PASSWORDS["Ravn"], by="root")
        with serving(ledger) as client:
            yield Desk(ledger, team, client)
    _passwords._dummy.cache_clear()


def signing(answer: httpx.Response) -> Any:
    """The form of the page for signing in that a form was answered with."""
    assert answer.status_code in (401, 403), answer.status_code
    tree = tree_of(answer)
    (form,) = tree.xpath("//form[starts-with(@action, '/sign-in')]")
    assert form.xpath(".//input[@type='password']")
    return form


def signed(browser: httpx.Client, form: Any, name: str, password: str = "") -> httpx.Response:
    told = filled(form, name=name, password=password or PASSWORDS[name])
    return browser.post(form.get("action"), data=told)


MERGE = "/entities/merge"
COMPARE = "/compare?a=Huawei&b=Telenor"


def test_what_was_written_stands_in_its_form_after_signing_in_and_is_sent_by_hand(desk: Desk) -> None:
    with desk.browser("Ravn") as browser:
        browser.headers["Accept-Language"] = "nl"
        sent = filled(form_at(browser, COMPARE, MERGE), why=MARKED)
        desk.end("Ravn")
        before = desk.judged()
        answer = browser.post(MERGE, data=sent)
        form = signing(answer)
        assert "niet verloren" in tree_of(answer).xpath("string(//*[@role='status'])")
        assert not tree_of(answer).xpath("//b")
        # A wrong password loses nothing either.
        form = signing(signed(browser, form, "Ravn", "not his password"))
        back = signed(browser, form, "Ravn")
        found = refused(back, MERGE, "", 200)
        assert dict(found.form_values())["why"] == MARKED
        assert "verstuur het opnieuw" in found.xpath("string(.//*[@id='wrong'])")
        assert desk.judged() == before
        done = browser.post(MERGE, data=filled(found))
        assert done.status_code == 303
        assert desk.judged() == before + 1
        assert desk.ledger.judgements()[-1].why == MARKED
        assert desk.ledger.judgements()[-1].who == "Ravn"


def test_nobody_else_who_signs_in_gets_it(desk: Desk) -> None:
    with desk.browser("Ravn") as browser:
        sent = filled(form_at(browser, COMPARE, MERGE), why=MARKED)
        desk.end("Ravn")
        form, before = signing(browser.post(MERGE, data=sent)), desk.judged()
        there = signed(browser, form, "Ada")
        assert there.status_code == 303
        assert there.headers["location"].startswith(f"{COMPARE}&said=done_not_yours")
        page = browser.get(there.headers["location"])
        assert "only to whoever wrote it" in page.text
        assert "Written by hand" not in page.text
        assert desk.judged() == before


def test_a_form_of_an_earlier_session_is_shown_again_to_its_own_person_alone(desk: Desk) -> None:
    with desk.browser("Ravn") as browser, desk.browser("Ada") as other:
        sent, before = filled(form_at(browser, COMPARE, MERGE), why=MARKED), desk.judged()
        # Meanwhile he signed in anew, in another tab.
        desk.end("Ravn")
        desk.sign_in(browser, "Ravn")
        form = refused(browser.post(MERGE, data=sent), MERGE, "", 403)
        assert dict(form.form_values())["why"] == MARKED
        assert desk.judged() == before
        answer = other.post(MERGE, data=sent)
        assert answer.status_code == 403
        assert "Written by hand" not in answer.text
        assert browser.post(MERGE, data=filled(form)).status_code == 303


def test_neither_passwords_nor_marks_nor_files_are_carried(desk: Desk) -> None:
    with desk.browser("Ada") as browser:
        secret = "three gulls, four herrings"
        account = filled(form_at(browser, "/accounts", "/accounts"), name="Bo", email="bo@example.org")
        upload = filled(form_at(browser, "/lists", "/uploads/list"), name="ours-2")
        desk.end("Ada")
        answer = browser.post("/accounts", data={**account, "password": secret})
        assert secret not in answer.text
        assert account["csrf"] not in answer.text
        kept = json.loads(dict(signing(answer).form_values())["unsent"])
        assert kept[3].keys() == {"name", "email", "role"}
        form = refused(signed(browser, signing(answer), "Ada"), "/accounts", "", 200)
        assert {**dict(form.form_values())}.get("email") == "bo@example.org"
        desk.end("Ada")
        files = {"files": ("ours.csv", b"name,type\nNordlys Works,company\n")}
        answer = browser.post("/uploads/list", data=upload, files=files)
        assert "Nordlys" not in answer.text
        form = refused(signed(browser, signing(answer), "Ada"), "/uploads/list", "", 200)
        assert dict(form.form_values())["name"] == "ours-2"


def test_what_cannot_be_shown_again_says_that_nothing_was_done(desk: Desk) -> None:
    with desk.browser("Ravn") as browser:
        button = filled(form_at(browser, "/watch", "/watch/follow"), supplier="Huawei")
        large = filled(form_at(browser, COMPARE, MERGE), why="æ" * 100_000)
        desk.end("Ravn")
        answer = browser.post(MERGE, data=large)
        assert answer.status_code == 401
        assert "copy what you wrote" in answer.text
        assert not tree_of(answer).xpath("//input[@name='unsent']")
        gone = {**button, "stood": "/entities/Nobody"}
        there = signed(browser, signing(browser.post("/watch/follow", data=gone)), "Ravn")
        assert there.headers["location"].startswith("/entities/Nobody?said=done_unsent")
        with desk.browser("Ravn") as signed_in:
            assert signed_in.get("/watch?said=done_unsent").text.count("nothing was done") == 1


def test_nothing_comes_back_of_what_another_site_sends(desk: Desk) -> None:
    with desk.browser("Ravn") as browser:
        sent = filled(form_at(browser, COMPARE, MERGE), why=SCRIPT)
        desk.end("Ravn")
        cross = browser.post(MERGE, data=sent, headers={"Sec-Fetch-Site": "cross-site"})
        assert cross.status_code == 403
        assert "alert(1)" not in cross.text
        assert not tree_of(cross).xpath("//input[@name='unsent']")
        # Shown as text, wherever it stands.
        answer = browser.post(MERGE, data=sent)
        assert not tree_of(answer).xpath("//main//script | //main//img")
        form = signing(answer)
        told = json.loads(dict(form.form_values())["unsent"])
        before = desk.judged()
        for at, value in (
            (0, "https://evil.example/"),
            (1, "https://evil.example/"),
            (1, "//evil.example"),
            (1, "/sign-out"),
            (1, "/api/v1/me"),
            (1, "/nøwhere"),
            (2, "x" * 88),
            (3, [1, 2]),
        ):
            forged = filled(form, name="Ravn", password=PASSWORDS["Ravn"])
            forged["unsent"] = json.dumps([*told[:at], value, *told[at + 1 :]])
            there = browser.post("/sign-in", data=forged)
            assert there.status_code in (200, 303), (value, there.status_code)
            assert there.headers.get("location", "/").startswith("/")
            assert not there.headers.get("location", "/").startswith("//")
            assert "evil.example" not in there.text + there.headers.get("location", "")
            assert not tree_of(there).xpath("//main//script") if there.status_code == 200 else True
            browser.cookies.clear()
        for none in ("{}", "[[[[", '["/", "/", "x"]'):
            answer = browser.post("/sign-in", data={**filled(form, name="Ravn"), "unsent": none})
            assert answer.status_code == 403, none
            assert not tree_of(answer).xpath("//input[@name='unsent']")
        assert desk.judged() == before


def test_while_one_writes_nothing_leads_away_from_the_form(desk: Desk) -> None:
    with desk.browser("Ravn") as browser:
        page = browser.get("/api/v1/pages").json()["items"][0]["id"]
        form = form_at(browser, f"/pages/{page}/say?start=40&end=60", f"/pages/{page}/say")
        (preview,) = form.xpath(".//*[@id='preview']")
        headers = {"HX-Request": "true", **json.loads(preview.get("hx-headers"))}
        assert browser.get(preview.get("hx-get"), headers=headers).status_code == 200
        desk.end("Ravn")
        answer = browser.get(preview.get("hx-get"), headers=headers)
        assert answer.status_code == 401
        assert "hx-redirect" not in answer.headers
        assert browser.get("/watch", headers={"HX-Request": "true"}).headers["hx-redirect"] == "/sign-in"
        # What a person says of a page stands again with its words.
        sent = filled(form, actor="Nordlys Weekly", why=MARKED, do="say")
        answer = browser.post(f"/pages/{page}/say", data=sent)
        found = refused(signed(browser, signing(answer), "Ravn"), f"/pages/{page}/say", "", 200)
        shown = dict(found.form_values())
        assert {name: shown[name] for name in ("actor", "why", "start", "end")} == {
            name: sent[name] for name in ("actor", "why", "start", "end")
        }


def test_who_signs_in_at_a_provider_goes_on_from_the_same_page(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECORD_SECRET", SECRET)
    with provider() as real:
        real.key, real.algorithm, real.refuses = real.published, "RS256", None
        real.claims = {"sub": "1", "preferred_username": "Anna", "groups": ["analysts"]}
        place = tmp_path / "openid.yaml"
        place.write_text(
            f"issuer: {real.issuer}\nclient: {CLIENT}\nsecret: RECORD_SECRET\nlabel: The house\n"
            "roles: {analysts: reviewer}\n"
        )
        told = Provider(read_settings(place))
        with Ledger(own) as ledger, serving(ledger, provider=told) as browser:
            browser.follow_redirects = True
            browser.get("/sign-in/openid")
            sent = filled(form_at(browser, COMPARE, MERGE), why=MARKED)
            browser.cookies.clear()
            before = len(ledger.judgements())
            page = tree_of(browser.post(MERGE, data=sent))
            (link,) = page.xpath("//p[@class='provider']/a")
            assert link.get("target") == "_blank"
            (on,) = page.xpath("//form[not(.//input[@name='password'])][@class='account']")
            # Not signed in yet, it is the same page again.
            again = browser.post(on.get("action"), data=filled(on))
            assert again.status_code == 401
            assert tree_of(again).xpath("//input[@name='unsent']")
            assert browser.get(link.get("href")).status_code == 200
            form = refused(browser.post(on.get("action"), data=filled(on)), MERGE, "", 403)
            assert dict(form.form_values())["why"] == MARKED
            assert len(ledger.judgements()) == before
            browser.post(MERGE, data=filled(form))
            assert len(ledger.judgements()) == before + 1
