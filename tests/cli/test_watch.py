"""``marsad watch``: from a feed on a server of our own to incidents in the record."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from tests.support import ROOT
from tests.web import Web, serving

Call = Callable[..., Result]
TEXTS = {
    "/1": "قتل خمسة مدنيين وأصيب عشرة آخرون أمس الثلاثاء في قصف جوي استهدف سوقا شعبيا في مدينة إدلب، بحسب الدفاع "
    "المدني. وقال شهود إن الطائرات استهدفت السوق مرتين صباحا، وإن فرق الإنقاذ انتشلت الضحايا من تحت الأنقاض.",
    "/2": "أعلنت الشرطة العراقية اليوم الأربعاء مقتل ثلاثة من عناصرها في تفجير سيارة مفخخة قرب حاجز أمني في مدينة "
    "الموصل. وأضافت أن خمسة آخرين أصيبوا بجروح ونقلوا إلى مستشفى المدينة لتلقي العلاج.",
}


@pytest.fixture
def web() -> Iterator[Web]:
    """A site with two reports."""
    with serving() as running:
        for path, text in TEXTS.items():
            write(running, path, text)
        tell(running, *TEXTS)
        yield running


def write(web: Web, path: str, text: str) -> None:
    """A page with a report."""
    body = f"<article><h1>خبر من الميدان {path[1:]}</h1><p>{text}</p></article>"
    web.page(path, f"<html lang='ar'><head><title>خبر</title></head><body>{body}</body></html>")


def tell(web: Web, *paths: str, updated: str = "2016-06-22T06:00:00Z") -> None:
    """A feed of these pages."""
    entries = "".join(
        f"<entry><title>خبر</title><link href='{path}'/><published>2016-06-22T06:00:00Z</published>"
        f"<updated>{updated}</updated></entry>"
        for path in paths
    )
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>"
    web.page("/feed", feed, kind="application/atom+xml")


@pytest.fixture
def feeds(web: Web, tmp_path: Path, marsad: Call, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that names the feed, and an empty record."""
    monkeypatch.setenv("MARSAD_DB", str(tmp_path / "marsad.db"))
    assert marsad("init").exit_code == 0
    path = tmp_path / "feeds.toml"
    path.write_text(
        f'[limits]\ndelay = 0\ntries = 1\nallow_private = ["127.0.0.1"]\n\n'
        f'[[feeds]]\nurl = "{web.url("/feed")}"\nsource = "وكالة الميدان"\n',
        encoding="utf-8",
    )
    return path


def test_pages_of_a_feed_become_incidents_and_again_add_nothing(feeds: Path, marsad: Call) -> None:
    found = marsad("watch", feeds)
    assert found.exit_code == 0, found.output
    assert found.stdout == "1 feed: 2 pages kept\n"
    incidents = [json.loads(line) for line in marsad("incidents", "--format", "jsonl").stdout.splitlines()]
    assert {one["place"]["country"] for one in incidents} == {"SY", "IQ"}
    (source,) = [json.loads(line) for line in marsad("sources", "--format", "jsonl").stdout.splitlines()]
    assert (source["source"], source["documents"]) == ("وكالة الميدان", 2)
    before = marsad("incidents", "--format", "jsonl").stdout
    assert marsad("watch", feeds).stdout == "1 feed: 0 pages kept\n"
    assert marsad("incidents", "--format", "jsonl").stdout == before


def test_a_page_that_was_corrected_becomes_a_new_version(feeds: Path, marsad: Call, web: Web) -> None:
    marsad("watch", feeds)
    write(web, "/1", TEXTS["/1"].replace("خمسة", "ستة"))
    tell(web, "/1", "/2", updated="2016-06-23T06:00:00Z")
    assert marsad("watch", feeds).stdout == "1 feed: 2 pages kept\n"
    incidents = [json.loads(line) for line in marsad("incidents", "--format", "jsonl").stdout.splitlines()]
    assert sorted(len(one["documents"]) for one in incidents) == [1, 1]
    assert {one["killed"]["best"] for one in incidents} == {6, 3}


def test_what_fails_is_named_and_the_rest_is_kept(feeds: Path, marsad: Call, web: Web) -> None:
    tell(web, "/1", "/gone", "/fault", "/empty", "/2")
    web.fails("/fault", "500 Internal Server Error")
    web.page("/empty", "<html><body></body></html>")
    found = marsad("watch", feeds)
    assert found.exit_code == 1
    assert found.stdout == "1 feed: 2 pages kept, 3 not; 1 page left for later\n"
    assert "/gone: the server answers 404 Not Found\n" in found.stderr
    assert "/fault: the server answers 500 Internal Server Error; tried again in a later round\n" in found.stderr
    assert f"error: {web.url('/empty')}" in found.stderr


def test_a_plain_text_is_read_as_well(feeds: Path, marsad: Call, web: Web) -> None:
    web.page("/3", TEXTS["/1"].encode("cp1256"), kind="text/plain; charset=windows-1256")
    tell(web, "/3")
    assert marsad("watch", feeds).stdout == "1 feed: 1 page kept\n"
    assert "إدلب" in marsad("search", "قصف").stdout


def test_what_is_not_installed_is_named(feeds: Path) -> None:
    program = "import sys; sys.modules[{!r}] = None; from marsad.cli import main; main(['watch', sys.argv[1]])"
    for package in ("httpx", "protego", "httpcore", "feedparser"):
        command = [sys.executable, "-c", program.format(package), str(feeds)]
        found = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        assert found.returncode == 1
        assert f"the package {package}, which is not installed; pip install 'marsad[web]'" in found.stderr


def test_what_is_seen_is_kept_beside_the_record_or_where_it_is_said(feeds: Path, marsad: Call) -> None:
    marsad("watch", feeds)
    assert (feeds.parent / "marsad.watch").exists()
    elsewhere = feeds.parent / "other.state"
    assert marsad("watch", feeds, "--state", elsewhere).stdout == "1 feed: 2 pages kept\n"
    assert elsewhere.exists()


@pytest.mark.parametrize(
    ("args", "code", "reason"),
    [
        (["none.toml"], 1, "none.toml: cannot be read"),
        (["{feeds}", "--every", "often"], 2, "'often' is no time; write it as 30s, 15m, 2h or 1d"),
        (["{feeds}", "--every", "0m"], 2, "is no time"),
        (["{feeds}", "--db", "none.db"], 1, "none.db"),
    ],
)
def test_what_is_wrong_with_the_command_is_told(
    feeds: Path, marsad: Call, args: list[str], code: int, reason: str
) -> None:
    found = marsad("watch", *(arg.format(feeds=feeds) for arg in args))
    assert (found.exit_code, reason in found.stderr) == (code, True), found.output


def test_it_goes_on_in_rounds_until_ctrl_c_and_loses_nothing(feeds: Path, marsad: Call, web: Web) -> None:
    tell(web, "/1")
    process = subprocess.Popen(
        [sys.executable, "-m", "marsad", "watch", str(feeds), "--every", "1s"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert "1 feed: 1 page kept" in process.stdout.readline()
    tell(web, "/1", "/2")
    rounds = [process.stdout.readline() for _ in range(2)]
    assert "1 feed: 1 page kept\n" in "".join(rounds)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "stopped; what was kept is in the record" in err
    assert len(marsad("incidents", "--format", "jsonl").stdout.splitlines()) == 2
    assert marsad("watch", feeds).stdout == "1 feed: 0 pages kept\n"


def test_ctrl_c_while_a_server_says_nothing_stops_at_once(feeds: Path, web: Web) -> None:
    web.routes["/feed"] = lambda connection, request: time.sleep(30)
    process = subprocess.Popen(
        [sys.executable, "-m", "marsad", "watch", str(feeds)], stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    while not web.paths():
        time.sleep(0.05)
    start = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130
    assert time.monotonic() - start < 5
