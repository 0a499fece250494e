"""Why an incident is as it is: each join, each figure, the grade; and why a claim was read as it was."""

from collections.abc import Callable, Mapping, Sequence

from marsad.assess import explain
from marsad.export.incidents.detail import ROLES
from marsad.export.incidents.reported import place_of, write_decided
from marsad.export.incidents.table import titles
from marsad.export.page import Page
from marsad.export.screen import isolate, isolate_quotes, plain
from marsad.export.table import heading, write_claim
from marsad.model import Claim, Decision, Document, Incident


def write_reasons(page: Page, incident: Incident) -> None:
    """The reason for each join, then those of the assessment."""
    case = incident.case
    page.line(incident.id, style="bold")
    titles(page, incident)
    page.line()
    page.line("Why these claims are one incident", style="bold")
    page.lines(
        "for each claim the comparison that speaks most for it; bits above 0 speak for one happening", style="dim"
    )
    for report in case.reports:
        source = f" ({isolate(report.source)})" if report.source else ""
        day = f", {report.published.isoformat()}" if report.published else ""
        page.lines(
            f"{report.claim.id} · {ROLES[report.role]} · {isolate(report.claim.document)}{source}{day}", indent=2
        )
        page.reason(case.reasons.get(report.claim.id, "no reason is kept"))
    page.line()
    page.line("Why these figures, this grade and these codes", style="bold")
    for line in explain(case, incident.assessment):
        depth = 2 + len(line) - len(line.lstrip())
        page.lines(isolate_quotes(line), indent=depth, style="" if depth > 2 else "cyan")


def write_why_reported(
    page: Page,
    document: Document,
    claims: Sequence[Claim],
    incidents: Mapping[str, Incident],
    *,
    out: Callable[[str], str],
    decided: Callable[[str], Sequence[Decision]],
) -> None:
    """Claims with the rule, entry or decision behind each field, and why each is in its incident, or is ``out``."""
    heading(page, document)
    for claim in claims:
        page.line(f"  {claim.id}", style="bold")
        write_claim(page, "    ", claim, document, explain=True)
        incident = incidents.get(claim.id)
        page.field("incident", place_of(claim, incident, out=out(claim.id)))
        if incident is not None:
            page.reason(plain(incident.case.reasons.get(claim.id, "no reason is kept")))
        write_decided(page, decided(claim.id))
