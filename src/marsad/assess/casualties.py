"""Killed and injured of an incident: low, best and high of all its reports, with the claims behind each bound.

The method follows Every Casualty's Standards for Casualty Recording (2016): a range where sources differ, every figure
kept with its source, later counts before earlier ones of the same source, parties' own admissions kept apart.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from marsad.assess.rules import Counting, counting
from marsad.assess.sides import alone, camps_of, sides_of, speakers, speaking
from marsad.assess.sources import Register
from marsad.assess.statements import GROUPS, OF, Count, counts
from marsad.model import Case, Claim, Estimate, Figure, Known, Party, Report

Use = Literal["counts", "part", "vague", "superseded", "dissents", "doubted", "conceded"]
_HELD = ("counts", "conceded")
_NEVER = date.min
_STATUS = frozenset(("civilians", "combatants"))


@dataclass(slots=True)
class Harmed:
    """Whom a claim tells of: named sides, camps (state, group), and whether civilians or combatants."""

    sides: frozenset[str]
    camps: frozenset[str]
    status: frozenset[str]

    def apart(self, other: "Harmed") -> bool:
        """Whether two claims tell of different people: of two sides, two camps, or civilians here, combatants there."""
        return self.other_side(other) or bool(self.status and other.status and not self.status & other.status)

    def other_side(self, other: "Harmed") -> bool:
        """Whether two claims tell of people of two sides, or two camps."""
        return any(a and b and not a & b for a, b in ((self.sides, other.sides), (self.camps, other.camps)))


@dataclass(slots=True)
class Said:
    """One claim's figure for one group, and the use that is made of it."""

    report: Report
    count: Count
    harmed: "Harmed"
    use: Use = "counts"
    why: str = ""

    @property
    def held(self) -> bool:
        """Whether it may bound the figure."""
        return self.use in _HELD

    @property
    def published(self) -> date:
        """Day of publication; the first of all days where none is known."""
        return self.report.published or _NEVER

    @property
    def high(self) -> int:
        """The upper bound of an exact count."""
        assert self.count.high is not None
        return self.count.high


def estimates(case: Case, register: Register, authors: frozenset[str]) -> tuple[Estimate, ...]:
    """Estimates of the killed and of the injured: ``all`` always, each group of which anyone tells.

    ``authors``: the sides said to have done it. Reports that plan, suppose or total give no figure; those that deny
    give only noughts.
    """
    rules = counting()
    found: list[Estimate] = []
    for of in OF:
        told: dict[str, list[Said]] = {"all": []}
        for report in case.reports:
            if report.role in ("reports", "denies") and report.claim.quantities:
                _gather(told, report, of, rules)
        for whom in ("all", *GROUPS):
            if whom == "all" or whom in told:
                found.append(_estimate(of, whom, told[whom], rules, register, authors))
    return tuple(found)


def _gather(told: dict[str, list[Said]], report: Report, of: str, rules: Counting) -> None:
    found = counts(report.claim, of, rules)
    if not found:
        return
    targets = _hit(report.claim, of)
    status = frozenset() if "unspecified" in found else frozenset(found) & _STATUS
    harmed = Harmed(sides_of(targets), camps_of(targets), status)
    for whom, count in found.items():
        if report.role == "reports" or count.high == 0:
            told.setdefault(whom, []).append(Said(report, count, harmed))


def _hit(claim: Claim, of: str) -> Sequence[Party]:
    """The targets that the figures themselves name, by their places in the text; else all of them."""
    spans = [q.span for q in claim.quantities if q.of == of and q.span]
    named = [
        party
        for party in claim.targets
        if any(start < last and first < end for start, end in party.spans for first, last in spans)
    ]
    return named or claim.targets


def _estimate(
    of: str, whom: str, told: list[Said], rules: Counting, register: Register, authors: frozenset[str]
) -> Estimate:
    kind: Literal["killed", "injured"] = "killed" if of == "killed" else "injured"
    if not told:
        return Estimate(of=kind, whom=whom, known="none_reported", rule="nobody gives a figure")
    exact = [s for s in told if s.count.exact]
    _doubt(told, register, rules)
    if not any(s.held for s in exact):
        return _vague(kind, whom, told, exact)
    _set_aside_vague(told)
    _noughts(exact)
    _single(exact, rules)
    added = _parts(exact, rules)
    _supersede(exact, rules)
    _dissent(exact, rules)
    added += _other_side(exact)
    _concede(exact, whom, authors)
    return _bounds(kind, whom, told, exact, added)


def _doubt(told: list[Said], register: Register, rules: Counting) -> None:
    """What a person has put in doubt bounds nothing."""
    if register.empty:
        return
    for said in told:
        code = register.doubt(said.report, rules)
        if code:
            said.use, said.why = "doubted", code


def _vague(of: Literal["killed", "injured"], whom: str, told: list[Said], exact: list[Said]) -> Estimate:
    """Nobody counts, or nobody who is not doubted: the widest bounds of the words, and no best figure."""
    held = [s for s in told if s.held]
    figures = tuple(_figure(s) for s in told)
    if not held:
        return Estimate(of=of, whom=whom, known="unknown", figures=figures, rule="every figure is in doubt")
    low = min(s.count.low for s in held)
    high = None if any(s.count.high is None for s in held) else max(s.count.high or 0 for s in held)
    return Estimate(
        of=of, whom=whom, known="unknown", low=low, high=high, figures=figures, rule="words, no count",
        low_claims=_claims(s for s in held if s.count.low == low),
        high_claims=_claims(s for s in held if s.count.high == high),
    )  # fmt: skip


def _set_aside_vague(told: list[Said]) -> None:
    for said in told:
        if not said.count.exact and said.held:
            said.use, said.why = "vague", "a word, no count, where others count"


def _noughts(exact: list[Said]) -> None:
    """Who says that nobody was harmed contradicts those who count, and does not lower their count."""
    if any(s.held and s.high for s in exact):
        for said in exact:
            if said.held and not said.high:
                said.use, said.why = "dissents", "says none where others count"


def _single(exact: list[Said], rules: Counting) -> None:
    """Who tells of one victim ("a soldier was killed") does not count the others where others count many."""
    top = max((s.high for s in exact if s.held), default=0)
    if top >= rules.single_beside:
        for said in exact:
            if said.held and said.high == 1:
                said.use, said.why = "part", f"one victim told of by itself, where others count up to {top}"


def _parts(exact: list[Said], rules: Counting) -> list[tuple[Said, Said]]:
    """Set aside a document's smaller figures; returns pairs of counts of one document for different sides' dead."""
    added: list[tuple[Said, Said]] = []
    documents: dict[str, list[Said]] = {}
    for said in exact:
        if said.held:
            documents.setdefault(said.report.claim.document, []).append(said)
    for each in documents.values():
        if len(each) == 1:
            continue
        top = max(each, key=lambda s: (s.high, s.report.main, s.report.claim.id))
        for said in each:
            if said is top:
                continue
            if said.harmed.apart(top.harmed):
                added.append((top, said))
                said.use, said.why = "part", f"other people than the {top.high} of the same document, so added to them"
            elif said.high < rules.part_below * top.high:
                said.use, said.why = "part", f"a part of the {top.high} of the same document"
    return added


def _other_side(exact: list[Said]) -> list[tuple[Said, Said]]:
    """Set aside what other documents tell of another side's dead than the highest count does, and pair it with that.

    Only named sides and camps part them: one paper's five civilians may well be the other's five fighters.
    """
    held = [s for s in exact if s.held and s.high]
    if not held:
        return []
    top = max(held, key=lambda s: (s.high, s.report.main, s.report.claim.id))
    apart = [s for s in held if s.harmed.other_side(top.harmed)]
    for said in apart:
        said.use, said.why = "part", f"another side's dead than the {top.high}, so added to them"
    return [(top, said) for said in apart]


def _supersede(exact: list[Said], rules: Counting) -> None:
    """A later count of the same lineage, or of the same named speaker, takes the place of an earlier one."""
    voices: dict[tuple[str, str], list[Said]] = {}
    for said in exact:
        if said.use == "counts":
            for voice in _voices(said):
                voices.setdefault(voice, []).append(said)
    for (kind, _), own in sorted(voices.items()):
        last = max(s.published for s in own)
        latest = [s for s in own if s.published == last]
        for said in own:
            if said.use == "counts" and said.published < last and _replaced(said, latest, rules):
                said.use, said.why = "superseded", f"by the count of {last} of the same {kind}"


def _voices(said: Said) -> list[tuple[str, str]]:
    names = sorted(speakers(said.report.claim))
    return [("lineage", said.report.lineage), *(("speaker", name) for name in names)]


def _replaced(said: Said, latest: Sequence[Said], rules: Counting) -> bool:
    """Whether a later count of the same people, and not of a part of them, is another one."""
    same = [s for s in latest if not s.harmed.apart(said.harmed) and s.high >= rules.part_below * said.high]
    return bool(same) and all((s.count.low, s.high) != (said.count.low, said.high) for s in same)


def _dissent(exact: list[Said], rules: Counting) -> None:
    """A figure of one lineage, far from all the others, bounds nothing, unless a side itself gives it."""
    lineages: dict[str, list[int]] = {}
    for said in exact:
        if said.use == "counts":
            lineages.setdefault(said.report.lineage, []).append(said.high)
    if len(lineages) <= rules.outlier_others:
        return
    for said in exact:
        if said.use != "counts" or speaking(said.report.claim):
            continue
        rest = sorted(v for lineage, values in lineages.items() if lineage != said.report.lineage for v in values)
        high, low = rest[-1], rest[0]
        agree = high <= rules.outlier_times * low
        above = said.high > rules.outlier_times * high and said.high - high > rules.outlier_by
        below = said.high * rules.outlier_times < low and low - said.high > rules.outlier_by
        if agree and (above or below):
            said.use = "dissents"
            said.why = f"{len(lineages) - 1} other lineages say {low} to {high}, and no side stands behind it"


def _concede(exact: list[Said], whom: str, authors: frozenset[str]) -> None:
    """A side's own word on civilians that it is said to have harmed; of fighters it killed it boasts, not concedes."""
    if not authors or whom == "combatants":
        return
    for said in exact:
        if said.use == "counts" and said.high and _civil(said) and (own := alone(said.report.claim) & authors):
            said.use, said.why = "conceded", f"said by {', '.join(sorted(own))}, itself said to have done it"


def _civil(said: Said) -> bool:
    return any(q.whom in ("civilians", "children", "women", "men") for q in said.report.claim.quantities)


def _bounds(
    of: Literal["killed", "injured"], whom: str, told: list[Said], exact: list[Said], added: list[tuple[Said, Said]]
) -> Estimate:
    """Low: the least that stands; high: the most that stands; best: what most lineages say last."""
    held = [s for s in exact if s.held]
    low, high = min(s.count.low for s in held), max(s.high for s in held)
    high_claims = _claims(s for s in held if s.high == high)
    for top, other in added:
        if top.held and top.high + other.high > high:
            high, high_claims = top.high + other.high, _claims((top, other))
    best, rule = _best(held)
    known: Known = "zero" if high == 0 else "counted"
    return Estimate(
        of=of, whom=whom, known=known, low=low, best=best, high=high,
        low_claims=_claims(s for s in held if s.count.low == low),
        best_claims=_claims(s for s in held if s.count.best == best),
        high_claims=high_claims, figures=tuple(_figure(s) for s in told), rule=rule,
    )  # fmt: skip


def _best(held: Sequence[Said]) -> tuple[int, str]:
    """The figure that most lineages give last; of as many, the one published last, then the lower one."""
    last: dict[str, Said] = {}
    for said in held:
        before = last.get(said.report.lineage)
        if before is None or _rank(said) > _rank(before):
            last[said.report.lineage] = said
    votes = Counter(s.count.best for s in last.values())
    newest: dict[int, date] = {}
    for said in last.values():
        newest[said.count.best] = max(newest.get(said.count.best, _NEVER), said.published)
    best = max(votes, key=lambda value: (votes[value], newest[value], -value))
    if len(votes) == 1:
        one = "the one count" if len(held) == 1 else "what the one lineage that counts says last"
        return best, "what all lineages say last" if len(last) > 1 else one
    if list(votes.values()).count(votes[best]) == 1:
        return best, f"what {votes[best]} of {len(last)} lineages say last"
    return best, "the latest of the counts that most lineages give"


def _rank(said: Said) -> tuple[date, bool, int, str]:
    return said.published, said.report.main, said.high, said.report.claim.id


def _claims(said: Iterable[Said]) -> tuple[str, ...]:
    return tuple(sorted({s.report.claim.id for s in said}))


def _figure(said: Said) -> Figure:
    claim = said.report.claim
    return Figure(
        claim=claim.id, lineage=said.report.lineage, low=said.count.low, high=said.count.high, text=said.count.text,
        said_by=", ".join(s.name or s.text for s in claim.attribution), published=said.report.published,
        use=said.use, why=said.why,
    )  # fmt: skip
