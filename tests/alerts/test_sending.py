"""Mail and webhooks as they arrive; what is hostile in them; where nothing is sent to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.alerts.conftest import BANS, Mails, Told, page_of
from tests.web.conftest import SCRIPT

from onrecord.alerts import (
    Settings,
    SettingsError,
    WishRefused,
    check_wish,
    run,
    settings_of,
    signature,
)
from onrecord.alerts._compose import Composed
from onrecord.alerts._email import letter
from onrecord.ledger import Ledger
from onrecord.team import Channels, Team, Watching, Wish

EVIL = f"Bcc: all@example.org\r\n\r\n{SCRIPT}\u202e"


def test_a_mail_is_text_and_html_and_nothing_in_it_runs(
    ledger: Ledger, team: Team, mails: tuple[Mails, Settings]
) -> None:
    server, settings = mails
    Watching(team).follow(None, "Huawei", knew=ledger.latest())
    Channels(team).add(None, Wish("email", "desk@example.org"))
    ledger.add(*page_of(1, BANS, outlet=EVIL, text=f"Denmark bans Huawei {SCRIPT}"))
    assert run(ledger, team, settings).failed == 0
    [mail] = server.got
    assert server.to == [["desk@example.org"]]
    assert mail["Subject"].startswith("Huawei: Denmark: weighs restricting")
    assert mail["Message-ID"].endswith("@example.org>")
    assert mail["Date"].datetime.tzinfo is not None
    assert mail["List-Unsubscribe"] == "<https://record.example.org/watch/settings>"
    assert mail["Bcc"] is None
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "Page: https://news.example.org/1" in text
    assert "\u202e" not in text
    assert "https://record.example.org/statements/" in text
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


@given(st.text(max_size=60), st.text(max_size=40))
def test_no_text_ends_a_header(subject: str, more: str) -> None:
    settings = settings_of(
        environment={"ONRECORD_SMTP_HOST": "127.0.0.1", "ONRECORD_SMTP_FROM": "a@example.org"}
    )
    composed = Composed(f"{subject}\r\nBcc: x@example.org{more}", "text", "<p>", {})
    made = letter(composed, "b@example.org", "msg_1", settings, now=datetime(2026, 1, 1, tzinfo=UTC))
    head, _, _ = made.as_bytes().partition(b"\r\n\r\n")
    names = [line.split(b":")[0] for line in head.split(b"\r\n") if line[:1] not in (b" ", b"\t")]
    assert b"Bcc" not in names
    assert len(names) == len(set(names)) <= 9


@pytest.mark.parametrize(
    "address",
    ["", "desk", "a@b@c", "a b@example.org", "a@example.org\nBcc: b@example.org", "a@example.org, b@c.org",
     "<a@example.org>", '"a b"@example.org', "a@", "@example.org", ".a@example.org"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(WishRefused, match="no e-mail address"):
        check_wish(Wish("email", address), Settings(), account=None)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://localhost:8321/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/",
     "http://10.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::a00:1]/", "http://2130706433/",
     "http://0.0.0.0/", "http://[fd00::1]/"],
)  # fmt: skip
def test_an_account_of_a_team_sends_to_no_private_address(url: str) -> None:
    with pytest.raises(WishRefused, match="private network"):
        check_wish(Wish("webhook", url), Settings(), account=7)
    check_wish(Wish("webhook", url), Settings(private_webhooks=True), account=7)
    check_wish(Wish("webhook", url), Settings(), account=None)


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "http://", "http://a:b@example.org/", "http://e x/", "file:///x"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(WishRefused):
        check_wish(Wish("webhook", url), Settings(), account=None)


@pytest.mark.parametrize(
    "wrong", [{"zone": "Mars/Base"}, {"zone": "../../etc/passwd"}, {"quiet_from": "22:00"}, {"hour": 24},
              {"quiet_from": "25:00", "quiet_to": "07:00"}, {"language": "xx"}, {"weekday": 7}],
)  # fmt: skip
def test_other_wishes_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(WishRefused):
        check_wish(replace(Wish("email", "a@example.org"), **wrong), Settings(), account=None)  # type: ignore[arg-type]


def test_the_signature_is_that_of_the_specification() -> None:
    """As OpenSSL has it: printf 'msg_1.1674087231.{"a":1}' | openssl dgst -sha256 -hmac BYTES -binary |
    base64, with the 24 bytes that the secret stands for."""
    secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u"
    assert signature(secret, "msg_1", 1674087231, b'{"a":1}') == EXPECTED


EXPECTED = "v1,zKOZTT/KAHOCp5z/Cwj2AW4c/XlAXv9iEu2w1o/Ug+Q="


def test_mail_that_the_server_refuses_is_told(
    ledger: Ledger, team: Team, mails: tuple[Mails, Settings]
) -> None:
    server, settings = mails
    Watching(team).follow(None, "Huawei", knew=ledger.latest())
    Channels(team).add(None, Wish("email", "desk@example.org"))
    ledger.add(*page_of(1, BANS))
    server.answers = ["451 try again later"]
    done = run(ledger, team, settings)
    assert "451" in str(done.sent[0].error)
    assert not done.sent[0].given_up
    assert run(ledger, team, Settings()).sent == ()


def test_settings_come_from_a_file_and_the_environment_and_the_password_from_the_environment_alone(
    tmp_path: Path,
) -> None:
    file = tmp_path / "alerts.yaml"
    file.write_text(
        "smtp_host: mail.example.org\nsmtp_from: a@example.org\nsmtp_user: desk\nsmtp_security: tls\n"
    )
    found = settings_of(
        file, environment={"ONRECORD_SMTP_PASSWORD": "s3cret", "ONRECORD_SMTP_FROM": "b@example.org"}
    )
    assert found.smtp is not None
    assert (found.smtp.port, found.smtp.sender, found.smtp.password) == (465, "b@example.org", "s3cret")
    assert "s3cret" not in repr(found)
    for text, message in (
        ("smtp_password: x", "Take it out"),
        ("smtp_host: a\nsmtp_from: nobody", "smtp_from"),
        ("smtp_hots: a", "smtp_hots"),
        (
            "smtp_host: mail.example.org\nsmtp_from: a@example.org\nsmtp_user: a\nsmtp_security: none",
            "for all to read",
        ),
        ("public_url: record", "public_url"),
        ("- a", "holds no settings"),
        ("a: [", "cannot be read"),
    ):
        file.write_text(text)
        with pytest.raises(SettingsError, match=message):
            settings_of(file, environment={})


def test_a_webhook_is_not_led_on_and_no_proxy_is_asked(
    ledger: Ledger, team: Team, hook: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    Watching(team).follow(None, "Huawei", knew=ledger.latest())
    Channels(team).add(None, Wish("webhook", hook.url))
    ledger.add(*page_of(1, BANS))
    hook.answers = [302]
    assert "302" in str(run(ledger, team, Settings()).sent[0].error)
    assert len(hook.got) == 1
    assert hook.got[0][0]["host"] == hook.url.split("/")[2]
