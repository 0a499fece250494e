"""One incident on a screen: what is known of it, and every report with its sentences."""

from collections.abc import Iterable, Iterator, Mapping

from marsad.export import words
from marsad.export.incidents.record import documents as documents_of
from marsad.export.incidents.record import lineages
from marsad.export.incidents.table import COLOURS, titles
from marsad.export.page import Page
from marsad.export.screen import isolate, isolate_quotes, plain
from marsad.export.table import heading, write_claim
from marsad.model import Assessment, Claim, Document, Estimate, Figure, Incident, Report

ROLES = {
    "reports": "reports it",
    "denies": "denies it",
    "plans": "speaks of it as planned",
    "supposes": "speaks of it as possible",
    "totals": "counts it in a total",
}


def write_incident(page: Page, incident: Incident) -> None:
    """What is known of an incident, field by field."""
    case, found = incident.case, incident.assessment
    page.line(f"{incident.id} · {case.event}", style="bold")
    titles(page, incident)
    page.field("where", words.place(case.place) if case.place else "not told")
    if case.start:
        meaning = words.DATE_PRECISION.get(case.date_precision, "")
        page.field("when", f"{words.days(case.start, case.end)}{f' ({meaning})' if meaning else ''}")
    page.field("who", words.doing(case.actors, case.targets) or "not said")
    for of in ("killed", "injured"):
        _write_figures(page, found, of)
    write_grade(page, found)
    for label, columns in (("ACLED", found.acled), ("UCDP", found.ucdp)):
        filled = " · ".join(f"{key} {plain(str(value))}" for key, value in columns.items() if value not in (None, ""))
        if filled:
            page.field(label, filled)
    page.field("reports", _reports(case.reports))


def write_written(page: Page, en: str, ar: str, *, by: str) -> None:
    """What somebody wrote about an incident, in either language or both."""
    page.field("assessed", f"by {isolate(by)}")
    for text, lang in ((en, "en"), (ar, "ar")):
        for paragraph in text.splitlines():
            page.sentence("", plain(paragraph), lang=lang)


def write_reports(page: Page, found: tuple[Report, ...], documents: Mapping[str, Document]) -> None:
    """Each document that reports, with the claims it makes of it and the sentences they rest on."""
    by_document: dict[str, list[Report]] = {}
    for report in found:
        by_document.setdefault(report.claim.document, []).append(report)
    for identity, reports in by_document.items():
        page.line()
        heading(page, documents[identity])
        if reports[0].lineage != identity:
            page.lines(f"repeats {isolate(reports[0].lineage)}, and counts with it", style="dim")
        for report in reports:
            write_evidence(page, report.claim, documents[identity], role=ROLES[report.role])


def write_evidence(page: Page, claim: Claim, document: Document, *, role: str = "") -> None:
    """A claim under its id, with every sentence that it rests on."""
    page.line(f"  {claim.id}{f' · {role}' if role else ''}", style="bold")
    write_claim(page, "    ", claim, document)
    for sentence in claim.evidence[1:]:
        page.sentence("also", plain(sentence), lang=document.lang)


def figure(found: Figure) -> str:
    """A figure, who says so and when, and what it is used for."""
    said = f" by {isolate(found.said_by)}" if found.said_by else ""
    when = f", {found.published.isoformat()}" if found.published else ""
    wording = f" ({isolate(found.text)})" if found.text else ""
    return f"{words.bounds(found.low, found.high)}{wording}{said}{when}, claim {found.claim}"


def estimates(found: Assessment, of: str) -> list[Estimate]:
    """Those of the killed, or injured: all first, then each group that has one."""
    return sorted((e for e in found.estimates if e.of == of), key=lambda e: (e.whom != "all", e.whom))


def _write_figures(page: Page, found: Assessment, of: str) -> None:
    page.field(of, words.estimate(found.estimate(of)))
    told = [e for e in estimates(found, of) if e.whom != "all" and e.known != "none_reported"]
    for estimate in told:
        page.field("", f"{estimate.whom}: {words.estimate(estimate)}")
    for name, one in _apart(found, of):
        page.field("", f"{name}: {figure(one)}")


def _apart(found: Assessment, of: str) -> Iterator[tuple[str, Figure]]:
    """Figures that dissent, are in doubt or conceded; the group they speak of comes with the name."""
    for estimate in estimates(found, of):
        group = "" if estimate.whom == "all" else f" ({estimate.whom})"
        for one in estimate.figures:
            if one.use in ("dissents", "doubted", "conceded"):
                yield f"{one.use}{group}", one


def write_grade(page: Page, found: Assessment) -> None:
    """The grade and strike status, each with its rule."""
    by = f", set by {isolate(found.grade_by)}" if found.grade_by else ""
    rule = f" (rule {found.grade_rule}{by})" if found.grade_rule else by
    page.labelled("grade", [f"{found.grade or 'none'}{rule}"], style=COLOURS.get(found.grade or "", ""))
    if found.grade_why:
        page.reason(found.grade_why)
    if found.strike_status:
        page.field("strike", f"{found.strike_status}{f' (rule {found.strike_rule})' if found.strike_rule else ''}")


def _reports(reports: tuple[Report, ...]) -> str:
    roles: dict[str, int] = {}
    for report in reports:
        roles[report.role] = roles.get(report.role, 0) + 1
    counted = ", ".join(f"{number} {role}" for role, number in roles.items())
    pages, apart = len(documents_of(reports)), len(lineages(reports))
    return f"{len(reports)} claims ({counted}) in {pages} documents of {apart} lineages"


def write_lines(page: Page, lines: Iterable[str], *, indent: int = 4) -> None:
    """Lines of reasons, which may hold anything."""
    for line in lines:
        page.lines(isolate_quotes(line), indent=indent)
