"""A PostgreSQL server of the tests' own: PostGIS in it, on a free port of this machine, gone when they end.

``python -m tests.postgres`` installs Debian's packages where they are missing and we may (``make test`` runs it).
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import packages

PACKAGES = ("postgresql-15", "postgresql-15-postgis-3")
_START_SECONDS = 60


def missing() -> str:
    """Why there can be no server here; empty where there can."""
    found = _programs()
    if found is None:
        return f"PostgreSQL is not installed (apt install {' '.join(PACKAGES)})"
    if not list(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
        return f"PostGIS is not installed (apt install {PACKAGES[1]})"
    if os.geteuid() == 0 and (shutil.which("setpriv") is None or _user() is None):
        return "PostgreSQL refuses to run as root, and there is no user postgres to run it"
    return ""


def install() -> None:
    """Install what is missing where we may; says what it does, goes on without where it cannot."""
    packages.install(PACKAGES, reason=missing(), without="the tests over PostgreSQL will be skipped")


@contextmanager
def server(*, settings: tuple[str, ...] = ()) -> Iterator["Server"]:
    """A new, empty cluster that runs until the end; ``settings`` are further ``name=value``."""
    folder = Path(tempfile.mkdtemp(prefix="marsad-postgres-"))
    user = _user() if os.geteuid() == 0 else None
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    running = Server(folder, _free_port(), settings)
    try:
        running.initialise()
        running.start()
        yield running
    finally:
        running.stop(how=signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    """A cluster in ``folder`` that listens on ``port`` of the loopback address; its user marsad needs no password."""

    def __init__(self, folder: Path, port: int, settings: tuple[str, ...]) -> None:
        self.folder, self.port, self.settings = folder, port, settings
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = "postgres") -> str:
        """The URL of one of its databases."""
        return f"postgresql://marsad@127.0.0.1:{self.port}/{database}"

    def initialise(self) -> None:
        """Make the cluster."""
        options = ("--username=marsad", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        subprocess.run([*self._command("initdb"), *options], check=True, capture_output=True, cwd=self.folder)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        given = ("listen_addresses=127.0.0.1", f"port={self.port}", "unix_socket_directories=", *self.settings)
        command = [*self._command("postgres"), *(word for setting in given for word in ("-c", setting))]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        end = time.monotonic() + _START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL does not start:\n{(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)

    def stop(self, *, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: at once but in order, or as ``how`` says (SIGQUIT: as if it had crashed)."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(timeout=_START_SECONDS)
            self.process = None

    def execute(self, statement: str, *, database: str = "postgres") -> None:
        """Run one statement outside any transaction."""
        import pg8000.dbapi

        connection = pg8000.dbapi.connect("marsad", host="127.0.0.1", port=self.port, database=database)
        try:
            connection.autocommit = True
            connection.cursor().execute(statement)
        finally:
            connection.close()

    def _answers(self) -> bool:
        programs = _programs()
        assert programs is not None
        asked = [str(programs / "pg_isready"), "--host=127.0.0.1", f"--port={self.port}", "--quiet"]
        return subprocess.run(asked, check=False).returncode == 0

    def _command(self, program: str) -> list[str]:
        programs = _programs()
        assert programs is not None
        command = [str(programs / program), "-D", str(self.folder / "data")]
        user = _user() if os.geteuid() == 0 else None
        if user is None:
            return command
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", *command]


def _programs() -> Path | None:
    """The folder with initdb and postgres, the newest."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name), reverse=True):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _user() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    install()
    sys.exit(0)
