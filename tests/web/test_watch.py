"""Watching in the workbench: following, what moved since the last visit, channels; pages and API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from cryptography.x509 import RFC822Name
from tests.alerts.conftest import ACCUSED, BANS, page_of
from tests.certificates import authority, issued
from tests.web.conftest import FIRM, SCRIPT, serving
from tests.web.test_pages import check_harmless, text_of, tree_of

from onrecord.ledger import Ledger
from onrecord.team import Channels, Team, Watching, Wish


@contextmanager
def both(own: Path) -> Iterator[tuple[Ledger, httpx.Client]]:
    """A workbench of a ledger that the test may change."""
    with Ledger(own) as ledger, serving(ledger) as client:
        yield ledger, client


def send(client: httpx.Client, path: str, **fields: str) -> httpx.Response:
    """Send a form of ours, and go where it leads."""
    [token] = tree_of(client.get("/watch")).xpath("//meta[@name='csrf']/@content")
    return client.post(path, data={"csrf": str(token), **fields}, follow_redirects=True)


def test_follow_and_see_what_moved_and_see_it_again_after_a_reload(own: Path) -> None:
    with both(own) as (ledger, client):
        assert "You follow no supplier yet" in text_of(client.get("/watch"))
        answer = send(client, "/watch/follow", supplier="Huawei", back="/suppliers/Huawei")
        assert answer.url.path == "/suppliers/Huawei"
        assert "You follow this supplier" in text_of(answer)
        assert "Nothing moved." in text_of(client.get("/watch"))
        ledger.add(*page_of(1, BANS, ACCUSED))
        for _ in range(2):
            told = client.get("/watch")
            assert "Denmark: not on record → restricts" in text_of(told)
            assert tree_of(told).xpath("//ol[@class='news']//a[starts-with(@href, '/statements/')]")
        # The dossier is a visit, too, but the same one.
        client.get("/suppliers/Huawei")
        assert "restricts" in text_of(client.get("/watch"))
        assert "Nothing moved." in text_of(send(client, "/watch/seen", supplier="Huawei"))
        ledger.add(*page_of(2, BANS))
        assert "Nothing moved." in text_of(client.get("/watch"))
        assert "You follow no supplier yet" in text_of(send(client, "/watch/unfollow", supplier="Huawei"))


def test_of_three_that_are_followed_it_is_told_at_a_glance_what_moved_and_all_leads_to_its_evidence(
    own: Path,
) -> None:
    with both(own) as (ledger, client):
        for name in ("Huawei", "Ericsson", "Telenor"):
            send(client, "/watch/follow", supplier=name)
        ledger.add_all([page_of(at, BANS, ACCUSED, outlet=f"Paper {at}") for at in range(1, 6)])
        by_hand = {"actor": "Norway", "supplier": "Ericsson", "position": "permits", "why": "as it wrote"}
        client.post("/api/v1/positions", json=by_hand).raise_for_status()
        page = tree_of(client.get("/watch"))
        rows = page.xpath("//section[@aria-labelledby='h-glance']//li")
        told = {row.xpath("string(a)"): " ".join(row.xpath("string(span)").split()) for row in rows}
        assert told["Telenor"] == "Nothing moved."
        assert told["Huawei"].startswith("2 changes: Denmark: not on record → restricts")
        assert told["Ericsson"].startswith("1 change: Norway")
        for row in rows:
            (card,) = page.xpath(f"//article[.//*[@id='{row.xpath('string(a/@href)')[1:]}']]")
            assert card.xpath("string(h2)").strip() == row.xpath("string(a)")
        moves = page.xpath("//ol[@class='news']/li")
        assert len(moves) == 3
        for move in moves:
            links = move.xpath(".//a/@href")
            assert links, move.text_content()
            for link in links:
                url = httpx.URL(link)
                answer = client.get(url)
                assert answer.status_code == 200, link
                assert not url.fragment or tree_of(answer).xpath(f"//*[@id='{url.fragment}']"), link
        (hand,) = page.xpath("//ol[@class='news']//a[starts-with(@href, '/judgements/')]/@href")
        assert "as it wrote" in text_of(client.get(hand))
        # Where a supplier is made later, its line is told with it.
        part = tree_of(client.get("/watch/of/Huawei"))
        assert part.xpath("string(//*[@hx-swap-oob]/@id)") in page.xpath("//section//span/@id")


def test_only_what_can_be_a_supplier_is_followed(own: Path) -> None:
    with both(own) as (_, client):
        answer = send(client, "/watch/follow", supplier="Tyskland", stood="/watch?language=da")
        assert answer.status_code == 422
        tree = tree_of(answer)
        assert "er ingen virksomhed" in tree.xpath("string(//*[@id='wrong'])")
        assert tree.xpath("//input[@name='supplier'][@aria-invalid='true']/@value") == ["Tyskland"]
        assert client.put("/api/v1/watch/Germany").status_code == 400
        assert client.get("/api/v1/watch").json()["total"] == 0
        for supplier, offered in (("DE", 0), ("Huawei", 1)):
            forms = tree_of(client.get(f"/suppliers/{supplier}")).xpath("//form[@action='/watch/follow']")
            assert len(forms) == offered


def test_a_state_that_was_followed_once_is_named_in_the_language(own: Path) -> None:
    with Team(own) as team, both(own) as (ledger, client):
        Watching(team).follow(None, "DE", knew=ledger.latest())
        heads = tree_of(client.get("/watch?language=da")).xpath("//article[contains(@class,'followed')]/h2")
        assert [head.text_content().strip() for head in heads] == ["Tyskland"]


def test_a_new_visit_shows_what_moved_since_the_last_one(own: Path) -> None:
    with Ledger(own) as ledger, Team(own) as team:
        watching = Watching(team)
        watching.follow(3, "Huawei", knew=ledger.latest())
        [first] = watching.follows(3)
        ledger.add(*page_of(1, BANS))
        seen = ledger.latest()
        later = first.since + timedelta(hours=5)
        [visit] = watching.look(3, knew=seen, now=later)
        assert visit.before == first.before
        # Looks at short distance are one visit, however long it takes in all.
        for minutes in (20, 40, 60):
            [visit] = watching.look(3, knew=ledger.latest(), now=later + timedelta(minutes=minutes))
            assert visit.before == first.before
        [visit] = watching.look(3, knew=ledger.latest(), now=later + timedelta(hours=2))
        assert visit.before == seen
        assert watching.follows(None) == ()


def test_the_button_of_a_dossier_is_no_older_than_what_is_followed(own: Path) -> None:
    with both(own) as (_, client):
        before = client.get("/suppliers/Huawei")
        held = {"If-None-Match": before.headers["etag"]}
        assert client.get("/suppliers/Huawei", headers=held).status_code == 304
        client.put("/api/v1/watch/Huawei")
        assert "Follow no longer" in text_of(client.get("/suppliers/Huawei", headers=held))


def test_what_is_hostile_is_harmless_where_it_is_watched(own: Path) -> None:
    with both(own) as (ledger, client):
        assert client.put(f"/api/v1/watch/{quote(FIRM, safe='')}").status_code == 201
        said = ("restriction", "DK", FIRM, "asserted")
        ledger.add(*page_of(1, said, outlet=SCRIPT, text=f"No {SCRIPT} here"))
        send(client, "/watch/channels", address="http://127.0.0.1:9/'><script>", spoken="en")
        for place in ("/watch", "/watch/settings", "/watch?language=da", f"/watch/of/{quote(FIRM, safe='')}"):
            answer = client.get(place)
            assert answer.status_code == 200, place
            check_harmless(place, answer)
        feed = client.get("/watch/feed.atom")
        assert feed.headers["content-type"].startswith("application/atom+xml")
        assert "<script" not in feed.text
        told = re.search(r"<id>(urn:uuid:[0-9a-f-]{36})</id>", feed.text)
        assert told is not None
        assert client.put("/api/v1/watch/Huawei").status_code == 201
        assert told[0] in client.get("/watch/feed.atom?language=da").text, "whomever one follows"
        (at,) = set(re.findall(r'href="([^"]*)"', feed.text))
        assert at.startswith(str(client.base_url))
        assert client.get(at).status_code == 200


def test_by_the_api(own: Path) -> None:
    with both(own) as (ledger, client):
        assert client.put("/api/v1/watch/Huawei").status_code == 201
        assert client.put("/api/v1/watch/huawei").status_code == 200
        assert client.put("/api/v1/watch/Nobody").status_code == 404
        ledger.add(*page_of(1, BANS))
        [one] = client.get("/api/v1/watch").json()["items"]
        assert one["supplier"] == "Huawei"
        assert [(move["actor"], move["after"]) for move in one["moves"]] == [("DK", "restricts")]
        assert sum(one["weeks"]["counts"]) >= 1
        assert len(one["weeks"]["counts"]) == 53
        danish = client.get("/api/v1/watch/Huawei?language=da").json()
        assert "Danmark" in danish["moves"][0]["told"]
        # Asking is no visit.
        assert client.get("/api/v1/watch/Huawei").json() == one
        assert client.delete("/api/v1/watch/Huawei").status_code == 204
        assert client.delete("/api/v1/watch/Huawei").status_code == 404
        assert client.get("/api/v1/watch").json() == {"items": [], "total": 0, "next": None}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"address": "nobody"}, "no e-mail address"),
        ({"address": "a@example.org", "zone": "Mars"}, "no time zone"),
        ({"address": "a@example.org", "hour": "25"}, "no hour"),
        ({"address": "a@example.org", "quiet_from": "22:00"}, "a beginning and an end"),
    ],
)
def test_a_channel_that_cannot_be_is_refused_and_the_form_kept(
    own: Path, wrong: dict[str, str], said: str
) -> None:
    with both(own) as (_, client):
        answer = send(client, "/watch/channels", stood="/watch/settings", **wrong)
        assert answer.status_code == 422
        assert said in text_of(answer)
        [field] = tree_of(answer).xpath("//input[@name='address']/@value")
        assert field == wrong["address"]


def test_another_accounts_channels_are_not_ones_own(own: Path) -> None:
    with both(own) as (ledger, client), Team(ledger.place) as team:
        theirs = Channels(team).add(4, Wish("email", "them@example.org"))
        assert "them@example.org" not in client.get("/watch/settings").text
        for path in ("/watch/channels/remove", "/watch/channels/test"):
            assert send(client, path, channel=str(theirs.id)).status_code == 404
        assert len(Channels(team).of(4)) == 1


def test_settings_say_whether_mails_are_signed(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("ONRECORD_SMTP_FROM", "record@example.org")
    root, address = authority(), RFC822Name("record@example.org")
    with both(own) as (_, client):

        def told(language: str = "en") -> str:
            return text_of(client.get("/watch/settings", params={"language": language}))

        assert "Mails are not signed." in told()
        certificate, key = issued(root, address).write(tmp_path)
        monkeypatch.setenv("ONRECORD_SMIME_CERTIFICATE", str(certificate))
        assert "smime_key" in told()
        monkeypatch.setenv("ONRECORD_SMIME_KEY", str(key))
        assert "Mails are signed (S/MIME) as record@example.org" in told()
        assert "underskrevet (S/MIME) som record@example.org" in told("da")
        assert "ondertekend (S/MIME) als record@example.org" in told("nl")
        issued(root, address, days=(-9, -1)).write(tmp_path)
        assert "Mails are not sent for now, and wait." in told()
