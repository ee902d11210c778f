"""`onrecord serve` as a program of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.cli.test_disks import Disk, disk
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.cli._failure import Code
from onrecord.team import Accounts, Team, Tokens

__all__ = ["disk"]


@contextmanager
def program(ledger: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`onrecord serve` on a ledger, ended with Ctrl-C."""
    command = [sys.executable, "-c", "from onrecord.cli import main; main()"]
    running = subprocess.Popen(
        [*command, "--ledger", str(ledger), "serve", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        text=True,
    )
    try:
        yield running
        running.send_signal(signal.SIGINT)
        running.wait(timeout=60)
    finally:
        running.kill()
        running.communicate()


def told(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    return running.stdout.readline().strip()


def test_it_prints_its_address_and_serves_until_it_is_stopped(filled: Path) -> None:
    with program(filled, "--port", "0") as running:
        address = told(running)
        assert address.startswith("http://127.0.0.1:")
        assert httpx.get(address, timeout=60, trust_env=False).status_code == 200
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert running.returncode == Code.OK
    assert "Stopped." in said
    assert "Traceback" not in said


def test_with_accounts_and_a_certificate_it_serves_others(own: Path, tmp_path: Path) -> None:
    with Team(own) as team:
        accounts = Accounts(team)
        ada = accounts.add("Ada", "administrator", password="a harbour at low tide", by="root")
        token = Tokens(team).add(ada, "test", by="root")
    certificate, key = certificate_of(tmp_path, "localhost")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    arguments = ["--host", "0.0.0.0", "--port", port, "--public-url", f"https://localhost:{port}"]
    with program(own, *arguments, "--certificate", str(certificate), "--key", str(key)) as running:
        assert told(running) == f"https://localhost:{port}/"
        trusted = ssl.create_default_context(cafile=str(certificate))
        with httpx.Client(base_url=f"https://localhost:{port}", verify=trusted, trust_env=False) as client:
            assert client.get("/", timeout=60).headers["location"] == "/sign-in"
            asked = client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
            assert asked.json()["name"] == "Ada"


def certificate_of(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for a name that it signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "c.pem", folder / "k.pem"
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    plain = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    return certificate, private


def test_on_a_disk_that_is_read_only_it_serves_and_says_what_is_not_kept(filled: Path, disk: Disk) -> None:
    place = disk.path / "record.db"
    shutil.copy(filled, place)
    disk.remount("ro")
    with program(place, "--port", "0") as running:
        answer = httpx.get(f"{told(running)}suppliers", timeout=60, trust_env=False)
        assert answer.status_code == 200
        assert "Huawei" in answer.text
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert "cannot be written" in said
    assert "Traceback" not in said


def test_what_does_not_go_together_is_refused(filled: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("issuer: http://id.example.org\nclient: x\n")
    for arguments, words in (
        (("--certificate", "c.pem"), "--key"),
        (("--public-url", "https://record.example.org"), "no accounts yet"),
        (("--public-url", "http://record.example.org"), "https://"),
        (("--openid", str(wrong)), "no https://"),
    ):
        ended = CliRunner().invoke(app, ["--ledger", str(filled), "serve", *arguments])
        assert ended.exit_code == Code.USAGE
        assert words in ended.stderr


def test_it_refuses_other_addresses_and_says_why(filled: Path) -> None:
    for host in ("0.0.0.0", "192.168.0.10", "workbench.example.org"):
        ended = CliRunner().invoke(app, ["--ledger", str(filled), "serve", "--host", host])
        assert ended.exit_code == Code.USAGE
        assert "no accounts yet" in ended.stderr


def test_a_port_that_is_taken_is_said_to_be(filled: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = CliRunner().invoke(app, ["--ledger", str(filled), "serve", "--port", port])
    assert ended.exit_code == Code.USAGE
    assert f"port {port}" in ended.stderr
    assert "--port" in ended.stderr


def test_there_must_be_a_ledger(tmp_path: Path) -> None:
    ended = CliRunner().invoke(app, ["--ledger", str(tmp_path / "none.db"), "serve"])
    assert ended.exit_code == Code.LEDGER
