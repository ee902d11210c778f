"""What took time is made once, however many ask; what is large is sent compressed to who takes it so."""

from __future__ import annotations

import gzip
import threading
import time
from pathlib import Path

import httpx
import pytest
from tests.web.conftest import serving

from onrecord.ledger import Ledger
from onrecord.web._kept import Kept, Texts, packed


def test_of_twenty_who_ask_at_once_one_makes_it() -> None:
    kept: Kept[int] = Kept(4)
    made: list[int] = []
    found: list[int] = []
    begun = threading.Event()

    def make() -> int:
        begun.set()
        time.sleep(0.05)
        made.append(1)
        return 7

    def ask() -> None:
        found.append(kept.get("answer", "now", make))

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert begun.is_set()
    assert (found, len(made)) == ([7] * 20, 1)


def test_what_is_of_another_state_or_failed_is_made_anew() -> None:
    kept: Kept[str] = Kept(4)
    assert kept.get("a", "1", lambda: "first") == "first"
    assert kept.get("a", "1", lambda: "never") == "first"
    assert kept.get("a", "2", lambda: "second") == "second"

    def fail() -> str:
        raise ValueError("away")

    with pytest.raises(ValueError, match="away"):
        kept.get("b", "1", fail)
    assert kept.get("b", "1", lambda: "back") == "back"


def test_texts_that_weigh_too_much_go_the_least_wanted_first() -> None:
    texts = Texts(3_000)
    made: list[str] = []

    def text(name: str) -> str:
        def make() -> bytes:
            made.append(name)
            return packed("\ud800" + "".join(chr(0x4E00 + (ord(name) * n * n) % 20_000) for n in range(400)))

        return texts.get(name, "now", make)

    first = text("a")
    assert text("a") == first
    text("b")
    text("a")
    for name in "cdef":
        text(name)
    assert made == list("abcdef")
    text("f")
    text("b")
    assert made == [*"abcdef", "b"]


def over_the_wire(web: httpx.Client, place: str) -> bytes:
    """The bytes of an answer as they are sent."""
    with (
        httpx.Client(base_url=web.base_url, trust_env=False) as plain,
        plain.stream("GET", place, headers={"Accept-Encoding": "gzip"}) as raw,
    ):
        return b"".join(raw.iter_raw())


def test_an_answer_is_compressed_for_who_takes_it_so(web: httpx.Client) -> None:
    for place in ("/suppliers/Huawei", "/static/dossier.css", "/api/v1/suppliers/Huawei/dossier"):
        plain = web.get(place, headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert "Accept-Encoding" in plain.headers["vary"]
        packed = web.get(place, headers={"Accept-Encoding": "br;q=1.0, gzip;q=0.8"})
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.content == plain.content
        sent = over_the_wire(web, place)
        assert int(packed.headers["content-length"]) == len(sent) < len(plain.content) / 3
        assert gzip.decompress(sent) == plain.content
        # A strong tag is of these very bytes (RFC 9110, 8.8.3.3), and the same bytes come again.
        assert packed.headers["etag"] != plain.headers["etag"]
        assert over_the_wire(web, place) == sent
        for headers, tag in (("gzip", packed.headers["etag"]), ("identity", plain.headers["etag"])):
            asked = {"Accept-Encoding": headers, "If-None-Match": tag}
            assert web.get(place, headers=asked).status_code == 304
            other = {**asked, "Accept-Encoding": "identity" if headers == "gzip" else "gzip"}
            assert web.get(place, headers=other).status_code == 200
    for coding in ("gzip;q=0", "br", ""):
        assert "content-encoding" not in web.get("/", headers={"Accept-Encoding": coding}).headers


def test_a_dossier_that_is_kept_is_that_of_the_ledger_as_it_is(own: Path) -> None:
    with Ledger(own) as ledger, serving(ledger) as web:
        before = web.get("/suppliers/Huawei")
        assert web.get("/suppliers/Huawei").content == before.content
        assert web.get("/suppliers/Huawei", params={"language": "nl"}).content != before.content
        assert web.get("/suppliers/Huawei", params={"as_of": "2018"}).content != before.content
        with Ledger(own) as other:
            for one in other.statements(entity="Huawei"):
                other.judge("reject", one.id, who="me")
            other.merge("Ericsson", "Huawei", who="me")
        after = web.get("/suppliers/Huawei")
        assert after.content != before.content
        assert "Ericsson" not in [one["key"] for one in web.get("/api/v1/entities").json()["items"]]
