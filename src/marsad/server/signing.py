"""Signing in and out, and the links by which passwords are set: what the pages and ``marsad serve`` both do."""

import ipaddress
import time
from dataclasses import dataclass

from marsad.record import Record
from marsad.server.passwords import Passwords
from marsad.server.refused import Refused
from marsad.server.settings import Settings
from marsad.store import accounts, sessions
from marsad.store.accounts import Account
from marsad.store.session import Session

WHO = "marsad serve"
NOBODY = "unknown"
_PATIENCE = 5  # seconds that signing in waits for another who writes
_FREE_ACCOUNT = 5
_FREE_ADDRESS = 30


class Waiting(Refused):
    """Signing in failed too often; it may be tried again in some seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__("access.wait", status=429, seconds=seconds)
        self.headers = {"Retry-After": str(seconds)}


class Wrong(Refused):
    """No account has this name and password; nobody is told which of them is wrong."""

    def __init__(self) -> None:
        super().__init__("access.wrong", status=403)


@dataclass(frozen=True, slots=True)
class Signing:
    """The way in to one record."""

    record: Record
    passwords: Passwords
    settings: Settings

    def enter(self, name: str, password: str, *, address: str) -> str:
        """Sign in; returns what the cookie holds. Raises Wrong, or Waiting where it failed too often.

        An attempt counts before the password is looked at, so that many at once are counted too; and it takes as long
        for a name that nobody has.
        """
        with self.passwords.entrance():
            return self._enter(name, password, address=address)

    def _enter(self, name: str, password: str, *, address: str) -> str:
        account, origin = f"account {accounts.key(name)}", f"address {_network(address)}"
        now = int(time.time())
        with self.record.store.writing(wait=_PATIENCE) as db:
            sessions.end_old(db, now=now, idle=self.settings.idle, most=self.settings.most)
            wait = sessions.attempt(db, {account: _FREE_ACCOUNT, origin: _FREE_ADDRESS}, now=now)
            kept = accounts.secret(db, name)
        if wait:
            raise Waiting(wait)
        right = self.passwords.right(kept, password)
        with self.record.store.writing() as db:
            found = accounts.get(db, name)
            if not right or found is None or found.disabled or accounts.secret(db, name) != kept:
                self._tell_refused(found)
                raise Wrong
            sessions.succeeded(db, account, origin)
            return self._begin(db, found)

    def _tell_refused(self, found: Account | None) -> None:
        """Also of a name that nobody has, for it must take as long; but not the name, which may be a password."""
        name = found.name if found else ""
        self.record.custody.account("refused", name, who=name or NOBODY)

    def begin(self, name: str) -> str:
        """Sign in without a password, where the way in was another; returns what the cookie holds."""
        with self.record.store.writing() as db:
            return self._begin(db, accounts.known(db, name))

    def admin_link(self, name: str) -> str:
        """As ``link``, for an account that is an admin then, made if need be: for whoever has the machine."""
        with self.record.store.writing() as db:
            if accounts.get(db, name) is None:
                accounts.add(db, name, "admin")
                self.record.custody.account("made", accounts.known(db, name).name, who=WHO, value="admin")
            accounts.set_role(db, name, "admin")
            accounts.set_disabled(db, name, False)
        return self.link(name, who=WHO)

    def _begin(self, db: Session, found: Account) -> str:
        token = sessions.begin(db, found.name, now=int(time.time()))
        self.record.custody.account("signed in", found.name, who=found.name)
        return token

    def leave(self, token: str, *, who: str) -> None:
        """Sign out here."""
        with self.record.store.writing() as db:
            sessions.end(db, token)
            self.record.custody.account("signed out", who, who=who)

    def leave_everywhere(self, *, who: str) -> None:
        """Sign out on every machine."""
        with self.record.store.writing() as db:
            sessions.end_all(db, who)
            self.record.custody.account("signed out everywhere", who, who=who)

    def first_link(self) -> str | None:
        """What the link holds by which the first admin is made; None where there is an admin."""
        with self.record.store.writing() as db:
            if accounts.any_admin(db):
                return None
            return sessions.invite(db, "", until=int(time.time()) + self.settings.setup)

    def link(self, name: str, *, who: str) -> str:
        """What a link holds by which an account sets its password, once; until then nobody can sign in to it."""
        with self.record.store.writing() as db:
            found = accounts.known(db, name)
            sessions.end_all(db, found.name)
            if found.entered and found.name != who:
                accounts.set_secret(db, found.name, "")
            self.record.custody.account("link", found.name, who=who)
            return sessions.invite(db, found.name, until=int(time.time()) + self.settings.link)

    def linked(self, token: str) -> str | None:
        """The name of the account that a link is for, "" for the first admin; None where it does not work."""
        with self.record.store.reading() as db:
            found = sessions.invited(db, token, now=int(time.time()))
            account = accounts.get(db, found) if found else None
        return account.name if account else found

    def accept(self, token: str, *, name: str, password: str) -> str:
        """Set a password by a link and sign in; ``name`` is that of the first admin. Returns what the cookie holds."""
        held = self.linked(token)
        if held is None:
            raise Refused("access.link_void", status=403)
        hashed = self.passwords.hashed(password, name=held or name)
        with self.record.store.writing() as db:
            taken = not held and accounts.any_admin(db)
            if taken or sessions.invited(db, token, now=int(time.time())) is None:
                raise Refused("access.link_void", status=403)
            sessions.use(db, token)
            if not held:
                held = accounts.add(db, name, "admin").name
                self.record.custody.account("made", held, who=held, value="admin")
            return self._keep(db, held, hashed)

    def change(self, name: str, *, old: str, new: str) -> str:
        """Set another password and sign out everywhere else; returns what the cookie holds now."""
        now = int(time.time())
        with self.record.store.writing() as db:
            wait = sessions.attempt(db, {f"account {accounts.key(name)}": _FREE_ACCOUNT}, now=now)
            kept = accounts.secret(db, name)
        if wait:
            raise Waiting(wait)
        if not self.passwords.right(kept, old):
            raise Wrong
        hashed = self.passwords.hashed(new, name=name)
        with self.record.store.writing() as db:
            sessions.succeeded(db, f"account {accounts.key(name)}")
            return self._keep(db, name, hashed)

    def _keep(self, db: Session, name: str, hashed: str) -> str:
        accounts.set_secret(db, name, hashed)
        sessions.end_all(db, name)
        self.record.custody.account("password", name, who=name)
        return self._begin(db, accounts.known(db, name))


def _network(address: str) -> str:
    """What an address counts as: of IPv6 the network of 64 bits, all of which one machine may have."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
