"""The record as a whole: made, opened, read and written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, inspect, text

from marsad.errors import InputError
from marsad.store import inbox, incidents
from marsad.store.engine import APPLICATION, READER_KIB, WRITER_KIB, Target, connect, target
from marsad.store.faults import FAILURES, explained
from marsad.store.session import Session
from marsad.store.versions import HEAD, OLDER, UNLISTED, upgrade

_WRITER = 0x4D617273_61640001 >> 1  # the advisory lock of PostgreSQL that a writer of the record holds
_INIT = "make one with marsad init"


class Store:
    """A record in a SQLite file or a PostgreSQL database; one writer at a time, readers never wait."""

    def __init__(self, to: Target) -> None:
        self.target = to
        self.engine = connect(to)

    @classmethod
    def at(cls, url: str) -> Self:
        """The place where a record is or may be; nothing is opened, and InputError only for a URL of no store."""
        return cls(target(url))

    @classmethod
    def create(cls, url: str) -> Self:
        """Make an empty record; InputError where there is one already, or none can be made."""
        store = cls.at(url)
        made = store.target.path is not None and not store.target.path.exists()
        try:
            store._create()
        except BaseException:
            store.close()
            if made and store.target.path is not None:
                for ending in ("", "-wal", "-shm", "-journal"):
                    store.target.path.with_name(store.target.path.name + ending).unlink(missing_ok=True)
            raise
        return store

    @classmethod
    def open(cls, url: str) -> Self:
        """Open a record and bring it up to this version; InputError where there is none, or it is a newer one."""
        store = cls.at(url)
        try:
            store._open()
        except BaseException:
            store.close()
            raise
        return store

    @property
    def name(self) -> str:
        """How messages call it: a path, or a URL without its password."""
        return self.target.name

    @property
    def url(self) -> str:
        """What ``open`` takes, the password with it."""
        path = self.target.path
        return self.target.url.render_as_string(hide_password=False) if path is None else str(path)

    def exists(self) -> bool:
        """Whether there is a record, or any file that is not empty, at this place."""
        path = self.target.path
        if path is not None:
            return path.exists() and (path.is_dir() or path.stat().st_size > 0)
        with self._told(), self.engine.connect() as connection:
            return self._version(connection) is not None

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self, *, wait: float = 30) -> Iterator[Session]:
        """One transaction that writes, all or nothing; InputError when another writer takes over ``wait`` seconds."""
        with self._told(), self.engine.connect() as plain:
            connection = plain.execution_options(writing=True)
            if self.target.path is None:
                with connection.begin():
                    self._take_turn(connection, wait)
                    yield Session(connection)
                return
            self._wait(connection, wait)
            _pragma(connection, f"cache_size = -{WRITER_KIB}")
            try:
                with connection.begin():
                    yield Session(connection)
            finally:
                _pragma(connection, f"cache_size = -{READER_KIB}")
                _pragma(connection, "shrink_memory")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One view of the record that later writes do not change."""
        with self._told(), self.engine.connect() as plain:
            connection = plain
            if self.target.path is None:
                connection = plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            else:
                self._wait(connection, 30)
            with connection.begin():
                connection.execute(text("SELECT version_num FROM alembic_version"))
                yield Session(connection)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell what the database reports in words that help."""
        try:
            yield
        except FAILURES as error:
            told = explained(error, name=self.name)
            if told is None or (isinstance(error, ConnectionError) and self.target.path is not None):
                raise
            raise told from error

    def _wait(self, connection: Connection, seconds: float) -> None:
        _pragma(connection, f"busy_timeout = {max(0, round(seconds * 1000))}")

    def _take_turn(self, connection: Connection, seconds: float) -> None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, round(seconds * 1000))}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")

    def _create(self) -> None:
        path = self.target.path
        if path is not None:
            if path.is_dir():
                raise InputError(f"{self.name}: this is a folder; give the path of a file, such as marsad.db")
            if not path.parent.is_dir():
                raise InputError(f"{self.name}: there is no folder {path.parent}; make it first")
            if not os.access(path.parent, os.W_OK):
                raise InputError(f"{self.name}: you may not write in {path.parent}; give another path")
            self.journal()
        with self.writing() as db:
            if self._version(db.connection) is not None:
                raise InputError(f"{self.name}: there is a record already; marsad add puts documents into it")
            self._must_be_empty(db.connection)
            if db.postgres:
                _check_server(db.connection, self.name)
            upgrade(db.connection)
            if not db.postgres:
                db.connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")

    def journal(self) -> None:
        """Switch a SQLite file to a write-ahead log, which lets readers read while one writes; it stays so."""
        self._outside("PRAGMA journal_mode = WAL")

    def vacuum_into(self, path: Path) -> None:
        """Write a SQLite record as it is now to a new file, while others may write to it."""
        self._outside("VACUUM INTO ?", str(path))

    def settle(self) -> None:
        """Have all of a SQLite record in its one file, if it is one that can be read."""
        path = self.target.path
        if path is not None and path.exists():
            with suppress(InputError):
                self._outside("PRAGMA wal_checkpoint(TRUNCATE)")

    def _outside(self, statement: str, *values: str) -> None:
        """Run what SQLite allows outside transactions only."""
        with self._told():
            raw = self.engine.raw_connection()
            try:
                raw.cursor().execute(statement, values)
            finally:
                raw.close()

    def _must_be_empty(self, connection: Connection) -> None:
        if self.target.path is not None and inspect(connection).get_table_names():
            raise InputError(f"{self.name}: this is another program's database; give another path")

    def _open(self) -> None:
        path = self.target.path
        if path is not None:
            if path.is_dir():
                raise InputError(f"{self.name}: this is a folder, not a record; give the path of its file")
            if not path.exists():
                raise InputError(f"{self.name}: there is no record here; {_INIT}")
            if path.stat().st_size == 0:
                raise InputError(f"{self.name}: this file is empty, not a record; {_INIT}")
        with self._told(), self.engine.connect() as connection:
            if path is not None and connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION:
                raise InputError(f"{self.name}: this database is no Marsad record; give another path, or {_INIT}")
            found = self._version(connection)
        if found is None:
            raise InputError(f"{self.name}: there is no record here; {_INIT}")
        if found == HEAD:
            return
        if found not in OLDER:
            raise InputError(f"{self.name}: made by a newer Marsad (schema {found}); upgrade this one to open it")
        with self.writing() as db:
            found = self._version(db.connection)
            if found in OLDER:
                upgrade(db.connection)
            if found in UNLISTED:
                incidents.renew(db)
                inbox.settle_missing(db)

    def _version(self, connection: Connection) -> str | None:
        """The schema's version; ``None`` where there is no record."""
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _pragma(connection: Connection, setting: str) -> None:
    """Set up a SQLite connection outside transactions."""
    raw = connection.connection.dbapi_connection
    assert raw is not None
    cursor = raw.cursor()
    cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _check_server(connection: Connection, name: str) -> None:
    """InputError where the database holds no UTF-8; PostGIS is switched on, where this user may."""
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise InputError(f"{name}: the database's encoding is {encoding}; make one with createdb --encoding UTF8")
    if connection.exec_driver_sql("SELECT 1 FROM pg_extension WHERE extname = 'postgis'").scalar() is None:
        connection.exec_driver_sql("CREATE EXTENSION postgis")
