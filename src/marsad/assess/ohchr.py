"""The killed by cause, status, sex and age as OHCHR counts them for SDG indicator 16.1.2.

Source: OHCHR, Guidance on Casualty Recording (2019), and the metadata of indicator 16.1.2.
"""

from collections.abc import Sequence
from functools import cache

from marsad.assess.sides import camps_of
from marsad.model import Case, Estimate
from marsad.tables import read

CAUSES = (
    "Heavy weapons and explosive munitions",
    "Planted explosives and unexploded ordnance (UXO)",
    "Small arms and light weapons",
    "Incendiary",
    "Chemical, biological, radiological, nuclear (CBRN)",
    "Electromagnetic weapons",
    "Less lethal weapons",
    "Denial of access to/destruction of objects indispensable to survival",
    "Accidents related to conflict",
    "Use of objects and other means",
    "Unknown",
)
_UNKNOWN = "Unknown"
_KINDS = {
    "civilians": ("Civilian", _UNKNOWN, _UNKNOWN),
    "children": ("Civilian", _UNKNOWN, "Child (<18)"),
    "women": ("Civilian", "Woman", "Adult (18+)"),
    "men": ("Civilian", "Man", "Adult (18+)"),
    "unspecified": (_UNKNOWN, _UNKNOWN, _UNKNOWN),
}
_FIGHTERS = {"state": "Member of armed forces", "group": "Person directly participating in hostilities"}


@cache
def causes() -> dict[str, str]:
    """The cause of each event that tells one; DataError."""
    return {
        row["event"]: row.one_of("cause", CAUSES) for row in read("assess/data/ohchr.tsv", columns=("event", "cause"))
    }


def ohchr(case: Case, estimates: Sequence[Estimate]) -> tuple[dict[str, str | int | None], ...]:
    """A row for each group of the killed of which anyone tells: group, cause, status, sex, age, low, best, high.

    Children, women and men are among the civilians: rows of groups are not to be added up.
    """
    cause = causes().get(case.event, _UNKNOWN)
    rows: list[dict[str, str | int | None]] = []
    for estimate in estimates:
        if estimate.of != "killed" or estimate.whom == "all" or estimate.known == "none_reported":
            continue
        status, sex, age = _KINDS.get(estimate.whom) or (_fighters(case, estimate), _UNKNOWN, _UNKNOWN)
        rows.append(
            {
                "group": estimate.whom, "cause": cause, "status": status, "sex": sex, "age": age,
                "low": estimate.low, "best": estimate.best, "high": estimate.high,
            }
        )  # fmt: skip
    return tuple(rows)


def _fighters(case: Case, estimate: Estimate) -> str:
    """Members of armed forces or of groups, where all claims behind the best figure tell of one of the two."""
    behind = set(estimate.best_claims or estimate.low_claims)
    camps = frozenset().union(*(camps_of(r.claim.targets) for r in case.reports if r.claim.id in behind))
    return _FIGHTERS[next(iter(camps))] if len(camps) == 1 else _UNKNOWN
