"""The server: the workbench on this machine's loopback, and elsewhere only where there are accounts."""

from __future__ import annotations

import socket
import ssl
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn

from onrecord.ledger import Ledger
from onrecord.present import ENGLISH
from onrecord.team import Accounts, Person, Team
from onrecord.web._ahead import Ahead
from onrecord.web._app import create_app
from onrecord.web._bench import Bench
from onrecord.web._elsewhere import warm
from onrecord.web._makers import Makers, settled
from onrecord.web._naming import offered
from onrecord.web._openid import Provider
from onrecord.web._side_by_side import called_of

_TURN = 0.001
"""Seconds after which a thread that computes lets another take its turn (5 ms is Python's own): a short
answer takes its turn a dozen times, and must not wait for a long one at each."""


class HostRefused(Exception):
    """An address at which the workbench must not, or cannot, be served; the message says what to do."""


def check_host(host: str, *, accounts: bool = False, public_url: str | None = None) -> str:
    """The address that `host` names. `HostRefused` for one that is not of the loopback, unless there are
    accounts and it is known under which name one gets there: whoever reaches the workbench where there are
    none reads, and judges, all that is in the ledger."""
    named = "127.0.0.1" if host.lower() == "localhost" else host.strip("[]")
    if named in ("127.0.0.1", "::1"):
        return named
    try:
        what = "another address of the loopback" if ip_address(named).is_loopback else "not on the loopback"
    except ValueError:
        what = "no address of the loopback"
        if accounts:
            raise HostRefused(
                f"'{host}' is no address. Name one of this machine's, 0.0.0.0 for all of them; the name "
                "under which people get there goes with --public-url."
            ) from None
    if not accounts:
        raise HostRefused(
            f"'{host}' is {what}. There are no accounts yet, so whoever could reach it there would read the "
            "whole ledger. Make one: `onrecord accounts add NAME --role administrator`. Or serve it on "
            "127.0.0.1, ::1 or localhost, and from another machine go through an SSH tunnel: "
            "ssh -L 8321:127.0.0.1:8321 MACHINE."
        )
    if public_url is None:
        raise HostRefused(
            f"'{host}' is {what}. Say under which name people get there: --public-url https://NAME."
        )
    return named


def check_public_url(url: str) -> str:
    """The origin that a public URL names: https://record.example.org. `HostRefused` for anything else, and
    for one in the clear, since passwords would go over the network so that others can read them."""
    try:
        parts = urlsplit(url.strip())
        name, port = parts.hostname, parts.port
    except ValueError:
        name, port, parts = None, None, urlsplit("")
    rest = (parts.path.strip("/"), parts.query, parts.fragment, parts.username, parts.password)
    if parts.scheme != "https" or not name or any(rest):
        raise HostRefused(
            f"'{url}' is not the address of a workbench. Name it as https://record.example.org, with a port "
            "where it has one of its own, and nothing behind."
        )
    shown = f"[{name}]" if ":" in name else name
    return f"https://{shown}" + (f":{port}" if port not in (None, 443) else "")


def serve(
    ledger: Ledger,
    team: Team,
    *,
    person: Person,
    host: str,
    port: int,
    ready: Callable[[str], None],
    public_url: str | None = None,
    certificate: tuple[Path, Path] | None = None,
    provider: Provider | None = None,
    makers: Makers | None = None,
) -> None:
    """Serve a ledger until Ctrl-C, where there are no accounts in the name of a person; `ready` is told the
    address once it listens. Port 0 takes a free one. `public_url` is where a proxy passes requests on from,
    or where we are reached ourselves with a `certificate`, of which the files are named with the key's;
    `provider` vouches for people (OpenID Connect), and `makers` make what takes long; they end with the
    server. `HostRefused` where the host is not of the loopback and there are no accounts, where the port is
    taken or not ours to take, or the certificate is none.
    """
    origin = check_public_url(public_url) if public_url is not None else None
    accounts = provider is not None or Accounts(team).any()
    if origin is not None and not accounts:
        raise HostRefused(
            f"There are no accounts yet, so whoever could reach {origin} would read the whole ledger. "
            "Make one first: `onrecord accounts add NAME --role administrator`."
        )
    address = check_host(host, accounts=accounts, public_url=origin)
    _check_certificate(certificate)
    with _bound(address, port) as listening:
        tls = certificate is not None
        app = create_app(
            ledger, team, person=person, public_url=origin, tls=tls, provider=provider, makers=makers
        )
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            # Only behind a proxy is the asker's address one that a header tells.
            proxy_headers=origin is not None and not tls,
            ssl_certfile=certificate[0] if certificate else None,
            ssl_keyfile=certificate[1] if certificate else None,
        )
        sys.setswitchinterval(_TURN)
        # From here on whoever connects is answered, if not at once.
        listening.listen(config.backlog)
        shown = f"[{address}]" if ":" in address else address
        ahead = Ahead(app.state.bench)
        threading.Thread(target=_warm, args=(app.state.bench, ahead), daemon=True).start()
        here = f"{'https' if tls else 'http'}://{shown}:{listening.getsockname()[1]}/"
        ready(f"{origin}/" if origin else here)
        try:
            uvicorn.Server(config).run(sockets=[listening])
        finally:
            ahead.end()
            if makers is not None:
                makers.end()


def _bound(address: str, port: int) -> socket.socket:
    """A socket that has a port of an address. `HostRefused` where that is taken or not ours to take."""
    bound = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((address, port))
    except OSError as error:
        bound.close()
        raise HostRefused(
            f"port {port} of {address} cannot be had: {error.strerror or error}. "
            "Name another with --port, or end what is there."
        ) from error
    return bound


def _warm(bench: Bench, ahead: Ahead) -> None:
    # Whatever is wrong is told to whoever asks, who has it made again; also that the ledger was closed since.
    with suppress(Exception):
        bench.warm()
        warm(bench)
        offered(bench, ENGLISH)
        for one in bench.suppliers()[:1]:
            called_of(bench, one.entity.key)
    settled()
    with suppress(Exception):
        if bench.makers is not None:
            ahead.start()


def _check_certificate(certificate: tuple[Path, Path] | None) -> None:
    if certificate is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(*certificate)
    except (OSError, ssl.SSLError) as error:
        raise HostRefused(
            f"{certificate[0]} and {certificate[1]} are no certificate and its key: {error}."
        ) from error
