"""Mail over TLS: to servers that can be trusted, and to no others; what goes over the wire, byte by byte."""

from __future__ import annotations

import base64
import contextlib
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any

import pytest
from cryptography import x509
from tests.alerts.conftest import BANS, Mails, mail_server, page_of
from tests.certificates import SERVER, Held, authority, issued, pem

from onrecord.alerts import MENDING, RETRIES, SendFailed, Settings, SettingsError, Smtp, run, settings_of
from onrecord.alerts._compose import Composed
from onrecord.alerts._email import send_email
from onrecord.ledger import Ledger
from onrecord.team import Channels, Team, Watching, Wish

HERE = x509.IPAddress(ip_address("127.0.0.1"))
PASSWORD = "s3cret-word"
NOW = datetime.now(UTC)
HELLO = Composed("Hello", "Hello.", "<p>Hello.</p>", {})
both = pytest.mark.parametrize("security", ["tls", "starttls"])


class Wire:
    """A wire to a server on the loopback: `said` is what went to the server, as whoever taps it reads it."""

    def __init__(self, port: int) -> None:
        self.said = bytearray()
        wire = self

        class Handler(BaseRequestHandler):
            def handle(self) -> None:
                with socket.create_connection(("127.0.0.1", port)) as there:
                    back = threading.Thread(target=_pass_on, args=(there, self.request))
                    back.start()
                    _pass_on(self.request, there, wire.said)
                    back.join()

        self.server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()
        self.port = int(self.server.server_address[1])

    def tells(self, password: str) -> bool:
        """Whether a password could be read, as it is or as SMTP packs it."""
        words = re.findall(rb"[A-Za-z0-9+/]{8,}", bytes(self.said))
        packed = [base64.b64decode(word + b"===") for word in words if len(word) % 4 != 1]
        return any(password.encode() in one for one in (bytes(self.said), *packed))

    def close(self) -> None:
        """Cut it."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def _pass_on(one: socket.socket, other: socket.socket, noted: bytearray | None = None) -> None:
    with contextlib.suppress(OSError):
        while told := one.recv(65536):
            if noted is not None:
                noted += told
            other.sendall(told)
    with contextlib.suppress(OSError):
        other.shutdown(socket.SHUT_WR)


@contextmanager
def server(
    held: Held, folder: Path, security: str, handler: Mails | None = None
) -> Iterator[tuple[Mails, Wire]]:
    """A mail server that shows a certificate and lets "desk" log in, and the wire to it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*held.write(folder, name="server"))
    mails = handler or Mails()
    options: dict[str, Any] = {"authenticator": mails.log_in}
    if security == "tls":
        # It counts as TLS for aiosmtpd only where it came by STARTTLS.
        options |= {"ssl_context": context, "auth_require_tls": False}
    else:
        options |= {"tls_context": context, "require_starttls": True, "auth_required": True}
    with mail_server(mails, **options) as port:
        wire = Wire(port)
        try:
            yield mails, wire
        finally:
            wire.close()


def settings(wire: Wire, security: str, ca: Path | None = None, password: str = PASSWORD) -> Settings:
    """The settings that lead over a wire."""
    told = {
        "ONRECORD_SMTP_HOST": "127.0.0.1",
        "ONRECORD_SMTP_PORT": str(wire.port),
        "ONRECORD_SMTP_SECURITY": security,
        "ONRECORD_SMTP_USER": "desk",
        "ONRECORD_SMTP_PASSWORD": password,
        "ONRECORD_SMTP_FROM": "record@example.org",
        "ONRECORD_SMTP_CA": str(ca or ""),
    }
    return settings_of(environment=told)


def trusting(held: Held, folder: Path) -> Path:
    """A file with an authority's certificate."""
    place = folder / "root.pem"
    place.write_bytes(pem(held))
    return place


def followed(ledger: Ledger, team: Team) -> None:
    """Something is to be told by mail."""
    Watching(team).follow(None, "Huawei", knew=ledger.latest())
    Channels(team).add(None, Wish("email", "desk@example.org"))
    ledger.add(*page_of(1, BANS))


@both
@pytest.mark.parametrize("password", [PASSWORD, "blåbærgrød"])
def test_a_mail_goes_over_tls_and_nobody_on_the_way_reads_it(
    tmp_path: Path, security: str, password: str
) -> None:
    root = authority()
    with server(issued(root, HERE, purpose=SERVER), tmp_path, security) as (mails, wire):
        mails.password = password
        found = settings(wire, security, trusting(root, tmp_path), password=password)
        send_email(HELLO, "desk@example.org", "msg_1", found, now=NOW)
    assert mails.users == [("desk", password)]
    assert [mail["Subject"] for mail in mails.got] == ["Hello"]
    assert not wire.tells(password)
    assert b"Hello" not in wire.said
    assert b"MAIL" not in wire.said.upper()


def test_the_wire_tells_a_password_that_is_not_encrypted() -> None:
    """To this machine it may go so; and the tests would see it."""
    mails = Mails()
    with mail_server(mails, authenticator=mails.log_in, auth_require_tls=False) as port:
        wire = Wire(port)
        send_email(HELLO, "desk@example.org", "msg_1", settings(wire, "none"), now=NOW)
        wire.close()
    assert len(mails.got) == 1
    assert wire.tells(PASSWORD)


FAULTS = {
    "stranger": "unable to get (local )?issuer certificate|self-signed certificate",
    "other-name": "certificate is not valid for '127.0.0.1'",
    "expired": "certificate has expired",
}


@both
@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_server_that_cannot_be_trusted_gets_nothing_and_the_alert_is_kept(
    ledger: Ledger, team: Team, tmp_path: Path, security: str, fault: str
) -> None:
    followed(ledger, team)
    root = authority()
    ca = trusting(root, tmp_path)
    good = issued(root, HERE, purpose=SERVER)
    bad = {
        "stranger": issued(authority("Another"), HERE, purpose=SERVER),
        "other-name": issued(root, x509.DNSName("mail.example.org"), purpose=SERVER),
        "expired": issued(root, HERE, purpose=SERVER, days=(-9, -1)),
    }[fault]
    with server(bad, tmp_path, security) as (mails, wire):
        for number in range(len(RETRIES) + 2):
            done = run(ledger, team, settings(wire, security, ca), now=NOW + number * MENDING)
            assert (done.failed, done.waiting, done.sent[0].given_up) == (1, 1, False)
        error = str(done.sent[0].error)
    assert re.search(FAULTS[fault], error)
    assert "smtp_ca" in error
    assert (mails.users, mails.got) == ([], [])
    assert not wire.tells(PASSWORD)
    later = NOW + (len(RETRIES) + 2) * MENDING
    with server(good, tmp_path, security) as (mails, wire):
        assert run(ledger, team, settings(wire, security, ca), now=later).waiting == 0
    assert len(mails.got) == 1


def test_a_server_without_starttls_gets_neither_password_nor_mail(ledger: Ledger, team: Team) -> None:
    """Also one that would take the password as it is: so it looks where somebody on the way strikes STARTTLS
    out of what the server says."""
    followed(ledger, team)
    mails = Mails()
    with mail_server(mails, authenticator=mails.log_in, auth_require_tls=False) as port:
        wire = Wire(port)
        done = run(ledger, team, settings(wire, "starttls"), now=NOW)
        wire.close()
    assert "does not offer STARTTLS" in str(done.sent[0].error)
    assert (done.failed, done.waiting) == (1, 1)
    assert re.fullmatch(rb"ehlo \S+\r\n", bytes(wire.said))
    assert (mails.users, mails.got) == ([], [])


def test_tls_where_the_server_speaks_none_is_told() -> None:
    mails = Mails()
    with mail_server(mails) as port:
        wire = Wire(port)
        with pytest.raises(SendFailed, match="starttls 587"):
            send_email(HELLO, "desk@example.org", "msg_1", settings(wire, "tls"), now=NOW)
        wire.close()
    assert mails.got == []
    assert not wire.tells(PASSWORD)


@both
@pytest.mark.parametrize("password", ["wrong", "blåbær"])
def test_a_password_that_is_not_taken_is_told_and_the_alert_kept(
    ledger: Ledger, team: Team, tmp_path: Path, security: str, password: str
) -> None:
    followed(ledger, team)
    root = authority()
    with server(issued(root, HERE, purpose=SERVER), tmp_path, security) as (mails, wire):
        found = settings(wire, security, trusting(root, tmp_path), password=password)
        done = run(ledger, team, found, now=NOW)
    assert "does not take the user and password: 535" in str(done.sent[0].error)
    assert (done.waiting, mails.got) == (1, [])


def test_authorities_are_those_of_the_machine_or_else_those_of_the_settings_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = authority()
    monkeypatch.setenv("SSL_CERT_FILE", str(trusting(root, tmp_path)))
    (tmp_path / "other.pem").write_bytes(pem(authority("Another")))
    with server(issued(root, HERE, purpose=SERVER), tmp_path, "starttls") as (mails, wire):
        send_email(HELLO, "desk@example.org", "msg_1", settings(wire, "starttls"), now=NOW)
        found = settings(wire, "starttls", tmp_path / "other.pem")
        with pytest.raises(SendFailed, match="not trusted"):
            send_email(HELLO, "desk@example.org", "msg_2", found, now=NOW)
    assert len(mails.got) == 1


def test_no_password_goes_to_another_machine_without_tls() -> None:
    with pytest.raises(SettingsError, match="for all to read"):
        settings_of(
            environment={
                "ONRECORD_SMTP_HOST": "mail.example.org",
                "ONRECORD_SMTP_SECURITY": "none",
                "ONRECORD_SMTP_USER": "desk",
                "ONRECORD_SMTP_FROM": "record@example.org",
            }
        )
    own = _address_of_ours()
    if own is None:
        pytest.skip("needs an address beside those of the loopback")
    mails = Mails()
    with mail_server(mails, own, authenticator=mails.log_in, auth_require_tls=False) as port:
        smtp = Smtp(own, port, "none", "record@example.org", "desk", PASSWORD)
        with pytest.raises(SendFailed, match="for all to read"):
            send_email(HELLO, "desk@example.org", "msg_1", Settings(smtp), now=NOW)
        assert (mails.users, mails.got) == ([], [])
        # Without a password it may: within a network of one's own.
        send_email(HELLO, "desk@example.org", "msg_1", Settings(replace(smtp, user=None)), now=NOW)
    assert len(mails.got) == 1


def _address_of_ours() -> str | None:
    """An address of this machine by which others reach it; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))
        except OSError:
            return None
        found = str(asked.getsockname()[0])
    return None if ip_address(found).is_loopback else found


@pytest.mark.parametrize("what", ["gone.pem", "text"])
def test_a_file_of_authorities_that_cannot_be_used_is_told(tmp_path: Path, what: str) -> None:
    (tmp_path / "text").write_text("no certificate")
    file = tmp_path / "alerts.yaml"
    file.write_text(f"smtp_host: a.example.org\nsmtp_from: a@example.org\nsmtp_ca: {what}\n")
    with pytest.raises(SettingsError, match=f"smtp_ca: .*{what} cannot be read as certificates"):
        settings_of(file, environment={})
