"""A document's claims on a screen, each with the incident it belongs to."""

from collections.abc import Callable, Mapping, Sequence

from marsad.export.incidents.detail import ROLES, write_evidence, write_lines
from marsad.export.page import INDENT, LABEL, Page
from marsad.export.pages.decisions import told
from marsad.export.screen import isolate, plain
from marsad.export.table import heading
from marsad.model import Claim, Decision, Document, Incident


def write_reported(
    page: Page,
    document: Document,
    claims: Sequence[Claim],
    incidents: Mapping[str, Incident],
    *,
    out: Callable[[str], str],
    decided: Callable[[str], Sequence[Decision]],
) -> None:
    """The claims with their sentences; by the id of the claim: ``incidents``, why it is ``out`` and counts no more, or
    "", and what people ``decided`` about it."""
    heading(page, document)
    if not claims:
        page.line("    no claims", style="dim")
    for claim in claims:
        write_evidence(page, claim, document)
        page.field("incident", place_of(claim, incidents.get(claim.id), out=out(claim.id)))
        write_decided(page, decided(claim.id))


def write_decided(page: Page, decisions: Sequence[Decision]) -> None:
    """What people decided about a claim, a line each."""
    if decisions:
        page.field("people", "decided:")
        write_lines(page, map(told, decisions), indent=INDENT + LABEL)


def place_of(claim: Claim, incident: Incident | None, *, out: str = "") -> str:
    """What a claim is to its incident; ``out``: why it counts no more."""
    if out:
        return f"none: {out}"
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
