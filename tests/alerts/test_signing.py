"""Mails that are signed, as a mail server took them and as a stranger's program verifies them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import InternalError
from cryptography.hazmat.bindings._rust import test_support
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from tests.alerts.conftest import BANS, Mails, page_of
from tests.certificates import SERVER, Held, authority, issued, pem

from onrecord.alerts import MENDING, RETRIES, Settings, SettingsError, run, settings_of
from onrecord.alerts._compose import Composed
from onrecord.alerts._email import send_email
from onrecord.ledger import Ledger
from onrecord.team import Channels, Team, Watching, Wish

SENDER = "record@example.org"
ADDRESS = x509.RFC822Name(SENDER)
NOW = datetime.now(UTC)

HARD = "\n".join(
    [
        "From Aarhus: ændringer på Blåvandshuk, Ærø og Ø",
        ".",
        "..to punktummer",
        "mellemrum til sidst   ",
        "tabulator til sidst\t",
        "-- ",
        "x" * 3000,
        "æ" * 3000,
        f"{'y' * 70}From midt på en linje",
        "lighed = 20 og =20",
        "\u2028 \u0085 華為 \U0001f4e1",
        "",
        "",
    ]
)
"""What mail servers, line ends and encodings may change on the way."""


def settings(smtp: Settings, more: Mapping[str, object], file: Path | None = None) -> Settings:
    """Settings that name the server of others, and more."""
    assert smtp.smtp is not None
    told = {
        "ONRECORD_SMTP_HOST": smtp.smtp.host,
        "ONRECORD_SMTP_PORT": smtp.smtp.port,
        "ONRECORD_SMTP_SECURITY": "none",
        "ONRECORD_SMTP_FROM": SENDER,
        **more,
    }
    return settings_of(file, environment={name: str(value) for name, value in told.items()})


def signing(held: Held, folder: Path, *chain: Held, passphrase: str | None = None) -> dict[str, object]:
    """The settings by which mails are signed."""
    certificate, key = held.write(folder, *chain, passphrase=passphrase)
    told = {"ONRECORD_SMIME_CERTIFICATE": certificate, "ONRECORD_SMIME_KEY": key}
    return {**told, "ONRECORD_SMIME_PASSPHRASE": passphrase} if passphrase else dict(told)


def parts_of(raw: bytes) -> tuple[bytes, bytes]:
    """What a mail signs, and the signature, cut out of its bytes as RFC 1847 has it."""
    head, _, rest = raw.partition(b"\r\n\r\n")
    found = re.search(rb'boundary="([^"]+)"', head)
    assert found is not None
    _, signed, last, end = (b"\r\n" + rest).split(b"\r\n--" + found[1])
    assert end == b"--\r\n"
    signature = message_from_bytes(last.removeprefix(b"\r\n"), policy=policy.default)
    assert signature.get_content_type() == "application/pkcs7-signature"
    assert signature.get_filename() == "smime.p7s"
    return signed.removeprefix(b"\r\n"), signature.get_content()


def verified(raw: bytes, root: Held, folder: Path) -> bool:
    """Whether a mail's signature verifies and leads to an authority, as OpenSSL has it: its program, where
    this machine has that, and its library."""
    signed, signature = parts_of(raw)
    try:
        test_support.pkcs7_verify(Encoding.DER, signature, signed, [root.certificate], [])
    except InternalError:
        library = False
    else:
        library = True
    if shutil.which("openssl") is None:
        return library
    mail, trusted, out = folder / "mail.eml", folder / "root.pem", folder / "out"
    mail.write_bytes(raw)
    trusted.write_bytes(pem(root))
    asked: list[str | Path] = ["openssl", "smime", "-verify", "-in", mail, "-CAfile", trusted, "-out", out]
    asked += ["-purpose", "smimesign"]
    program = subprocess.run(asked, capture_output=True, check=False).returncode == 0
    assert program == library
    assert not program or out.read_bytes() == signed
    return program


@pytest.mark.parametrize(
    "key", [ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 2048)], ids=["ec", "rsa"]
)
def test_what_the_server_took_verifies_and_changed_it_does_not(
    mails: tuple[Mails, Settings], tmp_path: Path, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
) -> None:
    server, to = mails
    root = authority()
    between = authority("Between", root)
    own = issued(between, ADDRESS, key=key)
    html = f"<p>{HARD}</p>"
    found = settings(to, signing(own, tmp_path, between, passphrase="løsen"))
    send_email(Composed("Ændret: Ærø", HARD, html, {}), "desk@example.org", "msg_1", found, now=NOW)
    [raw], [mail] = server.raw, server.got
    assert verified(raw, root, tmp_path)
    assert not verified(raw.replace(b"punktummer", b"punktumner"), root, tmp_path)
    assert not verified(raw, authority(), tmp_path)
    assert (mail.get_content_type(), mail.get_param("micalg")) == ("multipart/signed", "sha-256")
    assert mail.get_param("protocol") == "application/pkcs7-signature"
    assert (mail["Subject"], mail["From"].addresses[0].addr_spec) == ("Ændret: Ærø", SENDER)
    text, markup = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert markup is not None
    assert text.get_content().replace("\r\n", "\n") == HARD
    assert markup.get_content().replace("\r\n", "\n") == f"{html}\n"
    lines = raw.split(b"\r\n")
    assert max(len(line) for part in (text, markup) for line in str(part.get_payload()).splitlines()) <= 76
    assert raw.isascii()
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert not any(line.startswith(b"From ") for line in lines)
    send_email(Composed("S", HARD, html, {}), "desk@møller.example", "msg_2", found, now=NOW)
    assert verified(server.raw[1], root, tmp_path)
    assert server.got[1]["To"] == "desk@møller.example"


def test_an_alert_in_danish_is_signed_and_one_without_a_certificate_is_not(
    ledger: Ledger, team: Team, mails: tuple[Mails, Settings], tmp_path: Path
) -> None:
    server, to = mails
    root = authority()
    Watching(team).follow(None, "Huawei", knew=ledger.latest())
    Channels(team).add(None, Wish("email", "desk@example.org", language="da"))
    told: tuple[dict[str, object], ...] = (signing(issued(root, ADDRESS), tmp_path), {})
    for number, (more, quote) in enumerate(zip(told, ("På Færøerne: 5G", "Også på Ærø"), strict=True), 1):
        ledger.add(
            *page_of(number, BANS if number == 1 else ("wrongdoing", "Huawei", None, "alleged"), text=quote)
        )
        assert run(ledger, team, settings(to, more)).failed == 0
        body = server.got[-1].get_body(("plain",))
        assert body is not None
        assert quote in body.get_content()
    assert [mail.get_content_type() for mail in server.got] == ["multipart/signed", "multipart/alternative"]
    assert verified(server.raw[0], root, tmp_path)
    assert all(mail["MIME-Version"] == "1.0" for mail in server.got)


def test_files_are_found_from_the_settings_file_on_and_the_chain_may_come_first(
    mails: tuple[Mails, Settings], tmp_path: Path
) -> None:
    server, to = mails
    root = authority()
    between = authority("Between", root)
    own = issued(between, ADDRESS)
    (tmp_path / "etc").mkdir()
    own.write(tmp_path / "etc")
    (tmp_path / "etc" / "own.pem").write_bytes(pem(root, between, own))
    file = tmp_path / "etc" / "alerts.yaml"
    file.write_text("smime_certificate: own.pem\nsmime_key: own.key\n")
    send_email(Composed("S", "T", "<p>", {}), "a@example.org", "msg_1", settings(to, {}, file), now=NOW)
    assert verified(server.raw[0], root, tmp_path)


def test_a_key_as_older_programs_write_it(mails: tuple[Mails, Settings], tmp_path: Path) -> None:
    held = issued(authority(), ADDRESS)
    told = signing(held, tmp_path)
    old = held.key.private_bytes(
        Encoding.PEM, PrivateFormat.TraditionalOpenSSL, BestAvailableEncryption(b"s3cret")
    )
    assert b"BEGIN EC PRIVATE KEY" in old
    curve = b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
    (tmp_path / "own.key").write_bytes(curve + old)
    with pytest.raises(SettingsError, match="is locked"):
        settings(mails[1], told)
    assert settings(mails[1], {**told, "ONRECORD_SMIME_PASSPHRASE": "s3cret"}).smtp is not None


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "no-certificate": ({"ONRECORD_SMIME_CERTIFICATE": "gone.pem"}, "smime_certificate cannot be read"),
    "no-key": ({"ONRECORD_SMIME_KEY": "gone.pem"}, "smime_key cannot be read"),
    "certificate-alone": ({"ONRECORD_SMIME_KEY": ""}, "takes both"),
    "no-pem": ({"ONRECORD_SMIME_CERTIFICATE": "text"}, "openssl pkcs12 -in FILE -nokeys"),
    "no-pem-key": ({"ONRECORD_SMIME_KEY": "text"}, "openssl pkcs12 -in FILE -nocerts"),
    "garbled": ({"ONRECORD_SMIME_CERTIFICATE": "garbled"}, "no certificate as PEM"),
    "garbled-key": ({"ONRECORD_SMIME_KEY": "garbled-key"}, "is damaged"),
    "not-locked": ({"ONRECORD_SMIME_PASSPHRASE": "x"}, "is not locked"),
    "no-passphrase": ({"ONRECORD_SMIME_KEY": "locked.key"}, "Put it into ONRECORD_SMIME_PASSPHRASE"),
    "wrong-passphrase": (
        {"ONRECORD_SMIME_KEY": "locked.key", "ONRECORD_SMIME_PASSPHRASE": "x"},
        "does not open .*locked.key",
    ),
    "other-key": ({"ONRECORD_SMIME_KEY": "other.key"}, "is not the key of"),
    "other-kind-of-key": ({"ONRECORD_SMIME_KEY": "ed.key"}, "neither an RSA nor an elliptic-curve"),
    "other-sender": (
        {"ONRECORD_SMTP_FROM": "desk@example.org"},
        f"speaks for {SENDER}.*from desk@example.org",
    ),
    "no-address": (
        {"ONRECORD_SMIME_CERTIFICATE": "none.pem", "ONRECORD_SMIME_KEY": "none.key"},
        "names no e-mail address",
    ),
    "server": (
        {"ONRECORD_SMIME_CERTIFICATE": "server.pem", "ONRECORD_SMIME_KEY": "server.key"},
        "something else than signing mail",
    ),
    "not-to-sign": (
        {"ONRECORD_SMIME_CERTIFICATE": "signs.pem", "ONRECORD_SMIME_KEY": "signs.key"},
        "something else than signing mail",
    ),
}


@pytest.mark.parametrize("what", sorted(WRONG))
def test_what_receivers_would_not_believe_is_refused_and_says_what_to_do(
    mails: tuple[Mails, Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.chdir(tmp_path)
    root = authority()
    issued(root, ADDRESS, key=ed25519.Ed25519PrivateKey.generate()).write(tmp_path, name="ed")
    issued(root, ADDRESS).write(tmp_path, name="other")
    issued(root).write(tmp_path, name="none")
    issued(root, ADDRESS, purpose=SERVER).write(tmp_path, name="server")
    issued(root, ADDRESS, purpose=None, signs=False).write(tmp_path, name="signs")
    held = issued(root, ADDRESS)
    held.write(tmp_path, name="locked", passphrase="s3cret")
    (tmp_path / "text").write_text("smtp_host: a")
    (tmp_path / "garbled").write_bytes(pem(held).replace(b"\nMII", b"\nAAA"))
    (tmp_path / "garbled-key").write_text("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
    told = signing(held, tmp_path)
    assert settings(mails[1], told).smtp is not None
    more, said = WRONG[what]
    with pytest.raises(SettingsError, match=said):
        settings(mails[1], {**told, **more})


def test_an_address_is_the_senders_whatever_way_its_host_is_written(
    mails: tuple[Mails, Settings], tmp_path: Path
) -> None:
    held = issued(authority(), x509.RFC822Name("record@XN--mller-vua.example"), x509.RFC822Name("a@b.org"))
    told = {**signing(held, tmp_path), "ONRECORD_SMTP_FROM": "record@møller.example"}
    assert settings(mails[1], told).smtp is not None
    with pytest.raises(SettingsError, match="speaks for"):
        settings(mails[1], {**told, "ONRECORD_SMTP_FROM": "Record@møller.example"})


def test_the_passphrase_is_in_the_environment_alone_and_shown_nowhere(
    mails: tuple[Mails, Settings], tmp_path: Path
) -> None:
    told = signing(issued(authority(), ADDRESS), tmp_path, passphrase="s3cret-wörd")
    found = settings(mails[1], told)
    assert "s3cret" not in repr(found)
    assert "PrivateKey" not in repr(found)
    file = tmp_path / "alerts.yaml"
    file.write_text("smime_passphrase: s3cret-wörd\n")
    with pytest.raises(SettingsError, match="put it into ONRECORD_SMIME_PASSPHRASE"):
        settings(mails[1], told, file)


@pytest.mark.parametrize(
    ("days", "said"),
    [((-300, -1), "expired on"), ((1, 300), "is valid from .* on only")],
    ids=["old", "early"],
)
def test_a_certificate_that_is_not_valid_now_keeps_the_mail_until_it_is_renewed(
    ledger: Ledger,
    team: Team,
    mails: tuple[Mails, Settings],
    tmp_path: Path,
    days: tuple[float, float],
    said: str,
) -> None:
    server, to = mails
    root = authority()
    Watching(team).follow(None, "Huawei", knew=ledger.latest())
    Channels(team).add(None, Wish("email", "desk@example.org"))
    ledger.add(*page_of(1, BANS))
    old = settings(to, signing(issued(root, ADDRESS, days=days), tmp_path))
    # More often than what a server does not take is tried.
    for number in range(len(RETRIES) + 2):
        done = run(ledger, team, old, now=NOW + number * MENDING)
        assert (done.failed, done.waiting) == (1, 1)
        assert not done.sent[0].given_up
        assert re.search(said, str(done.sent[0].error))
    assert server.raw == []
    later = NOW + (len(RETRIES) + 2) * MENDING
    renewed = settings(to, signing(issued(root, ADDRESS), tmp_path))
    # Only now the tries count: a server that does not take it once does not end it.
    server.answers = ["451 try again later"]
    assert run(ledger, team, renewed, now=later).waiting == 1
    assert run(ledger, team, renewed, now=later + RETRIES[0]).waiting == 0
    assert verified(server.raw[0], root, tmp_path)


def test_that_a_certificate_ends_is_told_two_weeks_before(
    mails: tuple[Mails, Settings], tmp_path: Path
) -> None:
    found = settings(mails[1], signing(issued(authority(), ADDRESS, days=(-300, 60)), tmp_path)).smtp
    assert found is not None
    assert found.signer is not None
    assert found.signer.warning(NOW) is None
    assert "expires on" in str(found.signer.warning(NOW + timedelta(days=47)))
    assert "expired on" in str(found.signer.warning(NOW + timedelta(days=61)))


def test_without_the_library_it_says_what_to_install(tmp_path: Path) -> None:
    told = signing(issued(authority(), ADDRESS), tmp_path)
    program = (
        "import sys; sys.modules['cryptography'] = None\n"
        "from onrecord.alerts import SettingsError, settings_of\n"
        "try: settings_of()\nexcept SettingsError as error: print(error)"
    )
    smtp = {"ONRECORD_SMTP_HOST": "127.0.0.1", "ONRECORD_SMTP_FROM": SENDER}
    where = {**os.environ, **smtp, **{name: str(value) for name, value in told.items()}}
    said = subprocess.run(
        [sys.executable, "-c", program], env=where, capture_output=True, text=True, check=True
    )
    assert "pip install 'onrecord[smime]'" in said.stdout
