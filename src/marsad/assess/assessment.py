"""A case, assessed whole."""

from marsad.assess.casualties import estimates
from marsad.assess.coding import acled, two_sides, ucdp
from marsad.assess.grade import authors, facts, graded
from marsad.assess.ohchr import ohchr
from marsad.assess.sources import Register
from marsad.model import Assessment, Case


def assess(case: Case, register: Register) -> Assessment:
    """What the reports of a case amount to: a pure function of its arguments and the tables in ``assess/data``."""
    blamed = authors(case)
    figures = estimates(case, register, blamed)
    told = facts(case, register, blamed)
    sides = two_sides(case)
    assessment = Assessment(
        estimates=figures,
        acled=acled(case, sides, figures[0]),
        ucdp=ucdp(case, sides, figures, told["voices"]),
        ohchr=ohchr(case, figures),
    )
    return graded(assessment, case, told)
