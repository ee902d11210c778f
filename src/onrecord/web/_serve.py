"""The server: the workbench on this machine's loopback, and nowhere else."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

import uvicorn

from onrecord.ledger import Ledger
from onrecord.team import Person, Team
from onrecord.web._app import create_app
from onrecord.web._bench import Bench


class HostRefused(Exception):
    """An address at which the workbench must not, or cannot, be served; the message says what to do."""


def check_host(host: str) -> str:
    """The address of the loopback that `host` names. `HostRefused` for every other one: whoever reaches the
    workbench reads the whole ledger, since there are no accounts."""
    named = "127.0.0.1" if host.lower() == "localhost" else host.strip("[]")
    if named in ("127.0.0.1", "::1"):
        return named
    try:
        what = "another address of the loopback" if ip_address(named).is_loopback else "not on the loopback"
    except ValueError:
        what = "no address of the loopback"
    raise HostRefused(
        f"'{host}' is {what}. The workbench has no accounts yet, so whoever could reach it there would read "
        "the whole ledger. Serve it on 127.0.0.1, ::1 or localhost; from another machine, go through an SSH "
        "tunnel: ssh -L 8321:127.0.0.1:8321 MACHINE."
    )


def serve(
    ledger: Ledger, team: Team, *, person: Person, host: str, port: int, ready: Callable[[str], None]
) -> None:
    """Serve a ledger until Ctrl-C, in the name of a person; `ready` is told the address once it listens.
    Port 0 takes a free one. `HostRefused` where the host is not of the loopback, or the port is
    taken or not ours to take."""
    address = check_host(host)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((address, port))
        except OSError as error:
            raise HostRefused(
                f"port {port} of {address} cannot be had: {error.strerror or error}. "
                "Name another with --port, or end what is there."
            ) from error
        app = create_app(ledger, team, person=person)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, lifespan="off"
        )
        # From here on whoever connects is answered, if not at once.
        listening.listen(config.backlog)
        shown = f"[{address}]" if ":" in address else address
        threading.Thread(target=_warm, args=(app.state.bench,), daemon=True).start()
        ready(f"http://{shown}:{listening.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[listening])


def _warm(bench: Bench) -> None:
    # Whatever is wrong is told to whoever asks, who has it made again; also that the ledger was closed since.
    with suppress(Exception):
        bench.warm()
