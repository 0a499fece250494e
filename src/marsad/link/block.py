"""Keys that bring claims together which may tell of one happening: those that share none are never compared.

A claim with an exact place has a key for each cell and stretch of days that it touches; one with a vague place, or
none, is looked for among all of its country and day; and all are looked for by what is seldom shared by chance: a high
figure, a sentence.
"""

from collections.abc import Iterable, Iterator
from math import cos, floor, radians

from marsad.link.features import Node

_CELL = 0.5
_KM_PER_DEGREE = 111.0
_NEAR_KM, _AREA_KM, _WIDEST_KM = 12.5, 40.0, 60.0
_STRETCH = 3
_DISTRICT = 3
_MANY = 10
_SLACK = 1
_VAGUE = "v"
_DAYS = 8


def keys(node: Node) -> tuple[str, ...]:
    """The keys of a claim, sorted."""
    found = set(_sentence(node)) | set(_figures(node))
    if exact(node):
        found.update(_cells(node))
    found.update(_country_days(node))
    return tuple(sorted(found))


def exact(node: Node) -> bool:
    """Whether the place is a town, a site or a district."""
    return 0 < node.precision <= _DISTRICT


def pairs(blocks: Iterable[tuple[str, list[Node]]], new: frozenset[str] | None = None) -> Iterator[tuple[Node, Node]]:
    """Each pair of claims that share a key, once, in the order of their ids; with ``new``, one of the two is among it.

    In the block of a country's day, two exact places are left alone: had they been near, they would share a cell.
    """
    seen: set[tuple[str, str]] = set()
    for key, nodes in blocks:
        vague = key[0] == _VAGUE
        for n, a in enumerate(nodes):
            for b in nodes[n + 1 :]:
                if vague and exact(a) and exact(b):
                    continue
                if new is not None and a.claim not in new and b.claim not in new:
                    continue
                pair = (a.claim, b.claim) if a.claim < b.claim else (b.claim, a.claim)
                if a.family == b.family and pair not in seen:
                    seen.add(pair)
                    yield (a, b) if a.claim < b.claim else (b, a)


def _stretches(node: Node) -> range:
    if not node.first:
        return range(1)
    return range((node.first - _SLACK) // _STRETCH, (node.last + _SLACK) // _STRETCH + 1)


def _cells(node: Node) -> Iterator[str]:
    reach = min(max(node.radius, _AREA_KM if node.precision == _DISTRICT else _NEAR_KM), _WIDEST_KM)
    up = reach / _KM_PER_DEGREE
    across = up / max(cos(radians(node.lat)), 0.1)
    for row in range(floor((node.lat - up) / _CELL), floor((node.lat + up) / _CELL) + 1):
        for column in range(floor((node.lon - across) / _CELL), floor((node.lon + across) / _CELL) + 1):
            for stretch in _stretches(node):
                yield f"p{node.family}:{row}:{column}:{stretch}"


def _country_days(node: Node) -> Iterator[str]:
    days = range(node.first, node.last + 1) if node.last - node.first < _DAYS else range(node.last, node.last + 1)
    for day in days:
        yield f"{_VAGUE}{node.family}:{node.country}:{day}"


def _figures(node: Node) -> Iterator[str]:
    counts = [("k", low) for low, _ in node.killed] + [("i", low) for low, _ in node.injured] + list(node.counted)
    for of, low in counts:
        if low >= _MANY:
            for stretch in _stretches(node):
                yield f"f{node.family}:{of}:{low}:{stretch}"


def _sentence(node: Node) -> Iterator[str]:
    if node.main_sentence:
        yield f"s{node.main_sentence}:{node.family}"
