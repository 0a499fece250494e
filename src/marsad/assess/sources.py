"""What people think of sources and claims, in the Admiralty (NATO) code; and what the record shows of each source.

Reliability A to F is of a source, credibility 1 to 6 of a claim. Both are a person's decisions: neither is ever worked
out from the other, nor from the statistics, which stand beside them for a person to read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from marsad.assess.rules import Counting
from marsad.errors import InputError
from marsad.model import Decision, Incident, Report

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}


def reliability(code: str) -> str:
    """The code of a source, A to F, checked; InputError."""
    return _code(code, RELIABILITY, "reliability of a source")


def credibility(code: str) -> str:
    """The code of a claim, 1 to 6, checked; InputError."""
    return _code(code, CREDIBILITY, "credibility of a claim")


def _code(code: str, codes: Mapping[str, str], what: str) -> str:
    if code not in codes:
        listed = ", ".join(f"{key} ({meaning})" for key, meaning in codes.items())
        raise InputError(f"{code!r} is no {what}; give one of {listed}")
    return code


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Codes that people gave: ``sources`` by name, ``claims`` by id."""

    sources: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> "Register":
        """The register as decisions leave it, in the order of their numbers: the last one stands, undone ones do not.

        A decision without a value takes the code back. InputError where a code is none.
        """
        sources: dict[str, str] = {}
        claims: dict[str, str] = {}
        for decision in sorted(decisions, key=lambda d: d.seq):
            if decision.undone or decision.verb not in ("source", "credibility"):
                continue
            book, check = (sources, reliability) if decision.verb == "source" else (claims, credibility)
            for about in decision.about:
                if decision.value:
                    book[about] = check(decision.value)
                else:
                    book.pop(about, None)
        return cls(sources=sources, claims=claims)

    @property
    def empty(self) -> bool:
        """Whether nobody has given a code."""
        return not self.sources and not self.claims

    def doubt(self, report: Report, rules: Counting) -> str:
        """Why a report is in doubt, or ""."""
        code = self.claims.get(report.claim.id, "")
        if code in rules.doubted_claims:
            return f"a person gave the claim credibility {code}, {CREDIBILITY[code]}"
        code = self.sources.get(report.source, "")
        if code in rules.doubted_sources:
            return f"a person gave the source reliability {code}, {RELIABILITY[code]}"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the record shows of a source: numbers of documents and incidents; incidents that it was ``first`` to report
    (on a day when no other did); of its documents those that repeat an earlier one (``repeats``); incidents in which a
    figure of it dissents from the rest (``contradicted``)."""

    source: str
    documents: int
    incidents: int
    first: int
    repeats: int
    contradicted: int
    reliability: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A source's part in one incident: its documents there, those of them that repeat an earlier one, whether it was
    first, and whether a figure of it dissents."""

    documents: frozenset[str]
    repeats: frozenset[str]
    first: bool
    contradicted: bool


@dataclass(slots=True)
class _Tally:
    documents: set[str] = field(default_factory=set)
    repeats: set[str] = field(default_factory=set)
    incidents: int = 0
    first: int = 0
    contradicted: int = 0


def statistics(incidents: Iterable[Incident], register: Register) -> list[Standing]:
    """How each source stands in the record, by name; the order of the incidents does not matter."""
    tallies: dict[str, _Tally] = {}
    for incident in incidents:
        for source, part in parts_of(incident).items():
            tally = tallies.setdefault(source, _Tally())
            tally.documents |= part.documents
            tally.repeats |= part.repeats
            tally.incidents += 1
            tally.first += part.first
            tally.contradicted += part.contradicted
    return [
        Standing(
            source=name, documents=len(t.documents), incidents=t.incidents, first=t.first, repeats=len(t.repeats),
            contradicted=t.contradicted, reliability=register.sources.get(name),
        )
        for name, t in sorted(tallies.items())
    ]  # fmt: skip


def parts_of(incident: Incident) -> dict[str, Part]:
    """The part that each source has in an incident, by name."""
    reports = incident.case.reports
    earliest = min((r.published for r in reports if r.published), default=None)
    opening = {r.source for r in reports if r.published == earliest and earliest}
    apart = dissenting(incident)
    first_of: dict[str, tuple[date, str]] = {}
    for report in reports:
        key = (report.published or date.max, report.claim.document)
        first_of[report.lineage] = min(first_of.get(report.lineage, key), key)
    sources: dict[str, list[Report]] = {}
    for report in reports:
        sources.setdefault(report.source, []).append(report)
    return {
        source: Part(
            documents=frozenset(r.claim.document for r in own),
            repeats=frozenset(r.claim.document for r in own if first_of[r.lineage][1] != r.claim.document),
            first=opening == {source},
            contradicted=any(r.claim.id in apart for r in own),
        )
        for source, own in sources.items()
    }


def dissenting(incident: Incident) -> frozenset[str]:
    """The claims of an incident of which a figure dissents from the rest."""
    return frozenset(f.claim for e in incident.assessment.estimates for f in e.figures if f.use == "dissents")
