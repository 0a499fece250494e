"""Filters of incidents and totals as they stand in an address, the same for lists, maps, timelines and files."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from marsad.assess.rules import GRADES
from marsad.capture.base import parse_date
from marsad.errors import InputError
from marsad.record import asked
from marsad.store import totals
from marsad.store.incidents import Filter
from marsad.store.search import Query

FIELDS = ("country", "from", "to", "event", "actor", "near", "km", "grade", "text")
"""The names that filters have in an address, as ``marsad incidents`` has them for options."""
_NAMES = {"since": "from", "until": "to"}


@dataclass(slots=True)
class Asking:
    """What an address asks for: ``values`` as the reader wrote them, ``errors`` by field where one cannot be used.

    A field in error asks for nothing. ``taken`` says which place ``near`` was understood as.
    """

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    chosen: Filter = field(default_factory=Filter)
    taken: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The filled fields, for links to pages that take the same."""
        return dict(self.values)

    @property
    def totals(self) -> totals.Filter:
        """The same for totals, which have neither grade, circle nor words."""
        one = self.chosen
        return totals.Filter(country=one.country, since=one.since, until=one.until, event=one.event, actor=one.actor)


def asking(query: Mapping[str, str]) -> Asking:
    """The filter of an address's query; never an error, those are kept by field."""
    made = Asking(values={name: query[name].strip() for name in FIELDS if query.get(name, "").strip()})
    values, errors = made.values, made.errors
    country = since = until = event = actor = None
    with _kept(errors, "country"):
        country = asked.country_code(values.get("country"))
    with _kept(errors, "from"):
        since = _day(values.get("from"))
    with _kept(errors, "to"):
        until = _day(values.get("to"))
        asked.in_order(since, until)
    with _kept(errors, "event"):
        event = asked.event_name(values.get("event"))
    with _kept(errors, "actor"):
        actor = asked.actor_name(values.get("actor"))
    made.chosen = Filter(
        country=country,
        since=since,
        until=None if "to" in errors else until,
        event=event,
        actor=actor,
        near=_near(made, country),
        grade=_grade(made),
        text=_text(made),
    )
    return made


@contextmanager
def _kept(errors: dict[str, str], name: str) -> Iterator[None]:
    """What is wrong with a field is kept under its name."""
    try:
        yield
    except asked.Asked as error:
        errors[_NAMES.get(error.field, error.field)] = str(error)
    except InputError as error:
        errors[name] = str(error)


def _day(value: str | None) -> date | None:
    if not value:
        return None
    try:
        return parse_date(value)
    except ValueError:
        raise InputError(f"{value!r} is not a day; write it as YYYY-MM-DD") from None


def _near(made: Asking, country: str | None) -> tuple[float, float, float] | None:
    place = made.values.get("near")
    with _kept(made.errors, "near"):
        km = _kilometres(made.values.get("km"))
        if km is not None and not place:
            raise asked.Asked("km", "a distance needs a place beside it")
        circle = asked.circle(place, km, country=country)
        if circle is not None:
            made.taken = circle.told
            return circle.near
    return None


def _kilometres(value: str | None) -> float | None:
    if not value:
        return None
    try:
        km = float(value)
    except ValueError:
        raise asked.Asked("km", f"{value!r} is no number of kilometres") from None
    if not 0 < km <= 20_000:
        raise asked.Asked("km", f"{value!r} is no distance on the Earth; give more than 0 and at most 20000")
    return km


def _grade(made: Asking) -> str | None:
    grade = made.values.get("grade")
    if grade and grade not in GRADES:
        made.errors["grade"] = f"{grade!r} is no grade; give one of {', '.join(GRADES)}"
        return None
    return grade or None


def _text(made: Asking) -> str | None:
    text = made.values.get("text")
    with _kept(made.errors, "text"):
        if text:
            Query.parse(text)
            return text
    return None
