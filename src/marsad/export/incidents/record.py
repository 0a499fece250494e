"""The incident record: an incident as JSON (docs/incident-record.md)."""

from marsad.export.record import record as claim_record
from marsad.model import Assessment, Estimate, Figure, Incident, Party, Place, Report

_FIGURE = ("low", "best", "high", "known")
_BEHIND = ("low_claims", "best_claims", "high_claims", "rule", "figures")
_NOTHING = Estimate(of="killed", whom="all", known="none_reported")


def record(incident: Incident, *, evidence: bool = False) -> dict[str, object]:
    """The incident's fields by name; ``evidence`` puts the whole record of each claim beside its id."""
    case, found = incident.case, incident.assessment
    return {
        "id": incident.id,
        "title": {"en": incident.title_en, "ar": incident.title_ar},
        "event": case.event,
        "time": {"start": case.start, "end": case.end, "date_precision": case.date_precision},
        "place": without(case.place, "span") if case.place else None,
        "actors": [without(party, "spans") for party in case.actors],
        "targets": [without(party, "spans") for party in case.targets],
        "documents": documents(case.reports),
        "claims": [_claim(report, case.reasons, evidence=evidence) for report in case.reports],
        "lineages": lineages(case.reports),
        "killed": _figures(found, "killed"),
        "injured": _figures(found, "injured"),
        "grade": found.grade,
        "grade_rule": found.grade_rule,
        "grade_why": found.grade_why,
        "grade_by": found.grade_by,
        "strike_status": found.strike_status,
        "strike_rule": found.strike_rule,
        "acled": dict(found.acled),
        "ucdp": dict(found.ucdp),
        "ohchr": [dict(row) for row in found.ohchr],
    }


def documents(reports: tuple[Report, ...]) -> list[dict[str, object]]:
    """``[{"id", "main"}]`` by id; ``main`` where the incident is the document's main one."""
    main: dict[str, bool] = {}
    for report in reports:
        main[report.claim.document] = main.get(report.claim.document, False) or report.main
    return [{"id": identity, "main": is_main} for identity, is_main in sorted(main.items())]


def lineages(reports: tuple[Report, ...]) -> list[dict[str, object]]:
    """``[{"id", "documents"}]`` by id: documents of one lineage repeat each other and count once."""
    members: dict[str, set[str]] = {}
    for report in reports:
        members.setdefault(report.lineage, set()).add(report.claim.document)
    return [{"id": identity, "documents": sorted(found)} for identity, found in sorted(members.items())]


def without(part: Place | Party, left_out: str) -> dict[str, object]:
    """A part of a claim without its offsets, which mean nothing outside their document."""
    return {key: getattr(part, key) for key in part.__dataclass_fields__ if key != left_out}


def _claim(report: Report, reasons: dict[str, str], *, evidence: bool) -> dict[str, object]:
    claim = report.claim
    found: dict[str, object] = {
        "id": claim.id,
        "document": claim.document,
        "role": report.role,
        "main": report.main,
        "lineage": report.lineage,
        "why": reasons.get(claim.id, ""),
    }
    return found | {"record": claim_record(claim)} if evidence else found


def _figures(assessment: Assessment, of: str) -> dict[str, object]:
    """All the killed or injured, and under ``groups`` those of each harmed group."""
    groups = {e.whom: _estimate(e) for e in assessment.estimates if e.of == of and e.whom != "all"}
    return _estimate(assessment.estimate(of) or _NOTHING) | {"groups": groups}


def _estimate(estimate: Estimate) -> dict[str, object]:
    found: dict[str, object] = {key: getattr(estimate, key) for key in (*_FIGURE, *_BEHIND)}
    return found | {"figures": [_figure(figure) for figure in estimate.figures]}


def _figure(figure: Figure) -> dict[str, object]:
    return {key: getattr(figure, key) for key in Figure.__dataclass_fields__}
