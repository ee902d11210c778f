"""Who asks: somebody alone on their machine, a browser that is signed in, a program with a token, or nobody
whom we know."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.responses import Response

from onrecord.team import LONGEST_SESSION as _LONGEST
from onrecord.team import (
    Account,
    Accounts,
    Marks,
    Person,
    Session,
    Sessions,
    SignIn,
    Team,
    Tokens,
    UnknownAccount,
)
from onrecord.web._errors import Problem
from onrecord.web._forms import SAFE, fits, see_other

_COOKIE = "onrecord"
_API = "/api/"
_OPEN = "/sign-in"
"""What is answered to whoever asks, with what is below it; and the style sheets and scripts."""
_BESIDE = "x-beside"
"""The header by which a script asks for what stands beside a form while somebody writes in it: an answer must
not lead away from that."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a `person`, or None where nobody is signed in. `csrf` is the mark that forms of theirs carry
    in this session, `whose` that of their account in all; `session` is how they are signed in, where they
    are; `refused` that a token was shown which does not hold."""

    person: Person | None
    csrf: str
    whose: str = ""
    session: Session | None = None
    refused: bool = False


class Identity:
    """Finds out who asks, and turns away whom we don't know.

    Where there are no accounts everybody who reaches us is `person`. Where there are, or an OpenID provider
    is configured (`provider`), a browser shows the cookie of its session and a program a token. With `secure`
    the browser reaches us by HTTPS.
    """

    def __init__(self, team: Team, person: Person, *, secure: bool = False, provider: bool = False) -> None:
        self.accounts = Accounts(team)
        self.sessions = Sessions(team)
        self.tokens = Tokens(team)
        self.marks = Marks(team)
        self.sign_in = SignIn(team, self.marks)
        self._person = person
        self.secure = secure
        self._guarded = provider

    def guarded(self) -> bool:
        """Whether one has to sign in. Accounts are not deleted: once there are some, there always are."""
        self._guarded = self._guarded or self.accounts.any()
        return self._guarded

    def asker(self, request: Request) -> Asker:
        """Who asks. What they show is looked up at each request: who was disabled has no next one."""
        if not self.guarded():
            return Asker(self._person, self._csrf("alone"), self.whose(None))
        told = request.headers.get("authorization")
        if told is not None and request.scope["path"].startswith(_API):
            kind, _, token = told.partition(" ")
            person = self.tokens.find(token.strip()) if kind.lower() == "bearer" else None
            return Asker(person, self._csrf("token"), refused=person is None)
        cookie = request.cookies.get(self.cookie(request))
        session = self.sessions.find(cookie) if cookie else None
        if session is None:
            # Whoever asks gets the same one. A form that signs somebody else in (login CSRF) is refused since
            # the browser says that another site's page sent it.
            return Asker(None, self._csrf("nobody"))
        whose = self.whose(session.person.account)
        return Asker(session.person, self._csrf(session.digest), whose, session)

    def turned_away(self, request: Request, asker: Asker) -> Response | None:
        """The way to the sign-in for who is not signed in, as an answer, or a `Problem` for a program or a
        form; None for who may go on."""
        path: str = request.scope["path"]
        changes = request.method not in SAFE
        if asker.person is not None:
            if asker.session is not None and path.startswith(_API) and changes:
                told = request.headers.get("x-csrf-token", "")
                if not fits(told, asker.csrf):
                    raise Problem(
                        HTTPStatus.FORBIDDEN,
                        "Send the header X-CSRF-Token with what stands in the page's meta element `csrf`; "
                        "or ask with a token instead of a cookie.",
                    )
            return None
        if path == _OPEN or path.startswith(f"{_OPEN}/"):
            return None
        if path.startswith(_API):
            invalid = ', error="invalid_token"' if asker.refused else ""
            raise Problem(
                HTTPStatus.UNAUTHORIZED,
                "This token does not hold: it is unknown, revoked or expired, or its account is disabled."
                if asker.refused
                else "Say who asks: Authorization: Bearer TOKEN. Make a token on the page /account, or with "
                "`onrecord accounts token add`.",
                headers={"WWW-Authenticate": f'Bearer realm="On Record"{invalid}'},
            )
        here = _address(request)
        if not changes and "hx-request" not in request.headers:
            return see_other(_OPEN, next=None if here == "/" else here)
        raise Problem(
            HTTPStatus.UNAUTHORIZED,
            "You are not signed in any more. Go back to the form and copy what you wrote; then sign in, and "
            "send it anew.",
            headers={"HX-Redirect": _OPEN}
            if "hx-request" in request.headers and _BESIDE not in request.headers
            else {},
        )

    def cookie(self, request: Request) -> str:
        """The name of the session's cookie. By HTTPS no other host, and no page without HTTPS, can set it; on
        one machine two workbenches at two ports have their own."""
        return f"__Host-{_COOKIE}" if self.secure else f"{_COOKIE}-{request.scope['server'][1]}"

    def set(self, answer: Response, name: str, value: str, seconds: int) -> None:
        """Have the browser keep a cookie that scripts don't see, and other sites' pages can't send with a
        form. Links from elsewhere bring it along: those of an alert should lead to what they are about."""
        answer.set_cookie(name, value, seconds, path="/", secure=self.secure, httponly=True, samesite="lax")

    def admit(self, request: Request, answer: Response, account: Account) -> None:
        """Begin a session, and have the browser keep it."""
        self.keep(request, answer, self.begin(request, account))

    def begin(self, request: Request, account: Account) -> str:
        """Begin a session, always with a new token, and end the one that the browser had."""
        self.leave(request)
        return self.sessions.begin(account, request.headers.get("user-agent", ""))

    def keep(self, request: Request, answer: Response, token: str) -> None:
        """Have the browser keep the token of a session."""
        self.set(answer, self.cookie(request), token, _LONGEST)

    def leave(self, request: Request) -> None:
        """End the session of who asks."""
        asker = asker_of(request)
        if asker.session is not None and asker.session.person.account is not None:
            with suppress(UnknownAccount):  # it ended meanwhile, as all do when the password changes
                self.sessions.end(asker.session.person.account, asker.session.id)

    def whose(self, account: int | None) -> str:
        """The mark of all forms that are made for an account, None for who works alone. By it a form is known
        again when its session is over; it lets nothing be done."""
        return self.marks.of("whose", "" if account is None else str(account))

    def _csrf(self, of: str) -> str:
        return self.marks.of("csrf", of)


def _address(request: Request) -> str:
    path: str = request.scope["raw_path"].decode("latin-1")
    query: str = request.scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


def own_account(door: Identity, who: Person) -> Account:
    """The account of who asks. `Problem` for who works alone and has none."""
    if who.account is None:
        raise Problem(HTTPStatus.NOT_FOUND, "There are no accounts here. Make one on the page /accounts.")
    return door.accounts.get(who.name)


def asker_of(request: Request) -> Asker:
    """Who asks, as the guard found."""
    return cast(Asker, request.state.asker)


def _identity(request: Request) -> Identity:
    return cast(Identity, request.app.state.identity)


Door = Annotated[Identity, Depends(_identity)]
"""What the application knows of who may ask."""
Asking = Annotated[Asker, Depends(asker_of)]
"""Who asks, and how they are signed in."""
