"""`onrecord serve` as a program of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.cli._failure import Code


def test_it_prints_its_address_and_serves_until_it_is_stopped(filled: Path) -> None:
    command = [sys.executable, "-c", "from onrecord.cli import main; main()"]
    program = subprocess.Popen(
        [*command, "--ledger", str(filled), "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        text=True,
    )
    try:
        assert program.stdout is not None
        address = program.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        assert httpx.get(address, timeout=60, trust_env=False).status_code == 200
        program.send_signal(signal.SIGINT)
        _, told = program.communicate(timeout=60)
    finally:
        program.kill()
    assert program.returncode == Code.OK
    assert "Stopped." in told
    assert "Traceback" not in told


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
