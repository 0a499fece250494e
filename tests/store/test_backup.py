"""A record put away and taken out again, from either database into either."""

import gzip
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from marsad.errors import InputError
from marsad.store import Store, decisions, documents, incidents, links, search
from marsad.store.backup import backup, restore
from marsad.store.schema import metadata
from tests.store.samples import claim, incident, reading


def fill(url: str) -> None:
    with Store.open(url) as store, store.writing() as db:
        documents.put(db, [reading(f"d{n}") for n in range(5)])
        documents.put(db, [reading("d1", "another text about a bridge")])
        links.put_edges(db, [("d0-0", "d2-0", 1.0, "x")])
        incidents.replace(db, [], [incident("i1", claim("d0-0", "d0"), claim("d2-0", "d2"))])
        decisions.append(db, verb="grade", about=["i1"], value="fair", who="ليلى")


def contents(url: str) -> dict[str, list[tuple[Any, ...]]]:
    with Store.open(url) as store, store.reading() as db:
        tables = metadata.sorted_tables
        return {table.name: sorted((tuple(row) for row in db.rows(select(table))), key=repr) for table in tables}


def test_a_record_comes_back_whole(url: str, empty_url: str, tmp_path: Path) -> None:
    fill(url)
    packed = tmp_path / "backup.gz"
    backup(url, packed)
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("marsad.db")] == ["backup.gz"]
    restore(packed, empty_url)
    assert contents(empty_url) == contents(url)
    with Store.open(empty_url) as store, store.writing() as db:
        assert [hit.document for hit in search.find(db, "bridges")] == ["d1"]
        assert documents.put(db, [reading("d2"), reading("d9")]).outcomes == ["same", "new"]


def test_a_record_is_not_lost_unless_one_says_so(url: str, tmp_path: Path) -> None:
    fill(url)
    packed = tmp_path / "backup.gz"
    backup(url, packed)
    before = contents(url)
    with Store.open(url) as store, store.writing() as db:
        documents.put(db, [reading("later")])
    with pytest.raises(InputError, match="a record already"):
        restore(packed, url)
    with pytest.raises(InputError, match="a file already"):
        backup(url, packed)
    assert len(contents(url)["documents"]) == len(before["documents"]) + 1
    restore(packed, url, overwrite=True)
    assert contents(url) == before
    backup(url, packed, overwrite=True)


def test_a_damaged_backup_is_refused(url: str, tmp_path: Path) -> None:
    fill(url)
    packed, bad = tmp_path / "backup.gz", tmp_path / "bad.gz"
    backup(url, packed)
    data = packed.read_bytes()
    middle = len(data) // 2
    flipped = data[:middle] + bytes([data[middle] ^ 0x55]) + data[middle + 1 :]
    for content, said in (
        (data[:middle], "damaged"),
        (flipped, "damaged"),
        (b"anything", "no backup of Marsad"),
        (b"", "is empty"),
        (gzip.compress(b"not a database" * 1000), "no Marsad record"),
    ):
        bad.write_bytes(content)
        with pytest.raises(InputError, match=said):
            restore(bad, str(tmp_path / "new.db"))
        with pytest.raises(InputError, match=said):
            restore(bad, url, overwrite=True)
    with pytest.raises(InputError, match="no such file"):
        restore(tmp_path / "none.gz", str(tmp_path / "new.db"))
    assert not (tmp_path / "new.db").exists()
    assert len(contents(url)["documents"]) == 6


def test_a_record_with_a_changed_text_is_not_put_away(url: str, tmp_path: Path) -> None:
    fill(url)
    with Store.open(url) as store, store.writing() as db:
        db.connection.exec_driver_sql("UPDATE documents SET text = 'other' WHERE id = 'd2'")
    with pytest.raises(InputError, match="the text of document d2 is not what was added"):
        backup(url, tmp_path / "backup.gz")
    assert not (tmp_path / "backup.gz").exists()


def test_a_backup_is_one_moment_while_others_write(url: str, tmp_path: Path) -> None:
    fill(url)
    done = threading.Event()

    def write() -> None:
        with Store.open(url) as store:
            for n in range(10_000):
                with store.writing() as db:
                    documents.put(db, [reading(f"a{n}"), reading(f"b{n}")])
                if done.is_set():
                    break

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup(url, tmp_path / f"{number}.gz")
            restore(tmp_path / f"{number}.gz", str(tmp_path / f"{number}.db"))
            ids = {row[1] for row in contents(str(tmp_path / f"{number}.db"))["documents"]}
            assert {f"b{id_[1:]}" for id_ in ids if id_[0] == "a"} == {id_ for id_ in ids if id_[0] == "b"}
    finally:
        done.set()
        writer.join()


def test_an_unwritable_place_is_said(url: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        backup(url, tmp_path / "none" / "backup.gz")
