"""What a database says when it cannot go on, told as an InputError with its remedy."""

import sqlite3
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from marsad.errors import InputError

# SQLite's words (https://sqlite.org/rescode.html), lower case, each with what it means for a user and what to do.
_SQLITE = (
    ("file is not a database", "this is no Marsad record; give another path, or make one with marsad init"),
    ("file is encrypted", "this is no Marsad record; give another path, or make one with marsad init"),
    ("malformed", "the record is damaged; restore a backup with marsad restore"),
    ("disk i/o error", "the disk failed to read or write; nothing of this step was kept; check it, and try again"),
    ("disk is full", "the disk is full; nothing of this step was kept; free some space and run the command again"),
    ("readonly database", "it cannot be written; check the rights of the file and of its folder"),
    ("unable to open", "it cannot be opened; check that its folder is there and that you may write in it"),
    ("locked", "another Marsad is writing to it; wait until that has finished, and run the command again"),
    ("no such table", "this is no whole Marsad record; restore a backup, or make one with marsad init"),
    ("no such module: fts5", "this Python's SQLite has no full-text search (FTS5); use one that has"),
)

# PostgreSQL's codes (https://www.postgresql.org/docs/current/errcodes-appendix.html), or how they begin.
_POSTGRES = (
    ("28", "the server refused this user or password; check the URL"),
    ("3D000", "there is no database of this name; make it with createdb"),
    ("42501", "this user may not do that; ask the owner of the database for the right"),
    ("55P03", "another Marsad is writing to it; wait until that has finished, and run the command again"),
    ("53100", "the server's disk is full; nothing of this step was kept; free some space and try again"),
    ("53", "the server has no connections or memory left; wait, and try again"),
    ("57", "the server is starting, stopping, or has ended this connection; wait, and try again"),
    ("58P01", "PostGIS is not installed on the server; on Debian and Ubuntu, apt install postgresql-15-postgis-3"),
    ("0A000", "the server lacks what a record needs; install PostGIS there (apt install postgresql-15-postgis-3)"),
    ("58", "the server's disk failed; nothing of this step was kept; see the server's log"),
    ("25006", "the server can only be read from now; use the one that may be written"),
    ("XX001", "the database is damaged; restore a backup with marsad restore"),
    ("XX002", "the database is damaged; restore a backup with marsad restore"),
    ("08", "the connection to the server is lost; nothing of this step was kept; check it and try again"),
)
_LOST = "the server cannot be reached; check that it runs, and the host and port in the URL"


@dataclass(frozen=True, slots=True)
class Fault:
    """What a database reported: its words, and a code where it gives one."""

    code: str
    words: str


def explained(error: Exception, *, name: str) -> InputError | None:
    """The InputError for what a user can mend, naming the record; ``None`` for what is a fault in Marsad."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(cause, sqlite3.Error):
        words = str(cause).lower()
        remedy = next((remedy for part, remedy in _SQLITE if part in words), None)
        return None if remedy is None else InputError(f"{name}: {remedy}")
    fault = Fault("08", str(cause)) if isinstance(cause, ConnectionError) else _postgres(cause)
    if fault is None:
        return None
    if not fault.code:
        return InputError(f"{name}: {_LOST} ({fault.words})")
    remedy = next((remedy for code, remedy in _POSTGRES if fault.code.startswith(code)), None)
    return None if remedy is None else InputError(f"{name}: {remedy} ({fault.words})")


def _postgres(cause: BaseException) -> Fault | None:
    """The code and words of a server's error; without a code where there is no connection."""
    if type(cause).__module__.partition(".")[0] == "pg8000":
        details = cause.args[0] if cause.args else ""
        if isinstance(details, dict):
            return Fault(str(details.get("C", "")), str(details.get("M", "")))
        lost = type(cause).__name__ == "InterfaceError"
        return Fault("", str(details)) if lost else None
    return None


FAILURES: tuple[type[Exception], ...] = (SQLAlchemyError, sqlite3.Error, ConnectionError)
"""What a session may raise that ``explained`` may know; pg8000 lets a connection that breaks through as it is."""
