"""Documents that a search found, with the passage."""

from collections.abc import Sequence

from marsad.export.page import Page
from marsad.export.screen import is_right_to_left, isolate, mark
from marsad.store.search import Hit


def write_hits(page: Page, hits: Sequence[Hit]) -> None:
    """A title, the facts and the passage for each, what was found in brackets."""
    for hit in hits:
        page.lines(isolate(hit.title or hit.document), style="bold")
        published = hit.published.isoformat() if hit.published else "no date of publication"
        facts = [published, isolate(hit.source), isolate(hit.document)]
        page.lines(" · ".join(fact for fact in facts if fact), style="dim")
        lang = "ar" if is_right_to_left(hit.snippet) else "en"
        page.sentence("", mark(hit.snippet, hit.marks), lang=lang)
        page.line()
    if not hits:
        page.line("no documents")
