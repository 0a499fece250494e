"""A document's claims on a screen, each with the incident it belongs to."""

from collections.abc import Mapping, Sequence

from marsad.export.incidents.detail import ROLES, write_evidence
from marsad.export.page import Page
from marsad.export.screen import isolate, plain
from marsad.export.table import heading
from marsad.model import Claim, Document, Incident


def write_reported(
    page: Page, document: Document, claims: Sequence[Claim], incidents: Mapping[str, Incident], *, replaced: str = ""
) -> None:
    """The claims with their sentences; ``incidents`` by the id of the claim; ``replaced``: why they no longer count."""
    heading(page, document)
    if not claims:
        page.line("    no claims", style="dim")
    for claim in claims:
        write_evidence(page, claim, document)
        page.field("incident", place_of(claim, incidents.get(claim.id), replaced=replaced))


def place_of(claim: Claim, incident: Incident | None, *, replaced: str = "") -> str:
    """What a claim is to its incident, and why; ``replaced`` as for ``write_reported``."""
    if replaced:
        return f"none: {replaced}"
    if incident is None:
        return "none: a total, or a claim that by itself makes none"
    role = next(report.role for report in incident.case.reports if report.claim.id == claim.id)
    return f"{incident.id} ({ROLES[role]}): {isolate(incident.title_en)}"


def write_text(page: Page, document: Document) -> None:
    """A document with its whole text."""
    heading(page, document)
    for paragraph in document.text.splitlines():
        page.line()
        page.sentence("", plain(paragraph), lang=document.lang)
