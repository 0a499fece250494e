"""What ``watch`` knows from one time to the next: one small SQLite file, safe whatever moment the machine goes down.

A page is *waiting* from the moment its feed was read, in the transaction that also keeps the feed's validators, until
it is *kept* or *given up*; so nothing that a feed told of is lost, and nothing is fetched twice without a reason.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from marsad.errors import InputError

_MARK = 0x4D525357  # "MRSW", as SQLite's application_id
_VERSION = 1
_SCHEMA = """
CREATE TABLE feeds (url TEXT PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL, next REAL NOT NULL);
CREATE TABLE pages (
    url TEXT PRIMARY KEY,
    feed TEXT NOT NULL,
    title TEXT NOT NULL,
    published TEXT,
    updated TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'kept', 'given up')),
    etag TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '',
    failures INTEGER NOT NULL DEFAULT 0,
    next REAL NOT NULL DEFAULT 0,
    problem TEXT NOT NULL DEFAULT ''
);
CREATE INDEX waiting ON pages (feed, next) WHERE state = 'waiting';
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that a feed told of: ``etag`` and ``modified`` are those of the version that we have, empty for none."""

    url: str
    feed: str
    title: str = ""
    published: date | None = None
    updated: str = ""
    etag: str = ""
    modified: str = ""
    failures: int = 0


class State:
    """The state of one watch; only one program at a time has it open."""

    def __init__(self, path: str | Path) -> None:
        """Open the file, or make it; InputError where it is something else, in use, or not to be written."""
        self._path = path
        with self._told():
            self._db = sqlite3.connect(path, timeout=1.0, isolation_level=None)
        try:
            with self._told():
                self._prepare()
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def feed(self, url: str) -> tuple[str, str, float]:
        """``etag``, ``modified`` of a feed, and when it may be read again (seconds of the epoch)."""
        with (
            self._told(),
            closing(self._db.execute("SELECT etag, modified, next FROM feeds WHERE url = ?", [url])) as c,
        ):
            return c.fetchone() or ("", "", 0.0)

    def put_off(self, url: str, until: float) -> None:
        """Leave a feed alone until then."""
        with self._writing() as db:
            db.execute(
                "INSERT INTO feeds VALUES (?, '', '', ?) ON CONFLICT (url) DO UPDATE SET next = excluded.next",
                [url, until],
            )

    def note(self, feed: str, pages: Sequence[Page], *, etag: str, modified: str) -> int:
        """Keep what a feed tells of: pages that are new or were changed wait to be fetched; returns how many."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, 0)", [feed, etag, modified])
            before = db.total_changes
            db.executemany(
                "INSERT INTO pages (url, feed, title, published, updated, state) VALUES (?, ?, ?, ?, ?, 'waiting') "
                "ON CONFLICT (url) DO UPDATE SET state = 'waiting', updated = excluded.updated, failures = 0, next = 0 "
                "WHERE excluded.updated > updated AND updated <> ''",
                [(p.url, feed, p.title, p.published and p.published.isoformat(), p.updated) for p in pages],
            )
            new = db.total_changes - before
            db.executemany(  # a feed that has moved takes its pages with it
                "UPDATE pages SET feed = ? WHERE url = ? AND state = 'waiting'", [(feed, p.url) for p in pages]
            )
            return new

    def due(self, feeds: Iterable[str], *, now: float, most: int) -> list[Page]:
        """The pages of these feeds whose turn it is, at most so many of each, in the order in which they were told."""
        columns = "url, feed, title, published, updated, etag, modified, failures"
        query = f"SELECT {columns} FROM pages WHERE feed = ? AND state = 'waiting' AND next <= ? ORDER BY rowid LIMIT ?"
        with self._told():
            return [_page(row) for feed in feeds for row in self._db.execute(query, [feed, now, most])]

    def waiting(self, feeds: Iterable[str]) -> int:
        """How many pages of these feeds are still to be had."""
        query = "SELECT count(*) FROM pages WHERE feed = ? AND state = 'waiting'"
        with self._told():
            return sum(self._db.execute(query, [feed]).fetchone()[0] for feed in feeds)

    def kept(self, url: str, *, etag: str, modified: str, problem: str = "") -> None:
        """A page is safely kept; ``problem`` is what stood against reading it."""
        with self._writing() as db:
            db.execute(
                "UPDATE pages SET state = 'kept', etag = ?, modified = ?, failures = 0, problem = ? WHERE url = ?",
                [etag, modified, problem, url],
            )

    def failed(self, url: str, problem: str, *, until: float | None) -> None:
        """A page could not be had: it waits until then, or is given up."""
        with self._writing() as db:
            db.execute(
                "UPDATE pages SET state = ?, next = ?, failures = failures + 1, problem = ? WHERE url = ?",
                ["given up" if until is None else "waiting", until or 0.0, problem[:500], url],
            )

    def _prepare(self) -> None:
        """Take the file for this program alone, and make its tables where it is new."""
        db = self._db
        for setting in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL"):
            db.execute(f"PRAGMA {setting}").fetchall()
        with self._writing():
            (mark,), (version,) = (db.execute(f"PRAGMA {n}").fetchone() for n in ("application_id", "user_version"))
            empty = not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if empty and not mark:
                for statement in filter(str.strip, _SCHEMA.split(";")):
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {_MARK}")
                db.execute(f"PRAGMA user_version = {_VERSION}")
            elif mark != _MARK:
                raise InputError(f"{self._path}: this is no state of marsad watch; name another file with --state")
            elif version != _VERSION:
                raise InputError(f"{self._path}: written by a newer Marsad; use that one, or another file with --state")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, on the disk when it ends."""
        with self._told():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What SQLite objects to, in plain words."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise InputError(
                    f"{self._path}: another marsad watch is at work with this state; stop it first"
                ) from None
            raise InputError(f"{self._path}: cannot be used: {error}") from None
        except sqlite3.DatabaseError as error:
            raise InputError(
                f"{self._path}: no state of marsad watch, or damaged ({error}); move it away, and all is fetched anew"
            ) from None


def _page(row: tuple[str, str, str, str | None, str, str, str, int]) -> Page:
    url, feed, title, published, updated, etag, modified, failures = row
    day = date.fromisoformat(published) if published else None
    return Page(
        url=url, feed=feed, title=title, published=day, updated=updated, etag=etag, modified=modified, failures=failures
    )
