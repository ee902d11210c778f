"""Messages by e-mail: over SMTP, with TLS, as text and HTML in one."""

from __future__ import annotations

import smtplib
import ssl
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from onrecord.alerts._compose import Composed
from onrecord.alerts._failed import SendFailed
from onrecord.alerts._settings import Settings, Smtp, is_address
from onrecord.present import plain

TIMEOUT = 30.0
"""Seconds that the server may take to answer."""

_FINAL = 500
"""From this code on a server says that trying again will not help (RFC 5321, 4.2.1)."""


def letter(composed: Composed, to: str, key: str, settings: Settings, *, now: datetime) -> EmailMessage:
    """The message as it is sent to an address. The same `key` gives the same Message-ID, by which whoever
    gets it twice knows it (RFC 5322, 3.6.4). `SendFailed` where a header cannot hold what it is to say."""
    assert settings.smtp is not None
    sender = settings.smtp.sender
    made = EmailMessage(policy=SMTP)
    try:
        made["Subject"] = plain(composed.subject)
        made["From"] = Address("On Record", addr_spec=sender)
        made["To"] = Address(addr_spec=to)
        made["Date"] = format_datetime(now)
        made["Message-ID"] = f"<{key}@{sender.rpartition('@')[2]}>"
        # A program wrote it: no holiday notes in return (RFC 3834).
        made["Auto-Submitted"] = "auto-generated"
        if settings.public_url is not None:
            made["List-Unsubscribe"] = f"<{settings.public_url}/watch/settings>"
    except ValueError as error:
        raise SendFailed(f"The message's head cannot be written: {error}", final=True) from error
    made.set_content(composed.text.encode("utf-8", "replace").decode())
    made.add_alternative(composed.html.encode("utf-8", "replace").decode(), subtype="html")
    return made


def send_email(composed: Composed, to: str, key: str, settings: Settings, *, now: datetime) -> None:
    """Send a message to an address. `SendFailed` where the server does not take it."""
    if settings.smtp is None:
        raise SendFailed("No mail server is named. Set ONRECORD_SMTP_HOST and ONRECORD_SMTP_FROM.")
    if not is_address(to):
        raise SendFailed(f"'{plain(to)}' is no e-mail address.", final=True)
    made = letter(composed, to, key, settings, now=now)
    smtp = settings.smtp
    try:
        with _connected(smtp) as server:
            if smtp.user is not None:
                server.login(smtp.user, smtp.password or "")
            server.send_message(made, smtp.sender, [to])
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise SendFailed(f"{smtp.host} refuses {to}: {code} {_said(said)}", final=code >= _FINAL) from error
    except smtplib.SMTPAuthenticationError as error:
        raise SendFailed(f"{smtp.host} does not take the user and password: {error.smtp_code}.") from error
    except smtplib.SMTPResponseException as error:
        raise SendFailed(f"{smtp.host} says: {error.smtp_code} {_said(error.smtp_error)}") from error
    except (smtplib.SMTPException, ssl.SSLError, OSError) as error:
        raise SendFailed(
            f"{smtp.host}, port {smtp.port}: {plain(str(error)) or type(error).__name__}"
        ) from error


def _connected(smtp: Smtp) -> smtplib.SMTP:
    """A connection; certificates are verified wherever there is TLS."""
    if smtp.security == "tls":
        return smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=TIMEOUT, context=ssl.create_default_context())
    server = smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT)
    if smtp.security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _said(told: bytes | str) -> str:
    text = told.decode("utf-8", "replace") if isinstance(told, bytes) else told
    return plain(text)[:200]
