"""Where there are accounts: who gets what, and who gets nothing."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from tests.web.conftest import serving

from onrecord.ledger import Ledger
from onrecord.team import ROLES, Account, Accounts, Role, Sessions, Team, Tokens, _passwords
from onrecord.web import create_app
from onrecord.web._person import Needs

PASSWORDS = {
    "Ada": "a harbour at low tide",
    "Ravn": "seven lamps on a pier",
    "Lea": "thirty gulls, one herring",
}
NAMES: dict[Role, str] = {"administrator": "Ada", "reviewer": "Ravn", "reader": "Lea"}

OWN = {
    "/sign-out",
    "/account/password",
    "/account/sessions/{id}/end",
    "/account/tokens",
    "/account/tokens/{id}/revoke",
    "/api/v1/tokens",
    "/api/v1/tokens/{id}",
    "/api/v1/sessions/{id}",
    "/watch/follow",
    "/watch/unfollow",
    "/watch/seen",
    "/watch/channels",
    "/watch/channels/test",
    "/watch/channels/remove",
    "/api/v1/watch/{supplier:path}",
    "/api/v1/watch/seen",
    "/api/v1/channels",
    "/api/v1/channels/{id}",
    "/api/v1/channels/{id}/test",
    "/api/v1/me/password",
}
"""What a reader may change: what is their own. Everything else that changes something needs more."""
LEAK = re.compile("Huawei|Telenor|kantoor|Ravn|herring|argon2")
"""Words of the ledger and the accounts of which nobody may see any."""


@dataclass(frozen=True)
class Route:
    """A route of the application: its method, its path as written and filled in, and the role it needs."""

    method: str
    template: str
    needs: Role

    @property
    def path(self) -> str:
        return re.sub(r"\{id[^}]*\}", "1", re.sub(r"\{(?!id)[^}]*\}", "x", self.template))

    @property
    def api(self) -> bool:
        return self.template.startswith("/api/")

    def __str__(self) -> str:
        return f"{self.method} {self.template}"


def routes_of(app: FastAPI) -> list[Route]:
    """All routes but the style sheets and the way in."""
    found = []
    for one in iter_route_contexts(app.routes):
        path = one.path or ""
        if path.startswith(("/static", "/sign-in")):
            continue
        dependant = getattr(one, "dependant", None)
        calls = [below.call for below in dependant.dependencies] if dependant else []
        roles: list[Role] = [call.role for call in calls if isinstance(call, Needs)]
        needs: Role = max(roles, key=ROLES.index, default="reader")
        found += [Route(method, path, needs) for method in sorted((one.methods or set()) - {"HEAD"})]
    return found


@pytest.fixture(scope="module")
def crowd(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    """A workbench with an account of each role, which the tests of this module only ask what is refused."""
    place = Path(shutil.copy(filled, tmp_path_factory.mktemp("crowd") / "own.db"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_passwords, "_hasher", PasswordHasher(1, 64, 1))
        _passwords._dummy.cache_clear()
        with Ledger(place) as ledger, Team(place) as team:
            for role, name in NAMES.items():
                Accounts(team).add(name, role, password=PASSWORDS[name], by="root")
            routes = routes_of(create_app(ledger, team))
            with serving(ledger) as client:
                yield Crowd(ledger, team, client, routes)
        _passwords._dummy.cache_clear()


class Crowd:
    """A workbench with accounts, and ways to ask it."""

    def __init__(self, ledger: Ledger, team: Team, client: httpx.Client, routes: list[Route]) -> None:
        self.ledger, self.team, self.client, self.routes = ledger, team, client, routes
        self.accounts, self.tokens = Accounts(team), Tokens(team)
        self.url = client.base_url

    def account(self, role: Role) -> Account:
        return self.accounts.get(NAMES[role])

    def token(self, role: Role) -> str:
        return self.tokens.add(self.account(role), "test", by="root")

    def browser(self, role: Role | None = None) -> httpx.Client:
        """A browser, signed in as somebody of that role."""
        hooks = self.client.event_hooks
        found = httpx.Client(base_url=self.url, timeout=60, trust_env=False, event_hooks=hooks)
        if role is not None:
            token = Sessions(self.team).begin(self.account(role))
            found.cookies.set(f"onrecord-{self.url.port}", token)
        return found

    def state(self) -> tuple[object, ...]:
        """Everything that could have changed."""
        return self.ledger.state(), self.accounts.log(), self.accounts.all()


def csrf_of(browser: httpx.Client, place: str = "/account") -> str:
    found = re.search(r'name="csrf" content="([\w=-]+)"', browser.get(place).text)
    assert found
    return found[1]


def sign_in(browser: httpx.Client, name: str, password: str, **more: str) -> httpx.Response:
    told = {"csrf": csrf_of(browser, "/sign-in"), "name": name, "password": password, **more}
    return browser.post("/sign-in", data=told)


def test_the_walk_sees_every_route_of_the_description(crowd: Crowd) -> None:
    token = {"Authorization": f"Bearer {crowd.token('reader')}"}
    told = crowd.client.get("/api/v1/openapi.json", headers=token).json()["paths"]
    described = {(method.upper(), path) for path, methods in told.items() for method in methods}
    walked = {(one.method, one.template.replace(":path}", "}")) for one in crowd.routes}
    assert described < walked
    assert len(described) > 20


def test_without_a_sign_in_every_route_gives_nothing(crowd: Crowd) -> None:
    before = crowd.state()
    with crowd.browser() as nobody:
        for route in crowd.routes:
            answer = nobody.request(route.method, route.path)
            if route.api:
                assert answer.status_code == 401, route
                assert answer.headers["www-authenticate"].startswith("Bearer"), route
                assert answer.headers["content-type"] == "application/problem+json"
            elif route.method == "GET":
                assert answer.status_code == 303, route
                assert answer.headers["location"].startswith("/sign-in"), route
            else:
                assert answer.status_code == 401, route
            assert not LEAK.search(answer.text), route
            assert "etag" not in answer.headers
    assert crowd.state() == before


@pytest.mark.parametrize("kind", ["revoked", "expired", "disabled", "unknown", "none", "another kind"])
def test_a_token_that_does_not_hold_gives_nothing(crowd: Crowd, kind: str) -> None:
    token = crowd.token("administrator")
    if kind in ("unknown", "none"):
        token = "onrecord_" + "A" * 43 if kind == "unknown" else ""
    if kind == "expired":
        old = Tokens(crowd.team, now=lambda: time.time() - 3 * 86_400)
        token = old.add(crowd.account("administrator"), "old", days=2, by="root")
    if kind == "revoked":
        crowd.tokens.revoke(crowd.tokens.of()[0].id, by="root")
    if kind == "disabled":
        token = crowd.token("reviewer")
        crowd.accounts.disable(NAMES["reviewer"], by="root")
    header = f"{'Basic' if kind == 'another kind' else 'Bearer'} {token}".strip()
    before = crowd.state()
    # A cookie that holds does not help a token that does not.
    with crowd.browser("administrator") as browser:
        for route in (one for one in crowd.routes if one.api):
            answer = browser.request(route.method, route.path, headers={"Authorization": header})
            assert answer.status_code == 401, route
            assert 'error="invalid_token"' in answer.headers["www-authenticate"]
            assert not LEAK.search(answer.text), route
    assert crowd.state() == before
    crowd.accounts.enable(NAMES["reviewer"], by="root")


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_what_needs_another_role_is_refused(crowd: Crowd, role: Role) -> None:
    before = crowd.state()[0], crowd.accounts.all()
    token = {"Authorization": f"Bearer {crowd.token(role)}"}
    walked = 0
    with crowd.browser(role) as browser:
        csrf = {"X-CSRF-Token": csrf_of(browser)}
        for route in crowd.routes:
            if ROLES.index(route.needs) <= ROLES.index(role):
                continue
            walked += 1
            for headers in (csrf, token) if route.api else (csrf,):
                answer = browser.request(route.method, route.path, headers=headers)
                assert answer.status_code == 403, route
                assert f"role of {route.needs}" in answer.text, route
    assert walked >= 12
    assert (crowd.state()[0], crowd.accounts.all()) == before


def test_what_changes_something_needs_a_role_or_is_ones_own(crowd: Crowd) -> None:
    loose = {
        one.template for one in crowd.routes if one.method not in ("GET", "HEAD") and one.needs == "reader"
    }
    assert loose <= OWN


def test_a_reader_reads(crowd: Crowd) -> None:
    token = {"Authorization": f"Bearer {crowd.token('reader')}"}
    assert crowd.client.get("/api/v1/me", headers=token).json() == {
        "name": "Lea",
        "role": "reader",
        "account": True,
    }
    assert crowd.client.get("/api/v1/suppliers", headers=token).json()["total"] > 0
    with crowd.browser("reader") as browser:
        answer = browser.get("/suppliers")
        assert "Huawei" in answer.text
        assert "Lea" in answer.text
        # What one holds answers for nobody else, and for nobody who has left.
        tag = {"If-None-Match": answer.headers["etag"]}
        assert browser.get("/suppliers", headers=tag).status_code == 304
        with crowd.browser("reader") as other:
            assert other.get("/suppliers", headers=tag).status_code == 200
        with crowd.browser() as nobody:
            assert nobody.get("/suppliers", headers=tag).status_code == 303


def test_a_cookie_changes_nothing_through_the_api_without_the_mark_of_its_page(crowd: Crowd) -> None:
    with crowd.browser("reader") as browser, crowd.browser("reader") as other:
        body = {"name": "feed"}
        assert browser.post("/api/v1/tokens", json=body).status_code == 403
        for wrong in ("", "x", csrf_of(other)):
            headers = {"X-CSRF-Token": wrong}
            assert browser.post("/api/v1/tokens", json=body, headers=headers).status_code == 403
            form = {"csrf": wrong, "name": "feed", "role": "reader"}
            assert browser.post("/account/tokens", data=form).status_code == 403
        made = browser.post("/api/v1/tokens", json=body, headers={"X-CSRF-Token": csrf_of(browser)})
        assert made.status_code == 201
        assert made.headers["cache-control"] == "no-store"
        token = {"Authorization": f"Bearer {made.json()['token']}"}
    # A token needs no mark, since no browser sends it along by itself; but it makes no other token.
    with crowd.browser() as program:
        assert program.post("/api/v1/tokens", json=body, headers=token).status_code == 403
        (mine, *_) = program.get("/api/v1/tokens", headers=token).json()["items"]
        assert (mine["name"], mine["holds"]) == ("feed", True)
        assert program.delete(f"/api/v1/tokens/{mine['id']}", headers=token).status_code == 204
        assert program.get("/api/v1/tokens", headers=token).status_code == 401


def test_an_administrator_lets_people_in_and_out(crowd: Crowd) -> None:
    token = {"Authorization": f"Bearer {crowd.token('administrator')}"}
    with crowd.browser() as program:
        program.headers.update(token)
        body = {"name": "Nils", "role": "reader", "password": "eleven nets to mend"}
        assert program.post("/api/v1/accounts", json=body).json()["name"] == "Nils"
        assert program.post("/api/v1/accounts", json=body).status_code == 409
        short = {**body, "name": "Other", "password": "short"}
        assert program.post("/api/v1/accounts", json=short).status_code == 400
        half = json.dumps({**body, "name": "\ud800"}).encode()
        assert program.post("/api/v1/accounts", content=half).status_code == 400
        changed = program.patch("/api/v1/accounts/nils", json={"role": "reviewer", "disabled": True})
        assert (changed.json()["role"], changed.json()["disabled"] is None) == ("reviewer", False)
        assert program.patch("/api/v1/accounts/Ada", json={"disabled": True}).status_code == 409
        assert program.patch("/api/v1/accounts/nobody", json={"role": "reader"}).status_code == 404
        log = program.get("/api/v1/account-log").json()["items"]
        assert [(one["who"], one["what"]) for one in log[:3]] == [
            ("Ada", "disabled"),
            ("Ada", "role"),
            ("Ada", "made"),
        ]
        assert "argon2" not in program.get("/api/v1/accounts").text
    with crowd.browser("administrator") as browser:
        told = {
            "csrf": csrf_of(browser),
            "name": "Tove",
            "role": "reviewer",
            "password": "five boats at dawn",
        }
        done = browser.post("/accounts", data=told)
        assert (done.status_code, done.headers["location"]) == (303, "/accounts?said=done_account")
        assert "Tove" in browser.get("/accounts").text
        for what, more in (("role", {"role": "reader"}), ("disable", {}), ("enable", {})):
            assert browser.post(f"/accounts/Tove/{what}", data={**told, **more}).status_code == 303
        assert browser.get("/accounts/Tove").status_code == 200


def test_signing_in_and_out(crowd: Crowd) -> None:
    with crowd.browser() as browser:
        wrong = sign_in(browser, "Lea", "thirty gulls, two herrings")
        nobody = sign_in(browser, "Nobody", "thirty gulls, two herrings")
        assert (wrong.status_code, nobody.status_code) == (403, 403)
        assert wrong.text.replace("Lea", "N") == nobody.text.replace("Nobody", "N")
        assert "set-cookie" not in wrong.headers
        done = sign_in(browser, "lea", PASSWORDS["Lea"], next="/suppliers?limit=2")
        assert (done.status_code, done.headers["location"]) == (303, "/suppliers?limit=2")
        cookie = done.headers["set-cookie"]
        assert re.search(r"HttpOnly; Max-Age=\d+; Path=/; SameSite=lax$", cookie)
        assert "Secure" not in cookie
        assert browser.get("/suppliers").status_code == 200
        kept = dict(browser.cookies)
        assert browser.post("/sign-out", data={"csrf": csrf_of(browser)}).status_code == 303
        assert not browser.cookies
    with crowd.browser() as thief:
        thief.cookies.update(kept)
        assert thief.get("/suppliers").status_code == 303


def test_a_session_that_somebody_else_began_is_not_taken_over(crowd: Crowd) -> None:
    name = f"onrecord-{crowd.url.port}"
    with crowd.browser() as browser:
        browser.cookies.set(name, "chosen-by-somebody-else")
        csrf = csrf_of(browser, "/sign-in")
        told = {"csrf": csrf, "name": "Lea", "password": PASSWORDS["Lea"]}
        headers = {"Cookie": f"{name}=chosen-by-somebody-else"}
        done = httpx.post(f"{crowd.url}/sign-in", data=told, headers=headers, trust_env=False)
        first = done.cookies[name]
        assert first != "chosen-by-somebody-else"
        assert browser.get("/suppliers").status_code == 303
    # Who signs in again where they are signed in has another session, and the one before is ended.
    with crowd.browser() as browser:
        browser.cookies.set(name, first)
        assert browser.get("/suppliers").status_code == 200
        told["csrf"] = csrf_of(browser)
        again = browser.post("/sign-in", data=told, headers={"Cookie": f"{name}={first}"})
        assert again.cookies[name] != first
        sessions = Sessions(crowd.team)
        assert sessions.find(first) is None
        assert sessions.find(again.cookies[name])


@pytest.mark.parametrize(
    "next",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        " //evil.example",
        "///evil.example",
        "/\r\nSet-Cookie: a=b",
        "suppliers",
        "",
    ],
)
def test_the_sign_in_leads_nowhere_else(crowd: Crowd, next: str) -> None:
    with crowd.browser() as browser:
        page = browser.get("/sign-in", params={"next": next})
        assert 'name="next" value="/"' in page.text
        done = sign_in(browser, "Lea", PASSWORDS["Lea"], next=next)
        assert (done.status_code, done.headers["location"]) == (303, "/")
        assert browser.get("/sign-in", params={"next": next}).headers["location"] == "/"


def test_changing_ones_password_ends_the_other_sessions(crowd: Crowd) -> None:
    with crowd.browser("reader") as here, crowd.browser("reader") as there:
        token = csrf_of(here)
        told = {"csrf": token, "current": "not her password", "new": "forty gulls, one herring"}
        assert here.post("/account/password", data=told).status_code == 403
        told["current"] = PASSWORDS["Lea"]
        assert here.post("/account/password", data={**told, "new": "lea-lea-lea-1"}).status_code == 400
        assert there.get("/").status_code == 200
        assert here.post("/account/password", data=told).status_code == 303
        assert there.get("/").status_code == 303
        page = here.get("/account")
        assert page.status_code == 200
        assert page.headers["cache-control"] == "no-store"
        ended = {"csrf": csrf_of(here), "current": told["new"], "new": PASSWORDS["Lea"]}
        assert here.post("/account/password", data=ended).status_code == 303


def test_the_api_changes_the_password_of_who_is_signed_in(crowd: Crowd) -> None:
    told = {"current": PASSWORDS["Lea"], "new": "forty gulls, one herring"}
    with crowd.browser() as program:
        program.headers["Authorization"] = f"Bearer {crowd.token('reader')}"
        assert program.put("/api/v1/me/password", json=told).status_code == 403
    with crowd.browser("reader") as here, crowd.browser("reader") as there:

        def change(**more: str) -> int:
            mark = {"X-CSRF-Token": csrf_of(here)}
            return here.put("/api/v1/me/password", json={**told, **more}, headers=mark).status_code

        assert here.put("/api/v1/me/password", json=told).status_code == 403, "without the mark of a page"
        assert change(current="not her password") == 403
        assert change(new="short") == 400
        assert there.get("/").status_code == 200
        assert change() == 204
        assert there.get("/").status_code == 303
        assert change(current=told["new"], new=PASSWORDS["Lea"]) == 204


def test_the_tokens_of_an_account_are_an_administrators_to_revoke(crowd: Crowd) -> None:
    held = crowd.token("reader")
    with crowd.browser() as program:
        program.headers["Authorization"] = f"Bearer {crowd.token('administrator')}"
        assert program.get("/api/v1/accounts/lea").json()["name"] == "Lea"
        assert program.get("/api/v1/accounts/nobody").status_code == 404
        token = program.get("/api/v1/accounts/Lea/tokens").json()["items"][0]
        assert (token["account"], token["holds"]) == ("Lea", True)
        # Of another account there is no such token.
        assert program.delete(f"/api/v1/accounts/Ada/tokens/{token['id']}").status_code == 404
        assert program.delete(f"/api/v1/accounts/Lea/tokens/{token['id']}").status_code == 204
        assert program.delete(f"/api/v1/accounts/Lea/tokens/{token['id']}").status_code == 404
        program.headers["Authorization"] = f"Bearer {held}"
        assert program.get("/api/v1/me").status_code == 401


def test_a_fragment_asked_for_by_a_script_leads_to_the_sign_in(crowd: Crowd) -> None:
    with crowd.browser() as browser:
        answer = browser.get("/suppliers", headers={"HX-Request": "true"})
        assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in")


def test_too_many_wrong_passwords_cost_a_wait_that_a_restart_does_not_end(own: Path) -> None:
    with Ledger(own) as ledger, Team(own) as team:
        Accounts(team).add("Ada", "administrator", password=PASSWORDS["Ada"], by="root")
        for guesses in (5, 0):
            with serving(ledger) as client:
                for _ in range(guesses):
                    assert sign_in(client, "ada", "a guess at random").status_code == 403
                refused = sign_in(client, "Ada", PASSWORDS["Ada"])
                assert refused.status_code == 429
                assert 0 < int(refused.headers["retry-after"]) <= 30
                assert sign_in(client, "Bo", PASSWORDS["Ada"]).status_code == 403


def test_a_form_survives_a_restart_and_the_first_account_shuts_the_door(own: Path) -> None:
    with Ledger(own) as ledger:
        with serving(ledger) as client:
            assert "Sign out" not in client.get("/").text
            csrf = csrf_of(client, "/accounts")
        with serving(ledger) as client:
            told = {"csrf": csrf, "name": "Ada", "role": "reader", "password": PASSWORDS["Ada"]}
            assert client.post("/accounts", data=told).status_code == 409
            assert client.get("/suppliers").status_code == 200
            done = client.post("/accounts", data={**told, "role": "administrator"})
            assert done.status_code == 303
            assert client.get("/suppliers").status_code == 303
            assert client.get("/api/v1/suppliers").status_code == 401
            assert client.get("/static/workbench.css").status_code == 200
            assert sign_in(client, "Ada", PASSWORDS["Ada"]).status_code == 303
            assert client.get("/suppliers").status_code == 200


def test_behind_a_proxy_it_answers_to_its_public_name(own: Path) -> None:
    with Ledger(own) as ledger, Team(own) as team:
        Accounts(team).add("Ada", "administrator", password=PASSWORDS["Ada"], by="root")
        with serving(ledger, public_url="https://record.example.org") as client:
            client.headers["Host"] = "record.example.org"
            csrf = csrf_of(client, "/sign-in")
            told = {"csrf": csrf, "name": "Ada", "password": PASSWORDS["Ada"]}
            for origin, status in (
                ("https://record.example.org", 303),
                ("http://record.example.org", 403),
                ("https://record.example.org.evil.example", 403),
            ):
                done = client.post("/sign-in", data=told, headers={"Origin": origin})
                assert done.status_code == status, origin
                if status == 303:
                    cookie = done.headers["set-cookie"]
                    assert cookie.startswith("__Host-onrecord=")
                    assert "Secure" in cookie
            client.headers["Host"] = "record.example.com"
            assert client.get("/sign-in").status_code == 421


@pytest.mark.parametrize("place", ["tokens", "sessions", "accounts", "account-log"])
def test_lists_of_accounts_are_had_in_parts(crowd: Crowd, place: str) -> None:
    with crowd.browser("administrator") as browser, crowd.browser("administrator"):
        crowd.token("administrator")
        crowd.token("administrator")
        whole = browser.get(f"/api/v1/{place}?limit=500").json()
        assert whole["next"] is None
        assert whole["total"] == len(whole["items"]) > 1
        first = browser.get(f"/api/v1/{place}?limit=1").json()
        rest = browser.get(f"/api/v1/{place}", params={"limit": 500, "after": first["next"]}).json()
        assert first["items"] + rest["items"] == whole["items"]
        assert rest["total"] == first["total"] == whole["total"]
        assert browser.get(f"/api/v1/{place}?after=nobody").status_code == 400
