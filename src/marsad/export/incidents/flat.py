"""An incident as one row of plain values, for tables and maps: the columns of csv, the properties of geojson."""

from collections.abc import Iterator

from marsad.export.incidents.record import documents, lineages
from marsad.export.words import DATE_PRECISION, PRECISION
from marsad.model import Assessment, Case, Incident, Party

Value = str | int | float | None

GROUPS = ("civilians", "children", "women", "men", "combatants", "unspecified")
"""Harmed groups that have columns of their own; what else an estimate is made for stands in the incident record."""

ACLED = (
    "disorder_type event_type sub_event_type inter1 inter2 interaction civilian_targeting time_precision "
    "geo_precision fatalities"
).split()
UCDP = (
    "type_of_violence event_clarity where_prec date_prec deaths_a deaths_b deaths_civilians deaths_unknown "
    "best high low number_of_sources"
).split()
SEPARATOR = " | "


def row(incident: Incident) -> dict[str, Value]:
    """Column and value, the columns always the same; ``None`` is not known, lists are joined by ``SEPARATOR``."""
    case, found = incident.case, incident.assessment
    return {
        "id": incident.id,
        "title_en": incident.title_en,
        "title_ar": incident.title_ar,
        "event": case.event,
        "start": case.start.isoformat() if case.start else None,
        "end": case.end.isoformat() if case.end else None,
        "date_precision": case.date_precision,
        "date_precision_means": DATE_PRECISION.get(case.date_precision, ""),
        **_place(case),
        "actors": _names(case.actors),
        "targets": _names(case.targets),
        **dict(_figures(found)),
        "grade": found.grade,
        "grade_rule": found.grade_rule,
        "grade_by": found.grade_by,
        "strike_status": found.strike_status,
        **_reports(case),
        **{f"acled_{key}": found.acled.get(key) for key in ACLED},
        **{f"ucdp_{key}": found.ucdp.get(key) for key in UCDP},
    }


def _place(case: Case) -> dict[str, Value]:
    place = case.place
    return {
        "place": place.name or place.text if place else None,
        "admin1": place.admin1 if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "radius_km": place.radius_km if place else None,
        "precision": place.precision if place else None,
        "precision_means": PRECISION.get(place.precision, "") if place else None,
        "geo_precision": place.geo_precision if place else None,
        "accuracy": place.accuracy if place else None,
        "gazetteer_id": place.gazetteer_id if place else None,
    }


def _figures(assessment: Assessment) -> Iterator[tuple[str, Value]]:
    """``killed_low``, ``killed_best``, ``killed_high``, ``killed_known``, then ``killed_civilians_low``, and so on."""
    for of in ("killed", "injured"):
        for whom in ("all", *GROUPS):
            estimate = assessment.estimate(of, whom)
            stem = of if whom == "all" else f"{of}_{whom}"
            for bound in ("low", "best", "high"):
                yield f"{stem}_{bound}", getattr(estimate, bound) if estimate else None
            yield f"{stem}_known", estimate.known if estimate else "none_reported"


def _reports(case: Case) -> dict[str, Value]:
    sources = sorted({report.source for report in case.reports if report.source})
    found = documents(case.reports)
    return {
        "number_of_documents": len(found),
        "number_of_lineages": len(lineages(case.reports)),
        "denials": sum(report.role == "denies" for report in case.reports),
        "sources": SEPARATOR.join(sources),
        "documents": SEPARATOR.join(str(one["id"]) for one in found),
        "claims": SEPARATOR.join(report.claim.id for report in case.reports),
    }


def _names(parties: tuple[Party, ...]) -> str:
    return SEPARATOR.join(party.name or (party.texts[0] if party.texts else "") for party in parties)
