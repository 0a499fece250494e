"""``marsad add``, stopped: Ctrl-C, and a machine that goes down."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import ROOT

CALL = "from marsad.cli import main\nif __name__ == '__main__':\n    main()\n"
NUMBER = 150
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Reports of shelling on a town, each of another day."""
    path = tmp_path / "many.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for number in range(NUMBER):
            day = f"{2013 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
            text = f"Shelling killed {number % 9 + 2} civilians in Saraqib, Idlib province, yesterday, residents said. "
            stream.write(json.dumps({"id": f"d{number:04}", "published": day, "text": f"{text * 2}({number})"}) + "\n")
    return path


def start(*args: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", CALL, *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
    )


def output(*args: object) -> str:
    process = start(*args)
    out, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return out.decode()


def wait_until_written(db: Path) -> None:
    """Until something of the documents is in the record's log."""
    log, before = Path(f"{db}-wal"), 0.0
    for _ in range(6000):
        size = log.stat().st_size if log.exists() else 0
        if before and size > before:
            return
        before = before or size
        time.sleep(0.01)


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_keeps_what_was_read(tmp_path: Path, documents: Path, jobs: int) -> None:
    db = tmp_path / "marsad.db"
    output("init", "--db", db)
    process = start("add", documents, "--db", db, "--jobs", jobs)
    wait_until_written(db)
    os.killpg(process.pid, signal.SIGINT)
    out, said = process.communicate(timeout=120)
    assert process.returncode == 130, said
    assert b"Traceback" not in said
    assert b"stopped; this is in the record" in said
    found = re.match(rb"(\d+) documents: (\d+) new", out)
    assert found
    rest = re.match(rf"{NUMBER} documents: (\d+) new, 0 changed, (\d+) same", output("add", documents, "--db", db))
    assert rest
    assert int(rest[2]) == int(found[2])


def test_killed_and_added_again_is_the_same_record(tmp_path: Path, documents: Path) -> None:
    one, other = tmp_path / "one.db", tmp_path / "other.db"
    output("init", "--db", one)
    output("add", documents, "--db", one)
    output("init", "--db", other)
    for pause in (0.0, 0.4):
        process = start("add", documents, "--db", other)
        wait_until_written(other)
        time.sleep(pause)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=120)
    output("add", documents, "--db", other)
    assert output("incidents", "--db", one) == output("incidents", "--db", other)
    assert output("incidents", "--db", one).count("\n") > 20
    assert output("verify", "--db", other).startswith("holds: ")
