"""Claims in groups: whatever the order, chains do not run together, and people have the last word."""

import random
from collections.abc import Iterable
from datetime import timedelta

import pytest

from marsad.link.block import keys, pairs
from marsad.link.compare import compare, weights
from marsad.link.features import Node
from marsad.link.resolve import Decided, Edge, Group, groups
from tests.link.made import ARIHA, DAY, IDLIB, MOSUL, SARAQIB, node

LEAST = weights()["join", "least"]


def edges(nodes: Iterable[Node]) -> list[Edge]:
    blocks: dict[str, list[Node]] = {}
    for one in nodes:
        for key in keys(one):
            blocks.setdefault(key, []).append(one)
    compared = ((a.claim, b.claim, compare(a, b).bits) for a, b in pairs(blocks.items()))
    return [edge for edge in compared if edge[2] >= LEAST]


def grouped(*nodes: Node, decided: Decided | None = None) -> list[Group]:
    return groups({n.claim: n for n in nodes}, edges(nodes), decided or Decided())


def test_three_reports_of_a_strike_and_one_of_another_town() -> None:
    found = grouped(node("a", killed=5), node("b", killed=7), node("c", place=IDLIB, killed=7), node("x", place=MOSUL))
    assert [g.made_by for g in found] == [("a", "b", "c"), ("x",)]


@pytest.mark.parametrize(
    "fields",
    [{"factuality": "denied"}, {"factuality": "planned"}, {"factuality": "possible"}, {"scope": "cumulative"}],
)
def test_what_did_not_happen_once_makes_no_incident_and_attaches_to_one(fields: dict[str, object]) -> None:
    assert grouped(node("n", **fields)) == []
    assert grouped(node("a"), node("n", **fields)) == [Group(("a",), ("n",))]


def test_a_state_makes_no_incident() -> None:
    assert grouped(node("a", event="control"), node("b", event="support")) == []


def test_a_total_of_months_attaches_to_no_incident() -> None:
    total = node("t", scope="cumulative", day=DAY - timedelta(days=29), end=DAY, killed=5)
    assert grouped(node("a", killed=5), total) == [Group(("a",))]


def test_a_follow_up_weeks_later_joins_by_the_day_it_tells_of() -> None:
    late = node("b", killed=9, published=DAY + timedelta(days=20))
    assert [g.made_by for g in grouped(node("a", killed=7), late)] == [("a", "b")]


def test_strikes_day_after_day_do_not_run_together() -> None:
    tolls = (7, 40, 15, 90, 25, 150, 3)
    week = [node(f"d{n}{k}", day=DAY + timedelta(days=n), killed=tolls[n]) for n in range(7) for k in "ab"]
    assert [g.made_by for g in grouped(*week)] == [(f"d{n}a", f"d{n}b") for n in range(7)]


def test_the_order_of_arrival_does_not_matter() -> None:
    nodes = [
        node(f"n{n}", place=place, killed=killed, day=DAY + timedelta(days=n % 2))
        for n, (place, killed) in enumerate((p, k) for p in (ARIHA, IDLIB, MOSUL, None) for k in (None, 3, 12))
    ]
    first = grouped(*nodes)
    for seed in range(10):
        random.Random(seed).shuffle(nodes)
        assert grouped(*nodes) == first


def test_a_person_puts_together_what_the_program_keeps_apart() -> None:
    far = node("x", place=MOSUL, day=DAY + timedelta(days=9))
    assert len(grouped(node("a"), far)) == 2
    assert grouped(node("a"), far, decided=Decided(together=(("a", "x"),))) == [Group(("a", "x"))]


def test_what_a_person_joins_moves_nothing_else() -> None:
    near = [node("a", killed=5), node("b", killed=5), node("c", killed=5)]
    far = [node(f"x{n}", place=MOSUL, day=DAY + timedelta(days=9), killed=40) for n in range(9)]
    found = grouped(*near, *far, decided=Decided(together=(("a", "x0"),)))
    assert [len(g.made_by) for g in found] == [12]


def test_a_person_parts_what_the_program_joins() -> None:
    parted = Decided(apart=frozenset({frozenset(("a", "b"))}))
    found = grouped(node("a", killed=5), node("b", killed=5), decided=parted)
    assert [g.made_by for g in found] == [("a",), ("b",)]
    attached = Decided(apart=frozenset({frozenset(("a", "n"))}))
    assert grouped(node("a"), node("n", factuality="denied"), decided=attached) == [Group(("a",))]


def test_blocks_bring_together_all_exact_places_that_can_join() -> None:
    places, days = [ARIHA, SARAQIB, MOSUL], [DAY + timedelta(days=n) for n in range(-2, 3)]
    nodes = [
        node(f"n{p}{d}{k}", place=place, day=day, killed=killed)
        for p, place in enumerate(places)
        for d, day in enumerate(days)
        for k, killed in enumerate((2, 30))
    ]
    found = {(a, b) for a, b, _ in edges(nodes)}
    every = {(a.claim, b.claim) for a in nodes for b in nodes if a.claim < b.claim and compare(a, b).bits >= LEAST}
    assert found == every
