"""What stands on a page beside the article: told by the table ``data/furniture.tsv``, left out of the text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from marsad import tables
from marsad.capture.stamps import folded, levelled, stamps

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TABLE = "capture/data/furniture.tsv"
_NOTES = {"translated": "translated_from", "disclaimer": "disclaimer", "author": "author", "outlet": "outlet"}
_INSIDE = frozenset(("dated", "updated"))
_KINDS = frozenset("block remarks heading line end cut post menu when headline".split()) | _INSIDE | set(_NOTES)
_LONGEST_LINE = 400
_ABOVE_TITLE = 3
_MOST_HEADINGS = 100
SENTENCE = 60
_LONG_CELL = 160
_LONGEST_CARD = 400
ENDS = (".", "؟", "?", "!", "…", "»", "”", '"')
_MARKS = (*ENDS, ":", "،")
_KEPT = frozenset("html body main article".split())
_GONE = frozenset(
    "script style noscript template nav footer aside form button select iframe svg dialog menu figcaption"
    " marquee".split()
)
_BOXES = frozenset("div td body center font span section article main blockquote".split())
_BLOCKS = _BOXES | frozenset("p h1 h2 h3 h4 h5 h6 ul ol table tr tbody hr form dl pre figure header".split()) - {
    "font",
    "span",
}
_NEVER = _GONE - {"form", "aside", "dialog", "menu"}
_ROLES = frozenset("navigation banner contentinfo complementary search dialog alert menu menubar toolbar".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 strong b p div span legend dt label summary".split())


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The lines that are the article's own, and what the others say of it (``author``, ``translated_from`` ...)."""

    lines: list[str]
    notes: dict[str, str] = field(default_factory=dict)


@cache
def _table() -> dict[str, re.Pattern[str]]:
    patterns: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    for row in tables.read(_TABLE, columns=("kind", "pattern", "example")):
        kind = row.one_of("kind", _KINDS)
        try:
            pattern = re.compile(levelled(row["pattern"]))
        except re.error as error:
            raise row.fail(f"pattern: {error}") from None
        match = pattern.search if kind in _INSIDE else pattern.fullmatch
        if not match(folded(row["example"])):
            raise row.fail(f"the pattern does not match its example {row['example']!r}")
        patterns[kind].append(pattern.pattern)
    return {kind: re.compile("|".join(f"(?:{pattern})" for pattern in found)) for kind, found in patterns.items()}


def says(kind: str, text: str) -> bool:
    """Whether folded ``text`` is of this kind in the table (whole, or somewhere in it for dated and updated)."""
    pattern = _table()[kind]
    return bool(pattern.search(text) if kind in _INSIDE else pattern.fullmatch(text))


def tokens(element: "HtmlElement") -> Iterator[str]:
    """The class and id tokens of an element, in lower case."""
    for name in ("class", "id"):
        yield from (element.get(name) or "").lower()[:300].split()


def marked(element: "HtmlElement", kind: str) -> bool:
    """Whether a class or id of the element is of this kind."""
    return any(says(kind, token) for token in tokens(element))


def prune(tree: "HtmlElement") -> None:
    """Take out of the tree what its tags, classes and headings say is no part of the article."""
    for element in list(tree.iter(*_NEVER)):
        _drop(element)
    whole, prose = max(1, _length(tree)), _prose(tree)
    for element in list(tree.iter()):
        if isinstance(element.tag, str) and element.tag not in _KEPT and element.getparent() is not None:
            share = _share_to_drop(element)
            if share and _prose(element) <= share * prose and _length(element) < max(0.5, share) * whole:
                _drop(element)
    _unlayer(tree)
    _wrap_loose(tree)
    _drop_cards(tree)
    _drop_link_boxes(tree, whole)
    _drop_headed(tree, whole)


def _drop_headed(tree: "HtmlElement", whole: int) -> None:
    """Take out what headings of furniture introduce; of so many at most, which no page of a site has."""
    found = 0
    for element in [e for e in tree.iter() if e.tag in _HEADINGS]:
        if found == _MOST_HEADINGS:
            break
        if element.getparent() is None or len(element) > 3:
            continue
        text = folded(element.text_content()[:120])
        kind = "" if len(text) > 90 else "cut" if says("cut", text) else "heading" if says("heading", text) else ""
        found += bool(kind)
        if kind == "cut":
            _cut(element, _prose(tree))
        elif kind:
            _drop_section(element, whole)


def _unlayer(tree: "HtmlElement") -> None:
    """Tables that hold the page, not data, become boxes: few cells, a long one or a table within."""
    for table in list(tree.iter("table")):
        cells = list(table.iter("td", "th"))
        rows = len(list(table.iter("tr")))
        small = rows < 3 or len(cells) < 2 * rows
        if small or any(_length(cell) > _LONG_CELL for cell in cells) or table.find(".//table") is not None:
            for part in table.iter("table", "tbody", "tr", "td", "th"):
                part.tag = "div"


def _wrap_loose(tree: "HtmlElement") -> None:
    """Text that stands in a box beside paragraphs becomes a paragraph, with the inline elements in it."""
    for box in [e for e in tree.iter() if e.tag in _BOXES and e.find("p") is not None]:
        parts: list[HtmlElement] = []
        loose = box.makeelement("p")
        loose.text, box.text = box.text, None
        for child in (*box, None):
            if child is not None and child.tag not in _BLOCKS:
                loose.append(child)
                continue
            if len(loose) or (loose.text or "").strip():
                parts.append(loose)
            if child is not None:
                parts.append(child)
                loose = box.makeelement("p")
                loose.text, child.tail = child.tail, None
        box[:] = parts


def _drop_link_boxes(tree: "HtmlElement", whole: int) -> None:
    """Take out boxes and lines that are nothing but links, which no sentence ends."""
    for element in list(tree.iter("div", "ul", "ol", "li", "td", "p", "section", "h3", "h4")):
        if element.getparent() is None or element.find(".//a") is None:
            continue
        text = "".join(element.itertext()).strip()
        if len(text) < 0.3 * whole and text[-1:] not in ENDS and _links(element) > 0.75:
            _drop(element)


def _share_to_drop(element: "HtmlElement") -> float:
    """How much of the page's prose it may hold and is furniture all the same, by its tag, role, class or id; else 0.

    A sentence of a page that wants payment is of the article, whatever its class.
    """
    text = "".join(element.itertext()).strip() if element.tag == "p" else ""
    if len(text) > 4 * SENTENCE or (len(text) > SENTENCE and text.endswith(ENDS)):
        return 0
    if marked(element, "remarks"):
        return 0.85
    told = element.tag in _GONE or element.get("role") in _ROLES
    return 0.35 if told or marked(element, "block") or _hidden(element) else 0


def keep_first_post(tree: "HtmlElement") -> None:
    """Of a thread, take out all posts but the one that opens it; posts are known by numbered ids."""
    first: dict[str, HtmlElement] = {}
    for element in list(tree.iter()):
        name = (element.get("id") or "").lower() if isinstance(element.tag, str) else ""
        if not name or len(name) > 60 or not says("post", name) or element.getparent() is None:
            continue
        opening = first.setdefault(name.strip("0123456789"), element)
        if opening is not element and opening not in element.iterancestors() and element not in opening.iterancestors():
            _drop(element)


def _cut(heading: "HtmlElement", prose: int) -> None:
    """Drop a heading and all that follows it in the page, unless the article follows: ``prose`` is that of the page."""
    after: list[HtmlElement] = [heading, *heading.itersiblings()]
    for parent in heading.iterancestors():
        after.extend(parent.itersiblings() if parent.tag != "body" else ())
    before = prose - (after_prose := sum(map(_prose, after)))
    if before > SENTENCE and after_prose < 3 * before:
        for element in after:
            _drop(element)


def _drop_section(heading: "HtmlElement", whole: int) -> None:
    """Drop a heading of furniture with what it introduces: its box where that is mostly links or small, else what
    follows it as far as that is links, boxes or lists."""
    box = heading
    parent = heading.getparent()
    while parent is not None and parent.tag not in _KEPT and _length(parent) < 0.3 * whole and _opens(parent, box):
        box, parent = parent, parent.getparent()
    for sibling in list(box.itersiblings()):
        if isinstance(sibling.tag, str) and sibling.tag in ("p", "h1", "h2") and _links(sibling) < 0.5:
            break
        if _links(sibling) < 0.5 and not says("end", folded(heading.text_content())):
            break
        _drop(sibling)
    _drop(box)


def _opens(parent: "HtmlElement", box: "HtmlElement") -> bool:
    """Whether ``box`` stands at the head of its parent, so that the parent is what it introduces."""
    return parent[0] is box and not (parent.text or "").strip()


def _drop_cards(tree: "HtmlElement") -> None:
    """Take out the cards of other articles: two boxes or more of one kind, side by side, each opening with a link."""
    for parent in [e for e in tree.iter() if len(e) > 1]:
        cards: dict[tuple[object, str], list[HtmlElement]] = {}
        for child in parent:
            if child.tag in ("div", "li", "article", "section", "td") and _is_card(child):
                cards.setdefault((child.tag, child.get("class") or ""), []).append(child)
        for group in cards.values():
            if len(group) > 1:
                for card in group:
                    _drop(card)


def _is_card(box: "HtmlElement") -> bool:
    """A short box that opens with a headline, all of it one link."""
    if _length(box) > _LONGEST_CARD:
        return False
    for element in box.iter():
        if element.tag == "a" and _length(element):
            return len("".join(element.itertext()).split()) > 2
        if (element.text or "").strip() or (not len(element) and (element.tail or "").strip()):
            return False
    return False


def _links(element: "HtmlElement") -> float:
    """The share of an element's text that stands in links."""
    total = _length(element)
    return sum(_length(link) for link in element.iter("a")) / total if total else 1.0


def _drop(element: "HtmlElement") -> None:
    """Take an element out of its tree, its tail left; one that went with its box already is gone."""
    if element.getparent() is not None:
        element.drop_tree()


def _prose(element: "HtmlElement") -> int:
    """How much text an element has in pieces as long as a sentence, outside of links."""
    total = 0
    for part in element.iter():
        for text in (part.text if part.tag != "a" else "", part.tail if part is not element else ""):
            length = len(text.strip()) if text and len(text) >= SENTENCE else 0
            total += length if length >= SENTENCE else 0
    return total


def _length(element: "HtmlElement") -> int:
    return len("".join(element.itertext()).strip())


def _hidden(element: "HtmlElement") -> bool:
    style = (element.get("style") or "").lower().replace(" ", "")
    return "display:none" in style or element.get("hidden") is not None or element.get("aria-hidden") == "true"


def clean(lines: Iterable[str], *, title: str) -> Cleaned:
    """The article's lines: without furniture, the title repeated, dates and bylines that stand alone."""
    kept: list[str] = []
    notes: dict[str, str] = {}
    head = folded(title).strip(" .:")
    for line in lines:
        text = folded(line).strip(" •·|*-–")
        if not text or len(text) > _LONGEST_LINE:
            kept.extend([line] if text else [])
            continue
        if says("end", text) and kept:
            break
        if head and text.strip(" .:") == head:
            if len(kept) <= _ABOVE_TITLE and not any(above.rstrip().endswith(ENDS) for above in kept):
                kept.clear()  # what stands above the headline is the page's
            continue
        if says("line", text) or dateline(text):
            continue
        note = _note(line, text)
        if note is None or (note[0] in ("author", "outlet") and (len(text.split()) > 9 or text.endswith("."))):
            kept.append(line)
        else:
            notes.setdefault(note[0], note[1])
    return Cleaned(_from_first_sentence(kept), notes)


def _from_first_sentence(lines: list[str]) -> list[str]:
    """The lines without short ones at the head that no mark ends, where sentences follow: what menus leave behind."""
    start = 0
    while start < len(lines) and len(lines[start].split()) < 5 and not lines[start].rstrip().endswith(_MARKS):
        start += 1
    return lines[start:] if any(len(line.split()) > 7 for line in lines[start:]) else lines


def _note(line: str, text: str) -> tuple[str, str] | None:
    """What a whole line says of the article, in its own letters."""
    for kind, name in _NOTES.items():
        match = _table()[kind].fullmatch(text)
        if match:
            kept = next((group for group in match.groups() if group), text)
            return name, _own_letters(line, kept)
    return None


def _own_letters(line: str, part: str) -> str:
    """The end of ``line`` that ``part`` was folded from; the whole line where it is no ending."""
    words, count = line.split(), len(part.split())
    tail = " ".join(words[-count:]).lstrip(":/–- ") if count else ""
    return tail if folded(tail).endswith(part[-8:]) else line.strip()


def dateline(text: str) -> bool:
    """Whether a folded line is no more than a date (with a weekday, an hour, a label)."""
    found = stamps(text)
    if not found or len(text) > 120:
        return False
    rest = text[: found[0].start] + text[found[-1].end :]
    return len(re.findall(r"[^\W\d]{2,}", rest)) <= 6
