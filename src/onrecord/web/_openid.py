"""OpenID Connect: somebody signs in at a provider, which vouches for who they are and in which groups
(https://openid.net/specs/openid-connect-core-1_0.html, the authorization code flow with PKCE, RFC 7636)."""

from __future__ import annotations

import json
import os
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from pathlib import Path
from threading import Lock
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

import httpx
import yaml

from onrecord.team import ROLES, Marks, Role

_KEYS = {"issuer", "client", "secret", "name", "groups", "roles", "everyone", "scopes", "label"}
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures that are taken: none without a key of the provider's own, as `none` and HS256 would be."""
_LEEWAY = 60
"""Seconds by which the provider's clock may differ."""
_METADATA = 3600
"""Seconds for which what the provider says of itself is kept."""
FLOW_SECONDS = 600
"""Seconds that somebody has to sign in at the provider."""


class OpenIdError(Exception):
    """A configuration that is wrong, a provider that can't be reached, or an answer that can't be believed;
    the message says what to do."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for: `subject` is its own mark for them."""

    issuer: str
    subject: str
    name: str
    role: Role
    email: str | None


@dataclass(frozen=True, slots=True)
class Settings:
    """A provider, and what its claims mean (docs/accounts.md): `roles` maps its groups to ours, `everyone` is
    the role of who is in none of them; None refuses them."""

    issuer: str
    client: str
    secret: str | None
    name: str
    groups: str
    roles: Mapping[str, Role]
    everyone: Role | None
    scopes: str
    label: str


def read_settings(place: Path) -> Settings:
    """The settings in a YAML file. `OpenIdError` where one is wrong. The secret itself stands in the
    environment, in the variable that `secret` names."""
    try:
        told = yaml.safe_load(place.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise OpenIdError(f"{place} cannot be read as YAML: {error}") from error
    if not isinstance(told, dict) or not told.keys() <= _KEYS:
        raise OpenIdError(f"{place}: the keys are {', '.join(sorted(_KEYS))}.")
    for key in ("issuer", "client"):
        if not isinstance(told.get(key), str):
            raise OpenIdError(f"{place}: `{key}` is missing.")
    _check_address(told["issuer"], f"{place}: `issuer`")
    roles = told.get("roles") or {}
    everyone = told.get("everyone")
    if not isinstance(roles, dict) or not {*roles.values(), everyone or "reader"} <= set(ROLES):
        raise OpenIdError(f"{place}: `roles` maps groups, and `everyone` is, one of {', '.join(ROLES)}.")
    variable = told.get("secret")
    if variable is not None and not os.environ.get(str(variable)):
        raise OpenIdError(
            f"{place}: the secret is to stand in the environment as {variable}, which is empty."
        )
    return Settings(
        issuer=told["issuer"],
        client=told["client"],
        secret=os.environ[str(variable)] if variable is not None else None,
        name=str(told.get("name", "preferred_username")),
        groups=str(told.get("groups", "groups")),
        roles={str(group): role for group, role in roles.items()},
        everyone=everyone,
        scopes=str(told.get("scopes", "openid profile email")),
        label=str(told.get("label", urlsplit(told["issuer"]).hostname)),
    )


class Provider:
    """A provider at which people sign in. `OpenIdError` where authlib is not installed."""

    def __init__(self, settings: Settings) -> None:
        try:
            import authlib.oidc.core  # noqa: F401
            import joserfc  # noqa: F401
        except ImportError as error:
            raise OpenIdError("OpenID Connect needs: pip install 'onrecord[openid]'") from error
        self.settings = settings
        self._lock = Lock()
        self._metadata: tuple[float, dict[str, Any]] | None = None

    @property
    def label(self) -> str:
        """What it is called on the page."""
        return self.settings.label

    def begin(self, marks: Marks, redirect: str, after: str) -> tuple[str, str]:
        """The address at which to sign in, and what the browser is to bring back in a cookie. `redirect` is
        where the provider sends it, `after` where it goes on."""
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        flow = {
            "state": secrets.token_urlsafe(24),
            "nonce": secrets.token_urlsafe(24),
            "verifier": secrets.token_urlsafe(48),
            "after": after,
            "until": int(time.time()) + FLOW_SECONDS,
        }
        asked = {
            "response_type": "code",
            "client_id": self.settings.client,
            "redirect_uri": redirect,
            "scope": self.settings.scopes,
            "state": flow["state"],
            "nonce": flow["nonce"],
            "code_challenge": create_s256_code_challenge(flow["verifier"]),
            "code_challenge_method": "S256",
        }
        address = self._address("authorization_endpoint")
        kept = urlsafe_b64encode(json.dumps(flow).encode()).decode()
        joined = "&" if "?" in address else "?"
        return f"{address}{joined}{urlencode(asked)}", f"{kept}.{marks.of('openid', kept)}"

    def finish(
        self, marks: Marks, cookie: str, answer: Mapping[str, str], redirect: str
    ) -> tuple[Vouched, str]:
        """Whom the provider vouches for by its `answer`, the query with which it sent the browser back, and
        where that one goes on. `OpenIdError` where any of it can't be believed."""
        flow = _flow(marks, cookie)
        if not compare_digest(answer.get("state", "").encode("utf-8", "replace"), flow["state"].encode()):
            raise OpenIdError("This answer belongs to another try to sign in. Sign in again.")
        if answer.get("iss", self.settings.issuer) != self.settings.issuer:  # RFC 9207
            raise OpenIdError("Another provider answered than was asked. Sign in again.")
        if "code" not in answer:
            told = answer.get("error", "no code")
            raise OpenIdError(f"The provider did not let you in ({told[:100]}).")
        tokens = self._tokens(answer["code"], flow["verifier"], redirect)
        claims = self._claims(tokens, flow["nonce"])
        return self._vouched(claims), flow["after"]

    def _tokens(self, code: str, verifier: str, redirect: str) -> dict[str, Any]:
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect,
            "code_verifier": verifier,
        }
        auth: tuple[str, str] | None = None
        methods = self._about().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if self.settings.secret is None or "client_secret_basic" not in methods:
            asked["client_id"] = self.settings.client
            if self.settings.secret is not None:
                asked["client_secret"] = self.settings.secret
        else:
            auth = (self.settings.client, self.settings.secret)
        return self._asked("POST", self._address("token_endpoint"), data=asked, auth=auth)

    def _claims(self, tokens: dict[str, Any], nonce: str) -> dict[str, Any]:
        """The claims of the ID token, once its signature, issuer, audience, time and nonce were checked; with
        those of the userinfo endpoint where the name or the groups stand only there."""
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        try:
            keys = KeySet.import_key_set(cast(Any, self._asked("GET", self._address("jwks_uri"))))
            token = jwt.decode(str(tokens.get("id_token", "")), keys, algorithms=_ALGORITHMS)
            told = CodeIDToken(
                token.claims,
                token.header,
                options={
                    "iss": {"essential": True, "value": self.settings.issuer},
                    "aud": {"essential": True, "value": self.settings.client},
                },
                params={
                    "nonce": nonce,
                    "client_id": self.settings.client,
                    "access_token": tokens.get("access_token"),
                },
            )
            told.validate(leeway=_LEEWAY)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise OpenIdError("What the provider says of you can't be believed. Sign in again.") from error
        claims: dict[str, Any] = dict(told)
        wanted = {self.settings.name, *([self.settings.groups] if self.settings.roles else [])}
        if not wanted <= claims.keys() and "userinfo_endpoint" in self._about():
            headers = {"Authorization": f"Bearer {tokens.get('access_token')}"}
            more = self._asked("GET", self._address("userinfo_endpoint"), headers=headers)
            if more.get("sub") != claims["sub"]:
                raise OpenIdError("The provider speaks of somebody else. Sign in again.")
            claims = {**more, **claims}
        return claims

    def _vouched(self, claims: dict[str, Any]) -> Vouched:
        name, groups = claims.get(self.settings.name), claims.get(self.settings.groups)
        if not isinstance(name, str) or not name.strip():
            raise OpenIdError(f"The provider gives no name: it sends no claim '{self.settings.name}'.")
        if isinstance(groups, str):
            groups = [groups]
        found = {str(group) for group in groups} if isinstance(groups, list) else set()
        roles = [role for group, role in self.settings.roles.items() if group in found]
        if self.settings.everyone is not None:
            roles.append(self.settings.everyone)
        if not roles:
            raise OpenIdError("You are known to the provider, but in no group that may use this workbench.")
        email = claims.get("email") if claims.get("email_verified") is True else None
        return Vouched(
            self.settings.issuer,
            str(claims["sub"]),
            name,
            max(roles, key=ROLES.index),
            email if isinstance(email, str) else None,
        )

    def _about(self) -> dict[str, Any]:
        """What the provider says of itself (OpenID Connect Discovery)."""
        with self._lock:
            if self._metadata is None or self._metadata[0] < time.monotonic() - _METADATA:
                place = f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration"
                told = self._asked("GET", place)
                if told.get("issuer") != self.settings.issuer:
                    raise OpenIdError(
                        f"The provider calls itself {told.get('issuer')!r}, not {self.settings.issuer!r}."
                    )
                self._metadata = time.monotonic(), told
            return self._metadata[1]

    def _address(self, key: str) -> str:
        told = str(self._about().get(key, ""))
        _check_address(told, f"The provider's `{key}`")
        return told

    def _asked(self, method: str, place: str, **more: Any) -> dict[str, Any]:
        try:
            answer = httpx.request(method, place, timeout=10, **more)
            answer.raise_for_status()
            told = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise OpenIdError("The provider does not answer as it should. Try again later.") from error
        if not isinstance(told, dict):
            raise OpenIdError("The provider does not answer as it should. Try again later.")
        return told


def _flow(marks: Marks, cookie: str) -> dict[str, Any]:
    """What `begin` gave the browser to bring back."""
    kept, _, mark = cookie.rpartition(".")
    if not kept or not compare_digest(mark.encode("utf-8", "replace"), marks.of("openid", kept).encode()):
        raise OpenIdError("This browser was not sent to the provider by us. Sign in again.")
    flow: dict[str, Any] = json.loads(urlsafe_b64decode(kept))
    if flow["until"] < time.time():
        raise OpenIdError("That took too long. Sign in again.")
    return flow


def _check_address(address: str, what: str) -> None:
    """`OpenIdError` where a provider would be asked in the clear by another than this machine."""
    parts = urlsplit(address)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and local)):
        raise OpenIdError(f"{what} is no https:// address: '{address[:200]}'.")
