"""What the tests share."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from marsad.cli import main
from tests import postgres

_DATABASES = count(1)

settings.register_profile("marsad", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("marsad")


@pytest.fixture
def marsad(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Calls the command line in this process; ``stdin`` may be text or bytes."""
    monkeypatch.setenv("COLUMNS", "100")

    def call(*args: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)

    return call


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A real PostgreSQL with PostGIS for all tests, with a record in its database ``record``."""
    from marsad.store import Store

    if reason := postgres.missing():
        pytest.skip(reason)
    with postgres.server(settings=("fsync=off",)) as running:
        running.execute("CREATE DATABASE record")
        Store.create(running.url("record")).close()
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a place for a record, where there is none yet: in SQLite, and in PostgreSQL."""
    if request.param == "sqlite":
        yield str(tmp_path / "new.db")
        return
    server: postgres.Server = request.getfixturevalue("server")
    name = f"empty_{next(_DATABASES)}"
    server.execute(f"CREATE DATABASE {name}")
    yield server.url(name)
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty record: in SQLite, and in PostgreSQL."""
    from marsad.store import Store

    if request.param == "sqlite":
        path = str(tmp_path / "marsad.db")
        Store.create(path).close()
        return path
    from marsad.store.schema import metadata
    from marsad.store.versions import HEAD

    server: postgres.Server = request.getfixturevalue("server")
    tables = ", ".join(("searchable", *metadata.tables))
    server.execute(f"TRUNCATE {tables}", database="record")
    server.execute(f"UPDATE alembic_version SET version_num = '{HEAD}'", database="record")
    return server.url("record")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why there was no PostgreSQL, where there was none."""
    if reason := postgres.missing():
        terminalreporter.write_line(f"Tests over PostgreSQL were skipped: {reason}")
