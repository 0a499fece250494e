"""The reasons of an assessment in plain lines, for ``marsad why``."""

from collections.abc import Iterator

from marsad.model import Assessment, Case, Estimate, Figure

_USES = {
    "counts": "bounds",
    "conceded": "conceded, bounds",
    "part": "part",
    "vague": "no count",
    "superseded": "superseded",
    "dissents": "dissents",
    "doubted": "doubted",
}


def explain(case: Case, assessment: Assessment) -> list[str]:
    """Lines: each estimate with its rule and its figures, the grade, the strike status, the codes."""
    said = {r.claim.id: r for r in case.reports}
    lines: list[str] = []
    for estimate in assessment.estimates:
        lines.append(_line(estimate))
        for figure in estimate.figures:
            report = said.get(figure.claim)
            source = report.source if report and report.source else ""
            lines.append("  " + _figure(figure, source))
    lines.extend(_grade(assessment))
    return lines


def _line(estimate: Estimate) -> str:
    head = f"{estimate.of} ({estimate.whom}): {estimate.known.replace('_', ' ')}"
    if estimate.known in ("none_reported", "zero"):
        return f"{head}; {estimate.rule}"
    high = "open" if estimate.high is None else estimate.high
    low = "open" if estimate.low is None else estimate.low
    best = "" if estimate.best is None or low == high else f", best {estimate.best}"
    counted = f"{low}" if low == high else f"{low} to {high}{best}"
    return f"{head}, {counted} ({estimate.rule}){_behind(estimate)}"


def _behind(estimate: Estimate) -> str:
    """The claims that the bounds rest on, once where they are the same."""
    low, high = (", ".join(claims) for claims in (estimate.low_claims, estimate.high_claims))
    if low == high:
        return f"; from {low}" if low else ""
    told = [f"{name} from {claims}" for name, claims in (("low", low), ("high", high)) if claims]
    return f"; {', '.join(told)}"


def _figure(figure: Figure, source: str) -> str:
    high = "" if figure.high is None else figure.high
    number = str(figure.low) if figure.low == figure.high else f"{figure.low}-{high}"
    by = f", says {figure.said_by}" if figure.said_by else ""
    where = ", ".join(part for part in (source, str(figure.published or "")) if part)
    why = f": {figure.why}" if figure.why else ""
    return f"{figure.claim} [{_USES[figure.use]}] {number} «{figure.text}»{by} ({where}){why}"


def _grade(assessment: Assessment) -> Iterator[str]:
    by = f", set by {assessment.grade_by}" if assessment.grade_by else ""
    if assessment.grade:
        yield f"grade {assessment.grade}{by}, rule {assessment.grade_rule}: {assessment.grade_why}"
    else:
        yield f"no grade: {assessment.grade_why}"
    if assessment.strike_status:
        yield f"strike status {assessment.strike_status}, rule {assessment.strike_rule}"
    for name, codes in (("ACLED", assessment.acled), ("UCDP", assessment.ucdp)):
        known = [f"{key} {value}" for key, value in codes.items() if value is not None]
        if known:
            yield f"{name}: {', '.join(known)}"
