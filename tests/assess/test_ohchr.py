"""The killed as OHCHR counts them."""

from marsad.assess import Register, assess
from marsad.assess.ohchr import CAUSES, causes
from marsad.model import Party, Quantity
from tests.assess.made import GUNMEN, HOUTHIS, SOLDIERS, case, claim, killed, report

Rows = dict[str | int | None, dict[str, str | int | None]]


def rows(*quantities: Quantity, targets: list[Party] | None = None, event: str = "air_drone_strike") -> Rows:
    one = claim("d1", *quantities, targets=targets or [], event=event)
    return {row["group"]: row for row in assess(case(report(one), event=event), Register()).ohchr}


def test_each_group_told_of_has_a_row() -> None:
    found = rows(killed(9), killed(2, whom="children"), killed(1, whom="women"))
    assert set(found) == {"civilians", "children", "women", "unspecified"}
    assert found["children"] == {
        "group": "children", "cause": "Heavy weapons and explosive munitions", "status": "Civilian", "sex": "Unknown",
        "age": "Child (<18)", "low": 2, "best": 2, "high": 2,
    }  # fmt: skip
    assert (found["women"]["sex"], found["women"]["age"]) == ("Woman", "Adult (18+)")
    assert found["unspecified"]["status"] == "Unknown"


def test_fighters_are_of_forces_or_of_groups_where_told() -> None:
    dead = killed(3, whom="combatants")
    assert rows(dead, targets=[SOLDIERS])["combatants"]["status"] == "Member of armed forces"
    assert rows(dead, targets=[HOUTHIS])["combatants"]["status"] == "Person directly participating in hostilities"
    assert rows(dead, targets=[SOLDIERS, GUNMEN])["combatants"]["status"] == "Unknown"


def test_what_was_fired_in_a_clash_is_not_told() -> None:
    assert rows(killed(3, whom="civilians"), event="armed_clash")["civilians"]["cause"] == "Unknown"
    assert set(causes().values()) <= set(CAUSES)


def test_nobody_told_of_no_row() -> None:
    assert rows() == {}
