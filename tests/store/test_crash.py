"""Nothing that was said to be kept is lost, and nothing is kept by half, whatever happens in between."""

import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from marsad.store import Store, claims, documents, search
from marsad.store.schema import claim_keys, nodes, print_hashes
from tests import postgres
from tests.store.samples import reading
from tests.support import ROOT

_ENDLESS = 100_000


def start(url: str, first: int, count: int = _ENDLESS, *, most: int | None = None) -> "subprocess.Popen[str]":
    """A process that adds documents; ``most`` is the largest file, in bytes, that it may write."""

    def limit() -> None:
        if most is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    command = [sys.executable, "-m", "tests.store.adding", url, str(first), str(count)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True, preexec_fn=limit)


def assert_whole(url: str, told: set[int]) -> set[int]:
    """Every document that was told of is there, and each that is there is whole; returns those that are there."""
    with Store.open(url) as store, store.reading() as db:
        kept = list(documents.current(db))
        numbers = {int(document.id[1:]) for document in kept}
        assert told <= numbers
        assert documents.damaged(db) == []
        held = claims.of_documents(db, [document.id for document in kept])
        assert {len(found) for found in held.values()} <= {5}
        count = len(kept)
        rows = [db.value(select(func.count()).select_from(table)) for table in (nodes, claim_keys, print_hashes)]
        assert rows == [5 * count, 10 * count, 3 * count]
        assert len(search.find(db, "كلمة", limit=_ENDLESS)) == count
        if not db.postgres:
            assert db.value(text("PRAGMA integrity_check")) == "ok"
    return numbers


def kill_again_and_again(url: str, times: int) -> None:
    """Kill a process that adds documents at any moment, and look each time at what is there."""
    chance, told, first = random.Random(4), set[int](), 0
    for _ in range(times):
        process = start(url, first)
        assert process.stdout is not None
        for _ in range(chance.randint(1, 25)):
            told.add(int(process.stdout.readline()))
        process.send_signal(signal.SIGKILL)
        told.update(int(line) for line in process.communicate()[0].split())
        first = max(assert_whole(url, told)) + 1
    with Store.open(url) as store, store.writing(wait=10) as db:
        assert documents.put(db, [reading("after", claims=5)]).outcomes == ["new"]


def test_a_killed_writer_loses_nothing(url: str) -> None:
    kill_again_and_again(url, 6)


def test_two_writers_at_once_both_finish(url: str) -> None:
    both = [start(url, 0, 30), start(url, 1000, 30)]
    for process in both:
        _, said = process.communicate(timeout=120)
        assert (process.returncode, said) == (0, "")
    assert assert_whole(url, set()) == {*range(30), *range(1000, 1030)}


def test_a_file_that_may_not_grow_loses_nothing(tmp_path: Path) -> None:
    url = str(tmp_path / "marsad.db")
    Store.create(url).close()
    process = start(url, 0, most=2_000_000)
    out, said = process.communicate(timeout=120)
    assert process.returncode == 3
    assert f"{url}: " in said
    assert "nothing of this step was kept" in said
    told = {int(line) for line in out.split()}
    assert told
    assert_whole(url, told)
    again = start(url, _ENDLESS, 5)
    assert again.communicate(timeout=120)[1] == ""
    assert_whole(url, told | set(range(_ENDLESS, _ENDLESS + 5)))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB, where we may make one."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", tmp_path], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small file system cannot be made here")
    yield tmp_path
    subprocess.run(["umount", tmp_path], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a small file system")
def test_a_full_disk_loses_nothing(small_disk: Path) -> None:
    url = str(small_disk / "marsad.db")
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 1_000_000)
    Store.create(url).close()
    process = start(url, 0)
    out, said = process.communicate(timeout=120)
    assert process.returncode == 3
    assert "the disk is full; nothing of this step was kept; free some space" in said
    told = {int(line) for line in out.split()}
    assert told
    ballast.unlink()
    assert_whole(url, told)
    again = start(url, _ENDLESS, 2)
    assert again.communicate(timeout=120)[1] == ""
    assert_whole(url, told | {_ENDLESS, _ENDLESS + 1})


def test_a_server_that_crashes_loses_nothing() -> None:
    if reason := postgres.missing():
        pytest.skip(reason)
    with postgres.server() as running:
        url = running.url()
        Store.create(url).close()
        told: set[int] = set()
        for first in (0, 1000):
            process = start(url, first)
            assert process.stdout is not None
            for _ in range(10):
                told.add(int(process.stdout.readline()))
            running.stop(how=signal.SIGQUIT)
            out, said = process.communicate(timeout=60)
            assert process.returncode == 3, said
            assert "postgresql://marsad@127.0.0.1" in said
            told.update(int(line) for line in out.split())
            running.start()
            assert_whole(url, told)
