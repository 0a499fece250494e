"""Parts of claims and incidents in a few words, for people: who, where, when, how many, who says so."""

from datetime import date

from marsad.export.screen import isolate
from marsad.model import Estimate, Party, Period, Place, Quantity, Speaker

PRECISION = {
    1: "the place itself",
    2: "within about 25 km",
    3: "district",
    4: "province",
    5: "line or vague region",
    6: "country",
    7: "sea or air",
}
"""UCDP's ``where_prec`` in words."""

DATE_PRECISION = {
    1: "the day is known",
    2: "within two to six days",
    3: "only the week is known",
    4: "only the month is known",
    5: "only a longer time is known",
}
"""UCDP's ``date_prec`` in words."""


def parties(found: tuple[Party, ...]) -> str:
    """Their names, each set apart where it is written from right to left."""
    return ", ".join(_party(party) for party in found)


def doing(actors: tuple[Party, ...], targets: tuple[Party, ...]) -> str:
    """Who did it to whom; an empty string where neither is said."""
    if not actors and not targets:
        return ""
    return f"{parties(actors) or 'not said'}{f' → {parties(targets)}' if targets else ''}"


def _party(party: Party) -> str:
    """The name; beside the kind of someone not named, as "gunmen", the wording of the text."""
    wording = party.texts[0] if party.texts else ""
    if not party.name or party.actor_id or wording in ("", party.name):
        return isolate(party.name or wording)
    return f"{isolate(party.name)} ({isolate(wording)})"


def place(found: Place) -> str:
    """Name, country, point with its radius, and how exact it is."""
    facts = [found.country or "", point(found), PRECISION.get(found.precision, "")]
    return f"{isolate(found.name or found.text)} ({'; '.join(fact for fact in facts if fact)})"


def point(found: Place) -> str:
    """Latitude and longitude with no more digits than the radius bears out, and the radius."""
    if found.lat is None or found.lon is None:
        return ""
    radius = found.radius_km or 0.0
    digits = 3 if radius < 2 else 2 if radius < 20 else 1
    around = f"{radius:.0f}" if radius >= 100 else f"{radius:g}"
    return f"{found.lat:.{digits}f}, {found.lon:.{digits}f}{f' ± {around} km' if radius else ''}"


def period(found: Period) -> str:
    """The days, and the wording that gave them."""
    wording = "only the day of publication is known" if found.from_publication else isolate(found.text)
    return f"{days(found.start, found.end)} ({wording})" if wording else days(found.start, found.end)


def days(start: date | None, end: date | None) -> str:
    """One day, or the first and the last; an empty string where none is known."""
    known = [day.isoformat() for day in (start, end) if day]
    return " to ".join(dict.fromkeys(known))


def quantity(found: Quantity) -> str:
    """What is counted, how many, and of whom."""
    whom = f" {found.whom}" if found.whom and found.whom != "unspecified" else ""
    return f"{found.of} {bounds(found.low, found.high)}{whom}"


def bounds(low: int | None, high: int | None) -> str:
    """A number or range in words; ``None`` is open."""
    if low is None and high is None:
        return "a number not given"
    if low == high:
        return f"{low:,}"
    if high is None:
        return f"at least {low:,}"
    return f"at most {high:,}" if low is None else f"{low:,} to {high:,}"


def estimate(found: Estimate | None) -> str:
    """A figure in words: none reported, zero, some that nobody counts, or the range with its best."""
    if found is None or found.known == "none_reported":
        return "none reported"
    if found.known == "zero":
        return "0 (said to be none)"
    some = "some" if found.low is None and found.high is None else bounds(found.low, found.high)
    if found.known == "unknown":
        return f"{some}, which nobody counts"
    best = f", best {found.best:,}" if found.best is not None and found.low != found.high else ""
    return f"{some}{best}"


def short_estimate(found: Estimate | None) -> str:
    """A figure for a column: ``-`` none reported, ``0``, ``3-5``, ``3+`` no end, ``20-99?`` or ``?`` not counted."""
    if found is None or found.known == "none_reported":
        return "-"
    if found.known == "zero":
        return "0"
    low, high = found.low, found.high
    if low is None and high is None:
        return "?"
    if high is None:
        shown = f"{low}+"
    else:
        shown = f"{low}" if low == high else f"{low or 0}-{high}"
    return f"{shown}?" if found.known == "unknown" else shown


def speaker(found: Speaker) -> str:
    """Who says so, and whether unnamed."""
    name = isolate(found.name or found.text)
    return f"{name} (anonymous)" if found.anonymous else name


def speakers(found: tuple[Speaker, ...]) -> str:
    """The chain of who says so, the nearest first."""
    return " ← ".join(speaker(one) for one in found)
