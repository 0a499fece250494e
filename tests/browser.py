"""A browser for the tests: Chromium as wide as a desktop or a phone, in Arabic or English, that reports every fault.

``python -m tests.browser`` installs Debian's Chromium where it is missing and we may (``make test`` runs it).
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, ViewportSize, sync_playwright

from tests import packages
from tests.server.running import Workbench

PACKAGES = ("chromium",)
AXE = Path(__file__).parent.parent / "assets/node_modules/axe-core/axe.min.js"
BUILT = Path(__file__).parent.parent / "src/marsad/server/static/built/STAMP"
SIZES = {"desktop": ViewportSize(width=1280, height=800), "phone": ViewportSize(width=390, height=844)}
Lang = Literal["en", "ar"]
Width = Literal["desktop", "phone"]

EACH = pytest.mark.parametrize(
    ("lang", "width"), [("en", "desktop"), ("ar", "desktop"), ("en", "phone"), ("ar", "phone")]
)
"""A test with ``lang`` and ``width`` runs in both languages and at both widths."""

# A software renderer for the map's WebGL; no background requests of the browser's own.
_ARGUMENTS = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking")


def missing() -> str:
    """Why there can be no browser here; empty where there can."""
    return "" if _program() else f"Chromium is not installed (apt install {PACKAGES[0]})"


def install() -> None:
    """Install Chromium where it is missing and we may."""
    packages.install(PACKAGES, reason=missing(), without="the tests in a browser will be skipped")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, without a window."""
    arguments = [*_ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_program(), args=arguments)
        try:
            yield browser
        finally:
            browser.close()


class Eyes:
    """Opens pages of a workbench and keeps what goes wrong in them: errors told, requests that leave this machine."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        # A page may still be asking for letters when its test is over and its workbench stopped.
        self._expected: list[str] = ["net::ERR_CONNECTION_REFUSED"]
        self.problems: list[str] = []

    def open(
        self,
        workbench: Workbench,
        role: str | None = "editor",
        *,
        lang: Lang = "en",
        width: Width = "desktop",
        **more: Any,
    ) -> Page:
        """A page, signed in with a role, on which ``goto`` takes paths; ``more`` goes to the browser's context."""
        context = self._browser.new_context(
            base_url=workbench.url,
            viewport=SIZES[width],
            has_touch=width == "phone",
            is_mobile=width == "phone",
            locale=lang,
            timezone_id="UTC",
            reduced_motion="reduce",  # colours that are on their way elsewhere have no contrast of their own
            **more,
        )
        self._contexts.append(context)
        context.set_default_timeout(15_000)
        cookies = {"lang": lang} | ({workbench.settings.cookie: workbench.session(role)} if role else {})
        context.add_cookies([{"name": name, "value": value, "url": workbench.url} for name, value in cookies.items()])
        page = context.new_page()
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.problems.append(f"error in {page.url}: {error}"))
        page.on("request", self._asked)
        return page

    def expect(self, text: str) -> None:
        """An error of the console with this text is meant, such as "409" for a refused request."""
        self._expected.append(text)

    def close(self) -> None:
        """Close every page."""
        for context in self._contexts:
            context.close()

    def unexpected(self) -> list[str]:
        """The problems that no test expected."""
        return [told for told in self.problems if not any(text in told for text in self._expected)]

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"{message.type} in {message.location.get('url', '')}: {message.text}")

    def _asked(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in ("data", "blob") and asked.hostname != "127.0.0.1":
            self.problems.append(f"a request left this machine: {request.url}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of all tests; skips where there is none."""
    if reason := missing():
        pytest.skip(reason)
    if not BUILT.exists():
        pytest.skip("the assets are not built (make assets)")
    with chromium() as running:
        yield running


@pytest.fixture
def eyes(browser: Browser) -> Iterator[Eyes]:
    """Opens pages; the test fails on any error told in them, and on any request that leaves this machine."""
    looking = Eyes(browser)
    try:
        yield looking
    finally:
        looking.close()
    assert not looking.unexpected(), looking.unexpected()


def faults(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page as it stands; skips where axe is not installed."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed (make assets)")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run({resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['help']}: {node['html'][:200]} ({node.get('failureSummary', '').splitlines()[-1:]})"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def spills(page: Page) -> int:
    """By how many pixels the page is wider than the window; 0 is as it should be."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def _program() -> str | None:
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )


if __name__ == "__main__":
    install()
    sys.exit(0)
