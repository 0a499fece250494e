"""A record as one file that can be put away and taken out again, from either database into either.

The file is a SQLite record, packed with gzip, whose checksum shows any damage; unpacked by hand it is a record as well.
"""

import gzip
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Table, select, text, tuple_

from marsad.errors import InputError
from marsad.store import documents, inbox, search
from marsad.store.schema import metadata, passing
from marsad.store.session import Session
from marsad.store.store import Store

_CHUNK = 5_000
_LEVEL = 1  # of gzip: a third larger than the best, in a tenth of the time
_BLOCK = 1 << 20


def backup(url: str, path: Path, *, overwrite: bool = False) -> None:
    """Write the record as it is now to ``path``, whole or not at all, while others may write to the record.

    InputError where there is such a file already, unless ``overwrite``, or where it cannot be written.
    """
    if path.exists() and not overwrite:
        raise InputError(f"{path}: there is a file already; give another path, or --overwrite to lose it")
    part = Path(f"{path}.part")
    try:
        with Store.open(url) as store, tempfile.TemporaryDirectory(prefix=".marsad-", dir=path.parent) as folder:
            copy = Path(folder) / "record.db"
            _snapshot(store, copy)
            _check(copy, store.name)
            _pack(copy, part)
        part.replace(path)
        _settle(path.parent)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


def restore(path: Path, url: str, *, overwrite: bool = False) -> None:
    """Put a backup in the place of the record at ``url``: all of it, or none.

    InputError where there is a record already, unless ``overwrite``; where the backup is damaged, or is none.
    """
    with Store.at(url) as goal:
        if not overwrite and goal.exists():
            raise InputError(f"{goal.name}: there is a record already; give another place, or --overwrite to lose it")
        beside = goal.target.path.parent if goal.target.path is not None else None
        try:
            with tempfile.TemporaryDirectory(prefix=".marsad-", dir=beside) as folder:
                copy = Path(folder) / "record.db"
                _unpack(path, copy)
                _check(copy, str(path))
                if goal.target.path is not None:
                    _put_in_place(copy, goal)
                else:
                    _fill(copy, goal)
        except OSError as error:
            raise InputError(f"{goal.name}: cannot be restored: {error.strerror or error}") from error


def _snapshot(store: Store, path: Path) -> None:
    """The record as a SQLite file of its own, in which nobody is signed in."""
    if store.target.path is not None:
        store.vacuum_into(path)
        with Store.at(str(path)) as made, made.writing() as goal:
            goal.connection.exec_driver_sql("PRAGMA secure_delete = ON")
            for table in passing:
                goal.run(table.delete())
        return
    with Store.create(str(path)) as made, store.reading() as source, made.writing() as goal:
        _copy(source, goal)


def _copy(source: Session, goal: Session) -> None:
    """All rows of all tables, and the index of search made anew."""
    for table in (table for table in metadata.sorted_tables if table not in passing):
        for rows in _chunks(source, table):
            goal.insert(table, rows)
    documents.reindex(goal)
    inbox.reindex(goal)


def _chunks(db: Session, table: Table) -> Iterator[list[tuple[object, ...]]]:
    """The rows of a table in the order of its key, some at a time."""
    key = list(table.primary_key.columns)
    chosen = select(table).order_by(*key).limit(_CHUNK)
    rows = db.rows(chosen)
    while rows:
        yield [tuple(row) for row in rows]
        last = [rows[-1]._mapping[column] for column in key]
        rows = db.rows(chosen.where(tuple_(*key) > tuple_(*last)))


def _check(path: Path, name: str) -> None:
    """InputError where the SQLite file is no whole record: its pages, its references, the texts of its documents."""
    with _named(name), Store.open(str(path)) as store, store.reading() as db:
        pages = db.value(text("PRAGMA integrity_check"))
        orphans = db.rows(text("PRAGMA foreign_key_check"))
        if pages != "ok" or orphans:
            raise InputError(f"{name}: the record is damaged ({pages if pages != 'ok' else 'rows are missing'})")
        changed = documents.damaged(db)
        if changed:
            raise InputError(f"{name}: the record is damaged: the text of document {changed[0]} is not what was added")


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Errors name the backup, not the copy that is being looked at."""
    try:
        yield
    except InputError as error:
        message = str(error)
        raise InputError(message if message.startswith(name) else f"{name}: {message.partition(': ')[2]}") from error


def _pack(source: Path, goal: Path) -> None:
    with source.open("rb") as plain, goal.open("wb") as file:
        with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=file, mtime=0) as packed:
            shutil.copyfileobj(plain, packed, _BLOCK)
        file.flush()
        os.fsync(file.fileno())


def _unpack(path: Path, goal: Path) -> None:
    if path.exists() and path.stat().st_size == 0:
        raise InputError(f"{path}: this file is empty, not a backup of Marsad")
    try:
        with gzip.open(path, "rb") as packed, goal.open("wb") as file:
            shutil.copyfileobj(packed, file, _BLOCK)
            file.flush()
            os.fsync(file.fileno())
    except (EOFError, zlib.error):
        raise InputError(f"{path}: the backup is damaged or cut off; use another one") from None
    except gzip.BadGzipFile as error:
        damaged = "crc" in str(error).lower() or "length" in str(error).lower()
        what = "the backup is damaged; use another one" if damaged else "this is no backup of Marsad"
        raise InputError(f"{path}: {what}") from None
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file") from None


def _put_in_place(copy: Path, goal: Store) -> None:
    """Move the file to where the record belongs; one that was there is gone then, with its write-ahead log."""
    path = goal.target.path
    assert path is not None
    goal.settle()
    goal.close()
    with Store.at(str(copy)) as restored:
        restored.journal()
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
        copy.with_name(copy.name + ending).unlink(missing_ok=True)
    copy.replace(path)
    _settle(path.parent)


def _fill(copy: Path, goal: Store) -> None:
    """Put the rows of the file into a server's database, in the place of those that were there."""
    if not goal.exists():
        Store.create(goal.url).close()
    with (
        Store.open(str(copy)) as packed,
        Store.open(goal.url) as opened,
        packed.reading() as source,
        opened.writing() as db,
    ):
        search.clear(db)
        for table in reversed(metadata.sorted_tables):
            db.run(table.delete())
        _copy(source, db)


def _settle(folder: Path) -> None:
    """Have the folder's new names on the disk."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
