"""Passwords: kept as Argon2id (RFC 9106) and checked in constant time; long ones, and no rules about their letters.

Length and what is easily guessed count, not kinds of characters (NIST SP 800-63B, section 5.1.1.2).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from marsad.server.refused import Refused
from marsad.store.accounts import key

SHORTEST = 12
LONGEST = 1000
_DIFFERENT = 5


class Passwords:
    """Makes and checks what is kept of passwords; two at a time, for each takes 64 MiB while it is worked on."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._turn = Semaphore(2)
        self._room = Semaphore(8)

    @cached_property
    def _none(self) -> str:
        """What is compared with where there is nothing to compare with."""
        return self._hasher.hash("nobody's")

    @contextmanager
    def entrance(self) -> Iterator[None]:
        """Room for one who signs in; Refused where many do at once, so that they leave the others room to work."""
        if not self._room.acquire(blocking=False):
            raise Refused("access.busy", status=503)
        try:
            yield
        finally:
            self._room.release()

    def hashed(self, password: str, *, name: str) -> str:
        """What is kept of a new password; Refused where it is too short, too long or easily guessed."""
        _must_be_good(password, name)
        with self._turn:
            return self._hasher.hash(password)

    def right(self, kept: str, password: str) -> bool:
        """Whether this is the password; takes the same time where there is none to compare it with ("")."""
        with self._turn:
            try:
                return self._hasher.verify(kept or self._none, password[:LONGEST]) and bool(kept)
            except (VerificationError, InvalidHashError):
                return False


def _must_be_good(password: str, name: str) -> None:
    if len(password) < SHORTEST:
        raise Refused("access.password_short", least=SHORTEST, length=len(password))
    if len(password) > LONGEST:
        raise Refused("access.password_long", most=LONGEST)
    if len(set(password)) < _DIFFERENT or key(password) == key(name):
        raise Refused("access.password_guessed")
