"""Which events may tell of one happening (data/events.tsv)."""

from dataclasses import dataclass
from functools import cache

from marsad.model import Factuality, Role, Scope
from marsad.tables import read

_COLUMNS = ("event", "family", "kin", "makes")
_ROLES: dict[Factuality, Role] = {"denied": "denies", "planned": "plans", "possible": "supposes"}


@dataclass(frozen=True, slots=True)
class Family:
    """What an event may be compared with; ``makes``: whether a claim of it can make an incident."""

    family: str
    kin: frozenset[str]
    makes: bool


@cache
def families() -> dict[str, Family]:
    """The family of each event of the codebook; DataError where a line does not hold."""
    return {
        row["event"]: Family(row["family"], frozenset(row["kin"].split()), row.one_of("makes", ("yes", "no")) == "yes")
        for row in read("link/data/events.tsv", columns=_COLUMNS)
    }


@cache
def kin(a: str, b: str) -> bool:
    """Whether two events are often one happening told with another word."""
    return bool(families()[a].kin & families()[b].kin)


def role(factuality: Factuality, scope: Scope) -> Role:
    """What such a claim is to the incident that it speaks of."""
    return _ROLES.get(factuality) or ("totals" if scope == "cumulative" else "reports")


def makes_incident(event: str, factuality: Factuality, scope: Scope) -> bool:
    """Whether such a claim makes an incident by itself: what is cumulative, planned, possible or denied never does."""
    return factuality == "asserted" and scope == "single" and families()[event].makes
