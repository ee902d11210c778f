"""Messages by e-mail: over SMTP, with TLS, as text and HTML in one; signed where the settings say by whom."""

from __future__ import annotations

import base64
import smtplib
import ssl
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime
from ipaddress import ip_address

from onrecord.alerts._compose import Composed
from onrecord.alerts._failed import SendFailed
from onrecord.alerts._settings import Settings, Smtp, is_address
from onrecord.alerts._smime import keep_from
from onrecord.present import plain

TIMEOUT = 30.0
"""Seconds that the server may take to answer."""

_POLICY = SMTP.clone(max_line_length=74)
"""Lines of quoted-printable have up to 76 characters (RFC 2045, 6.7), of which `keep_from` may need two."""
_TAKEN = 235
"""By this code a server lets in whoever logs in (RFC 4954, 6)."""
_FINAL = 500
"""From this code on a server says that trying again will not help (RFC 5321, 4.2.1)."""


def letter(composed: Composed, to: str, key: str, settings: Settings, *, now: datetime) -> EmailMessage:
    """The message as it is sent to an address. The same `key` gives the same Message-ID, by which whoever
    gets it twice knows it (RFC 5322, 3.6.4). `SendFailed` where a header cannot hold what it is to say."""
    assert settings.smtp is not None
    sender = settings.smtp.sender
    made = EmailMessage(policy=_POLICY)
    try:
        made["Subject"] = plain(composed.subject)
        made["From"] = Address("On Record", addr_spec=sender)
        made["To"] = Address(addr_spec=to)
        made["Date"] = format_datetime(now)
        made["Message-ID"] = f"<{key}@{sender.rpartition('@')[2]}>"
        # A program wrote it: no holiday notes in return (RFC 3834).
        made["Auto-Submitted"] = "auto-generated"
        made["MIME-Version"] = "1.0"
        if settings.public_url is not None:
            made["List-Unsubscribe"] = f"<{settings.public_url}/watch/settings>"
    except ValueError as error:
        raise SendFailed(f"The message's head cannot be written: {error}", final=True) from error
    if settings.smtp.signer is None:
        _fill(made, composed)
    else:
        body = MIMEPart(policy=_POLICY)
        _fill(body, composed)
        settings.smtp.signer.seal(made, body)
    return made


def _fill(part: MIMEPart, composed: Composed) -> None:
    """Put text and HTML into a part, in short lines of ASCII, which every server passes on as they are."""
    for text, subtype in ((composed.text, "plain"), (composed.html, "html")):
        told = text.encode("utf-8", "replace").decode()
        part.add_alternative(told, subtype=subtype, cte="quoted-printable")
    for one in part.iter_parts():
        keep_from(one)


def send_email(composed: Composed, to: str, key: str, settings: Settings, *, now: datetime) -> None:
    """Send a message to an address. `SendFailed` where the server does not take it, or it may not be sent: by
    a certificate that is not valid now, or to a server that cannot be trusted."""
    if settings.smtp is None:
        raise SendFailed("No mail server is named. Set ONRECORD_SMTP_HOST and ONRECORD_SMTP_FROM.")
    if not is_address(to):
        raise SendFailed(f"'{plain(to)}' is no e-mail address.", final=True)
    smtp = settings.smtp
    if smtp.signer is not None and (wrong := smtp.signer.wrong(now)):
        raise SendFailed(wrong, ours=True)
    made = letter(composed, to, key, settings, now=now)
    try:
        with _connected(smtp) as server:
            _log_in(server, smtp)
            server.send_message(made, smtp.sender, [to])
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise SendFailed(f"{smtp.host} refuses {to}: {code} {_said(said)}", final=code >= _FINAL) from error
    except smtplib.SMTPAuthenticationError as error:
        raise SendFailed(f"{smtp.host} does not take the user and password: {error.smtp_code}.") from error
    except smtplib.SMTPResponseException as error:
        raise SendFailed(f"{smtp.host} says: {error.smtp_code} {_said(error.smtp_error)}") from error
    except ssl.SSLCertVerificationError as error:
        raise SendFailed(
            f"{smtp.host}, port {smtp.port}, shows a certificate that is not trusted: "
            f"{plain(error.verify_message).rstrip('.')}. Name the server as its certificate does "
            "(smtp_host), or a file with its authority's certificate (smtp_ca).",
            ours=True,
        ) from error
    except ssl.SSLError as error:
        raise SendFailed(
            f"{smtp.host}, port {smtp.port}, and this machine come to no TLS: "
            f"{plain(error.reason or str(error))}. On most servers tls has the port 465, starttls 587 "
            "(smtp_port, smtp_security)."
        ) from error
    except (smtplib.SMTPException, OSError) as error:
        raise SendFailed(
            f"{smtp.host}, port {smtp.port}: {plain(str(error)) or type(error).__name__}"
        ) from error


def _connected(smtp: Smtp) -> smtplib.SMTP:
    """A connection; certificates are verified wherever there is TLS."""
    if smtp.security == "none":
        return smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT)
    trusted = ssl.create_default_context(cafile=smtp.ca)
    if smtp.security == "tls":
        return smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=TIMEOUT, context=trusted)
    server = smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT)
    try:
        server.starttls(context=trusted)
    except smtplib.SMTPNotSupportedError as error:
        server.close()
        raise SendFailed(
            f"{smtp.host}, port {smtp.port}, does not offer STARTTLS, so nothing is sent to it. Where it has "
            "another port for that, or for TLS from the beginning, write that (smtp_port, smtp_security).",
            ours=True,
        ) from error
    except BaseException:
        server.close()
        raise
    return server


def _log_in(server: smtplib.SMTP, smtp: Smtp) -> None:
    """Say user and password, where there are any: within TLS, or to this machine. `SendFailed` else."""
    if smtp.user is None:
        return
    sock = server.sock
    assert sock is not None
    if not isinstance(sock, ssl.SSLSocket) and not ip_address(sock.getpeername()[0]).is_loopback:
        raise SendFailed(
            f"{smtp.host} is another machine, and to it the password would go for all to read. "
            "Set smtp_security to tls or starttls.",
            ours=True,
        )
    password = smtp.password or ""
    if (smtp.user + password).isascii():
        server.login(smtp.user, password)
        return
    # smtplib knows ASCII alone; by PLAIN both are UTF-8 (RFC 4616).
    server.ehlo_or_helo_if_needed()
    told = base64.b64encode(f"\0{smtp.user}\0{password}".encode()).decode()
    code, said = server.docmd("AUTH", f"PLAIN {told}")
    if code != _TAKEN:
        raise smtplib.SMTPAuthenticationError(code, said)


def _said(told: bytes | str) -> str:
    text = told.decode("utf-8", "replace") if isinstance(told, bytes) else told
    return plain(text)[:200]
