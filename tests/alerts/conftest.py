"""Real servers on the loopback that take what is sent: mail and webhooks; and a ledger with pages of ours."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from onrecord.alerts import Settings, Smtp
from onrecord.entities import Entity
from onrecord.ledger import Ledger
from onrecord.pages import Block, Page, Published, Run
from onrecord.statements import Reading, Statement
from onrecord.team import Team

Said = tuple[str, str | None, str | None, str]
"""A type, an actor, a target and a status."""

BANS: Said = ("restriction", "DK", "Huawei", "asserted")
WEIGHS: Said = ("restriction", "DK", "Huawei", "possible")
ACCUSED: Said = ("wrongdoing", "Huawei", None, "alleged")
DENIED: Said = ("wrongdoing", "Huawei", None, "negated")
OTHER: Said = ("restriction", "DK", "ZTE", "asserted")


class Told:
    """A webhook's receiver: `got` are headers and bodies; it answers with `answers` in turn, then 200."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.held = threading.Event()
        self.held.set()
        told = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                told.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                told.held.wait(20)
                code = told.answers.pop(0) if told.answers else 200
                self.send_response(code)
                if 300 <= code < 400:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook?for=us"

    @property
    def moves(self) -> list[list[str]]:
        """The kinds of what moved, by message."""
        return [
            [move["kind"] for one in json.loads(body)["suppliers"] for move in one["moves"]]
            for _, body in self.got
        ]

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def signed(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Whether a message is signed as Standard Webhooks says, reckoned here from its text."""
    scheme, _, key = secret.partition("_")
    assert scheme == "whsec"
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.digest(base64.b64decode(key, validate=True), content, "sha256")
    versions = dict(one.split(",", 1) for one in headers["webhook-signature"].split(" "))
    return hmac.compare_digest(base64.b64decode(versions["v1"]), digest)


class Mails:
    """A mail server: `got` are the messages that it took, `raw` their bytes as they came; it answers with
    `answers` in turn, then takes. `users` are those who wanted to log in, with the passwords that they told;
    "desk" is let in with `password`."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.users: list[tuple[str, str]] = []
        self.password = "s3cret-word"
        self.got: list[EmailMessage] = []
        self.to: list[list[str]] = []
        self.answers: list[str] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002
        if self.answers:
            return self.answers.pop(0)
        data = cast(bytes, envelope.original_content)
        self.raw.append(data)
        self.got.append(message_from_bytes(data, policy=policy.default))
        self.to.append(list(envelope.rcpt_tos))
        return "250 taken"

    def log_in(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _way: str, told: Any
    ) -> AuthResult:
        """Let in who may."""
        self.users.append((told.login.decode(), told.password.decode()))
        return AuthResult(success=self.users[-1] == ("desk", self.password), handled=False)


@contextmanager
def mail_server(handler: Mails, host: str = "127.0.0.1", **options: Any) -> Iterator[int]:
    """The port of a mail server; `options` are aiosmtpd's."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port = int(probe.getsockname()[1])
    controller = Controller(handler, hostname=host, port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.fixture
def hook() -> Iterator[Told]:
    made = Told()
    yield made
    made.held.set()
    made.close()


@pytest.fixture
def mails() -> Iterator[tuple[Mails, Settings]]:
    """A mail server, and the settings that name it."""
    handler = Mails()
    with mail_server(handler) as port:
        smtp = Smtp("127.0.0.1", port, "none", "record@example.org")
        yield handler, Settings(smtp=smtp, public_url="https://record.example.org")


def page_of(
    number: int, *says: Said, outlet: str | None = None, text: str | None = None
) -> tuple[Page, Reading]:
    """A page of ours, one sentence for each of what it says."""
    sentences = [text or f"Sentence {number}.{n} of a page of ours." for n in range(len(says))]
    original = "\n".join(sentences)
    statements = []
    begin = 0
    for sentence, (type_, actor, target, status) in zip(sentences, says, strict=True):
        end = begin + len(sentence)
        topic = "espionage" if type_ == "wrongdoing" else "network"
        fields = (type_, actor, target, status, topic, (), None)
        statements.append(Statement(begin, end, sentence, begin, end, *fields, 0.9, "by hand"))  # type: ignore[arg-type]
        begin = end + 1
    keys = {key for s in statements for key in (s.actor, s.target) if key}
    named = tuple(
        Entity(key, "state", key, (), key) if len(key) == 2 else Entity(key, "company", key)
        for key in sorted(keys)
    )
    page = Page(
        digest=hashlib.sha256(f"{number} {original}".encode()).hexdigest(),
        locator=f"https://news.example.org/{number}",
        encoding="utf-8",
        original=original,
        text=original,
        offsets=tuple(range(len(original))),
        ends=tuple(range(1, len(original) + 1)),
        blocks=(Block(0, len(original), "body"),),
        runs=(Run(0, len(original), True, "body"),),
        title=f"Page {number}",
        outlet=outlet or f"Paper {number}",
        published=Published(f"2019-03-{number + 1:02}", "day", "front matter: date", 1.0),
        language="en",
        language_confidence=1.0,
    )
    return page, Reading("by-hand", "1", tuple(statements), (), named)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


@pytest.fixture
def ledger(place: Path) -> Iterator[Ledger]:
    """A ledger in which Denmark weighs a restriction on Huawei, and restricts ZTE."""
    with Ledger(place) as made:
        made.add(*page_of(0, WEIGHS, OTHER))
        yield made


@pytest.fixture
def team(ledger: Ledger) -> Iterator[Team]:
    with Team(ledger.place) as made:
        yield made
