"""Who may ask, what may be asked, and what every answer carries."""

from __future__ import annotations

import socket
from pathlib import Path

import httpx
import pytest
from tests.web.conftest import serving

from onrecord.ledger import Ledger
from onrecord.web import HostRefused, check_host, check_public_url


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("/", 200),
        ("/api/v1/pages", 200),
        ("/static/workbench.css", 200),
        ("/nothing", 404),
        ("/pages?limit=x", 400),
    ],
)
def test_every_answer_carries_the_headers(web: httpx.Client, place: str, status: int) -> None:
    answer = web.get(place)
    assert answer.status_code == status
    check_headers(answer)
    tag = answer.headers.get("etag")
    assert (tag is not None) == (status == 200)
    if tag:
        check_headers(web.get(place, headers={"If-None-Match": tag}))


def check_headers(answer: httpx.Response) -> None:
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("place", ["/", "/api/v1/pages"])
def test_what_is_only_read_is_not_asked_otherwise(web: httpx.Client, method: str, place: str) -> None:
    answer = web.request(method, place)
    assert answer.status_code == 405
    check_headers(answer)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_what_another_sites_page_sends_is_refused(web: httpx.Client, headers: dict[str, str]) -> None:
    answer = web.post("/api/v1/pages", headers=headers)
    assert answer.status_code == 403
    assert "Another site" in answer.json()["detail"]


def test_more_than_a_request_may_carry_is_refused(web: httpx.Client) -> None:
    host = f"127.0.0.1:{web.base_url.port}"
    with socket.create_connection(("127.0.0.1", web.base_url.port or 0), timeout=20) as line:
        line.sendall(f"POST /pages HTTP/1.1\r\nHost: {host}\r\nContent-Length: {2**30}\r\n\r\n".encode())
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("place", ["/", "/suppliers/Huawei", "/api/v1/pages", "/nothing"])
def test_head_is_get_without_the_body(web: httpx.Client, place: str) -> None:
    got, head = web.get(place), web.head(place)
    assert head.status_code == got.status_code
    assert head.content == b""
    for name in ("content-type", "content-length", "etag"):
        assert head.headers.get(name) == got.headers.get(name)


def test_other_names_than_the_loopbacks_are_refused(web: httpx.Client) -> None:
    port = web.base_url.port
    assert port is not None
    for host in (f"localhost:{port}", f"LOCALHOST:{port}", f"127.0.0.1:{port}", f"[::1]:{port}"):
        assert web.get("/", headers={"Host": host}).status_code == 200, host
    for host in (
        "evil.example",
        f"evil.example:{port}",
        "localhost",
        f"127.0.0.1:{port + 1}",
        f"127.0.0.1.evil.example:{port}",
        "",
    ):
        answer = web.get("/api/v1/pages", headers={"Host": host})
        assert answer.status_code == 421, host
        assert "items" not in answer.text


def test_what_is_held_is_not_sent_again_until_the_ledger_changes(own: Path) -> None:
    with Ledger(own) as ledger, serving(ledger) as web:
        for place in ("/", "/suppliers/Huawei", "/api/v1/statements", "/api/v1/suppliers/Huawei/dossier"):
            answer = web.get(place)
            tag = answer.headers["etag"]
            assert not tag.startswith("W/")
            again = web.get(place, headers={"If-None-Match": f'"other", {tag}'})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
            assert web.get(place, params={"language": "da"}).headers["etag"] != tag
            with Ledger(own) as other:
                other.judge("reject", other.statements(entity="Huawei")[0].id, who="me", why=place)
            assert web.get(place, headers={"If-None-Match": tag}).status_code == 200


def test_the_audit_is_never_answered_from_before(web: httpx.Client) -> None:
    for place in ("/audit?verify=yes", "/api/v1/audit"):
        assert "etag" not in web.get(place).headers


def test_a_ledger_that_is_gone_is_said_to_be(own: Path) -> None:
    with Ledger(own) as ledger, serving(ledger) as web:
        assert web.get("/").status_code == 200
        own.rename(own.with_suffix(".away"))
        for place in ("/", "/pages", "/audit", "/api/v1/suppliers", "/api/v1/audit"):
            answer = web.get(place)
            assert answer.status_code == 503, place
            assert "is gone" in answer.text
            assert "Traceback" not in answer.text
        own.with_suffix(".away").rename(own)
        assert web.get("/").status_code == 200


def test_no_address_but_the_loopback_is_served() -> None:
    for host in ("0.0.0.0", "::", "192.168.1.5", "example.org", "127.0.0.2", ""):
        with pytest.raises(HostRefused, match="no accounts yet"):
            check_host(host)
        with pytest.raises(HostRefused, match="--public-url"):
            check_host(host, accounts=True)
    for host in ("0.0.0.0", "::", "192.168.1.5"):
        assert check_host(host, accounts=True, public_url="https://record.example.org") == host
    assert [check_host(host) for host in ("localhost", "127.0.0.1", "::1", "[::1]")] == [
        "127.0.0.1",
        "127.0.0.1",
        "::1",
        "::1",
    ]


def test_a_public_address_is_one_of_https_and_nothing_else() -> None:
    for url in (
        "https://Record.example.org",
        "https://record.example.org/",
        "https://record.example.org:443",
    ):
        assert check_public_url(url) == "https://record.example.org"
    assert check_public_url("https://[2001:db8::1]:8321") == "https://[2001:db8::1]:8321"
    for url in (
        "http://record.example.org",
        "record.example.org",
        "https://",
        "https://record.example.org/under",
        "https://me@record.example.org",
        "https://record.example.org:x",
        "",
    ):
        with pytest.raises(HostRefused):
            check_public_url(url)
