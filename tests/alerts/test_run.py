"""Each change is told once, where and when it is wanted, with its evidence in the message."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.alerts.conftest import ACCUSED, BANS, DENIED, OTHER, WEIGHS, Mails, Told, page_of, signed
from tests.postgres import Server

from onrecord.alerts import RETRIES, Settings, run
from onrecord.ledger import Ledger
from onrecord.lists import ListedName, Party, ReadList, add_list
from onrecord.team import Channel, Channels, Outbox, Team, Watching, Wish

PUBLIC = Settings(public_url="https://record.example.org")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""A Monday."""


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Ledger, Team]]:
    """A ledger with its team on either database."""
    place = str(tmp_path / "both.db")
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        place = server.database()
    with Ledger(place) as ledger, Team(place) as team:
        ledger.add(*page_of(0, WEIGHS, OTHER))
        yield ledger, team


def followed(ledger: Ledger, team: Team, wish: Wish, account: int | None = None) -> Channel:
    """Huawei is followed, and a channel is there."""
    Watching(team).follow(account, "Huawei", knew=ledger.latest())
    return Channels(team).add(account, wish)


def test_each_change_is_told_once_and_a_repetition_never(both: tuple[Ledger, Team], hook: Told) -> None:
    ledger, team = both
    channel = followed(ledger, team, Wish("webhook", hook.url))
    run(ledger, team, PUBLIC)
    assert hook.got == []
    ledger.add(*page_of(1, BANS))
    ledger.add(*page_of(2, ACCUSED))
    run(ledger, team, PUBLIC)
    # Both changes of the supplier are one message.
    assert hook.moves == [["position", "accused"]]
    for number in (3, 4):
        ledger.add(*page_of(number, BANS, ACCUSED))
        run(ledger, team, PUBLIC)
    ledger.add(*page_of(5, OTHER))
    run(ledger, team, PUBLIC)
    assert len(hook.got) == 1
    ledger.add(*page_of(6, DENIED))
    assert run(ledger, team, PUBLIC).waiting == 0
    assert hook.moves[1:] == [["denied"]]
    assert all(signed(channel.secret, *one) for one in hook.got)
    assert not signed(channel.secret, hook.got[0][0], hook.got[0][1] + b" ")
    assert len({headers["webhook-id"] for headers, _ in hook.got}) == 2


def test_a_message_stands_alone_and_leads_to_its_evidence(ledger: Ledger, team: Team, hook: Told) -> None:
    followed(ledger, team, Wish("webhook", hook.url, language="da"))
    ledger.add(*page_of(1, BANS, text="Denmark will have no Huawei in its network."))
    run(ledger, team, PUBLIC)
    told = json.loads(hook.got[0][1])
    assert (told["shape"], told["type"], told["language"]) == ("onrecord.alert/1", "standing.changed", "da")
    move = told["suppliers"][0]["moves"][0]
    assert (move["kind"], move["actor"], move["before"], move["after"]) == (
        "position", "DK", "weighs-restricting", "restricts",
    )  # fmt: skip
    assert "Danmark" in move["told"]
    evidence = move["evidence"][0]
    assert evidence["quote"] == "Denmark will have no Huawei in its network."
    assert evidence["locator"] == "https://news.example.org/1"
    assert evidence["url"] == f"https://record.example.org/statements/{evidence['statement']}"
    assert ledger.statement(evidence["statement"]) is not None


def test_what_a_person_takes_back_is_told_and_what_they_give_back_too(
    ledger: Ledger, team: Team, hook: Told
) -> None:
    followed(ledger, team, Wish("webhook", hook.url))
    ledger.add(*page_of(1, BANS))
    run(ledger, team, PUBLIC)
    [bans] = [one for one in ledger.statements(entity="Huawei") if one.statement.status == "asserted"]
    rejected = ledger.judge("reject", bans.id, who="me", why="misread")
    run(ledger, team, PUBLIC)
    ledger.undo(rejected.id, who="me")
    run(ledger, team, PUBLIC)
    found = [json.loads(body)["suppliers"][0]["moves"][0] for _, body in hook.got]
    assert [one["after"] for one in found] == ["restricts", "weighs-restricting", "restricts"]


def test_what_is_no_longer_on_record_is_told_with_what_told_it(
    ledger: Ledger, team: Team, hook: Told
) -> None:
    page, reading = page_of(1, ACCUSED)
    ledger.add(page, reading)
    followed(ledger, team, Wish("webhook", hook.url))
    ledger.withdraw(page.digest[:12], "2019-03-02", who="me", why="retracted")
    run(ledger, team, PUBLIC)
    assert hook.moves == [["no-longer-accused"]]
    move = json.loads(hook.got[0][1])["suppliers"][0]["moves"][0]
    assert "no longer on record" in move["told"]
    assert [one["counts"] for one in move["evidence"]] == [False]


def listed(issued: str, *names: str) -> ReadList:
    parties = tuple(
        Party(name, "company", (ListedName(name, "primary"),), since="2019-01-02") for name in names
    )
    return ReadList("ours", "Our list", "Us", "own-csv", issued, parties)


def test_entries_of_lists_added_and_removed_are_told(ledger: Ledger, team: Team, hook: Told) -> None:
    followed(ledger, team, Wish("webhook", hook.url))
    add_list(ledger, listed("2019-02-01", "Other Works", "Third Works"), who="me")
    run(ledger, team, PUBLIC)
    assert hook.got == []
    add_list(ledger, listed("2019-03-01", "Other Works", "Third Works", "Huawei"), who="me")
    run(ledger, team, PUBLIC)
    add_list(ledger, listed("2019-04-01", "Other Works", "Third Works", "Huawei", "Fourth Works"), who="me")
    run(ledger, team, PUBLIC)
    add_list(
        ledger,
        listed("2019-05-01", "Other Works", "Third Works", "Fourth Works"),
        who="me",
        shrunk=True,
    )
    run(ledger, team, PUBLIC)
    assert hook.moves == [["listed"], ["delisted"]]
    assert "Our list (version of 2019-05-01)" in hook.got[1][1].decode()


def test_what_a_person_set_leads_to_their_judgement(
    ledger: Ledger, team: Team, mails: tuple[Mails, Settings], hook: Told
) -> None:
    server, settings = mails
    followed(ledger, team, Wish("email", "anna@example.org"))
    followed(ledger, team, Wish("webhook", hook.url))
    passed = ledger.set_position(
        "DK", "Huawei", scope="networks", code="permits", since="2019-03", who="me", why="as it wrote"
    )
    run(ledger, team, settings)
    address = f"https://record.example.org/judgements/{passed.id}"
    for part in server.got[0].walk():
        if part.get_content_maintype() == "text":
            assert address in part.get_content()
    move = json.loads(hook.got[0][1])["suppliers"][0]["moves"][0]
    assert (move["set_by"]["judgement"], move["set_by"]["url"]) == (passed.id, address)


def test_a_mail_about_a_list_leads_to_its_entry(
    ledger: Ledger, team: Team, mails: tuple[Mails, Settings]
) -> None:
    server, settings = mails
    followed(ledger, team, Wish("email", "desk@example.org"))
    add_list(ledger, listed("2019-02-01", "Other Works"), who="me")
    add_list(ledger, listed("2019-03-01", "Other Works", "Huawei"), who="me")
    run(ledger, team, settings)
    [mail] = server.got
    for part in mail.iter_parts():
        assert "https://record.example.org/lists/ours/entries/Huawei" in part.get_content()


def test_each_account_is_told_of_what_it_follows_by_its_own_channels(
    ledger: Ledger, team: Team, hook: Told
) -> None:
    settings = replace(PUBLIC, private_webhooks=True)
    followed(ledger, team, Wish("webhook", hook.url), account=1)
    followed(ledger, team, Wish("webhook", hook.url, language="nl"), account=2)
    Watching(team).unfollow(2, "Huawei")
    Watching(team).follow(2, "ZTE", knew=ledger.latest())
    ledger.add(*page_of(1, BANS))
    run(ledger, team, settings)
    assert [json.loads(body)["language"] for _, body in hook.got] == ["en"]
    # Without the administrator's setting nothing of an account goes into the private network.
    ledger.add(*page_of(2, ACCUSED))
    done = run(ledger, team, PUBLIC)
    assert len(hook.got) == 1
    assert "private" in str(done.sent[0].error)
    assert done.sent[0].given_up


def test_a_digest_holds_all_of_its_day_and_goes_out_once(
    ledger: Ledger, team: Team, mails: tuple[Mails, Settings]
) -> None:
    server, settings = mails
    followed(ledger, team, Wish("email", "desk@example.org", pace="daily", hour=18))
    Watching(team).follow(None, "ZTE", knew=ledger.latest())
    ledger.add(*page_of(1, BANS))
    run(ledger, team, settings, now=NOON)
    ledger.add(*page_of(2, ACCUSED, ("wrongdoing", "ZTE", None, "alleged")))
    run(ledger, team, settings, now=NOON + timedelta(hours=3))
    assert server.got == []
    for hours in (6, 7, 30):
        run(ledger, team, settings, now=NOON + timedelta(hours=hours))
    [mail] = server.got
    assert mail["Subject"] == "On Record: 3 changes for Huawei, ZTE"
    assert server.to == [["desk@example.org"]]


def test_quiet_hours_hold_back_and_lose_nothing(ledger: Ledger, team: Team, hook: Told) -> None:
    wish = Wish("webhook", hook.url, zone="Europe/Copenhagen", quiet_from="22:00", quiet_to="07:00")
    followed(ledger, team, wish)
    night = datetime(2026, 3, 28, 21, 30, tzinfo=UTC)
    ledger.add(*page_of(1, BANS))
    run(ledger, team, PUBLIC, now=night)
    ledger.add(*page_of(2, ACCUSED))
    run(ledger, team, PUBLIC, now=night + timedelta(hours=7, minutes=29))
    assert hook.got == []
    # The clocks were set forward that night: it is 07:00 in Copenhagen.
    run(ledger, team, PUBLIC, now=datetime(2026, 3, 29, 5, 0, tzinfo=UTC))
    assert sorted(hook.moves[0]) == ["accused", "position"]
    assert len(hook.got) == 1


def test_a_message_that_is_not_taken_is_tried_again_and_in_the_end_given_up(
    ledger: Ledger, team: Team, hook: Told
) -> None:
    channel = followed(ledger, team, Wish("webhook", hook.url))
    ledger.add(*page_of(1, BANS))
    hook.answers = [500, 302, 404]
    now = NOON
    for wait in (timedelta(), *RETRIES[:2]):
        now += wait
        assert run(ledger, team, PUBLIC, now=now).failed == 1
        assert run(ledger, team, PUBLIC, now=now + timedelta(minutes=4)).sent == ()
    [held] = Channels(team).of(None)
    assert held.failing == NOON
    assert held.error == "127.0.0.1 answered 404."
    run(ledger, team, PUBLIC, now=now + RETRIES[2])
    assert [headers["webhook-id"] for headers, _ in hook.got] == [hook.got[0][0]["webhook-id"]] * 4
    assert len({body for _, body in hook.got}) == 1
    assert all(signed(channel.secret, *one) for one in hook.got)
    assert Channels(team).of(None)[0].failing is None
    ledger.add(*page_of(2, ACCUSED))
    hook.answers = [503] * 20
    for wait in (timedelta(), *RETRIES):
        now += max(wait, timedelta(hours=3))
        done = run(ledger, team, PUBLIC, now=now)
    assert (done.sent[0].given_up, done.waiting) == (True, 0)
    assert [one.tries for one in Outbox(team).given_up()] == [len(RETRIES) + 1]


def test_a_receiver_that_is_gone_is_left_alone(ledger: Ledger, team: Team, hook: Told) -> None:
    followed(ledger, team, Wish("webhook", hook.url))
    ledger.add(*page_of(1, BANS))
    hook.answers = [410]
    run(ledger, team, PUBLIC)
    ledger.add(*page_of(2, ACCUSED))
    assert run(ledger, team, PUBLIC).sent == ()
    assert Channels(team).of(None)[0].stopped
    assert len(hook.got) == 1


def test_a_dry_run_sends_and_keeps_nothing(ledger: Ledger, team: Team, hook: Told) -> None:
    followed(ledger, team, Wish("webhook", hook.url))
    ledger.add(*page_of(1, BANS))
    for _ in range(2):
        done = run(ledger, team, PUBLIC, dry=True)
        assert "restricts" in done.sent[0].composed.subject
    assert hook.got == []
    run(ledger, team, PUBLIC)
    assert len(hook.got) == 1


PROGRAM = """
import sys
from onrecord.alerts import Settings, run
from onrecord.ledger import Ledger
from onrecord.team import Team
with Ledger(sys.argv[1]) as ledger, Team(sys.argv[1]) as team:
    run(ledger, team, Settings())
"""


def test_killed_while_it_sends_it_is_sent_under_the_same_key(
    ledger: Ledger, team: Team, place: Path, hook: Told
) -> None:
    followed(ledger, team, Wish("webhook", hook.url))
    ledger.add(*page_of(1, BANS))
    hook.held.clear()
    program = subprocess.Popen([sys.executable, "-c", PROGRAM, str(place)], env=os.environ)
    until = time.monotonic() + 60
    while not hook.got and time.monotonic() < until:
        time.sleep(0.02)
    program.send_signal(signal.SIGKILL)
    program.wait()
    hook.held.set()
    # Another pass leaves it alone as long as it may still be on its way.
    assert run(ledger, team, Settings()).sent == ()
    later = datetime.now(UTC) + timedelta(minutes=6)
    for _ in range(3):
        run(ledger, team, Settings(), now=later)
    assert [headers["webhook-id"] for headers, _ in hook.got] == [hook.got[0][0]["webhook-id"]] * 2
    assert hook.got[0][1] == hook.got[1][1]


def test_broken_off_before_it_sends_nothing_is_told_twice_or_left_out(
    ledger: Ledger, team: Team, hook: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a pass did until it broke off, in whichever place, the passes that follow tell it once."""
    followed(ledger, team, Wish("webhook", hook.url))
    for number, said in enumerate((BANS, ACCUSED, DENIED), 1):
        ledger.add(*page_of(number, said))

        def stop(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        # In turn: after it is kept but before it is sent, and before anything is kept.
        with monkeypatch.context() as broken:
            broken.setattr(Outbox, "claim" if number % 2 else "take", stop)
            with pytest.raises(KeyboardInterrupt):
                run(ledger, team, PUBLIC)
        run(ledger, team, PUBLIC)
        run(ledger, team, PUBLIC)
    assert hook.moves == [["position"], ["accused"], ["denied"]]
