"""``--jobs``: several processes, the same output."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import ROOT

SENTENCES = (
    "شنت طائرات حربية غارات على بلدة في ريف إدلب أمس الثلاثاء.",
    "Gunmen killed three civilians near the town on Monday.",
)
CALL = "from marsad.cli import main\nif __name__ == '__main__':\n    main()\n"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    path = tmp_path / "a.jsonl"
    lines = [{"id": f"d{i:03}", "text": f"{SENTENCES[i % 2]} ({i})", "published": "2016-06-21"} for i in range(60)]
    lines[20] = {"id": "empty", "text": ""}
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def read(*args: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", CALL, "read", *map(str, args)], capture_output=True, cwd=ROOT, check=False
    )


def test_two_processes_print_what_one_prints(documents: Path) -> None:
    one, two = read(documents), read(documents, "--jobs", 2)
    order = list(dict.fromkeys(json.loads(line)["document"] for line in one.stdout.splitlines()))
    assert order == [f"d{i:03}" for i in range(60) if i != 20]
    assert one.stdout == two.stdout
    assert one.stderr == two.stderr
    assert one.returncode == two.returncode == 1
    assert b"line 21: the text is empty" in two.stderr


def test_a_closed_pipe_is_quiet(documents: Path) -> None:
    command = f'{sys.executable} -c "{CALL}" read {documents} --format json | head -c 10'
    found = subprocess.run(command, shell=True, capture_output=True, cwd=ROOT, check=False)
    assert b"Traceback" not in found.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told_in_one_line(documents: Path) -> None:
    command = f'{sys.executable} -c "{CALL}" read {documents} > /dev/full'
    found = subprocess.run(command, shell=True, capture_output=True, cwd=ROOT, check=False)
    assert found.returncode == 1
    assert found.stderr.splitlines()[-1] == b"Error: standard output: cannot be written: No space left on device"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("written", "pause"), [(0, 0), (0, 0.02), (0, 0.09), (0, 0.3), (1, 0)])
def test_ctrl_c_ends_at_once_and_leaves_no_half_file(tmp_path: Path, jobs: int, written: int, pause: float) -> None:
    """While it sets out, starts its workers, loads what it reads with, and reads."""
    path, out = tmp_path / "a.jsonl", tmp_path / "claims.jsonl"
    path.write_text("\n".join(json.dumps({"id": i, "text": f"{SENTENCES[0]} {i}" * 20}) for i in range(3000)))
    command = [sys.executable, "-c", CALL, "read", str(path), "--jobs", str(jobs), "-o", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT, start_new_session=True)
    part = Path(f"{out}.part")
    for _ in range(3000):
        if part.exists() and part.stat().st_size >= written:
            break
        time.sleep(0.01)
    time.sleep(pause)
    assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"stopped" in said
    assert b"Traceback" not in said
    assert [p.name for p in tmp_path.iterdir()] == ["a.jsonl"]
