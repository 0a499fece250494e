"""Migrations make the schema that the code has."""

from pathlib import Path

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from marsad.model import Claim
from marsad.store import Session, Store, decisions, documents, inbox, incidents
from marsad.store.engine import APPLICATION
from marsad.store.schema import metadata
from marsad.store.versions import HEAD, OLDER
from tests.store.samples import claim, incident, reading

# Each database's own, made by the migrations alone.
_OWN = ("searchable", "sayings", "spatial_ref_sys", "incidents_spot", "spot")


def _compared(_: object, name: str | None, kind: str, reflected: bool, against: object) -> bool:
    return not (reflected and against is None and (name or "").startswith(_OWN))


@pytest.mark.filterwarnings("ignore:Did not recognize type 'geography'")
def test_migrations_make_the_schema(store: Store) -> None:
    with store.reading() as db:
        options = {"compare_type": True, "include_object": _compared}
        context = MigrationContext.configure(db.connection, opts=options)
        assert compare_metadata(context, metadata) == []
        columns = "SELECT count(*) FROM information_schema.columns WHERE column_default LIKE 'nextval%'"
        if db.postgres:
            assert db.connection.exec_driver_sql(columns).scalar() == 0


def test_the_known_versions_are_those_of_the_migrations() -> None:
    script = ScriptDirectory.from_config(_config())
    assert script.get_heads() == [HEAD]
    assert {one.revision for one in script.walk_revisions()} == {HEAD, *OLDER}


def _config() -> Config:

    config = Config()
    config.set_main_option("script_location", "marsad.store:migrations")
    return config


def test_an_older_record_is_brought_up_to_date_when_it_is_opened(tmp_path: Path) -> None:
    from alembic import command

    path = tmp_path / "old.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        row = "'old', 1, 1, 'x', '2026-01-01T00:00:00Z', '2016-07-24', 'ar', '', '', 'غارة'"
        connection.exec_driver_sql(f"INSERT INTO documents VALUES (1, {row})")
    with Store.open(str(path)) as store, store.reading() as db:
        old = documents.get(db, "old")
        assert old is not None
        assert (old.text, old.captured, old.derived, old.about) == ("غارة", None, "", {})


def test_what_decisions_of_an_older_record_concern_is_found(tmp_path: Path) -> None:
    from alembic import command

    path = tmp_path / "old.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        for seq, verb, about, value in ((1, "merge", '["a","b"]', "c d"), (2, "source", '["الوكالة"]', "B"),
                                        (3, "undo", '["1"]', "")):  # fmt: skip
            row = (seq, "2026-01-01T00:00:00Z", "ليلى", verb, about, value, "")
            connection.exec_driver_sql("INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    with Store.open(str(path)) as store, store.reading() as db:
        assert [(d.seq, d.undone) for d in decisions.concerning(db, ["d"])] == [(1, True)]
        assert [d.seq for d in decisions.concerning(db, ["a", "الوكالة"])] == [1, 2]
        assert decisions.concerning(db, ["1"]) == []


def test_lists_of_an_older_record_are_filled_when_it_is_opened(empty_url: str, url: str) -> None:
    claims = [claim("d1-0", "d1"), claim("d1-1", "d1")]
    with Store.open(url) as store, store.writing() as db:
        documents.put(db, [reading("d1")])
        incidents.replace(db, [], [incident("i1", *claims)])
        inbox.settle(db, [one.id for one in claims])
    _older(empty_url, "0003", claims)
    listed = ("incidents", "incident_records", "incident_sources", "members", "inbox")
    with Store.open(empty_url) as opened, opened.reading() as older, Store.open(url) as made, made.reading() as newer:
        for table in listed:
            rows = [sorted(map(repr, db.rows(metadata.tables[table].select()))) for db in (older, newer)]
            assert rows[0] == rows[1] != []
        assert [one.id for one in incidents.find(older, incidents.Filter(text="سوق"))] == ["i1"]
        assert inbox.stamp(older)


def _older(url: str, version: str, claims: list[Claim]) -> None:
    """A record of an earlier schema with one document, its claims, and one incident of them."""
    from alembic import command

    held = incident("i1", *claims)
    stored = reading("d1")
    with Store.at(url) as store, store.engine.begin() as connection:
        db = Session(connection)
        if db.postgres:
            connection.exec_driver_sql("CREATE EXTENSION postgis")
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        if not db.postgres:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        document = stored.document
        columns = ("n", "id", "version", "current", "sha", "added", "published", "lang", "source", "title", "text")
        row = (1, "d1", 1, True, "x", "2026-01-01T00:00:00Z", "2016-07-24", "ar", document.source, document.title, "")
        db.insert_into("documents", columns, [row])
        numbered = list(enumerate(stored.claims, 1))
        encode = msgspec.json.encode
        db.insert_into(
            "claims",
            ("n", "id", "document", "seed", "record"),
            [(n, one.claim.id, 1, one.seed, encode(one.claim).decode()) for n, one in numbered],
        )
        db.insert_into(
            "nodes",
            ("claim", "id", "rank", "node", "blocks"),
            [(n, one.claim.id, one.rank, one.node, b"") for n, one in numbered],
        )
        columns = ("id", "event", "actors", "words", "record")
        db.insert_into("incidents", columns, [("i1", held.case.event, "", "", encode(held).decode())])
        db.insert_into("members", ("claim", "incident"), [(n, "i1") for n, _ in numbered])
