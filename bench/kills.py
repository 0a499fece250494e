"""Nothing that was acknowledged is lost: ``marsad add`` killed (SIGKILL) at random, again and again, on one record.

    python bench/kills.py [--times 200]

Each run adds a folder of reports and is killed after a random time; the captures that were acknowledged before must be
there after, the chain must verify, and in the end the record must be that of a run which nobody stopped.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_REPORTS = 400
_LONGEST = 3.0
_CALL = "from marsad.cli import main\nmain()\n"


def main() -> int:
    """Exit code 0 where nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    args = parser.parse_args()
    rnd = random.Random(20)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports = _reports(folder / "reports")
        one, other = folder / "whole.db", folder / "killed.db"
        for db in (one, other):
            _run("init", "--db", db)
        _run("add", reports, "--db", one)
        held: set[str] = set()
        for number in range(args.times):
            call = [sys.executable, "-c", _CALL, "add", str(reports), "--db", str(other)]
            process = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(rnd.uniform(0.3, _LONGEST))
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            now = _captured(other)
            if not held <= now:
                print(f"kill {number + 1}: {len(held - now)} captures are lost")
                return 1
            held = now
        _run("verify", "--db", other)
        _run("add", reports, "--db", other)
        _run("verify", "--db", other)
        same = _run("incidents", "--db", one) == _run("incidents", "--db", other)
        print(
            f"killed {args.times} times; {len(held)} captures kept; the record is {'the same' if same else 'ANOTHER'}"
        )
        return 0 if same else 1


def _reports(folder: Path) -> Path:
    """Reports of shelling on a town, each of another day, a file each."""
    folder.mkdir()
    for n in range(_REPORTS):
        day = f"{2013 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"
        text = f"Shelling killed {n % 9 + 2} civilians in Saraqib, Idlib province, yesterday, residents said. ({n})"
        (folder / f"r{n:04}.json").write_text(json.dumps({"id": f"r{n:04}", "published": day, "text": text}))
    return folder


def _captured(db: Path) -> set[str]:
    """The hashes of the captures that the ledger acknowledges; a last line that was cut off is none."""
    lines = db.with_suffix(".evidence").joinpath("ledger.jsonl").read_bytes().split(b"\n")[:-1]
    return {entry["what"]["content"] for entry in map(json.loads, lines) if entry["kind"] == "capture"}


def _run(*args: object) -> str:
    done = subprocess.run([sys.executable, "-c", _CALL, *map(str, args)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"marsad {' '.join(map(str, args))}: {done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
