"""Draws the pictures of the workbench in docs/img/workbench anew: each page, Arabic and English, desktop and phone.

``python tools/screenshots.py [PAGE ...]``; wants Chromium and the built assets (make assets).
"""

import base64
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import get_args

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Page

from marsad.record import Record
from marsad.server import demo
from marsad.server.settings import Settings
from tests.browser import Eyes, Lang, Width, chromium, missing
from tests.server.running import run

INTO = Path(__file__).resolve().parent.parent / "docs/img/workbench"
QUALITY = 62


def main(wanted: list[str]) -> None:
    """Draw the pages that are named, or all."""
    if reason := missing():
        sys.exit(reason)
    INTO.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        db = Path(folder) / "marsad.db"
        demo.make(str(db))
        workbench = run(Settings(url=str(db)), stack)
        chosen = {name: path for name, path in pages(workbench.record).items() if not wanted or name in wanted}
        eyes = Eyes(stack.enter_context(chromium()))
        for lang in get_args(Lang):
            for width in get_args(Width):
                page = eyes.open(workbench, "admin", lang=lang, width=width)
                for name, path in chosen.items():
                    page.goto(path)
                    draw(page, INTO / f"{name}.{lang}.{width}.webp")
        eyes.close()
        print("\n".join(eyes.problems) or f"{len(chosen) * 4} pictures in {INTO}")


def pages(record: Record) -> dict[str, str]:
    """The path of each page by its name; those that are about one thing show one that has much to show."""
    incident = record.lists.incidents(order="-documents").rows[0]
    claim = record.lists.inbox().rows[0]
    return {
        "inbox": "/inbox",
        "documents": "/documents",
        "reading": f"/documents/{claim.document}?claim={claim.claim}",
        "incidents": "/incidents",
        "incident": f"/incidents/{incident.id}",
        "map": "/map",
        "timeline": "/timeline?by=year&split=actor",
        "totals": "/totals",
        "sources": "/sources",
        "search": "/search?q=%D9%82%D8%B5%D9%81",
        "review": "/review",
        "add": "/add",
        "account": "/account",
        "accounts": "/admin/accounts",
        "audit": "/audit",
    }


def draw(page: Page, into: Path) -> None:
    """One picture of what the window shows, once maps and charts stand."""
    for drawn in ("#map", "[data-timeline]"):
        if page.locator(drawn).count():
            page.locator(f"{drawn}[data-drawn]").wait_for(timeout=60_000)
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.wait_for_timeout(300)
    told = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    into.write_bytes(base64.b64decode(told["data"]))


if __name__ == "__main__":
    main(sys.argv[1:])
