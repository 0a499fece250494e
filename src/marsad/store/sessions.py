"""Who is signed in, who may set a password by a link, and how often signing in failed.

Times are seconds since 1970. Of what opens a door (a session, a link) only the SHA-256 is kept, so that whoever reads
the database cannot use it; both are random with 256 bits, which no guess finds.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from marsad.store import accounts
from marsad.store.accounts import Account
from marsad.store.schema import attempts, invitations, sessions
from marsad.store.session import Session

_FORGOTTEN = 24 * 3600  # seconds after which attempts to sign in no longer count
_LONGEST_WAIT = 15 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who is signed in; ``seen`` is when the session was last noted as used."""

    account: Account
    seen: int


def begin(db: Session, name: str, *, now: int) -> str:
    """A new session of an account; what its cookie holds."""
    token = secrets.token_urlsafe(32)
    db.insert(sessions, [(_digest(token), accounts.key(name), now, now)])
    return token


def find(db: Session, token: str, *, now: int, idle: int, most: int) -> Signed | None:
    """Who is signed in with this cookie; None where it is unknown, unused for ``idle`` seconds, older than ``most``,
    or its account is shut out."""
    found = db.rows(select(sessions).where(sessions.c.hash == _digest(token)))
    if not found or now - found[0].seen > idle or now - found[0].made > most:
        return None
    account = accounts.get(db, found[0].account)
    return None if account is None or account.disabled else Signed(account=account, seen=found[0].seen)


def touch(db: Session, token: str, *, now: int) -> None:
    """Note that a session is in use."""
    db.run(update(sessions).where(sessions.c.hash == _digest(token)).values(seen=now))


def end(db: Session, token: str) -> None:
    """Sign out."""
    db.run(delete(sessions).where(sessions.c.hash == _digest(token)))


def end_all(db: Session, name: str) -> None:
    """Sign an account out everywhere, and make links to set its password void."""
    db.run(delete(sessions).where(sessions.c.account == accounts.key(name)))
    db.run(delete(invitations).where(invitations.c.account == accounts.key(name)))


def end_old(db: Session, *, now: int, idle: int, most: int) -> None:
    """Take away sessions and links that have expired."""
    db.run(delete(sessions).where((sessions.c.seen < now - idle) | (sessions.c.made < now - most)))
    db.run(delete(invitations).where(invitations.c.until < now))


def invite(db: Session, name: str, *, until: int) -> str:
    """What a link holds by which an account sets its password, once; "": by which the first admin is made.

    Links that were given before for the same end no longer work.
    """
    token = secrets.token_urlsafe(32)
    db.run(delete(invitations).where(invitations.c.account == accounts.key(name)))
    db.insert(invitations, [(_digest(token), accounts.key(name), until)])
    return token


def invited(db: Session, token: str, *, now: int) -> str | None:
    """The account that a link is for, "" for the first admin; None where it is unknown, used or has expired."""
    found = db.rows(select(invitations).where(invitations.c.hash == _digest(token), invitations.c.until >= now))
    return found[0].account if found else None


def use(db: Session, token: str) -> None:
    """Make a link void."""
    db.run(delete(invitations).where(invitations.c.hash == _digest(token)))


def attempt(db: Session, free: Mapping[str, int], *, now: int) -> int:
    """Count an attempt to sign in; returns for how many seconds it is refused, 0 where it may go on.

    ``free`` says for each thing that is counted (the account, the address) how many attempts may fail before each has
    to wait twice as long as the last, up to a quarter of an hour. What is refused does not count.
    """
    db.run(delete(attempts).where(attempts.c.last < now - _FORGOTTEN))
    keys = {_digest(what): what for what in free}
    held = {row.key: row for row in db.rows(select(attempts).where(db.among(attempts.c.key, list(keys))))}
    waits = [int(row.last) + _wait(row.failures - free[keys[key]]) - now for key, row in held.items()]
    if max(waits, default=0) > 0:
        return max(waits)
    db.delete(attempts.c.key, list(held))
    db.insert(attempts, [(key, held[key].failures + 1 if key in held else 1, now) for key in keys])
    return 0


def succeeded(db: Session, account: str, *others: str) -> None:
    """Forget the failures of an account, and of what else was counted with it the attempt that was none."""
    db.run(delete(attempts).where(attempts.c.key == _digest(account)))
    for other in others:
        row = attempts.c.key == _digest(other)
        db.run(update(attempts).where(row).values(failures=attempts.c.failures - 1))


def _wait(over: int) -> int:
    return 0 if over < 0 else min(2 ** min(over + 1, 20), _LONGEST_WAIT)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
