"""The day of publication as a page shows it to people, where its markup says nothing of it."""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from marsad.capture.furniture import marked, says
from marsad.capture.stamps import Stamp, folded, stamps

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST = 160
_IN_URL = re.compile(r"(?:/|[-_=])((?:19|20)\d\d)[-/_]?([01]?\d)[-/_]?([0-3]?\d)(?=\D|$)")
_WORD = re.compile(r"[^\W\d]{2,}")
_LABEL, _LATER, _FURNITURE, _PLACE, _TIME, _AT_TITLE, _LONG = 5, -6, -5, 3, 2, 4, -4
_URL_SCORE = 3


def shown(tree: "HtmlElement", *, title: str, url: str) -> date | None:
    """The likeliest day: by the words beside it, the class of its place, how near the title; or the day in the address.

    Every short piece of text with a full date is a candidate; none is taken that has more against than for it.
    """
    elements = list(tree.iter())
    numbers = {element: number for number, element in enumerate(elements)}
    place = _place_of(elements, folded(title).strip(" ."))
    best: tuple[float, int, date] | None = None
    for order, (element, text, before) in enumerate(_pieces(elements)):
        found = stamps(text)
        if found:
            score = _score(element, text, before, found) + _nearness(place, numbers[element])
            if best is None or score > best[0]:
                best = (score, -order, found[0].day)
    in_url = _day_of(url)
    if in_url and (best is None or best[0] < _URL_SCORE):
        return in_url
    return best[2] if best and best[0] > 0 else None


def _pieces(elements: list["HtmlElement"]) -> Iterator[tuple["HtmlElement", str, str]]:
    """Short texts, each with its element and what stands just before it: text nodes, and small elements as wholes."""
    before = ""
    for element in elements:
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "title"):
            continue
        if element.tag == "time" and element.get("datetime"):
            yield element, folded(element.get("datetime", "")[:40].replace("T", " ")), before
        if 1 <= len(element) <= 8:
            whole = " ".join(element.itertext())
            if len(whole) <= _LONGEST:
                yield element, folded(whole), before
        for holder, raw in ((element, element.text), *((element, child.tail) for child in element)):
            if raw and 6 <= len(raw.strip()) <= 4 * _LONGEST:
                text = folded(raw)
                if len(text) <= _LONGEST:
                    yield holder, text, before
                before = text[-60:]
            elif raw and raw.strip():
                before = folded(raw)[-60:]


def _score(element: "HtmlElement", text: str, before: str, found: list[Stamp]) -> float:
    rest = text[: found[0].start] + " " + text[found[-1].end :]
    words = len(_WORD.findall(rest))
    label = text[: found[0].start] or before
    score = float(_LABEL if says("dated", label) else 0) + (_LATER if says("updated", label) else 0)
    score += _TIME if element.tag == "time" else 0
    score += 1 if words <= 4 else _LONG * (words > 10) - words / 5
    score += _FURNITURE if "©" in text or "حقوق" in text else 0
    menu = False
    for step, near in enumerate((element, *element.iterancestors())):
        if step > 12 or near.tag == "body":
            break
        likely = marked(near, "when")
        score += _PLACE / (1 + step) if step < 3 and likely else 0
        menu |= near.tag in ("footer", "aside", "nav") or (not likely and marked(near, "menu"))
    return score + (_FURNITURE if menu else 0)


def _place_of(elements: list["HtmlElement"], title: str) -> int | None:
    """Where in the page the headline stands (the last place, as crumbs and menus repeat it before)."""
    if not title:
        return None
    found = None
    for number, element in enumerate(elements):
        if element.tag in ("title", "script", "a") or len(element) > 3:
            continue
        own = folded("".join(element.itertext()) if len(element) else (element.text or ""))
        if own.strip(" .") == title:
            if element.tag == "h1":
                return number
            found = number if found is None else found
    return found


def _nearness(place: int | None, number: int) -> float:
    if place is None:
        return 0
    distance = number - place
    if distance >= 0:
        return max(-2.0, _AT_TITLE - distance / 6)
    return max(-1.5, 2 + distance / 6)


def _day_of(url: str) -> date | None:
    match = _IN_URL.search(url)
    if not match:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None
