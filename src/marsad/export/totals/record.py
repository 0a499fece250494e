"""The record of a total: a campaign's figure as JSON (docs/incident-record.md)."""

from marsad.export.incidents.record import documents, lineages, without
from marsad.model import Total


def record(total: Total) -> dict[str, object]:
    """The total's fields by name, beside what the incidents of its period sum to."""
    return {
        "id": total.id,
        "campaign": total.campaign,
        "event": total.event,
        "of": total.of,
        "whom": total.whom,
        "low": total.low,
        "high": total.high,
        "time": {"start": total.start, "end": total.end},
        "place": without(total.place, "span") if total.place else None,
        "actors": [without(party, "spans") for party in total.actors],
        "targets": [without(party, "spans") for party in total.targets],
        "documents": documents(total.reports),
        "claims": [{"id": r.claim.id, "document": r.claim.document, "lineage": r.lineage} for r in total.reports],
        "lineages": lineages(total.reports),
        "summed": {"low": total.summed_low, "high": total.summed_high},
        "gap": dict(zip(("low", "high"), gap(total), strict=True)),
        "incidents": list(total.incidents),
        "previous": total.previous,
    }


def gap(total: Total) -> tuple[int | None, int | None]:
    """The least and the most by which the total goes beyond its incidents; negative where they sum to more."""
    least = None if total.low is None or total.summed_high is None else total.low - total.summed_high
    most = None if total.high is None or total.summed_low is None else total.high - total.summed_low
    return least, most
