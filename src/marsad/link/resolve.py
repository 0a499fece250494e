"""Claims that compare well become groups; the result depends on the claims, not on the order in which they came.

Clusters are joined from the strongest pair downwards (average linkage over the pairs of two clusters, ties by id), so
a chain of neighbours does not run together. Only claims that can make an incident make a cluster of their own; totals
of a few days, denials, plans and suppositions attach to the cluster that they speak of. What a person decided has the
last word.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from marsad.link.compare import compare, weights
from marsad.link.features import Node

Edge = tuple[str, str, float]
"""Two claim ids in order, and their bits."""

_SAMPLE = 12
_WORST = -20.0
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Group:
    """Claims of one happening: those that make it, and those that only speak of it; each sorted by id."""

    made_by: tuple[str, ...]
    attached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """Pairs of claims that a person has put together, in order, and pairs that were put apart."""

    together: tuple[tuple[str, str], ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()

    def forbids(self, a: Sequence[str], b: Sequence[str]) -> bool:
        """Whether some claim of ``a`` must not stand with one of ``b``."""
        return bool(self.apart) and any(frozenset((x, y)) in self.apart for x in a for y in b)


def groups(nodes: Mapping[str, Node], edges: Iterable[Edge], decided: Decided) -> list[Group]:
    """The groups of these claims in the order of their first ids; a claim that attaches to nothing is in none."""
    return _Resolver(nodes, edges, decided).groups()


class _Resolver:
    def __init__(self, nodes: Mapping[str, Node], edges: Iterable[Edge], decided: Decided) -> None:
        self.nodes, self.decided = nodes, decided
        self.edges = sorted(edges, key=lambda e: (-e[2], e[0], e[1]))
        self.bits = {(a, b): bits for a, b, bits in self.edges}
        self.beside: dict[str, set[str]] = {}
        for a, b in self.bits:
            self.beside.setdefault(a, set()).add(b)
            self.beside.setdefault(b, set()).add(a)
        self.mean_needed = weights()["join", "mean"]

    def groups(self) -> list[Group]:
        found = self._clusters(lambda node: node.speaks)
        told = self._joined(self._clusters(lambda node: not node.speaks and node.role in ("totals", "reports")))
        loose = [[c] for c in sorted(self.nodes) if self.nodes[c].role not in ("totals", "reports")]
        beside = {claim: n for n, cluster in enumerate(found) for claim in cluster}
        made = self._joined(found)  # last, so that what a person joins moves nothing else
        where = {claim: n for n, cluster in enumerate(made) for claim in cluster}
        attached: dict[int, list[str]] = {}
        for cluster in (*told, *loose):
            number = self._speaks_of(cluster, found, beside)
            if number is not None:
                attached.setdefault(where[found[number][0]], []).extend(cluster)
        return [Group(tuple(m), tuple(sorted(attached.get(n, ())))) for n, m in enumerate(made)]

    def _clusters(self, chosen: Callable[[Node], bool]) -> list[list[str]]:
        """Chosen claims in clusters, each sorted, by their first ids; what a person put apart stays apart."""
        clusters = _Clusters(claim for claim, node in self.nodes.items() if chosen(node))
        for a, b, _ in self.edges:
            one, other = clusters.of(a), clusters.of(b)
            if not one or not other or one is other or self.decided.forbids(one, other):
                continue
            if self._mean(one, other) >= self.mean_needed:
                clusters.join(a, b)
        return clusters.all()

    def _joined(self, found: list[list[str]]) -> list[list[str]]:
        """Clusters with those made one that a person put together."""
        clusters = _Clusters(claim for cluster in found for claim in cluster)
        for cluster in found:
            for claim in cluster[1:]:
                clusters.join(cluster[0], claim)
        for a, b in self.decided.together:
            if clusters.of(a) and clusters.of(b):
                clusters.join(a, b)
        return clusters.all()

    def _speaks_of(self, cluster: list[str], made: list[list[str]], where: Mapping[str, int]) -> int | None:
        """The number of the incident that these claims attach to, if any: of those with a pair that joins, the best."""
        for a, b in self.decided.together:
            if a in cluster and b in where:
                return where[b]
            if b in cluster and a in where:
                return where[a]
        if any(self.nodes[c].role == "totals" and self.nodes[c].span > _SHORT for c in cluster):
            return None
        best: tuple[float, int] | None = None
        for number in sorted({where[c] for c in self._neighbours(cluster) if c in where}):
            mean = self._mean(cluster, made[number])
            if mean >= self.mean_needed and not self.decided.forbids(cluster, made[number]):
                best = max(best or (mean, -number), (mean, -number))
        return -best[1] if best else None

    def _neighbours(self, cluster: Sequence[str]) -> set[str]:
        return {other for claim in cluster for other in self.beside.get(claim, ())}

    def _mean(self, a: Sequence[str], b: Sequence[str]) -> float:
        """The mean bits between the claims of two clusters; of each no more than a dozen, spread evenly, are asked."""
        bits = [self._between(x, y) for x in _spread(a) for y in _spread(b)]
        return sum(bits) / len(bits)

    def _between(self, x: str, y: str) -> float:
        pair = (x, y) if x < y else (y, x)
        known = self.bits.get(pair)
        if known is None:
            known = self.bits[pair] = compare(self.nodes[pair[0]], self.nodes[pair[1]]).bits
        return max(known, _WORST)


class _Clusters:
    """Claims in disjoint clusters."""

    def __init__(self, claims: Iterable[str]) -> None:
        self._members = {claim: [claim] for claim in claims}

    def of(self, claim: str) -> list[str]:
        """The cluster of a claim, sorted; empty where it is none of them."""
        return self._members.get(claim, [])

    def join(self, a: str, b: str) -> None:
        """Make the clusters of two claims one."""
        if self._members[a] is not self._members[b]:
            whole = sorted(self._members[a] + self._members[b])
            self._members |= dict.fromkeys(whole, whole)

    def all(self) -> list[list[str]]:
        """Every cluster, by its first claim."""
        return [members for claim, members in sorted(self._members.items()) if members[0] == claim]


def _spread(members: Sequence[str]) -> Sequence[str]:
    return members if len(members) <= _SAMPLE else members[:: -(-len(members) // _SAMPLE)]
