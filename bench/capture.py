"""How fast pages are captured: a feed of local pages is read, every page fetched and its text derived.

    python bench/capture.py [--pages 1000]

The server runs beside it in a process of its own; the rest between two requests is off for it, all other limits are as
they come. Pages are of the size and make-up of an agency's: an article within menus, related items and scripts.
"""

import argparse
import multiprocessing
import tempfile
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path

from marsad.capture.fetch.client import Client
from marsad.capture.fetch.content import charset, plain
from marsad.capture.fetch.feeds import Feed
from marsad.capture.fetch.limits import Limits
from marsad.capture.fetch.state import Page, State
from marsad.capture.fetch.watch import Kept, watch
from marsad.capture.formats.html import document_of
from marsad.model import Captured

_HERE = "127.0.0.1"
_SENTENCES = (
    "قال سكان في البلدة إن طائرة قصفت سوقا شعبيا صباح الثلاثاء وأوقعت قتلى وجرحى بين المدنيين.",
    "وأضاف شهود أن فرق الدفاع المدني انتشلت الجثث من تحت الأنقاض ونقلت المصابين إلى المستشفى.",
    "ولم يصدر تعليق من الجهات الرسمية على الحادث، في حين تحدثت مصادر طبية عن حصيلة أولية.",
)


def page(number: int) -> bytes:
    """A page of some 50 KB."""
    text = "".join(f"<p>{_SENTENCES[(number + n) % 3]} ({number}-{n})</p>\n" for n in range(12))
    menu = "".join(f'<li><a href="/section/{n}">باب {n}</a></li>\n' for n in range(150))
    related = "".join(
        f'<div class="card"><a href="/{n}"><img src="/i/{n}.jpg" alt=""><h4>خبر آخر رقم {n}</h4></a></div>\n'
        for n in range(120)
    )
    script = "<script>" + "window.dataLayer = window.dataLayer || [];\n" * 500 + "</script>"
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>قصف على سوق {number}</title>'
        f'<meta property="article:published_time" content="2016-06-21T08:00:00+03:00">{script}</head><body>'
        f"<header><nav><ul>{menu}</ul></nav></header><main><article><h1>قصف على سوق {number}</h1>{text}"
        f"</article></main><aside>{related}</aside><footer>جميع الحقوق محفوظة</footer></body></html>"
    ).encode()


def serve(pages: int, told: Connection) -> None:
    """A site with so many pages and their feed; its port goes to ``told``."""
    made = {f"/{number}": page(number) for number in range(pages)}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each answer waits 40 ms for an acknowledgement

        def do_GET(self) -> None:
            """A page, the feed, or nothing."""
            kind, body = "text/html; charset=utf-8", made.get(self.path, b"")
            if self.path == "/feed":
                items = "".join(f"<item><link>{path}</link></item>" for path in made)
                kind, body = "text/xml", f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((_HERE, 0), Handler)
    told.send(server.server_address[1])
    server.serve_forever()


def timed(work: Callable[[], int]) -> str:
    """How many pages a second ``work`` does."""
    start = time.perf_counter()
    done = work()
    seconds = time.perf_counter() - start
    return f"{done:>6,} pages in {seconds:6.1f} s = {done / seconds:6.1f} a second"


def derive(captured: Captured) -> None:
    """The text of a page."""
    assert document_of(plain(captured), url=captured.url, declared=charset(captured)).text


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    pages: int = parser.parse_args().pages
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(pages, theirs), daemon=True)
    server.start()
    site = f"http://{_HERE}:{ours.recv()}"
    limits = Limits(delay=0, pages=pages, allow_private=(_HERE,))

    def watched(read: Callable[[Captured], None]) -> int:
        def sink(captured: Captured, page: Page, feed: Feed) -> None:
            read(captured)

        with tempfile.TemporaryDirectory() as folder, State(Path(folder) / "watch.state") as state:
            outcomes = watch([Feed(url=f"{site}/feed")], sink=sink, limits=limits, state=state)
            return sum(isinstance(outcome, Kept) for outcome in outcomes)

    def fetched() -> int:
        with Client(limits) as client:
            return sum(client.get(f"{site}/{number}").status == 200 for number in range(pages))

    print("fetched one by one             ", timed(fetched))
    print("watched, nothing derived       ", timed(lambda: watched(lambda captured: None)))
    print("watched, and the text derived  ", timed(lambda: watched(derive)))
    server.terminate()


if __name__ == "__main__":
    main()
