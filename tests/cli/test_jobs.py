"""``--jobs``: several processes, the same output."""

import json
import subprocess
import sys
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
    assert one.stdout == two.stdout
    assert one.stderr == two.stderr
    assert one.returncode == two.returncode == 1
    assert b"line 21: the text is empty" in two.stderr


def test_a_closed_pipe_is_quiet(documents: Path) -> None:
    command = f'{sys.executable} -c "{CALL}" read {documents} --format json | head -c 10'
    found = subprocess.run(command, shell=True, capture_output=True, cwd=ROOT, check=False)
    assert b"Traceback" not in found.stderr
