"""What was said to be safe is safe, whatever happens to the process that keeps it."""

import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from marsad.errors import InputError
from marsad.evidence import Evidence, verify
from tests.evidence.support import captured, filled
from tests.support import ROOT

_ENDLESS = 100_000


def start(folder: Path, first: int, count: int = _ENDLESS, *, most: int | None = None) -> "subprocess.Popen[str]":
    """A process that captures; ``most`` is the largest file, in bytes, that it may write."""

    def limit() -> None:
        if most is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    command = [sys.executable, "-m", "tests.evidence.adding", str(folder), str(first), str(count)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True, preexec_fn=limit)


def assert_whole(folder: Path, told: dict[int, tuple[str, str]]) -> int:
    """The chain verifies and has every capture that was told of, with its bytes; returns how many there are."""
    evidence = Evidence.open(folder)
    report, _ = verify(evidence)
    assert report.problems == []
    entered = {entry.hash: entry.what["content"] for entry in evidence.entries() if entry.kind == "capture"}
    for number, (content, hashed) in told.items():
        assert entered[hashed] == content
        assert evidence.archive.read(content) == captured(number).content
    return len(entered)


def lines(text: str) -> dict[int, tuple[str, str]]:
    found = (line.split() for line in text.splitlines())
    return {int(number): (content, hashed) for number, content, hashed in found}


def kill_again_and_again(folder: Path, times: int) -> None:
    """Kill a process that captures at any moment, and look each time at what is there."""
    chance, told = random.Random(5), dict[int, tuple[str, str]]()
    for turn in range(times):
        process = start(folder, turn * 1000)
        assert process.stdout is not None
        for _ in range(chance.randint(1, 12)):
            told |= lines(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        told |= lines(process.communicate()[0])
        assert_whole(folder, told)
    Evidence.open(folder).capture([captured(9)], who="after")
    assert assert_whole(folder, told) > len(told)


def test_a_killed_writer_loses_nothing(tmp_path: Path) -> None:
    Evidence.create(tmp_path / "e")
    kill_again_and_again(tmp_path / "e", 8)


def test_two_writers_at_once_both_finish(tmp_path: Path) -> None:
    Evidence.create(tmp_path / "e")
    both = [start(tmp_path / "e", 0, 25), start(tmp_path / "e", 1000, 25)]
    told: dict[int, tuple[str, str]] = {}
    for process in both:
        out, said = process.communicate(timeout=120)
        assert (process.returncode, said) == (0, "")
        told |= lines(out)
    assert len(told) == 50
    assert assert_whole(tmp_path / "e", told) == 50


def test_it_can_be_verified_while_it_is_written(tmp_path: Path) -> None:
    Evidence.create(tmp_path / "e")
    process = start(tmp_path / "e", 0, 60)
    seen = set()
    while process.poll() is None:
        report, _ = verify(Evidence.open(tmp_path / "e"))
        assert report.problems == []
        seen.add(report.entries)
    assert process.communicate()[1] == ""
    assert len(seen) > 1


def test_a_file_that_may_not_grow_loses_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "e"
    Evidence.create(folder)
    process = start(folder, 0, most=9_000)
    out, said = process.communicate(timeout=120)
    assert process.returncode == 3
    assert "no file may grow further here; nothing of this step was kept" in said
    told = lines(out)
    assert told
    assert assert_whole(folder, told) == len(told)
    again = start(folder, _ENDLESS, 3)
    told |= lines(again.communicate(timeout=120)[0])
    assert assert_whole(folder, told) == len(told)


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """A file system of its own, where we may make one."""
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("a file system cannot be made here")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a small file system")
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    with mounted(tmp_path, "size=600k"):
        ballast = tmp_path / "ballast"
        ballast.write_bytes(b"x" * 200_000)
        Evidence.create(tmp_path / "e")
        process = start(tmp_path / "e", 0)
        out, said = process.communicate(timeout=120)
        assert process.returncode == 3
        assert "the disk is full; nothing of this step was kept; free some space" in said
        told = lines(out)
        assert told
        assert assert_whole(tmp_path / "e", told) == len(told)
        ballast.unlink()
        again = start(tmp_path / "e", _ENDLESS, 2)
        out, said = again.communicate(timeout=120)
        assert said == ""
        assert_whole(tmp_path / "e", told | lines(out))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a file system that is read only")
def test_a_disk_that_can_only_be_read_is_verified_and_not_written(tmp_path: Path) -> None:
    with mounted(tmp_path, "size=5m"):
        filled(tmp_path / "e", 3)
        subprocess.run(["mount", "-o", "remount,ro", tmp_path], check=True)
        evidence = Evidence.open(tmp_path / "e")
        assert verify(evidence)[0].holds
        with pytest.raises(InputError, match="it is on a disk that can only be read"):
            evidence.capture([captured(9)], who="t")
        with pytest.raises(InputError, match="it is on a disk that can only be read"):
            evidence.entry("decision", who="t", what={})
        assert verify(evidence)[0].holds
