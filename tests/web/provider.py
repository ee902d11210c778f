"""A small OpenID provider on the loopback: whoever comes is at once sent back as the person it is told to
vouch for, with what a test wants to be wrong."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "onrecord", "only the two of us know"


class FakeProvider:
    """What it vouches for (`claims`, `userinfo`), and what is wrong with its tokens (`wrong`, over the right
    claims); `key` signs, and need not be the one that it publishes."""

    def __init__(self) -> None:
        self.published = RSAKey.generate_key(2048, {"kid": "one"})
        self.key = self.published
        self.algorithm = "RS256"
        self.claims: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.wrong: dict[str, Any] = {}
        self.refuses: str | None = None
        self.asked: dict[str, dict[str, str]] = {}
        self.issuer = ""

    def about(self) -> dict[str, Any]:
        """Its metadata."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        told = {"state": asked["state"], "iss": self.issuer}
        if self.refuses:
            return f"{asked['redirect_uri']}?{urlencode({**told, 'error': self.refuses})}"
        code = secrets.token_urlsafe(8)
        self.asked[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({**told, 'code': code})}"

    def token(self, told: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The tokens for a code, which is good for one time, for who has the secret and the verifier."""
        asked = self.asked.pop(told["code"], None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(told["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or authorization != f"Basic {basic}" or challenge != asked["code_challenge"]:
            return None
        if told["redirect_uri"] != asked["redirect_uri"]:
            return None
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": asked["nonce"],
            **self.claims,
            **self.wrong,
        }
        signed = jwt.encode({"alg": self.algorithm, "kid": "one"}, claims, self.key, [self.algorithm])
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": signed}


@contextmanager
def provider() -> Iterator[FakeProvider]:
    """A provider that answers until the end."""
    fake = FakeProvider()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

        def answer(self, told: Any, status: int = 200, **headers: str) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            match parts.path:
                case "/.well-known/openid-configuration":
                    self.answer(fake.about())
                case "/keys":
                    self.answer({"keys": [fake.published.as_dict(private=False)]})
                case "/userinfo" if self.headers["Authorization"] == "Bearer opaque":
                    self.answer(fake.userinfo)
                case "/authorize":
                    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
                    self.answer({}, 302, Location=fake.authorize(asked))
                case _:
                    self.answer({}, 404)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told = {name: values[0] for name, values in parse_qs(body).items()}
            tokens = fake.token(told, self.headers.get("Authorization", ""))
            self.answer(tokens or {"error": "invalid_grant"}, 200 if tokens else 400)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        fake.issuer = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()
