"""Every code that a page of an incident may show has its name in both languages."""

from typing import get_args

from marsad.assess import Register, assess
from marsad.assess.rules import GRADES, STATUSES
from marsad.assess.sources import CREDIBILITY, RELIABILITY
from marsad.assess.statements import GROUPS
from marsad.model import Figure, Known, Role, Verb
from marsad.server.words import words
from tests.assess.made import ARMY, CIVILIANS, case, claim, killed, report

USES = get_args(Figure.__annotations__["use"])


def test_every_code_has_its_name() -> None:
    wanted = {
        "grade": (*GRADES, "none"),
        "grade_means": (*GRADES, "none"),
        "status": STATUSES,
        "role": get_args(Role),
        "known": get_args(Known),
        "use": USES,
        "use_means": USES,
        "whom": ("all", *GROUPS),
        "verb": get_args(Verb),
        "do": get_args(Verb),
        "reliability": tuple(RELIABILITY),
        "credibility": tuple(CREDIBILITY),
        "effect": ("all", "part", "none", "undone"),
    }
    missing = {f"{group}.{code}" for group, codes in wanted.items() for code in codes} - words().keys()
    assert missing == set()


def test_every_column_of_other_code_books_has_its_name() -> None:
    made = assess(case(report(claim("a", killed(3, whom="civilians"), actors=[ARMY], targets=[CIVILIANS]))), Register())
    wanted = {f"acled.{key}" for key in made.acled} | {f"ucdp.{key}" for key in made.ucdp}
    wanted |= {f"ohchr.{key}" for row in made.ohchr for key in row}
    assert wanted - words().keys() == set()
