"""What feeds tell of is handed over once, whatever happens on the way."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from marsad.capture.fetch.feeds import Feed
from marsad.capture.fetch.limits import Limits
from marsad.capture.fetch.state import Page, State
from marsad.capture.fetch.watch import Failed, Kept, Same, Told, watch
from marsad.errors import InputError
from marsad.model import Captured
from tests.capture.fetch.site import Site
from tests.support import ROOT
from tests.web import Web, reply, serving

PATHS = ["/1", "/2", "/3"]


@pytest.fixture
def site(web: Web) -> Site:
    """A site with three pages."""
    made = Site(web)
    made.write(*PATHS)
    return made


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    """What was seen so far."""
    with State(tmp_path / "marsad.watch") as one:
        yield one


class Shelf(list[tuple[Captured, Page, Feed]]):
    """A sink that keeps what it is given."""

    def __call__(self, captured: Captured, page: Page, feed: Feed) -> None:
        self.append((captured, page, feed))

    def paths(self) -> list[str]:
        return ["/" + captured.url.rsplit("/", 1)[-1] for captured, _, _ in self]


def test_every_page_of_a_feed_is_handed_over_with_what_the_feed_says(site: Site, state: State, limits: Limits) -> None:
    sink = Shelf()
    found = list(watch([Feed(url=site.feed, source="Agency")], sink=sink, limits=limits, state=state))
    assert found == [Told(site.feed, 3), *(Kept(site.web.url(path)) for path in PATHS)]
    assert sink.paths() == PATHS
    captured, page, feed = sink[0]
    assert captured.content.decode() == site.pages["/1"]
    assert (page.title, page.published, feed.source) == ("خبر /1", date(2016, 6, 21), "Agency")


@pytest.mark.parametrize("conditional", [True, False])
def test_the_same_feed_again_adds_nothing(site: Site, state: State, limits: Limits, conditional: bool) -> None:
    feeds = [Feed(url=site.feed)]
    list(watch(feeds, sink=Shelf(), limits=limits, state=state))
    if not conditional:
        body = "<?xml version='1.0'?><rss version='2.0'><channel>%s</channel></rss>"
        items = "".join(f"<item><link>{site.web.url(path)}</link></item>" for path in PATHS)
        site.web.page("/feed", body % items, kind="text/xml")
    asked, sink = len(site.web.paths()), Shelf()
    again = list(watch(feeds, sink=sink, limits=limits, state=state))
    assert again == [Same(site.feed, page=False) if conditional else Told(site.feed, 0)]
    assert (sink, len(site.web.paths())) == ([], asked + 1)


def test_only_what_is_new_is_fetched(site: Site, state: State, limits: Limits) -> None:
    list(watch([Feed(url=site.feed)], sink=Shelf(), limits=limits, state=state))
    site.write("/4")
    sink = Shelf()
    first, *_ = watch([Feed(url=site.feed)], sink=sink, limits=limits, state=state)
    assert first == Told(site.feed, 1)
    assert sink.paths() == ["/4"]


def test_a_page_that_was_changed_is_fetched_again_unless_it_is_the_same(
    site: Site, state: State, limits: Limits
) -> None:
    list(watch([Feed(url=site.feed)], sink=Shelf(), limits=limits, state=state))
    site.write("/1", text="صححت الوكالة خبرها", updated="2016-06-22T10:00:00Z")
    site.write("/2", updated="2016-06-22T10:00:00Z")
    sink = Shelf()
    found = list(watch([Feed(url=site.feed)], sink=sink, limits=limits, state=state))
    assert found == [Told(site.feed, 2), Kept(site.web.url("/1")), Same(site.web.url("/2"), page=True)]
    assert sink.paths() == ["/1"]


def test_a_page_that_fails_does_not_stop_the_others_and_is_tried_again(
    site: Site, state: State, limits: Limits
) -> None:
    site.web.fails("/2", "500 Internal Server Error")
    sink, feeds = Shelf(), [Feed(url=site.feed)]
    quick = replace(limits, rest=0.01, failures=3)
    found = list(watch(feeds, sink=sink, limits=quick, state=state))
    assert sink.paths() == ["/1", "/3"]
    assert isinstance(found[2], Failed)
    assert found[2].again
    time.sleep(0.05)
    site.write("/2")
    list(watch(feeds, sink=sink, limits=quick, state=state))
    assert sink.paths() == ["/1", "/3", "/2"]


def test_a_page_that_always_fails_is_given_up_and_one_that_is_gone_at_once(
    site: Site, state: State, limits: Limits
) -> None:
    site.web.fails("/1", "500 Internal Server Error")
    site.web.fails("/2", "410 Gone")
    quick = replace(limits, rest=0.001, failures=3)
    told = []
    for _ in range(5):
        found = watch([Feed(url=site.feed)], sink=Shelf(), limits=quick, state=state)
        told += [(one.url[-2:], one.again) for one in found if isinstance(one, Failed)]
        time.sleep(0.05)
    assert told == [("/1", True), ("/2", False), ("/1", True), ("/1", False)]
    assert site.web.paths().count("/1") == 3
    assert state.waiting([site.feed]) == 0


def test_a_feed_that_fails_does_not_stop_the_others(site: Site, state: State, limits: Limits) -> None:
    site.web.page("/broken", "<html>no feed</html>")
    gone = site.web.url("/gone")
    feeds = [Feed(url=gone), Feed(url=site.web.url("/broken")), Feed(url=site.feed)]
    sink = Shelf()
    found = list(watch(feeds, sink=sink, limits=limits, state=state))
    assert sorted(one.url for one in found if isinstance(one, Failed)) == sorted([gone, site.web.url("/broken")])
    assert sink.paths() == PATHS


def test_a_feed_that_wants_to_be_left_alone_is_also_by_the_next_run(site: Site, state: State, limits: Limits) -> None:
    site.web.fails("/feed", "429 Too Many Requests", retry_after="3600")
    for _ in range(2):
        (found,) = watch([Feed(url=site.feed)], sink=Shelf(), limits=limits, state=state)
        assert isinstance(found, Failed)
    assert "left alone until" in found.problem
    assert site.web.paths() == ["/feed"]


def test_a_slow_site_does_not_hold_up_another(site: Site, state: State, limits: Limits) -> None:
    with serving() as slow:
        feed = "".join(f"<item><link>http://localhost:{slow.port}/{n}</link></item>" for n in range(3))
        slow.page("/feed", f"<rss version='2.0'><channel>{feed}</channel></rss>", kind="text/xml")
        for n in range(3):
            slow.routes[f"/{n}"] = lambda connection, request: time.sleep(5)
        feeds = [Feed(url=f"http://localhost:{slow.port}/feed"), Feed(url=site.feed)]
        wide = replace(limits, allow_private=("127.0.0.1", "::1"))
        found = list(watch(feeds, sink=Shelf(), limits=wide, state=state))
        assert [type(one) for one in found if not isinstance(one, Told)] == [Kept] * 3 + [Failed] * 3


def test_what_stands_against_reading_a_page_is_told_and_the_page_counts_as_kept(
    site: Site, state: State, limits: Limits
) -> None:
    def sink(captured: Captured, page: Page, feed: Feed) -> InputError | None:
        return InputError(f"{captured.url}: no article here") if captured.url.endswith("/2") else None

    found = list(watch([Feed(url=site.feed)], sink=sink, limits=limits, state=state))
    assert [one for one in found if isinstance(one, Failed)] == [
        Failed(site.web.url("/2"), f"{site.web.url('/2')}: no article here", again=False)
    ]
    assert state.waiting([site.feed]) == 0


def test_a_sink_that_cannot_keep_ends_the_run_and_the_page_waits(site: Site, state: State, limits: Limits) -> None:
    kept = Shelf()

    def sink(captured: Captured, page: Page, feed: Feed) -> None:
        if len(kept) == 1:
            raise InputError("the disk is full")
        kept(captured, page, feed)

    with pytest.raises(InputError, match="the disk is full"):
        list(watch([Feed(url=site.feed)], sink=sink, limits=limits, state=state))
    assert state.waiting([site.feed]) == 2
    list(watch([Feed(url=site.feed)], sink=kept, limits=limits, state=state))
    assert kept.paths() == PATHS


def test_whoever_stops_in_the_middle_goes_on_from_there(site: Site, state: State, limits: Limits) -> None:
    sink = Shelf()
    for outcome in watch([Feed(url=site.feed)], sink=sink, limits=limits, state=state):
        if isinstance(outcome, Kept):
            break
    assert sink.paths() == ["/1"]
    list(watch([Feed(url=site.feed)], sink=sink, limits=limits, state=state))
    assert sink.paths() == PATHS


def test_a_feed_of_many_pages_is_taken_in_parts(site: Site, state: State, limits: Limits) -> None:
    few = replace(limits, pages=2)
    sink = Shelf()
    list(watch([Feed(url=site.feed)], sink=sink, limits=few, state=state))
    assert sink.paths() == PATHS[:2]
    list(watch([Feed(url=site.feed)], sink=sink, limits=few, state=state))
    assert sink.paths() == PATHS


def test_a_page_may_not_lead_into_a_private_network(site: Site, state: State, limits: Limits) -> None:
    with serving(host="127.0.0.2") as inner:
        inner.page("/secret", "secret")
        site.web.page(
            "/feed",
            f"<rss version='2.0'><channel><item><link>{inner.url('/secret')}</link></item>"
            f"<item><link>{site.web.url('/1')}</link></item></channel></rss>",
            kind="text/xml",
        )
        sink = Shelf()
        found = list(watch([Feed(url=site.feed)], sink=sink, limits=limits, state=state))
        assert sink.paths() == ["/1"]
        assert [one.again for one in found if isinstance(one, Failed)] == [False]
        assert not inner.asked


PROGRAM = """
import os, sys
from pathlib import Path
from marsad.capture.fetch.feeds import Feed
from marsad.capture.fetch.limits import Limits
from marsad.capture.fetch.state import State
from marsad.capture.fetch.watch import watch

folder, feed = Path(sys.argv[1]), sys.argv[2]

def sink(captured, page, feed):
    part = folder / "part"
    with part.open("wb") as stream:
        stream.write(captured.content)
        os.fsync(stream.fileno())
    part.rename(folder / captured.url.rsplit("/", 1)[-1])

limits = Limits(delay=0, tries=1, allow_private=("127.0.0.1",))
with State(folder / "watch.state") as state:
    for outcome in watch([Feed(url=feed)], sink=sink, limits=limits, state=state):
        print(outcome, flush=True)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_what_was_acknowledged_is_there_however_it_ends(site: Site, tmp_path: Path, how: signal.Signals) -> None:
    site.write(*(f"/{number}" for number in range(1, 121)))
    chance = random.Random(5)
    acknowledged: set[str] = set()
    for _ in range(8):
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(tmp_path), site.feed],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
        )
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(chance.randrange(1, 20))]
        process.send_signal(how)
        lines += process.stdout.readlines()
        process.wait()
        process.stdout.close()
        kept = {line.rsplit("/", 1)[-1].rstrip("')\n") for line in lines if line.startswith("Kept") and ")" in line}
        assert not kept & acknowledged, "kept once is kept"
        acknowledged |= kept
        assert all((tmp_path / name).read_text(encoding="utf-8") == site.pages[f"/{name}"] for name in acknowledged)
    subprocess.run([sys.executable, "-c", PROGRAM, str(tmp_path), site.feed], check=True, capture_output=True, cwd=ROOT)
    assert all((tmp_path / path[1:]).read_text(encoding="utf-8") == page for path, page in site.pages.items())


def test_a_server_that_ignores_conditions_is_read_all_the_same(site: Site, state: State, limits: Limits) -> None:
    site.web.routes["/feed"] = lambda connection, request: reply(
        connection, f"<rss version='2.0'><channel><item><link>{site.web.url('/1')}</link></item></channel></rss>"
    )
    sink = Shelf()
    for _ in range(2):
        list(watch([Feed(url=site.feed)], sink=sink, limits=limits, state=state))
    assert sink.paths() == ["/1"]
