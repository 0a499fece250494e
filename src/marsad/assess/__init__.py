"""Incidents, weighed: casualty ranges, grades, ACLED and UCDP codes, and the register of sources."""

from marsad.assess.assessment import assess
from marsad.assess.explain import explain
from marsad.assess.grade import decided
from marsad.assess.sources import Register, Standing, statistics

__all__ = ["Register", "Standing", "assess", "decided", "explain", "statistics"]
