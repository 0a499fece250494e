"""Which database a URL means, and connections to it, set up so that what was committed stays."""

import socket
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from marsad.errors import InputError

APPLICATION = 0x4D415253
"""SQLite's application_id of a record: "MARS"."""

READER_KIB = 32 * 1024
"""The memory that SQLite may take for pages, connection by connection, of which a server has many."""

WRITER_KIB = 256 * 1024
"""The same while one writes; there is one writer at a time."""

_KEPT, _MORE = 8, 56  # connections that stay open, and others while many threads ask at once: more than threads ask
_WAL_LIMIT = 64 * 1024 * 1024  # bytes that the write-ahead log may keep once it is empty
_CONNECT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Target:
    """A database: ``path`` for SQLite, else a server; ``name`` is how messages call it, without the password."""

    url: URL
    name: str
    path: Path | None = None


def target(url: str) -> Target:
    """The database of a path, sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME; InputError for any other."""
    if "://" not in url:
        return _file(url)
    scheme = url.partition("://")[0].lower()
    if scheme == "sqlite":
        return _file(url.partition("://")[2].removeprefix("/"))
    if scheme not in ("postgresql", "postgres", "postgresql+pg8000"):
        raise InputError(f"{scheme}://: no such store; give a path, or postgresql://USER:PASSWORD@HOST/DATABASE")
    try:
        parsed = make_url("postgresql" + url[len(scheme) :])
    except (ArgumentError, ValueError):
        raise InputError("this URL cannot be read; write postgresql://USER:PASSWORD@HOST:PORT/DATABASE") from None
    name = parsed.render_as_string(hide_password=True)
    if not parsed.database:
        raise InputError(f"{name}: the URL names no database; write postgresql://USER:PASSWORD@HOST/DATABASE")
    return Target(parsed.set(drivername="postgresql+pg8000"), name)


def _file(path: str) -> Target:
    if not path or path == ":memory:":
        raise InputError(f"{path or 'an empty path'}: a record is a file; give its path, such as marsad.db")
    return Target(URL.create("sqlite", database=path), path, Path(path))


def connect(to: Target) -> Engine:
    """An engine for the database; nothing is opened yet."""
    if to.path is None:
        try:
            engine = create_engine(
                to.url, connect_args={"application_name": "marsad"}, pool_size=_KEPT, max_overflow=_MORE
            )
        except ModuleNotFoundError:
            message = "for PostgreSQL a package is missing; pip install 'marsad[postgresql]'"
            raise InputError(f"{to.name}: {message}") from None
        event.listen(engine, "connect", _hurry)
        return engine
    engine = create_engine(to.url, connect_args={"check_same_thread": False}, pool_size=_KEPT, max_overflow=_MORE)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _hurry(connection: Any, _: Any) -> None:
    """Send what pg8000 writes at once: it writes in small pieces, and the kernel would wait 40 ms for each answer."""
    plug = getattr(connection, "_usock", None)
    if plug is not None and plug.family != getattr(socket, "AF_UNIX", None):
        plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    """Set up one SQLite connection: we say when a transaction begins, and a commit is on the disk when it returns."""
    connection.isolation_level = None
    for pragma in (
        "foreign_keys = ON",
        "synchronous = FULL",
        f"cache_size = -{READER_KIB}",
        f"journal_size_limit = {_WAL_LIMIT}",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take SQLite's one place for a writer at once, where the session is to write."""
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
