"""Why statements of a total are one: what they have in common, claim by claim."""

from marsad.assess.totals import why_one
from marsad.export import words
from marsad.export.page import Page
from marsad.export.screen import isolate
from marsad.model import Quantity, Total


def write_why_total(page: Page, total: Total) -> None:
    """Each statement with its figures, and the other that speaks most for its being one of them."""
    page.line()
    page.line("Why these statements are one total", style="bold")
    reasons = why_one(total)
    for report in total.reports:
        source = f" ({isolate(report.source)})" if report.source else ""
        day = f", {report.published.isoformat()}" if report.published else ""
        page.lines(f"{report.claim.id} · {isolate(report.claim.document)}{source}{day}", indent=2)
        page.field("figures", "; ".join(map(_figure, report.claim.quantities)) or "none")
        page.reason(reasons.get(report.claim.id, "no reason is kept"))


def _figure(quantity: Quantity) -> str:
    wording = f" ({isolate(quantity.text)})" if quantity.text else ""
    return f"{words.quantity(quantity)}{wording}"
