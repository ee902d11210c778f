"""Mails signed as S/MIME has it (RFC 8551, 3.5.3): a detached signature (SHA-256) in a part of its own,
beside what it signs, which every mail program can read as before.

What is wrong with a certificate that receivers would not believe is told before anything is signed by it
(RFC 8550: for whom, for what and until when it speaks).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.alerts._failed import SettingsError
from onrecord.present import plain

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7PrivateKeyTypes

PASSPHRASE = "ONRECORD_SMIME_PASSPHRASE"
"""The variable that holds the passphrase of the key."""

SOON = timedelta(days=14)
"""So long before a certificate ends it is said that it will: time to have it renewed by a person."""

_FROM = re.compile("^From ", re.MULTILINE)
_KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----")
_FROM_P12 = "Of a .p12 file it is made by: openssl pkcs12 -in FILE"


@dataclass(frozen=True, slots=True)
class Signer:
    """A certificate and its key, by which mails are signed, and the other certificates that lead to its
    authority."""

    place: Path
    certificate: x509.Certificate
    key: PKCS7PrivateKeyTypes = field(repr=False)
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def begins(self) -> datetime:
        """From when on the certificate is valid."""
        return self.certificate.not_valid_before_utc

    @property
    def ends(self) -> datetime:
        """Until when it is."""
        return self.certificate.not_valid_after_utc

    def wrong(self, now: datetime) -> str | None:
        """Why nothing is signed at a moment, and what to do; None where all is well."""
        if now > self.ends:
            return (
                f"The certificate {self.place} expired on {self.ends:%Y-%m-%d}, so no mail is sent. "
                "Have it renewed, and put the new one in its place."
            )
        if now < self.begins:
            return (
                f"The certificate {self.place} is valid from {self.begins:%Y-%m-%d} on only, so no mail is "
                "sent. Put one there that is valid today, or set this machine's clock."
            )
        return None

    def warning(self, now: datetime) -> str | None:
        """What whoever runs this is to know of the certificate at a moment, if anything."""
        if self.wrong(now) or now < self.ends - SOON:
            return self.wrong(now)
        return (
            f"The certificate {self.place} expires on {self.ends:%Y-%m-%d}; from then on no mail is sent. "
            "Have it renewed, and put the new one in its place."
        )

    def seal(self, mail: EmailMessage, body: MIMEPart) -> None:
        """Make a mail of a body and of the signature over it. `body` must pass through any server as it is:
        lines that are short and ASCII (RFC 8551, 3.1.3)."""
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.serialization import Encoding
        from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options, PKCS7SignatureBuilder

        # As the generator writes it within the mail: heads are not folded there.
        signed = body.as_bytes(policy=SMTP.clone(max_line_length=0))
        maker = PKCS7SignatureBuilder().set_data(signed).add_signer(self.certificate, self.key, SHA256())
        for one in self.chain:
            maker = maker.add_certificate(one)
        told = maker.sign(Encoding.DER, [PKCS7Options.DetachedSignature, PKCS7Options.Binary])
        signature = MIMEPart(policy=SMTP)
        signature.set_content(
            told,
            maintype="application",
            subtype="pkcs7-signature",
            disposition="attachment",
            filename="smime.p7s",
            params={"name": "smime.p7s"},
        )
        mail["Content-Type"] = 'multipart/signed; protocol="application/pkcs7-signature"; micalg="sha-256"'
        mail.set_payload([body, signature])


def keep_from(part: MIMEPart) -> None:
    """Write "From " at the beginning of a line of quoted-printable text so that no mailbox makes ">From " of
    it (RFC 4155), which would break a signature."""
    part.set_payload(_FROM.sub("=46rom ", str(part.get_payload())))


def signer_of(certificate: Path, key: Path, passphrase: str | None, sender: str) -> Signer:
    """Who signs the mails of a sender: by the PEM files with the certificate, in any order with those that
    lead to its authority, and with the key. `SettingsError` where they cannot be used."""
    try:
        from cryptography.hazmat.primitives.asymmetric import ec, rsa
    except ImportError as error:
        raise SettingsError("Signing mails needs cryptography: pip install 'onrecord[smime]'.") from error
    held, private = _certificates(certificate), _private(key, passphrase)
    if not isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise SettingsError(f"{key} is neither an RSA nor an elliptic-curve key. Mails are signed by these.")
    own = next((one for one in held if one.public_key() == private.public_key()), None)
    if own is None:
        raise SettingsError(f"{key} is not the key of {certificate}. Name the two that were made together.")
    _check_purpose(own, certificate, sender)
    return Signer(certificate, own, private, tuple(one for one in held if one is not own))


def _certificates(place: Path) -> list[x509.Certificate]:
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificates(_read(place, "smime_certificate"))
    except ValueError as error:
        raise SettingsError(
            f"{place} holds no certificate as PEM (-----BEGIN CERTIFICATE-----). "
            f"{_FROM_P12} -nokeys -out {place.stem}.pem"
        ) from error


def _private(place: Path, passphrase: str | None) -> object:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    told = _read(place, "smime_key")
    if not _KEY.search(told):
        raise SettingsError(
            f"{place} holds no private key as PEM (-----BEGIN PRIVATE KEY-----). "
            f"{_FROM_P12} -nocerts -out {place.stem}.key"
        )
    locked = b"ENCRYPTED" in told
    if locked and passphrase is None:
        raise SettingsError(f"{place} is locked by a passphrase. Put it into {PASSPHRASE}.")
    if not locked and passphrase is not None:
        raise SettingsError(
            f"{place} is not locked, though {PASSPHRASE} holds a passphrase. Lock the key, or unset that."
        )
    try:
        return load_pem_private_key(told, passphrase.encode() if passphrase is not None else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        if locked:
            raise SettingsError(f"{PASSPHRASE} does not open {place}. Put its passphrase there.") from error
        raise SettingsError(
            f"The private key in {place} is damaged, or of a kind that is not known. Write the file anew."
        ) from error


def _read(place: Path, name: str) -> bytes:
    try:
        return place.read_bytes()
    except OSError as error:
        raise SettingsError(f"{name} cannot be read: {place}: {error.strerror or error}.") from error


def _check_purpose(certificate: x509.Certificate, place: Path, sender: str) -> None:
    """`SettingsError` where receivers would not believe what is signed by a certificate: it is not for mail
    (RFC 8550, 4.4.2 and 4.4.4), or not that of the sender's address (RFC 8550, 3)."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    mail = {ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}
    usage, purposes, names = None, mail, []
    try:
        for one in certificate.extensions:
            if isinstance(one.value, x509.KeyUsage):
                usage = one.value
            elif isinstance(one.value, x509.ExtendedKeyUsage):
                purposes = set(one.value)
            elif isinstance(one.value, x509.SubjectAlternativeName):
                names = one.value.get_values_for_type(x509.RFC822Name)
        names += [str(one.value) for one in certificate.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)]
    except ValueError as error:
        raise SettingsError(f"{place} is no certificate that can be read: {error}") from error
    signs = usage is None or usage.digital_signature or usage.content_commitment
    if not (signs and purposes & mail):
        raise SettingsError(
            f"{place} is a certificate for something else than signing mail. Have one made for S/MIME."
        )
    if _address(sender) not in map(_address, names):
        told = f"speaks for {plain(', '.join(names))}" if names else "names no e-mail address"
        raise SettingsError(
            f"{place} {told}, and mails come from {sender}: who gets them would be warned of a forgery. "
            f"Have one made for {sender}{', or write its address into smtp_from' if names else ''}."
        )


def _address(text: str) -> tuple[str, str]:
    """An address as it is compared: the part before the @ to the letter, the host as DNS has it (RFC 5280,
    7.5)."""
    local, _, host = text.rpartition("@")
    try:
        return local, host.lower().encode("idna").decode()
    except UnicodeError:
        return local, host.lower()
