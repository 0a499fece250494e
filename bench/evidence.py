"""How surely and how fast evidence is checked, and how fast it is kept.

    python bench/evidence.py [--flips 10000] [--entries 100000] [--kills 0] [--folder DIR]

Single bits are changed at random places of archive and ledger, each in turn, and every one must be found. Then a ledger
of many entries, each with an archived capture, is verified, and pages are captured one by one and in batches.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from marsad.evidence import Evidence, seal, verify
from marsad.model import Captured

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Print the figures; 1 where a change was not found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flips", type=int, default=10_000, help="single-bit changes")
    parser.add_argument("--entries", type=int, default=100_000, help="entries of the ledger that is verified")
    parser.add_argument("--kills", type=int, default=0, help="how often a process that captures is killed")
    parser.add_argument("--folder", type=Path, help="where to work [default: a temporary folder]")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as name:
        folder = Path(name)
        missed = flips(folder / "flips", args.flips) if args.flips else 0
        speed(folder / "speed", args.entries)
        kept(folder / "kept")
        if args.kills:
            kills(folder / "kills", args.kills)
    return 1 if missed else 0


def captured(number: int, size: int = 3000) -> Captured:
    """A page of some bytes with headers."""
    chance = random.Random(number)
    headers = tuple((f"X-Header-{n}", f"{chance.random()}") for n in range(10))
    return Captured(
        url=f"https://news.example/{number}",
        at="2026-11-22T10:00:00Z",
        content=b"<p>" + chance.randbytes(size),
        media_type="text/html",
        status=200,
        request_headers=headers[:3],
        response_headers=headers,
        software="bench",
    )


def flips(folder: Path, count: int) -> int:
    """Change one bit after another; returns how many changes were not found."""
    evidence = Evidence.create(folder)
    evidence.capture([captured(n, 300) for n in range(30)], who="bench")
    evidence.withhold_name("a name", who="bench", why="bench")
    seal.make_key(folder.with_name("key.pem"))
    evidence.sign(folder.with_name("key.pem"), who="bench")
    if not verify(evidence)[0].holds:
        raise SystemExit("the evidence does not hold before any change")
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size]
    sizes = [path.stat().st_size for path in paths]
    chance, missed, started = random.Random(1), 0, time.perf_counter()
    for _ in range(count):
        path = chance.choices(paths, sizes)[0]
        data = path.read_bytes()
        bit = chance.randrange(len(data) * 8)
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        path.chmod(0o644)
        path.write_bytes(changed)
        missed += verify(evidence)[0].holds
        path.write_bytes(data)
    took = time.perf_counter() - started
    where = f"{len(paths)} files, {sum(sizes):,} bytes"
    print(f"{'bits changed':32} {count:10,} in {where}: {count - missed:,} found, {missed} missed ({took:.0f} s)")
    return missed


def speed(folder: Path, entries: int) -> None:
    """Verify a long ledger with its archive."""
    evidence = Evidence.create(folder)
    started = time.perf_counter()
    batch = 500
    for first in range(0, entries, batch):
        held = [captured(n) for n in range(first, min(first + batch, entries))]
        fill(evidence, held)
    print(f"{'to write (without syncing)':32} {time.perf_counter() - started:10.1f} s, {entries:,} captures of 3 kB")
    started = time.perf_counter()
    report, _ = verify(evidence)
    took = time.perf_counter() - started
    if not report.holds:
        raise SystemExit(f"the evidence does not hold: {report.first}")
    print(f"{'to verify':32} {took:10.1f} s, {report.entries:,} entries, {report.files:,} files")
    shutil.rmtree(folder)


def fill(evidence: Evidence, held: list[Captured]) -> None:
    """Put captures in as ``Evidence.capture`` does, but without waiting for the disk."""
    from marsad.evidence import ledger as entering
    from marsad.evidence.archive import capture_record
    from marsad.evidence.canonical import sha256

    said = []
    for one in held:
        record = capture_record(one)
        content, capture = sha256(one.content), sha256(record)
        path = evidence.archive.path(content)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(one.content)
        evidence.archive.record_path(content, capture).write_bytes(record)
        what = {"bytes": len(one.content), "capture": capture, "content": content, "url": one.url}
        said.append(entering.Said(kind="capture", who="bench", what=what))
    evidence.ledger.append(said)


def kept(folder: Path, count: int = 1000) -> None:
    """Capture pages, each safe on disk, one by one and fifty at a time."""
    evidence = Evidence.create(folder)
    pages = [captured(n) for n in range(2 * count)]
    started = time.perf_counter()
    for page in pages[:count]:
        evidence.capture([page], who="bench")
    print(f"{'captures a second, one by one':32} {count / (time.perf_counter() - started):10.0f}")
    started = time.perf_counter()
    for first in range(count, 2 * count, 50):
        evidence.capture(pages[first : first + 50], who="bench")
    print(f"{'captures a second, by fifty':32} {count / (time.perf_counter() - started):10.0f}")


def kills(folder: Path, times: int) -> None:
    """Kill a process that captures, at random moments, and check each time that nothing it told of is lost."""
    sys.path.insert(0, str(ROOT))
    from tests.evidence.test_crash import kill_again_and_again

    Evidence.create(folder)
    started = time.perf_counter()
    kill_again_and_again(folder, times)
    print(f"{'killed':32} {times:10,} times, nothing lost ({time.perf_counter() - started:.0f} s)")


if __name__ == "__main__":
    raise SystemExit(main())
