"""Making and opening a record, and what is said when that cannot be."""

import gc
import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from marsad.errors import InputError
from marsad.store import Store, documents
from tests import postgres
from tests.store.samples import reading


def test_a_record_is_made_once(empty_url: str) -> None:
    with pytest.raises(InputError, match="no record here; make one with marsad init"):
        Store.open(empty_url)
    with Store.at(empty_url) as place:
        assert not place.exists()
        Store.create(empty_url).close()
        assert place.exists()
    with Store.open(empty_url) as store, store.reading() as db:
        assert documents.count(db) == 0
    with pytest.raises(InputError, match="there is a record already"):
        Store.create(empty_url)


def test_urls_of_files(tmp_path: Path) -> None:
    path = tmp_path / "with space #?%.db"
    Store.create(f"sqlite:///{path}").close()
    with Store.open(str(path)) as store:
        assert store.name == str(path)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://root@host/x", "no such store"),
        ("postgresql://user@host", "names no database"),
        ("postgresql://host:port/x", "cannot be read"),
        ("", "a record is a file"),
        (":memory:", "a record is a file"),
    ],
)
def test_urls_that_mean_nothing(url: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        Store.open(url)


def test_a_password_is_never_told() -> None:
    with pytest.raises(InputError) as caught:
        Store.open("postgresql://user:secret@127.0.0.1:1/x")
    assert "secret" not in str(caught.value)
    assert "cannot be reached" in str(caught.value)


def test_what_is_no_record_is_not_taken_for_one(tmp_path: Path) -> None:
    text, empty, other = tmp_path / "a.txt", tmp_path / "b.db", tmp_path / "c.db"
    text.write_text("not a database, though long enough to be looked at " * 100)
    empty.touch()
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    for path, said in ((text, "no Marsad record"), (empty, "empty"), (other, "no Marsad record"), (tmp_path, "folder")):
        with pytest.raises(InputError, match=said):
            Store.open(str(path))
    for path, said in ((text, "no Marsad record"), (other, "another program's"), (tmp_path, "folder")):
        with pytest.raises(InputError, match=said):
            Store.create(str(path))
    assert text.read_text().startswith("not a database")
    Store.create(str(empty)).close()
    with pytest.raises(InputError, match="no folder"):
        Store.create(str(tmp_path / "none" / "x.db"))


def test_a_damaged_file_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "marsad.db"
    with Store.create(str(path)) as store, store.writing() as db:
        documents.put(db, [reading(f"d{n}") for n in range(200)])
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xa5" * (len(data) - 8192)
    path.write_bytes(data)

    def read() -> None:
        with Store.open(str(path)) as store, store.reading() as db:
            list(documents.current(db))

    with pytest.raises(InputError, match="damaged; restore a backup"):
        read()


def test_a_newer_record_is_left_alone(url: str) -> None:
    with Store.open(url) as store, store.writing() as db:
        db.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(InputError, match=r"newer Marsad \(schema 9999\); upgrade"):
        Store.open(url)


@pytest.fixture
def failing() -> Iterator[None]:
    """Connections that fail leave their sockets to Python (pg8000 does not close them), which says so when it does."""
    yield
    gc.collect()


@pytest.fixture
def theirs() -> Iterator[Path]:
    """A folder in which we, as somebody else, may read but not write; our own rights come back at the end."""
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    os.seteuid(0)
    shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written(theirs: Path) -> None:
    path = theirs / "marsad.db"
    with Store.create(str(path)) as store, store.writing() as db:
        documents.put(db, [reading("d1")])
    os.seteuid(65534)
    with pytest.raises(InputError, match=r"may not write|cannot be opened"):
        Store.create(str(theirs / "new.db"))

    def write() -> None:
        with Store.open(str(path)) as store, store.writing() as db:
            documents.put(db, [reading("d2")])

    with pytest.raises(InputError, match=r"cannot be written|cannot be opened"):
        write()


def test_a_second_writer_waits(store: Store) -> None:
    first_in, first_out = threading.Event(), threading.Event()
    order = []

    def first() -> None:
        with store.writing() as db:
            first_in.set()
            first_out.wait(10)
            documents.put(db, [reading("d1")])
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    assert first_in.wait(10)
    with pytest.raises(InputError, match="another Marsad is writing"), store.writing(wait=0.2):
        order.append("never")
    with store.reading() as db:
        assert documents.count(db) == 0
    threading.Timer(0.2, first_out.set).start()
    with store.writing(wait=20) as db:
        order.append("second")
        assert documents.put(db, [reading("d1"), reading("d2")]).outcomes == ["same", "new"]
    thread.join()
    assert order == ["first", "second"]


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("failing")
def test_a_server_says_what_is_wrong(server: postgres.Server) -> None:
    with pytest.raises(InputError, match="no database of this name; make it with createdb"):
        Store.create(server.url("nothing"))
    server.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(InputError, match="encoding is LATIN1"):
        Store.create(server.url("latin"))
    server.execute("CREATE ROLE guest LOGIN")
    server.execute("CREATE DATABASE guarded")
    with pytest.raises(InputError, match="may not do that"):
        Store.create(server.url("guarded").replace("marsad@", "guest@"))


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("failing")
def test_a_server_that_goes_away(tmp_path: Path) -> None:
    if reason := postgres.missing():
        pytest.skip(reason)
    with postgres.server() as running:
        store = Store.create(running.url())

        def write() -> None:
            with store.writing() as db:
                documents.put(db, [reading("d1")])
                running.stop()
                documents.put(db, [reading("d2")])

        with pytest.raises(InputError, match=r"starting, stopping|lost|cannot be reached"):
            write()
        with pytest.raises(InputError, match="cannot be reached"):
            Store.open(running.url())
        running.start()
        store.close()
        with Store.open(running.url()) as again, again.writing() as db:
            assert documents.put(db, [reading("d1")]).outcomes == ["new"]
        again.close()
