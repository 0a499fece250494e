"""What the tests in a browser share."""

from tests.browser import browser, eyes

__all__ = ["browser", "eyes"]
