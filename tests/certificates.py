"""Certificates of ours: an authority, and those that it gives out for servers and for mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey

SERVER = ExtendedKeyUsageOID.SERVER_AUTH
MAIL = ExtendedKeyUsageOID.EMAIL_PROTECTION


@dataclass(frozen=True)
class Held:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: Key

    def write(
        self, folder: Path, *chain: Held, name: str = "own", passphrase: str | None = None
    ) -> tuple[Path, Path]:
        """Write the certificate, after it those of a chain, and the key; where they are."""
        certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
        certificate.write_bytes(pem(self, *chain))
        locked = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        key.write_bytes(self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked))
        return certificate, key


def pem(*held: Held) -> bytes:
    """Certificates, one after the other."""
    return b"".join(one.certificate.public_bytes(Encoding.PEM) for one in held)


def authority(name: str = "Our authority", by: Held | None = None) -> Held:
    """An authority that speaks for itself, or under another."""
    key = ec.generate_private_key(ec.SECP256R1())
    may = x509.BasicConstraints(ca=True, path_length=None)
    return _made(name, key, by, [(may, True), (_usage(signs=False), True)], (-9, 900))


def issued(
    by: Held,
    *names: x509.GeneralName,
    purpose: x509.ObjectIdentifier | None = MAIL,
    days: tuple[float, float] = (-1, 300),
    key: Key | None = None,
    signs: bool = True,
) -> Held:
    """A certificate that an authority gives out for a purpose, valid from one to another day from now."""
    more: list[tuple[x509.ExtensionType, bool]] = [(_usage(signs=signs), True)]
    if names:
        more.append((x509.SubjectAlternativeName(names), False))
    if purpose is not None:
        more.append((x509.ExtendedKeyUsage([purpose]), False))
    return _made("On Record", key or ec.generate_private_key(ec.SECP256R1()), by, more, days)


def _made(
    name: str,
    key: Key,
    by: Held | None,
    more: list[tuple[x509.ExtensionType, bool]],
    days: tuple[float, float],
) -> Held:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signing = by.key if by is not None else key
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by is not None else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if by is not None:
        known = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key())
        made = made.add_extension(known, critical=False)
    for extension, critical in more:
        made = made.add_extension(extension, critical=critical)
    assert not isinstance(signing, ed25519.Ed25519PrivateKey)
    return Held(made.sign(signing, SHA256()), key)


def _usage(*, signs: bool) -> x509.KeyUsage:
    """What a key is for: to sign data, else certificates."""
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )
