"""Who may work with the record, and as what; an account is never deleted, as its name stands beside its decisions."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select, update

from marsad.capture.base import now
from marsad.errors import InputError
from marsad.store.schema import accounts
from marsad.store.session import Session

ROLES = ("viewer", "reviewer", "editor", "admin")
"""What an account may do, each more than the one before."""

LANGUAGES = ("", "en", "ar")
"""The languages of the pages; "": as the browser asks."""

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person at work; ``entered`` tells whether there is a password yet, ``made`` is UTC."""

    name: str
    role: str
    lang: str = ""
    disabled: bool = False
    entered: bool = False
    made: str = ""


def key(name: str) -> str:
    """What makes two names the same: letters of one case, compatible forms (NFKC), single blanks."""
    name = name.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


def proper(name: str) -> str:
    """The name as it will be shown; InputError where it is empty, too long, or has characters that cannot be seen."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name:
        raise InputError("the name is empty; give the name that will stand beside decisions")
    if len(name) > LONGEST_NAME:
        raise InputError(f"the name has {len(name)} characters; at most {LONGEST_NAME} are shown beside decisions")
    if any(unicodedata.category(letter)[0] == "C" for letter in name):
        raise InputError("the name has characters that cannot be seen; write it with letters, digits and blanks")
    return name


def add(db: Session, name: str, role: str, *, lang: str = "") -> Account:
    """A new account without a password; InputError where there is one of this name, or the role is none."""
    name = proper(name)
    _known_role(role)
    if get(db, name) is not None:
        raise InputError(f"{name}: there is an account of this name; give another one")
    db.insert(accounts, [(key(name), name, role, "", lang, False, now())])
    return Account(name=name, role=role, lang=lang, made=now())


def get(db: Session, name: str) -> Account | None:
    """The account of a name, however it is written."""
    found = db.rows(select(accounts).where(accounts.c.key == key(name)))
    return _account(found[0]) if found else None


def known(db: Session, name: str) -> Account:
    """The account of a name; InputError where there is none."""
    found = get(db, name)
    if found is None:
        raise InputError(f"{name}: there is no account of this name")
    return found


def all(db: Session) -> list[Account]:
    """Every account, by name."""
    return [_account(row) for row in db.rows(select(accounts).order_by(accounts.c.key))]


def any_admin(db: Session) -> bool:
    """Whether someone can sign in who may make accounts."""
    return bool(_admins(all(db)))


def is_last_admin(db: Session, name: str) -> bool:
    """Whether without this account nobody could make accounts."""
    rest = _admins(one for one in all(db) if key(one.name) != key(name))
    return known(db, name).role == "admin" and not rest


def secret(db: Session, name: str) -> str:
    """What the password is checked against; "" where there is none yet, or no such account."""
    return str(db.value(select(accounts.c.password).where(accounts.c.key == key(name))) or "")


def set_secret(db: Session, name: str, hashed: str) -> None:
    """Keep what a password is checked against, never the password."""
    _set(db, name, password=hashed)


def set_role(db: Session, name: str, role: str) -> None:
    """Let an account do more, or less; InputError where no admin would be left."""
    _known_role(role)
    if role != "admin":
        _must_leave_an_admin(db, name)
    _set(db, name, role=role)


def set_disabled(db: Session, name: str, disabled: bool) -> None:
    """Shut an account out, or let it in again; InputError where no admin would be left."""
    if disabled:
        _must_leave_an_admin(db, name)
    _set(db, name, disabled=disabled)


def set_lang(db: Session, name: str, lang: str) -> None:
    """The language in which an account reads the pages."""
    if lang not in LANGUAGES:
        raise InputError(f"{lang!r} is no language of the pages; they are in en and ar")
    _set(db, name, lang=lang)


def _set(db: Session, name: str, **values: object) -> None:
    known(db, name)
    db.run(update(accounts).where(accounts.c.key == key(name)).values(**values))


def _known_role(role: str) -> None:
    if role not in ROLES:
        raise InputError(f"{role!r} is no role; it is one of {', '.join(ROLES)}")


def _must_leave_an_admin(db: Session, name: str) -> None:
    if is_last_admin(db, name):
        raise InputError(f"{name}: this is the only admin who can sign in; make another one first")


def _admins(found: Iterable[Account]) -> list[Account]:
    return [one for one in found if one.role == "admin" and one.entered and not one.disabled]


def _account(row: Row[Any]) -> Account:
    return Account(
        name=row.name,
        role=row.role,
        lang=row.lang,
        disabled=bool(row.disabled),
        entered=bool(row.password),
        made=row.made,
    )
