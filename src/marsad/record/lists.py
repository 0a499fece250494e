"""``Lists``: what pages list, quick on a large record and without what is withheld."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
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
from marsad.model import Place, Total
from marsad.record.custody import Custody
from marsad.store import Session, Store, claimed, decisions, inbox, incidents, listed, sources, timeline
from marsad.store import totals as kept_totals
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
from marsad.store.session import number

_KEPT = 16  # answers kept until the record changes; all points of a large record take some 10 MB
Value = TypeVar("Value")
Row = TypeVar("Row")


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
            found = listed.page(db, chosen or Filter(), order=order, offset=offset, limit=limit)
        return replace(found, rows=redacted(found.rows, hidden))

    def incident_rows(self, ids: Sequence[str]) -> dict[str, IncidentRow]:
        """The rows of these incidents by id; those that there are none of are left out."""
        hidden = self._custody.withheld()
        with self._store.reading() as db:
            return {id_: redacted(row, hidden) for id_, row in listed.rows(db, ids).items()}

    def points(self, chosen: Filter | None = None) -> Points:
        """All incidents of a filter that have a place, for the map."""
        wanted = chosen or Filter()

        def made(db: Session, hidden: Withheld) -> Points:
            found = listed.points(db, wanted)
            named = set[str]().union(*(listed.holding(db, name) for name in hidden.names.values()))
            if not named:
                return found
            titles = {
                field: tuple(
                    redacted(title, hidden) if id_ in named else title
                    for id_, title in zip(found.ids, getattr(found, field), strict=True)
                )
                for field in ("title_en", "title_ar")
            }
            return replace(found, title_en=titles["title_en"], title_ar=titles["title_ar"])

        return self._kept(("points", wanted), made)

    def unplaced(self, chosen: Filter | None = None) -> int:
        """How many incidents of a filter have no place on a map."""
        with self._store.reading() as db:
            return listed.unplaced(db, chosen or Filter())

    def timeline(
        self, chosen: Filter | None = None, *, by: Step = "month", split: Split | None = None, most: int = 8
    ) -> Timeline:
        """Incidents and their harm over time; ``most`` series have names of their own, the rest is in ``*``."""
        wanted = chosen or Filter()

        def made(db: Session, hidden: Withheld) -> Timeline:
            return redacted(timeline.timeline(db, wanted, by=by, split=split, most=most), hidden)

        return self._kept(("timeline", wanted, by, split, most), made)

    def statements(self, chosen: Filter | None = None, *, offset: int = 0, limit: int = 200) -> Page[StatementRow]:
        """Reports of movement and control, the latest day first."""
        hidden = self._custody.withheld()
        with self._store.reading() as db:
            found = claimed.statements(db, chosen or Filter(), offset=offset, limit=limit)
        return replace(found, rows=tuple(redacted(_wordless_statement(row, hidden), hidden) for row in found))

    def inbox(self, chosen: InboxFilter | None = None, *, offset: int = 0, limit: int = 50) -> Page[InboxRow]:
        """Claims to check, the most doubtful first."""
        hidden = self._custody.withheld()
        with self._store.reading() as db:
            found = claimed.page(db, chosen or InboxFilter(), offset=offset, limit=limit)
        return replace(found, rows=tuple(redacted(_wordless_claim(row, hidden), hidden) for row in found))

    def neighbours(self, claim: str, chosen: InboxFilter | None = None) -> tuple[str | None, str | None]:
        """The claims before and after one in the order of ``inbox``, also where the filter does not choose it."""
        with self._store.reading() as db:
            return claimed.neighbours(db, claim, chosen or InboxFilter())

    def documents(self, chosen: DocumentFilter | None = None, *, offset: int = 0, limit: int = 50) -> Page[DocumentRow]:
        """Current documents, the newest in the record first."""
        hidden = self._custody.withheld()
        with self._store.reading() as db:
            found = sources.page(db, chosen or DocumentFilter(), offset=offset, limit=limit)
        rows = (replace(row, title=MARK, source="") if hidden.hides(row.id) else row for row in found)
        return replace(found, rows=tuple(redacted(row, hidden) for row in rows))

    def sources(self) -> list[Standing]:
        """The register: each source with its code and how it stands in the record."""

        def made(db: Session, hidden: Withheld) -> list[Standing]:
            register = Register.of(decisions.of_verb(db, "source"))
            return redacted(sources.standings(db, register.sources), hidden)

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
                return redacted(claimed.facets(db, wanted), hidden)
            return redacted(listed.facets(db, wanted), hidden)

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
