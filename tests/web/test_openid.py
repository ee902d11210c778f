"""Signing in at an OpenID provider, which is a small real one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc.jwk import OctKey, RSAKey
from tests.web.conftest import serving
from tests.web.provider import CLIENT, SECRET, FakeProvider, provider

from onrecord.ledger import Ledger
from onrecord.team import Accounts, Team
from onrecord.web import OpenIdError, Provider, read_settings

ANNA = {"sub": "248289761001", "preferred_username": "Anna", "groups": ["press", "analysts"]}


@pytest.fixture(scope="module")
def real() -> Iterator[FakeProvider]:
    with provider() as found:
        yield found


@pytest.fixture
def fake(real: FakeProvider) -> FakeProvider:
    real.key, real.algorithm, real.refuses = real.published, "RS256", None
    real.claims, real.userinfo, real.wrong = dict(ANNA), {}, {}
    return real


@pytest.fixture
def settings(fake: FakeProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RECORD_SECRET", SECRET)
    place = tmp_path / "openid.yaml"
    place.write_text(
        f"issuer: {fake.issuer}\nclient: {CLIENT}\nsecret: RECORD_SECRET\nlabel: The house\n"
        "roles: {analysts: reviewer, it: administrator}\n"
    )
    return place


@pytest.fixture
def browser(own: Path, settings: Path) -> Iterator[httpx.Client]:
    """A browser before a workbench with a provider, and no account yet."""
    with Ledger(own) as ledger, serving(ledger, provider=Provider(read_settings(settings))) as client:
        client.follow_redirects = True
        yield client


def test_the_first_sign_in_makes_an_account(browser: httpx.Client, own: Path, fake: FakeProvider) -> None:
    assert "Sign in with The house" in browser.get("/suppliers?limit=3").text
    there = browser.get("/sign-in/openid", params={"next": "/suppliers?limit=3"})
    assert (there.url.path, there.url.query, there.status_code) == ("/suppliers", b"limit=3", 200)
    assert browser.get("/api/v1/me").json() == {"name": "Anna", "role": "reviewer", "account": True}
    # The next time the provider's groups give another role, and what it calls her is not what she is.
    fake.claims.update(groups=["it"], preferred_username="Annette")
    browser.cookies.clear()
    browser.get("/sign-in/openid")
    assert browser.get("/api/v1/me").json() == {"name": "Anna", "role": "administrator", "account": True}
    with Team(own) as team:
        assert [(one.who, one.what) for one in Accounts(team).log()] == [
            ("OpenID", "role"),
            ("OpenID", "made"),
        ]


def test_groups_that_stand_only_in_userinfo_are_asked_for(browser: httpx.Client, fake: FakeProvider) -> None:
    fake.claims = {"sub": "7", "preferred_username": "Bo"}
    fake.userinfo = {"sub": "7", "groups": ["it"]}
    browser.get("/sign-in/openid")
    assert browser.get("/api/v1/me").json()["role"] == "administrator"
    browser.cookies.clear()
    fake.userinfo["sub"] = "8"
    assert "somebody else" in browser.get("/sign-in/openid").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "of another try"},
        {"aud": "another client"},
        {"iss": "http://127.0.0.1:1"},
        {"exp": 1_000_000_000},
        {"iat": 9_000_000_000, "nbf": 9_000_000_000},
        {"azp": "another client"},
        {"sub": None},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_token_that_is_not_for_us_is_not_believed(
    browser: httpx.Client, fake: FakeProvider, wrong: dict[str, Any]
) -> None:
    fake.wrong = wrong
    answer = browser.get("/sign-in/openid")
    assert answer.status_code == 403
    assert "can&#39;t be believed" in answer.text
    assert browser.get("/api/v1/me").status_code == 401


def test_a_signature_of_somebody_else_is_not_believed(browser: httpx.Client, fake: FakeProvider) -> None:
    for key, algorithm in (
        (RSAKey.generate_key(2048, {"kid": "one"}), "RS256"),
        (OctKey.generate_key(256, {"kid": "one"}), "HS256"),
    ):
        fake.key, fake.algorithm = key, algorithm  # type: ignore[assignment]
        assert browser.get("/sign-in/openid").status_code == 403
        assert browser.get("/api/v1/me").status_code == 401


def test_an_answer_to_another_try_is_not_taken(browser: httpx.Client) -> None:
    browser.follow_redirects = False
    asked = browser.get("/sign-in/openid").headers["location"]
    answer = httpx.get(asked, trust_env=False).headers["location"]
    # Another browser, which did not begin it; one that began another try; and the same answer a second time.
    assert httpx.get(answer, trust_env=False).status_code == 403
    kept = dict(browser.cookies)
    browser.get("/sign-in/openid")
    assert browser.get(answer).status_code == 403
    browser.cookies.clear()
    browser.cookies.update(kept)
    assert browser.get(answer).status_code == 303
    browser.cookies.clear()
    browser.cookies.update(kept)
    assert browser.get(answer).status_code == 403


def test_who_is_in_no_group_or_refused_or_another_is_not_let_in(
    browser: httpx.Client, own: Path, fake: FakeProvider
) -> None:
    fake.claims["groups"] = ["press"]
    assert "in no group" in browser.get("/sign-in/openid").text
    fake.refuses = "access_denied<script>"
    answer = browser.get("/sign-in/openid")
    assert answer.status_code == 403
    assert "access_denied&lt;script&gt;" in answer.text
    fake.refuses = None
    with Team(own) as team:
        Accounts(team).add("Anna", "administrator", password="a harbour at low tide", by="root")
        fake.claims = dict(ANNA)
        assert "already" in browser.get("/sign-in/openid").text
        assert [one.role for one in Accounts(team).all()] == ["administrator"]
    assert browser.get("/api/v1/me").status_code == 401


def test_settings_that_are_wrong_are_told(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = settings.read_text()

    def told(text: str) -> str:
        settings.write_text(text)
        with pytest.raises(OpenIdError) as error:
            read_settings(settings)
        return str(error.value)

    assert "the keys are" in told(good + "groop: x\n")
    assert "`client` is missing" in told("issuer: https://id.example\n")
    assert "no https://" in told("issuer: http://id.example\nclient: x\n")
    assert "reader, reviewer" in told("issuer: https://id.example\nclient: x\nroles: {it: boss}\n")
    assert "as YAML" in told("issuer: [")
    monkeypatch.delenv("RECORD_SECRET")
    assert "RECORD_SECRET" in told(good)
