"""How messages are sent: the mail server, the workbench's address, and what a team may send to.

From a YAML file and the environment, of which the environment goes before the file.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast, get_args
from urllib.parse import urlsplit

import yaml

from onrecord.alerts._failed import SettingsError
from onrecord.alerts._smime import PASSPHRASE, Signer, signer_of

Security = Literal["tls", "starttls", "none"]
"""TLS from the beginning (port 465, RFC 8314), TLS after STARTTLS (port 587, RFC 3207), or none at all."""

_PORTS: Mapping[Security, int] = {"tls": 465, "starttls": 587, "none": 25}

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
CONFIG = "ONRECORD_ALERTS"
"""The variable that names the YAML file."""
PASSWORD = "ONRECORD_SMTP_PASSWORD"
_VARIABLES = {
    "smtp_host": "ONRECORD_SMTP_HOST",
    "smtp_port": "ONRECORD_SMTP_PORT",
    "smtp_security": "ONRECORD_SMTP_SECURITY",
    "smtp_user": "ONRECORD_SMTP_USER",
    "smtp_from": "ONRECORD_SMTP_FROM",
    "smtp_ca": "ONRECORD_SMTP_CA",
    "smime_certificate": "ONRECORD_SMIME_CERTIFICATE",
    "smime_key": "ONRECORD_SMIME_KEY",
    "public_url": "ONRECORD_PUBLIC_URL",
    "private_webhooks": "ONRECORD_PRIVATE_WEBHOOKS",
}
"""Each setting, as the file calls it, with its variable."""
_FILES = ("smtp_ca", "smime_certificate", "smime_key")
"""The settings that name a file: in the YAML file from its own folder on."""
_SECRETS = {"smtp_password": PASSWORD, "smime_passphrase": PASSPHRASE}
"""What somebody may want to write into the file, with the variable where it belongs."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server, and from whom its messages come. `ca`: the authorities that its certificate is to come
    from, None for those that this machine trusts; `signer` None: mails are not signed."""

    host: str
    port: int
    security: Security
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: Path | None = None
    signer: Signer | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """`smtp` None: no mail can be sent. `public_url` is where readers find the workbench, None where links
    would lead nowhere; `private_webhooks`: accounts may name webhooks in the private network, too."""

    smtp: Smtp | None = None
    public_url: str | None = None
    private_webhooks: bool = False


def settings_of(
    file: Path | None = None,
    *,
    public_url: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """The settings of a YAML file, else of the one that ONRECORD_ALERTS names, and of the environment.
    `public_url` goes before both. `SettingsError` where they cannot be used."""
    here = os.environ if environment is None else environment
    place = file or (Path(here[CONFIG]) if here.get(CONFIG) else None)
    told = _read(place) if place is not None else {}
    told.update({name: here[key] for name, key in _VARIABLES.items() if here.get(key)})
    if public_url:
        told["public_url"] = public_url
    return Settings(
        smtp=_smtp(told, here.get(PASSWORD) or None, here.get(PASSPHRASE) or None),
        public_url=_url(told.get("public_url")),
        private_webhooks=_flag(told.get("private_webhooks", False)),
    )


def _read(place: Path) -> dict[str, Any]:
    try:
        told = yaml.safe_load(place.read_text("utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"{place} cannot be read as YAML: {error}.") from error
    if not isinstance(told, dict):
        raise SettingsError(f"{place} holds no settings. Write lines such as: smtp_host: mail.example.org")
    for name, variable in _SECRETS.items():
        if name in told:
            raise SettingsError(f"{place} holds {name}. Take it out, and put it into {variable}.")
    strange = sorted(str(name) for name in told if name not in _VARIABLES)
    if strange:
        raise SettingsError(f"{place} has no use for {', '.join(strange)}. It knows {', '.join(_VARIABLES)}.")
    told.update({name: place.parent / str(told[name]) for name in _FILES if told.get(name)})
    return cast(dict[str, Any], told)


def _smtp(told: Mapping[str, Any], password: str | None, passphrase: str | None) -> Smtp | None:
    host = str(told.get("smtp_host") or "").strip()
    if not host:
        return None
    security = str(told.get("smtp_security") or "starttls").lower()
    if security not in get_args(Security):
        raise SettingsError(f"smtp_security is '{security}'. Write one of {', '.join(get_args(Security))}.")
    port = str(told.get("smtp_port") or _PORTS[cast(Security, security)])
    if not (port.isdecimal() and 0 < int(port) < 2**16):
        raise SettingsError(f"smtp_port is '{port}'. Write a number from 1 to 65535.")
    sender = str(told.get("smtp_from") or "").strip()
    if not is_address(sender):
        raise SettingsError("smtp_from names nobody. Write the address that messages come from.")
    user = str(told.get("smtp_user") or "") or None
    if user and security == "none" and host not in _LOOPBACK:
        raise SettingsError(
            "smtp_user with smtp_security none would send the password for all to read. "
            "Write tls or starttls."
        )
    return Smtp(
        host,
        int(port),
        cast(Security, security),
        sender,
        user,
        password if user else None,
        _ca(told),
        _signer(told, passphrase, sender),
    )


def _ca(told: Mapping[str, Any]) -> Path | None:
    if not told.get("smtp_ca"):
        return None
    place = Path(told["smtp_ca"])
    try:
        ssl.create_default_context(cafile=place)
    except OSError as error:
        raise SettingsError(
            f"smtp_ca: {place} cannot be read as certificates (-----BEGIN CERTIFICATE-----): "
            f"{error.strerror or error}."
        ) from error
    return place


def _signer(told: Mapping[str, Any], passphrase: str | None, sender: str) -> Signer | None:
    certificate, key = told.get("smime_certificate"), told.get("smime_key")
    if not certificate and not key:
        return None
    if not (certificate and key):
        raise SettingsError(
            "Signing takes both: smime_certificate and smime_key. Name the file that is missing."
        )
    return signer_of(Path(certificate), Path(key), passphrase, sender)


def _url(told: object) -> str | None:
    if not told:
        return None
    text = str(told).strip().rstrip("/")
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise SettingsError(f"public_url is '{text}'. Write an address such as https://record.example.org.")
    return text


def _flag(told: object) -> bool:
    text = str(told).lower()
    if text not in ("true", "false", "1", "0", "yes", "no"):
        raise SettingsError(f"private_webhooks is '{told}'. Write true or false.")
    return text in ("true", "1", "yes")


def is_address(text: str) -> bool:
    """Whether this is one e-mail address, on one line and without a name: `desk@example.org`. What it keeps
    out is more than RFC 5321 does: quoted parts, comments, lists, whatever would end a header."""
    local, at, domain = text.rpartition("@")
    good = all(char.isalnum() or char in "!#$%&'*+-/=?^_`{|}~." for char in local)
    parts = domain.split(".")
    named = all(part and part.replace("-", "a").isalnum() and len(part) < 64 for part in parts)
    dots = not (local.startswith(".") or local.endswith(".") or ".." in local)
    return bool(at and local and good and dots and named) and len(local) <= 64 and len(text) <= 254
