"""What is fetched from a real server, and everything that is not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onrecord.sources import FetchError, _web, fetch, is_url, name_in

LIST = b"id,name\n1,Firm\n" * 1000


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name = self.path.strip("/")
        if name.startswith("to/"):
            self.send_response(302)
            self.send_header("Location", name.removeprefix("to/"))
            self.end_headers()
        elif name == "round":
            self.send_response(302)
            self.send_header("Location", "/round")
            self.end_headers()
        elif name == "lists/own.csv":
            self._give(LIST, len(LIST))
        elif name == "cut.csv":
            self._give(LIST, len(LIST) * 2)
        elif name == "lies.csv":
            self._give(LIST, None)
        elif name == "huge.csv":
            self._give(b"", 10**12)
        elif name == "silent.csv":
            hold.wait(10)
        else:
            self.send_error(404)

    def _give(self, data: bytes, length: int | None) -> None:
        self.send_response(200)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


hold = threading.Event()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server on this machine, which the environment allows to be asked."""
    monkeypatch.setenv("ONRECORD_ALLOW_PRIVATE", "1")
    hold.clear()
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    hold.set()
    running.shutdown()
    running.server_close()
    thread.join()


def test_a_file_is_fetched_and_so_is_what_it_leads_on_to(server: str) -> None:
    fetched = fetch(f"{server}/lists/own.csv")
    assert (fetched.data, fetched.name) == (LIST, "own.csv")
    assert fetch(f"{server}/to//lists/own.csv").url == f"{server}/lists/own.csv"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("nothing", "answers 404"),
        ("cut.csv", "broke off after 15000 of 30000 bytes"),
        ("huge.csv", "larger than"),
        ("round", "redirect"),
        ("to/file:///etc/passwd", "not allowed"),
        ("to/ftp://127.0.0.1/x", "which is not followed"),
    ],
)
def test_what_does_not_come_whole_is_told(server: str, path: str, told: str) -> None:
    with pytest.raises(FetchError, match=told):
        fetch(f"{server}/{path}")


def test_size_and_time_are_bounded(server: str) -> None:
    with pytest.raises(FetchError, match="larger than"):
        fetch(f"{server}/lies.csv", most=1000)
    with pytest.raises(FetchError, match="does not answer"):
        fetch(f"{server}/silent.csv", patience=0.3)


def test_a_drip_is_not_waited_for_for_ever(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_web, "_LONGEST", -1.0)
    with pytest.raises(FetchError, match="did not come to its end"):
        fetch(f"{server}/lists/own.csv")


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"])
def test_private_addresses_are_refused_by_whatever_name(
    server: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ONRECORD_ALLOW_PRIVATE")
    with pytest.raises(FetchError, match=r"private address .* ONRECORD_ALLOW_PRIVATE=1"):
        fetch(f"http://{name}:{server.rpartition(':')[2]}/lists/own.csv")


def test_a_redirect_to_a_private_address_is_refused(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server counts as public here, the machine's other addresses do not."""
    monkeypatch.delenv("ONRECORD_ALLOW_PRIVATE")
    monkeypatch.setattr(_web, "is_public", lambda address: address == "127.0.0.1")
    port = server.rpartition(":")[2]
    assert fetch(f"{server}/lists/own.csv").data == LIST
    with pytest.raises(FetchError, match=r"private address 127\.0\.0\.2"):
        fetch(f"{server}/to/http://127.0.0.2:{port}/lists/own.csv")


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1",
        "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::",
        "224.0.0.1", "ff02::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_of_the_internet(address: str) -> None:
    assert not _web.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4001:80b::200e", "64:ff9b::808:808"])
def test_addresses_of_the_internet(address: str) -> None:
    assert _web.is_public(address)


def test_what_is_no_url_or_leads_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_url("HTTPS://example.org/x")
    assert not is_url("/tmp/http://x")
    assert name_in("https://example.org/a/b%20c.csv?x=1") == "b c.csv"
    assert name_in("https://example.org/") == "example.org"
    for url in ("http://", "https:///list.csv", "http://[::1", "http://host:port/x"):
        with pytest.raises(FetchError):
            fetch(url)
    monkeypatch.setenv("ONRECORD_ALLOW_PRIVATE", "1")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(FetchError, match="cannot be fetched: Connection refused"):
        fetch(f"http://127.0.0.1:{port}/list.csv")
