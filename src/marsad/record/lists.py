"""``Lists``: what pages list, quick on a large record and without what is withheld."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any, TypeVar, cast

from marsad.assess import Standing
from marsad.assess.reconcile import reconcile, summing
from marsad.assess.sources import Register
from marsad.assess.totals import succession
from marsad.evidence import Withheld
from marsad.evidence.withholding import MARK
from marsad.export.withheld import redacted
from marsad.lang.text import fold
from marsad.model import Incident, Party, Place, Total
from marsad.record.custody import Custody
from marsad.store import Session, Store, claimed, claims, decisions, inbox, incidents, listed, sources, timeline
from marsad.store import totals as kept_totals
from marsad.store.inbox import words as said
from marsad.store.incidents import Filter
from marsad.store.lists import (
    DocumentFilter,
    DocumentRow,
    Facet,
    InboxFilter,
    InboxRow,
    IncidentRow,
    Page,
    Points,
    Split,
    StatementRow,
    Step,
    Timeline,
)
from marsad.store.parties import named, names
from marsad.store.search import Query
from marsad.store.session import number

_ALL = 10_000_000
_KEPT = 16  # answers kept until the record changes; all points of a large record take some 10 MB
Value = TypeVar("Value")
Told = TypeVar("Told", InboxRow, StatementRow)


class Lists:
    """Pages of incidents, claims, documents and totals; every answer obeys what is withheld.

    Answers that take the whole record into account are kept until it changes; many threads may ask at once.
    """

    def __init__(self, store: Store, custody: Custody) -> None:
        self._store = store
        self._custody = custody
        self._answers: OrderedDict[tuple[str, Hashable], Any] = OrderedDict()
        self._lock = Lock()

    def incidents(
        self, chosen: Filter | None = None, *, order: str = "-start", offset: int = 0, limit: int = 50
    ) -> Page[IncidentRow]:
        """Incidents of a filter in one of ``listed.ORDERS``, with a minus before it downwards; those without what they
        are ordered by come last."""
        hidden = self._custody.withheld()
        with self._store.reading() as db:
            wanted = chosen or Filter()
            without = missed(db, wanted, hidden)
            found = listed.page(db, wanted, order=order, offset=offset, limit=limit, without=without)
            rows = _untold(db, found.rows, hidden)
        return replace(found, rows=redacted(rows, hidden))

    def incident_rows(self, ids: Sequence[str]) -> dict[str, IncidentRow]:
        """The rows of these incidents by id; those that there are none of are left out."""
        hidden = self._custody.withheld()
        with self._store.reading() as db:
            rows = _untold(db, tuple(listed.rows(db, ids).values()), hidden)
        return {row.id: redacted(row, hidden) for row in rows}

    def points(self, chosen: Filter | None = None) -> Points:
        """All incidents of a filter that have a place, for the map."""
        wanted = chosen or Filter()

        def made(db: Session, hidden: Withheld) -> Points:
            found = listed.points(db, wanted, missed(db, wanted, hidden))
            named = set[str]().union(*(listed.holding(db, name) for name in hidden.names.values()))
            told = _touched(db, hidden)
            if not named and not told:
                return found
            titles = {
                field: tuple(
                    getattr(told[id_], field) if id_ in told else redacted(title, hidden) if id_ in named else title
                    for id_, title in zip(found.ids, getattr(found, field), strict=True)
                )
                for field in ("title_en", "title_ar")
            }
            return replace(found, title_en=titles["title_en"], title_ar=titles["title_ar"])

        return self._kept(("points", wanted), made)

    def unplaced(self, chosen: Filter | None = None) -> int:
        """How many incidents of a filter have no place on a map."""
        hidden, wanted = self._custody.withheld(), chosen or Filter()
        with self._store.reading() as db:
            return listed.unplaced(db, wanted, missed(db, wanted, hidden))

    def timeline(
        self, chosen: Filter | None = None, *, by: Step = "month", split: Split | None = None, most: int = 8
    ) -> Timeline:
        """Incidents and their harm over time; ``most`` series have names of their own, the rest is in ``*``."""
        wanted = chosen or Filter()

        def made(db: Session, hidden: Withheld) -> Timeline:
            without = missed(db, wanted, hidden)
            found = timeline.timeline(db, wanted, by=by, split=split, most=most, without=without)
            keys = {name: f"{MARK} {n}" for n, name in enumerate(sorted(_unnamed(db, hidden)), 1)}
            if split == "actor" and keys:
                series = {keys.get(key, key): one for key, one in found.series.items()}
                called = {keys.get(key, key): keys.get(key, name) for key, name in found.names.items()}
                found = replace(found, series=series, names=called)
            return redacted(found, hidden)

        return self._kept(("timeline", wanted, by, split, most), made)

    def statements(self, chosen: Filter | None = None, *, offset: int = 0, limit: int = 200) -> Page[StatementRow]:
        """Reports of movement and control, the latest day first."""
        hidden = self._custody.withheld()
        with self._store.reading() as db:
            found = _open(
                lambda offset, limit: claimed.statements(db, chosen or Filter(), offset=offset, limit=limit),
                hidden if chosen and (chosen.text is not None or chosen.actor) else Withheld(),
                offset=offset,
                limit=limit,
            )
        return replace(found, rows=tuple(redacted(_wordless_statement(row, hidden), hidden) for row in found))

    def inbox(self, chosen: InboxFilter | None = None, *, offset: int = 0, limit: int = 50) -> Page[InboxRow]:
        """Claims to check, the most doubtful first."""
        hidden = self._custody.withheld()
        with self._store.reading() as db:
            found = _open(
                lambda offset, limit: claimed.page(db, chosen or InboxFilter(), offset=offset, limit=limit),
                hidden if _seeks(chosen) else Withheld(),
                offset=offset,
                limit=limit,
            )
        return replace(found, rows=tuple(redacted(_wordless_claim(row, hidden), hidden) for row in found))

    def neighbours(self, claim: str, chosen: InboxFilter | None = None) -> tuple[str | None, str | None]:
        """The claims before and after one in the order of ``inbox``, also where the filter does not choose it."""
        hidden, wanted = self._custody.withheld(), chosen or InboxFilter()
        with self._store.reading() as db:
            before, after = claimed.neighbours(db, claim, wanted)
            while _seeks(chosen) and before and _is_held(db, before, hidden):
                before = claimed.neighbours(db, before, wanted)[0]
            while _seeks(chosen) and after and _is_held(db, after, hidden):
                after = claimed.neighbours(db, after, wanted)[1]
        return before, after

    def documents(self, chosen: DocumentFilter | None = None, *, offset: int = 0, limit: int = 50) -> Page[DocumentRow]:
        """Current documents, the newest in the record first."""
        hidden = self._custody.withheld()
        with self._store.reading() as db:
            held = hidden.documents
            found = sources.page(db, chosen or DocumentFilter(), offset=offset, limit=limit, held_back=held)
        rows = (replace(row, title=MARK, source="") if hidden.hides(row.id) else row for row in found)
        return replace(found, rows=tuple(redacted(row, hidden) for row in rows))

    def sources(self) -> list[Standing]:
        """The register: each source with its code and how it stands in the record."""

        def made(db: Session, hidden: Withheld) -> list[Standing]:
            register = Register.of(decisions.of_verb(db, "source"))
            return redacted(sources.standings(db, register.sources, hidden.documents), hidden)

        return list(self._kept(("sources",), made))

    def totals(self, chosen: kept_totals.Filter | None = None, *, offset: int = 0, limit: int = 20) -> Page[Total]:
        """Totals with the one that each succeeds, beside what incidents of the same side, place and days sum to."""
        wanted = chosen or kept_totals.Filter()

        def made(db: Session, hidden: Withheld) -> Page[Total]:
            found, total = kept_totals.page(db, wanted, offset=offset, limit=limit)
            rows = tuple(redacted(one, hidden) for one in settled(db, found))
            return Page(rows=rows, total=total, offset=offset, limit=limit)

        return self._kept(("totals", wanted, offset, limit), made)

    def facets(self, chosen: Filter | InboxFilter | None = None) -> dict[str, tuple[Facet, ...]]:
        """For each field of a filter its values, the most frequent first, each counted under the other conditions."""
        wanted = chosen or Filter()

        def made(db: Session, hidden: Withheld) -> dict[str, tuple[Facet, ...]]:
            if isinstance(wanted, InboxFilter):
                return redacted(_claim_facets(db, wanted, hidden), hidden)
            found = listed.facets(db, wanted, missed(db, wanted, hidden))
            unnamed = _unnamed(db, hidden)
            found["actor"] = tuple(one for one in found["actor"] if one.value not in unnamed)
            return redacted(found, hidden)

        return self._kept(("facets", wanted), made)

    def stamp(self) -> str:
        """Changes with every write to the record and with what is withheld, for ETags and caches."""
        hidden = self._custody.withheld()
        with self._store.reading() as db:
            return _stamp(db, hidden)

    def _kept(self, asked: Hashable, make: Callable[[Session, Withheld], Value]) -> Value:
        """The answer as it was worked out for this state of the record, or worked out now."""
        hidden = self._custody.withheld()
        with self._store.reading() as db:
            stamp = _stamp(db, hidden)
            key = (stamp, asked)
            with self._lock:
                if key in self._answers:
                    self._answers.move_to_end(key)
                    return cast(Value, self._answers[key])
            made = make(db, hidden)
        with self._lock:
            self._answers[key] = made
            for old in [kept for kept in self._answers if kept[0] != stamp]:
                del self._answers[old]
            while len(self._answers) > _KEPT:
                self._answers.popitem(last=False)
        return made


def settled(db: Session, found: Sequence[Total]) -> list[Total]:
    """Totals in their order, each with the one that it succeeds and with what incidents sum to."""
    spans = kept_totals.spans(db, sorted({total.campaign for total in found}))
    previous = {total.id: total.previous for total in succession(spans)}
    followed = [replace(total, previous=previous[total.id]) for total in found]
    return reconcile(followed, incidents.summands(db, filter(None, map(summing, followed))))


def missed(db: Session, chosen: Filter, hidden: Withheld) -> set[str]:
    """The incidents that have the words of a filter only in what is withheld of documents."""
    if (chosen.text is None and not chosen.actor) or not hidden.documents:
        return set()
    query = None if chosen.text is None else Query.parse(chosen.text)
    wanted = named(chosen.actor) if chosen.actor else ()
    return {
        id_
        for id_, incident in _touched(db, hidden).items()
        if (query and not query.found(fold(_said(incident))))
        or (wanted and not any(name in names(_sides(incident)) for name in wanted))
    }


def _touched(db: Session, hidden: Withheld, among: Collection[str] | None = None) -> dict[str, Incident]:
    """The incidents (``among`` these) that have claims of withheld documents, without what is withheld."""
    ids = listed.touched(db, hidden.documents)
    found = incidents.get(db, ids if among is None else [id_ for id_ in ids if id_ in among])
    return {id_: redacted(incident, hidden) for id_, incident in found.items()}


def _said(incident: Incident) -> str:
    """What an incident is found by, a line each."""
    case = incident.case
    place = (case.place.name, case.place.text) if case.place else ()
    sides = (text for party in (*case.actors, *case.targets) for text in (party.name, *party.texts))
    claims = (text for report in case.reports for text in said(report.claim).split("\n"))
    return "\n".join([incident.title_en, incident.title_ar, *place, *sides, *claims]).replace(MARK, "")


def _untold(db: Session, rows: tuple[IncidentRow, ...], hidden: Withheld) -> tuple[IncidentRow, ...]:
    """Rows of incidents with the titles, place and sides that they have without what is withheld of documents."""
    told = _touched(db, hidden, {row.id for row in rows})

    def row(one: IncidentRow) -> IncidentRow:
        if one.id not in told:
            return one
        incident = told[one.id]
        case = incident.case
        return replace(
            one,
            title_en=incident.title_en,
            title_ar=incident.title_ar,
            place=case.place.name if case.place else "",
            actors=tuple((p.actor_id or p.name, p.name) for p in case.actors),
            targets=tuple((p.actor_id or p.name, p.name) for p in case.targets),
        )

    return tuple(map(row, rows))


def _seeks(chosen: InboxFilter | None) -> bool:
    """Whether a filter looks through what a withheld document hides."""
    return chosen is not None and (chosen.text is not None or chosen.source is not None)


def _is_held(db: Session, claim: str, hidden: Withheld) -> bool:
    found = claims.get(db, [claim]).get(claim)
    return found is not None and bool(hidden.hides(found.document))


def _open(find: Callable[[int, int], Page[Told]], hidden: Withheld, *, offset: int, limit: int) -> Page[Told]:
    """A page of what ``find`` gives, counted and cut without the claims of withheld documents."""
    if not hidden.documents:
        return find(offset, limit)
    rows = tuple(row for row in find(0, _ALL) if not hidden.hides(row.document))
    return Page(rows=rows[offset : offset + limit], total=len(rows), offset=offset, limit=limit)


def _claim_facets(db: Session, chosen: InboxFilter, hidden: Withheld) -> dict[str, tuple[Facet, ...]]:
    """The facets of a filter; sources, and all where it seeks words or a source, without claims of withheld ones."""
    found = claimed.facets(db, chosen)
    for document in hidden.documents:
        if chosen.document not in (None, document):
            continue
        for name, less in claimed.facets(db, replace(chosen, document=document)).items():
            if name != "source" and not _seeks(chosen):
                continue
            fewer = {facet.value: facet.count for facet in less}
            left = (replace(facet, count=facet.count - fewer.get(facet.value, 0)) for facet in found[name])
            found[name] = tuple(facet for facet in left if facet.count)
    return found


def _unnamed(db: Session, hidden: Withheld) -> set[str]:
    """The names of sides that no incident has but by what is withheld of documents."""
    told = _touched(db, hidden)
    whole = incidents.get(db, sorted(told))
    lost = {
        party.name: id_
        for id_, incident in whole.items()
        for party in {*_sides(incident)} - {*_sides(told[id_])}
        if not party.actor_id and party.name not in {other.name for other in _sides(told[id_])}
    }
    without = {id_ for id_, incident in whole.items() if lost.keys() & {party.name for party in _sides(incident)}}
    return {
        name
        for name in lost
        if not listed.page(db, Filter(actor=name), order="start", offset=0, limit=0, without=without).total
    }


def _sides(incident: Incident) -> tuple[Party, ...]:
    return (*incident.case.actors, *incident.case.targets)


def _stamp(db: Session, hidden: Withheld) -> str:
    erased = [(content, stone.entry) for content, stone in hidden.erased.items()]
    held = (sorted(hidden.documents), sorted(hidden.contents), sorted(hidden.names), sorted(erased))
    return f"{inbox.stamp(db)}-{number(repr(held)):x}" if hidden else inbox.stamp(db)


def _wordless_claim(row: InboxRow, hidden: Withheld) -> InboxRow:
    if not hidden.hides(row.document):
        return row
    return replace(row, title=MARK, source="", evidence=MARK, trigger=MARK, place=MARK if row.place else "")


def _wordless_statement(row: StatementRow, hidden: Withheld) -> StatementRow:
    if not hidden.hides(row.document):
        return row
    return replace(
        row,
        source="",
        evidence=MARK,
        actors=tuple((MARK, MARK) for _ in row.actors),
        place=_wordless(row.place),
        destination=_wordless(row.destination),
    )


def _wordless(place: Place | None) -> Place | None:
    return place and replace(place, name=MARK, text=MARK)
