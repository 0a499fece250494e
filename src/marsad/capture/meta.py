"""What a page says of itself: title, day of publication, outlet, author; in its markup, else in its headings."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from marsad.capture.furniture import marked
from marsad.capture.stamps import folded, stamps

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "article_date_original",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "citation_date",
    "og:pubdate",
)
_TITLES = ("og:title", "twitter:title", "dc.title", "title")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "publisher")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "byl")
_SPLIT = re.compile(r"\s*(?:[|»«–—•]|::|(?<=\s)[-/](?=\s))\s*")
_ARTICLES = re.compile(r"(article|posting|report|blogpost)$", re.I)
_LIST_NAME = re.compile(r"^\[[^\]]{2,30}\]\s*(?=\w)")
_MOST_JSON = 400_000
_LARGE = ("4", "5", "6", "7")
_GENERIC = 4  # words: a page's title no longer than this may be that of the whole site


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the markup says of the page: ``""`` and ``None`` where it is silent."""

    title: str = ""
    published: date | None = None
    outlet: str = ""
    author: str = ""
    lang: str = ""
    url: str = ""


def said_of(tree: "HtmlElement", *, url: str) -> Said:
    """Title, day, outlet, author and language by meta elements, JSON-LD and microdata."""
    metas = _metas(tree)
    article = _article_of(tree)
    outlet = _first(metas, _OUTLETS) or _name(article.get("publisher")) or _name(article.get("isPartOf"))
    address = url or metas.get("og:url", "") or _canonical(tree)
    named = _text(article.get("headline")) or _first(metas, _TITLES)
    return Said(
        title=_title(tree, named=named, outlet=outlet),
        published=_published(tree, metas, article),
        outlet=outlet or _outlet_in_title(tree) or _host(address),
        author=_author(tree, metas, article),
        lang=(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip().lower()[:12],
        url=address,
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _canonical(tree: "HtmlElement") -> str:
    return next((link.get("href") or "" for link in tree.iter("link") if link.get("rel") == "canonical"), "")[:2000]


def _metas(tree: "HtmlElement") -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = _squeezed(meta.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _article_of(tree: "HtmlElement") -> dict[str, object]:
    """The first JSON-LD object that is an article."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _MOST_JSON:
            continue
        try:
            data = json.loads(re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", script.text), strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data, depth=3):
            kinds = thing.get("@type")
            if any(_ARTICLES.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return thing
    return {}


def _things(data: object, *, depth: int) -> Iterator[dict[str, object]]:
    if isinstance(data, dict):
        yield data
        if depth:
            yield from _things(data.get("@graph"), depth=depth - 1)
            yield from _things(data.get("mainEntity"), depth=depth - 1)
    elif isinstance(data, list) and depth:
        for part in data[:50]:
            yield from _things(part, depth=depth - 1)


def _title(tree: "HtmlElement", *, named: str, outlet: str) -> str:
    """The headline: the h1 that the page's own title agrees with, else that title without the outlet, else an h1."""
    page = _LIST_NAME.sub("", _squeezed(tree.findtext(".//title") or ""))
    heads = _heads(tree)
    for whole in (named, page):
        agreeing = [
            head
            for head, plain in heads.items()
            if folded(head).strip(" .") in folded(whole) and (plain or len(head.split()) > _GENERIC)
        ]
        longest = max(agreeing, key=len, default="")
        if longest and len(longest) * 2 >= len(_without_outlet(whole, outlet)):
            return longest
    bare = _without_outlet(named or page, outlet)
    if len(bare.split()) > _GENERIC:
        return bare
    return next((head for head in heads if len(head.split()) > 3 and folded(head) != folded(outlet)), bare)


def _heads(tree: "HtmlElement") -> dict[str, bool]:
    """What may be the headline, h1 first: headings, elements called so, large or bold letters that fill their line.

    The value says whether it is called a headline.
    """
    found: dict[str, bool] = {}
    for tags in (("h1",), ("h2", "h3"), ("div", "span", "p", "td", "font", "b", "strong")):
        for element in tree.iter(*tags):
            size = (element.get("size") or "").lstrip("+")
            if len(tags) > 2 and not (marked(element, "headline") or element.tag in ("b", "strong") or size in _LARGE):
                continue
            if len(element) > 3 or element.getparent().tag == "a" or (len(element) and element[0].tag == "p"):
                continue
            text = _LIST_NAME.sub("", _squeezed("".join(element.itertext())[:400]))
            if 3 <= len(text) <= 300:
                found.setdefault(text, len(tags) < 3 or marked(element, "headline"))
    return found


def _without_outlet(title: str, outlet: str) -> str:
    """A title without the parts about the site, at either end."""
    parts = [part for part in _SPLIT.split(title) if part]
    if len(parts) < 2:
        return title
    own = [part for part in parts if folded(part) != folded(outlet)] if outlet else parts
    if len(own) < len(parts) and own:
        at = title.find(own[0])
        return title[at : title.rfind(own[-1]) + len(own[-1])] if len(own) < 3 else max(own, key=len)
    longest = max(parts, key=len)
    return longest if len(longest) * 2 > len(title) - 4 else title


def _outlet_in_title(tree: "HtmlElement") -> str:
    """What stands beside the headline in the page's title, where it is short."""
    parts = [part for part in _SPLIT.split(_squeezed(tree.findtext(".//title") or "")) if part]
    if len(parts) < 2:
        return ""
    shortest = min(parts[0], parts[-1], key=len)
    return shortest if len(shortest.split()) <= 5 and len(shortest) * 2 < max(map(len, parts)) * 3 else ""


def _published(tree: "HtmlElement", metas: dict[str, str], article: dict[str, object]) -> date | None:
    values = [_text(article.get("datePublished")), *(metas.get(name, "") for name in _DATES)]
    for element in tree.iter("time", "span", "abbr", "div", "p", "meta"):
        if element.get("itemprop", "").lower() == "datepublished" or element.get("pubdate") is not None:
            values += [element.get("content") or element.get("datetime") or element.get("title") or ""]
            values += [_squeezed(element.text_content())[:80]]
    return next((found for value in values if value and (found := day_in(value))), None)


def day_in(value: str) -> date | None:
    """The first full date in a short text, or the day of Unix seconds or milliseconds."""
    value = folded(value[:200])
    if re.fullmatch(r"1\d{9}(\d{3})?", value):
        from datetime import UTC, datetime

        return datetime.fromtimestamp(int(value[:10]), UTC).date()
    compact = re.fullmatch(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:t?\d{4,6}z?)?", value)
    value = "-".join(compact.groups()) if compact else re.sub(r"(?<=\d)t(?=\d\d:?\d\d)", " ", value)
    found = stamps(value)
    return found[0].day if found else None


def _author(tree: "HtmlElement", metas: dict[str, str], article: dict[str, object]) -> str:
    found = _name(article.get("author")) or _first(metas, _AUTHORS)
    if not found or found.startswith("http"):
        for element in tree.iter("a", "span", "div", "p", "address"):
            if element.get("rel") == "author" or element.get("itemprop") == "author":
                found = _squeezed(element.text_content())
                break
    return "" if found.startswith("http") or len(found) > 120 else found


def _name(value: object) -> str:
    if isinstance(value, list):
        return "، ".join(name for name in map(_name, value[:5]) if name)
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _text(value: object) -> str:
    return _squeezed(unescape(value[:2000]))[:500] if isinstance(value, str) else ""


def _squeezed(text: str) -> str:
    return " ".join(text.split())
