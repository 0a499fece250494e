"""Migrations make the schema that the code has."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from marsad.store import Store, documents
from marsad.store.engine import APPLICATION
from marsad.store.schema import metadata
from marsad.store.versions import HEAD, OLDER

_OWN = ("searchable", "spatial_ref_sys", "incidents_spot", "spot")  # each database's own, made by the migrations alone


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
