"""Accounts, on a file and on a real server."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from tests.team.conftest import ANNA, BO, Desk

from onrecord.team import AccountError, PasswordRefused, Team, UnknownAccount, Wait
from onrecord.team._passwords import check_password, hashed, verified


def test_the_first_account_is_an_administrators(desk: Desk) -> None:
    assert not desk.accounts.any()
    with pytest.raises(AccountError, match="first account must be an administrator"):
        desk.accounts.add("Bo", "reader", password=BO, by="root")
    assert not desk.accounts.any()
    desk.anna()
    assert desk.accounts.any()


def test_a_name_is_given_once_however_it_is_written(desk: Desk) -> None:
    desk.anna()
    for name in ("anna", " ANNA ", "Ａnna"):
        with pytest.raises(AccountError, match="already"):
            desk.accounts.add(name, "reader", password=BO, by="Anna")
    for name in ("", " ", "a/b", "a\nb", "x" * 65, "<b>", "\u202eanna"):
        with pytest.raises(AccountError, match="no name"):
            desk.accounts.add(name, "reader", password=BO, by="Anna")
    assert desk.accounts.get("anna").name == "Anna"


@pytest.mark.parametrize(
    "password",
    [
        "short words",
        "Anna Anna Anna",
        "anna-2026-2027",
        "aaaaaaaaaaaaa",
        "Password1234",
        "pass-word-pass-word",
        "123412341234",
        "abcdefghijklm",
        "9876543210987",
        "Qwerty 123456",
        "x" * 1001,
    ],
)
def test_passwords_that_are_guessed_first_are_refused(password: str) -> None:
    with pytest.raises(PasswordRefused):
        check_password(password, "Anna")


def test_passwords_are_kept_as_argon2id_with_the_recommended_parameters() -> None:
    kept = hashed(ANNA)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert verified(kept, ANNA)
    assert not verified(kept, BO)
    assert not verified(None, ANNA)


def test_passwords_need_no_digits_or_signs(desk: Desk) -> None:
    desk.anna()
    assert desk.door.by_password("anna", ANNA, "192.0.2.1") == desk.accounts.get("Anna")
    # The same letters, composed otherwise.
    desk.accounts.set_password("Anna", "fjörður við höfn", by="Anna")
    found = desk.door.by_password("Anna", "fjo\u0308rður við ho\u0308fn", "192.0.2.1")
    assert found == desk.accounts.get("Anna")


def test_the_last_administrator_stays_one(desk: Desk) -> None:
    desk.anna()
    with pytest.raises(AccountError, match="last administrator"):
        desk.accounts.disable("Anna", by="Anna")
    with pytest.raises(AccountError, match="last administrator"):
        desk.accounts.set_role("Anna", "reader", by="Anna")
    desk.bo()
    desk.accounts.set_role("Bo", "administrator", by="Anna")
    desk.accounts.disable("Anna", by="Bo")
    with pytest.raises(AccountError, match="last administrator"):
        desk.accounts.disable("Bo", by="Bo")
    desk.accounts.enable("Anna", by="Bo")
    desk.accounts.set_role("Bo", "reader", by="Anna")


def test_two_that_disable_each_other_at_once_leave_one(desk: Desk) -> None:
    desk.anna()
    desk.bo()
    desk.accounts.set_role("Bo", "administrator", by="Anna")
    refused: list[str] = []

    def disable(name: str) -> None:
        try:
            desk.accounts.disable(name, by="another")
        except AccountError as error:
            refused.append(str(error))

    both = [threading.Thread(target=disable, args=(name,)) for name in ("Anna", "Bo")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(refused) == 1
    assert len([one for one in desk.accounts.all() if not one.disabled]) == 1


def test_what_is_done_is_kept_with_who_did_it(desk: Desk) -> None:
    anna = desk.anna()
    desk.bo()
    desk.at += 60
    desk.accounts.set_role("bo", "reader", by="Anna")
    desk.accounts.set_password("bo", "nine lamps on a pier", by="Anna")
    desk.accounts.disable("bo", by="Anna")
    desk.accounts.enable("bo", by="Anna")
    desk.tokens.add(anna, "exports", by="Anna")
    desk.tokens.revoke(1, by="Anna")
    told = [(one.who, one.account, one.what, one.detail) for one in reversed(desk.accounts.log())]
    assert told == [
        ("root", "Anna", "made", "administrator"),
        ("Anna", "Bo", "made", "reviewer"),
        ("Anna", "Bo", "role", "reviewer to reader"),
        ("Anna", "Bo", "password", ""),
        ("Anna", "Bo", "disabled", ""),
        ("Anna", "Bo", "enabled", ""),
        ("Anna", "Anna", "token", "exports, administrator"),
        ("Anna", "Anna", "revoked", "exports"),
    ]
    assert desk.accounts.log()[0].at.timestamp() == desk.at


def test_wrong_guesses_cost_waits_that_grow_and_outlive_a_restart(opened: object, desk: Desk) -> None:
    desk.anna()
    for _ in range(5):
        assert desk.door.by_password("Anna", "not her password", "192.0.2.1") is None
    # Also the right one is refused meanwhile, from wherever, and a wait that is asked for again is no longer.
    assert desk.door.by_password("Anna", ANNA, "198.51.100.7") == Wait(30)
    desk.at += 29
    assert desk.door.by_password("anna", ANNA, "192.0.2.1") == Wait(1)
    assert callable(opened)
    other: Desk = opened()
    other.at = desk.at
    assert other.door.by_password("Anna", ANNA, "192.0.2.1") == Wait(1)
    desk.at += 1
    assert desk.door.by_password("Anna", "still not hers", "192.0.2.1") is None
    assert desk.door.by_password("Anna", ANNA, "192.0.2.1") == Wait(60)
    desk.at += 60
    assert desk.door.by_password("Anna", ANNA, "192.0.2.1") == desk.accounts.get("Anna")
    # And then it begins anew.
    assert desk.door.by_password("Anna", "not her password", "192.0.2.1") is None
    assert desk.door.by_password("Anna", ANNA, "192.0.2.1") == desk.accounts.get("Anna")


def test_names_that_nobody_has_are_answered_alike(desk: Desk) -> None:
    desk.anna()
    for _ in range(5):
        assert desk.door.by_password("Nobody", ANNA, "192.0.2.1") is None
    assert desk.door.by_password("Nobody", ANNA, "192.0.2.1") == Wait(30)


def test_one_address_that_tries_many_names_has_to_wait(desk: Desk) -> None:
    desk.anna()
    for number in range(30):
        # Of one household's IPv6 addresses it is all the same which.
        assert desk.door.by_password(f"Name {number}", "a guess at random", f"2001:db8::{number:x}") is None
    assert desk.door.by_password("Anna", ANNA, "2001:db8::ffff") == Wait(30)
    assert desk.door.by_password("Anna", ANNA, "2001:db8:0:1::1") == desk.accounts.get("Anna")
    desk.at += 3601
    assert desk.door.by_password("Anna", ANNA, "2001:db8::1") == desk.accounts.get("Anna")


def test_who_is_disabled_is_not_let_in(desk: Desk) -> None:
    desk.anna()
    bo = desk.bo()
    session, token = desk.sessions.begin(bo), desk.tokens.add(bo, "feed", by="Bo")
    assert desk.sessions.find(session)
    assert desk.tokens.find(token) == bo.person
    desk.accounts.disable("Bo", by="Anna")
    assert desk.sessions.find(session) is None
    assert desk.tokens.find(token) is None
    assert desk.door.by_password("Bo", BO, "192.0.2.1") is None
    desk.accounts.enable("Bo", by="Anna")
    assert desk.sessions.find(session) is None
    assert desk.tokens.find(token) == bo.person


def test_sessions_end(desk: Desk) -> None:
    anna = desk.anna()
    idle, busy = desk.sessions.begin(anna, "Firefox"), desk.sessions.begin(anna, "x" * 900)
    assert idle != busy
    for _ in range(20):
        desk.at += 11 * 3600
        if found := desk.sessions.find(busy):
            assert found.person == anna.person
    assert desk.sessions.find(idle) is None
    assert [len(one.agent) for one in desk.sessions.of(anna.id)] == [200]
    desk.at += 11 * 3600 * 11  # after a fortnight in any case
    assert desk.sessions.find(busy) is None
    bo_session = desk.sessions.begin(desk.bo())
    desk.accounts.set_password("Bo", "nine lamps on a pier", by="Bo")
    assert desk.sessions.find(bo_session) is None
    mine = desk.sessions.begin(anna)
    (held,) = desk.sessions.of(anna.id)
    with pytest.raises(UnknownAccount):
        desk.sessions.end(desk.accounts.get("Bo").id, held.id)
    desk.sessions.end(anna.id, held.id)
    assert desk.sessions.find(mine) is None
    for token in (idle, busy, mine):
        assert token not in repr(held)


def test_the_use_of_a_session_or_token_is_seldom_written(desk: Desk) -> None:
    anna = desk.anna()
    session, token = desk.sessions.begin(anna), desk.tokens.add(anna, "feed", by="Anna")
    writes = 0
    write = desk.team.write

    def counted(work: object) -> object:
        nonlocal writes
        writes += 1
        return write(work)  # type: ignore[arg-type]

    desk.team.write = counted  # type: ignore[method-assign,assignment]
    for _ in range(60):
        desk.at += 60
        desk.sessions.find(session)
        desk.tokens.find(token)
    assert writes == 2


def test_tokens_are_at_most_what_their_account_is(desk: Desk) -> None:
    desk.anna()
    bo = desk.bo()
    with pytest.raises(AccountError, match="can't be more"):
        desk.tokens.add(bo, "feed", role="administrator", by="Bo")
    token = desk.tokens.add(bo, "feed", by="Bo")
    less = desk.tokens.add(bo, "less", role="reader", days=10, by="Bo")
    desk.accounts.set_role("Bo", "reader", by="Anna")
    found = desk.tokens.find(token)
    assert found is not None
    assert found.role == "reader"
    desk.accounts.set_role("Bo", "administrator", by="Anna")
    assert [getattr(desk.tokens.find(one), "role", None) for one in (token, less)] == ["reviewer", "reader"]
    assert desk.tokens.find("onrecord_" + "x" * 43) is None
    desk.at += 10 * 86_400
    assert desk.tokens.find(less) is None
    later, first = desk.tokens.of(bo.id)
    assert (first.name, first.used, first.holds) == ("feed", "2027-01-15", True)
    assert (later.name, later.holds) == ("less", False)
    with pytest.raises(UnknownAccount):
        desk.tokens.revoke(first.id, by="Anna", account=desk.accounts.get("Anna").id)
    desk.tokens.revoke(first.id, by="Bo", account=bo.id)
    assert desk.tokens.find(token) is None


def test_a_provider_makes_an_account_at_the_first_time_and_says_its_role(desk: Desk) -> None:
    desk.anna()
    made = desk.door.by_provider("https://id.example", "17", "Bo", "reviewer", None)
    assert (made.name, made.role, made.password) == ("Bo", "reviewer", False)
    # The subject is who it is, whatever the name says later; nobody else gets the account by its name.
    again = desk.door.by_provider("https://id.example", "17", "Robert", "administrator", None)
    assert (again.id, again.name, again.role) == (made.id, "Bo", "administrator")
    for subject, name in (("18", "bo"), ("19", "Anna")):
        with pytest.raises(AccountError, match="already"):
            desk.door.by_provider("https://id.example", subject, name, "administrator", None)
    # Without a password there is none that fits.
    assert desk.door.by_password("Bo", "", "192.0.2.1") is None
    desk.accounts.disable("Anna", by="Bo")
    assert desk.door.by_provider("https://id.example", "17", "Bo", "reader", None).role == "administrator"
    desk.accounts.enable("Anna", by="Bo")
    desk.accounts.disable("Bo", by="Anna")
    with pytest.raises(AccountError, match="disabled"):
        desk.door.by_provider("https://id.example", "17", "Bo", "reader", None)


def test_where_nothing_can_be_written_a_copy_serves(tmp_path: Path) -> None:
    place = tmp_path / "record.db"
    with Team(place) as team:
        Desk(team).anna()
    before = (tmp_path / "record.team.db").read_bytes()
    # The file is in the way as if it could not be written: root may write everywhere.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onrecord.team._store.os.access", lambda *_: False)
        with Team(place, passing=True) as team:
            assert team.passing
            desk = Desk(team)
            assert desk.door.by_password("Anna", ANNA, "192.0.2.1")
            desk.bo()
    assert (tmp_path / "record.team.db").read_bytes() == before
    with Team(place, passing=True) as team:
        assert not team.passing
