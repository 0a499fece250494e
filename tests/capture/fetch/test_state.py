"""What was seen is on the disk when it counts, in one file, for one program at a time."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from marsad.capture.fetch.state import Page, State
from marsad.errors import InputError

FEED = "https://agency.example/rss"
PAGES = [
    Page(url=f"https://agency.example/{n}", feed=FEED, title=f"خبر {n}", published=date(2016, 6, 20 + n))
    for n in range(3)
]
URLS = [page.url for page in PAGES]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the state is."""
    return tmp_path / "marsad.watch"


def due(state: State, *, now: float = 1e12) -> list[str]:
    return [page.url for page in state.due([FEED], now=now, most=100)]


def test_pages_wait_until_they_are_kept_also_when_the_file_is_opened_again(path: Path) -> None:
    with State(path) as state:
        assert state.note(FEED, PAGES, etag='"1"', modified="") == 3
        state.kept(URLS[0], etag="", modified="")
        assert state.due([FEED], now=0, most=100) == PAGES[1:]
    with State(path) as state:
        assert state.feed(FEED) == ('"1"', "", 0.0)
        assert due(state) == URLS[1:]
        assert state.waiting([FEED]) == 2
        assert state.note(FEED, PAGES, etag='"2"', modified="") == 0
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_page_that_failed_waits_its_time_and_one_that_was_given_up_does_not_come_back(path: Path) -> None:
    with State(path) as state:
        state.note(FEED, PAGES, etag="", modified="")
        state.failed(URLS[0], "no", until=100.0)
        state.failed(URLS[1], "no", until=None)
        assert due(state, now=99) == URLS[2:]
        assert due(state, now=100) == [URLS[0], URLS[2]]
        assert state.due([FEED], now=100, most=1)[0].failures == 1
        state.note(FEED, PAGES, etag="", modified="")
        assert due(state, now=99) == URLS[2:]


def test_a_page_that_was_changed_waits_again_with_what_is_known_of_it(path: Path) -> None:
    first, later = (Page(url=URLS[0], feed=FEED, updated=f"2016-06-2{n}T00:00:00+00:00") for n in (1, 2))
    with State(path) as state:
        for page, new in ((first, 1), (first, 0), (later, 1), (first, 0)):
            assert state.note(FEED, [page], etag="", modified="") == new
            state.kept(URLS[0], etag='"e"', modified="m")
        state.note(FEED, [Page(url=URLS[0], feed=FEED, updated="2017")], etag="", modified="")
        (found,) = state.due([FEED], now=0, most=9)
        assert (found.etag, found.modified) == ('"e"', "m")


def test_pages_follow_a_feed_that_has_moved(path: Path) -> None:
    with State(path) as state:
        state.note("http://agency.example/rss", PAGES, etag="", modified="")
        assert due(state) == []
        assert state.note(FEED, PAGES, etag="", modified="") == 0
        assert due(state) == URLS


def test_two_at_once_is_one_too_many(path: Path) -> None:
    with State(path), pytest.raises(InputError, match="another marsad watch is at work"):
        State(path)
    State(path).__exit__(None, None, None)


@pytest.mark.parametrize("content", [b"x" * 5_000, b"[[feeds]]\n"])
def test_a_file_of_another_kind_is_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"marsad\.watch: no state of marsad watch, or damaged"):
        State(path)
    assert path.read_bytes() == content


def test_another_database_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE incidents (id)")
    other.close()
    with pytest.raises(InputError, match="this is no state of marsad watch"):
        State(path)


def test_a_newer_file_is_refused(path: Path) -> None:
    State(path).__exit__(None, None, None)
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 9")
    other.close()
    with pytest.raises(InputError, match="written by a newer Marsad"):
        State(path)


@pytest.mark.parametrize("where", ["none/marsad.watch", "."])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, where: str) -> None:
    with pytest.raises(InputError, match="cannot be used: unable to open"):
        State(tmp_path / where)


def kill_after_some(run: Callable[[], "subprocess.Popen[str]"], lines: int) -> list[str]:
    """What a program said before it was killed."""
    process = run()
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(lines)]
    os.kill(process.pid, signal.SIGKILL)
    said += process.stdout.read().split()
    process.wait()
    process.stdout.close()
    return said


def test_what_was_counted_as_kept_before_a_kill_is_kept(path: Path) -> None:
    program = (
        "import sys\nfrom marsad.capture.fetch.state import Page, State\n"
        "with State(sys.argv[1]) as state:\n"
        f"    state.note({FEED!r}, [Page(url=str(n), feed='') for n in range(5000)], etag='', modified='')\n"
        f"    for page in state.due([{FEED!r}], now=0, most=5000):\n"
        "        state.kept(page.url, etag='', modified='')\n"
        "        print(page.url, flush=True)\n"
    )
    kept: list[str] = []
    for lines in (1, 30, 7):
        command = [sys.executable, "-c", program, str(path)]
        kept += kill_after_some(lambda: subprocess.Popen(command, stdout=subprocess.PIPE, text=True), lines)  # noqa: B023
        with State(path) as state:
            left = set(due(state)) | {page.url for page in state.due([FEED], now=0, most=9_999)}
        assert not left & set(kept)
        assert len(left) + len(kept) in (5_000, 4_999, 4_998, 4_997)
