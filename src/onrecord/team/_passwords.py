"""Passwords: which are taken, and how they are kept."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import pairwise
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from onrecord.team._account_errors import PasswordRefused

SHORTEST = 12
"""Characters that a password has at least. NIST SP 800-63B (rev. 4, 3.1.1.2) asks for 15 where nothing else
is asked for, and 8 beside a second factor; behind waits that grow, and with common ones refused, 12 stand
between."""
LONGEST = 1000
"""Characters at most, so that nobody has us hash a book. NIST: at least 64 must be allowed."""

_AT_ONCE = BoundedSemaphore(2)
"""A hash takes 64 MiB and all cores for a moment: not more than two are made at a time."""
_hasher = PasswordHasher()
"""argon2id with the parameters that argon2-cffi recommends (RFC 9106, low memory)."""


def _plain(password: str) -> str:
    """One password however its letters were composed (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


@cache
def _common() -> frozenset[str]:
    text = (files("onrecord.team") / "data" / "common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def check_password(password: str, name: str) -> None:
    """Whether a password is taken for an account of that name; `PasswordRefused` says why not.

    No rules of composition and no change after some time, as NIST SP 800-63B has it: only too short ones,
    the name itself, and the commonest are refused.
    """
    plain = _plain(password)
    if len(plain) < SHORTEST:
        raise PasswordRefused(
            f"A password has at least {SHORTEST} characters. Several words make a good one."
        )
    if len(plain) > LONGEST:
        raise PasswordRefused(f"A password has at most {LONGEST} characters.")
    folded = plain.casefold()
    bare = "".join(one for one in folded if one.isalnum())
    own = "".join(one for one in name.casefold() if one.isalnum())
    if own and not bare.replace(own, "").strip("0123456789"):
        raise PasswordRefused("That is little more than the account's name. Choose another password.")
    piece = _repeated(bare)
    if len(set(folded)) < 5 or bare in _common() or piece in _common() or _is_run(bare):
        raise PasswordRefused("That password is among the first that are tried. Choose another.")


def _repeated(text: str) -> str:
    """The piece of which a text is made by repeating it; the text itself where it is none."""
    return text[: (text + text).find(text, 1)] if text else text


def _is_run(text: str) -> bool:
    """Whether each character follows on the one before it: abcdefghijkl, 987654321098."""
    steps = {(ord(b) - ord(a)) % (10 if (a + b).isdecimal() else 2**21) for a, b in pairwise(text)}
    return steps in ({1}, {9}, {2**21 - 1})


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return _hasher.hash(_plain(password))


def verified(kept: str | None, password: str) -> bool:
    """Whether that is the password. Where none is kept it takes the same time to find that it is not."""
    with _AT_ONCE:
        try:
            _hasher.verify(kept or _dummy(), _plain(password)[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def outgrown(kept: str) -> bool:
    """Whether a hash was made with other parameters than those that are recommended now."""
    return _hasher.check_needs_rehash(kept)


@cache
def _dummy() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))
