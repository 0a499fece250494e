"""A record of a few reports written for these tests, in each database."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from marsad.cli import main
from tests import postgres
from tests.cli.support import REPORTS

Call = Callable[..., Result]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A record of REPORTS, made once in each database."""
    if request.param == "sqlite":
        url = str(tmp_path_factory.mktemp("record") / "marsad.db")
    else:
        server: postgres.Server = request.getfixturevalue("server")
        server.execute("CREATE DATABASE reports")
        url = server.url("reports")
    for args in (["init"], ["add", str(REPORTS)]):
        found = CliRunner().invoke(main, [*args, "--db", url])
        assert found.exit_code == 0, found.output
    return url


@pytest.fixture
def record(
    made: str, tmp_path: Path, marsad: Call, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Call]:
    """Calls ``marsad`` with a copy of that record as the one in use."""
    monkeypatch.setenv("MARSAD_USER", "tester")
    if "://" not in made:
        path = tmp_path / "marsad.db"
        shutil.copy(made, path)
        monkeypatch.setenv("MARSAD_DB", str(path))
        yield marsad
        return
    server: postgres.Server = request.getfixturevalue("server")
    server.execute("CREATE DATABASE reports_in_use TEMPLATE reports")
    monkeypatch.setenv("MARSAD_DB", server.url("reports_in_use"))
    yield marsad
    server.execute("DROP DATABASE reports_in_use")
