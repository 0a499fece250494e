"""How pages write numbers, ranges, days and addresses, in the reader's language."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from fastapi import Request
from markupsafe import Markup, escape

from marsad.server import words

_RANGE = re.compile(r"\d[\d,]*–\d+(?:,\d+)*|≤ \d+(?:,\d+)*|\d[\d,]*\+")


class Ranged(Protocol):
    """Anything with bounds: None is not known, or no end."""

    @property
    def low(self) -> int | None: ...
    @property
    def best(self) -> int | None: ...
    @property
    def high(self) -> int | None: ...
    @property
    def known(self) -> str: ...


def helpers(request: Request, lang: str) -> Mapping[str, Callable[..., Any]]:
    """Templates may call: ``number``, ``figures``, ``ranged``, ``day``, ``days``, ``moment``, ``here``, ``link``."""

    def shown_day(value: date | str | None) -> Markup:
        return day(value, lang)

    def shown_days(start: date | str | None, end: date | str | None) -> Markup:
        return days(start, end, lang)

    def shown_moment(value: datetime | str | None) -> Markup:
        return moment(value, lang)

    def here(**changes: object) -> str:
        return changed(request, changes)

    return {
        "number": number,
        "figures": figures,
        "ranged": ranged,
        "day": shown_day,
        "days": shown_days,
        "moment": shown_moment,
        "here": here,
        "link": link,
    }


def number(value: float | None) -> str:
    """With commas between thousands, in both languages; an empty string for None."""
    return "" if value is None else f"{value:,}"


def figures(found: Ranged | None) -> str:
    """A range: "3–5", "3+" without an end, "≤ 5" without a start, "?" not counted, "–" none reported, "0"."""
    if found is None or found.known == "none_reported":
        return "–"
    if found.known == "zero":
        return "0"
    low, high = found.low, found.high
    if found.known == "unknown" or (low is None and high is None):
        return "?"
    if high is None:
        return f"{number(low)}+"
    if low is None:
        return f"≤ {number(high)}"
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def ranged(text: str, *, plain: bool = False) -> Markup | str:
    """Text in which ranges run from low to high in Arabic too; ``plain`` by marks (U+2066) where no element may be."""
    if plain:
        return _RANGE.sub(lambda found: f"\u2066{found[0]}\u2069", text)
    parts, end = [], 0
    for found in _RANGE.finditer(text):
        parts += [escape(text[end : found.start()]), Markup('<bdi dir="ltr">{}</bdi>').format(found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def day(value: date | str | None, lang: str) -> Markup:
    """Such as 14 Oct 2015 in the reader's language, as a ``<time>``; nothing for None."""
    found = _date(value)
    if found is None:
        return Markup()
    told = f"{found.day} {words.say(f'month.{found.month}', lang)} {found.year}"
    return Markup('<time datetime="{}">{}</time>').format(found.isoformat(), told)


def days(start: date | str | None, end: date | str | None, lang: str) -> Markup:
    """One day, or the first and the last with what they share told once."""
    first, last = _date(start), _date(end)
    if first is None or last is None or first == last:
        return day(first or last, lang)
    if (first.year, first.month) == (last.year, last.month):
        told = Markup('<bdi dir="ltr"><time datetime="{}">{}</time>–<time datetime="{}">{}</time></bdi>')
        both = told.format(first, first.day, last, last.day)
        return Markup('<span class="nobreak">{} {} {}</span>').format(
            both, words.say(f"month.{last.month}", lang), last.year
        )
    if first.year == last.year:
        head = f"{first.day} {words.say(f'month.{first.month}', lang)}"
    else:
        return Markup('<span class="nobreak">{} – {}</span>').format(day(first, lang), day(last, lang))
    return Markup('<span class="nobreak"><time datetime="{}">{}</time>–{}</span>').format(first, head, day(last, lang))


def moment(value: datetime | str | None, lang: str) -> Markup:
    """The day, hour and minute in UTC; nothing for None."""
    found = datetime.fromisoformat(value) if isinstance(value, str) and value else value
    if not isinstance(found, datetime):
        return Markup()
    told = f"{found.day} {words.say(f'month.{found.month}', lang)} {found.year}, {found:%H:%M}"
    return Markup('<time datetime="{}">{}</time>').format(found.isoformat(), told)


def changed(request: Request, changes: Mapping[str, object]) -> str:
    """The address of this page with other values in its query; None or an empty value takes one out."""
    query = [(key, value) for key, value in request.query_params.multi_items() if key not in changes]
    query += [(key, str(value)) for key, value in changes.items() if value not in (None, "")]
    return f"{request.url.path}?{urlencode(query)}" if query else request.url.path


def link(*path: str, **query: object) -> str:
    """An address of this site: ``link("incidents", id)``, each part quoted, so that an id may hold anything."""
    told = "/" + "/".join(quote(part, safe="") for part in path)
    asked = urlencode([(key, str(value)) for key, value in query.items() if value not in (None, "")])
    return f"{told}?{asked}" if asked else told


def _date(value: date | str | None) -> date | None:
    return (date.fromisoformat(value) if value else None) if isinstance(value, str) else value
