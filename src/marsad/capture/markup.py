"""From the bytes of a page to a tree that is safe to walk: encoding, size, depth, broken markup."""

import codecs
import re
from typing import TYPE_CHECKING

from marsad.capture.encoding import Decoded, decode
from marsad.errors import InputError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_PAGE = 8_000_000
"""The longest page that is read, in bytes: some 40 times a long one."""

MISSING = "pages are read with trafilatura and lxml, which are not installed; pip install 'marsad[web]'"

MAX_TAGS = 60_000
"""The most tags in a page; a newspaper's longest pages have some 5,000."""

_LABEL = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
_XML_LABEL = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_OURS = ("utf", "cp1256", "iso8859-6", "cp1252", "iso8859-1", "ascii", "latin", "mac-arabic")
_PILE = re.compile(r"(?:<(?!meta|script|style|title|p\b|br\b|img\b|li\b|td\b|h[1-6]\b)[A-Za-z][^<>]{0,2000}>\s*){48,}")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,20})\b[^<>]{0,2000}>")
_BREAKS = re.compile(r"(?:<br\b[^<>]{0,60}>\s*(?:&nbsp;\s*)?){2,}", re.I)
_HIDDEN = re.compile(r"<(script|style|noscript|template|svg|iframe|object)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_FLAT = frozenset("p br h1 h2 h3 h4 h5 h6 title meta li a td time".split())
_REFERENCES = re.compile(r"&(?:amp;)+(#\d{2,7};|#x[0-9a-fA-F]{2,6};|(?:nbsp|quot|laquo|raquo|zwnj|rlm|lrm);)")
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def decoded(html: bytes, *, name: str, declared: str | None = None) -> Decoded:
    """The page as text; what the server and the page say of the encoding counts only where the bytes bear it out.

    ``declared`` is the charset of the response. Raises InputError (with ``name``) where the bytes are no text.
    """
    if not html.strip():
        raise InputError(f"{name}: the page is empty; nothing to read")
    if len(html) > MAX_PAGE:
        raise InputError(f"{name}: a page of more than {MAX_PAGE // 1_000_000} MB, longer than any article")
    found = decode(html, name=name)
    if found.encoding not in ("cp1256", "iso8859-6", "cp1252"):
        return found
    label = _LABEL.search(html[:4096])
    for said in (declared, label.group(1).decode("ascii") if label else None):
        other = _elsewhere(html, said)
        if other is not None:
            return other
    return found


def tree_of(page: str, *, name: str) -> "HtmlElement":
    """The page as a tree without scripts, at most 256 elements deep; no text is lost to deeper markup.

    Raises InputError (with ``name``) for more than ``MAX_TAGS`` tags and for a page without elements.
    """
    try:
        from lxml import etree, html
    except ImportError:
        raise InputError(f"{name}: {MISSING}") from None

    if page.count("<") > 4 * MAX_TAGS:
        raise _too_many(name)
    page = _PILE.sub(lambda pile: pile.group()[pile.group().rindex("<") :], page)
    if page.count("<") > 2 * MAX_TAGS:
        raise _too_many(name)
    page = _BREAKS.sub("<p>", page)
    page = _CONTROLS.sub("\ufffd", _REFERENCES.sub(r"&\1", _XML_LABEL.sub("", page)))
    parser = html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(page, parser=parser)
        if any("depth" in entry.message for entry in parser.error_log):
            tree = html.document_fromstring(_flattened(page), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError(f"{name}: no page that can be read: {error}") from None
    if "&#" in page:
        _without_controls(tree)
    return tree


def _without_controls(tree: "HtmlElement") -> None:
    """Control characters that came in as references, which no XML may hold, become U+FFFD."""
    for element in tree.iter():
        if element.text and _CONTROLS.search(element.text):
            element.text = _CONTROLS.sub("\ufffd", element.text)
        if element.tail and _CONTROLS.search(element.tail):
            element.tail = _CONTROLS.sub("\ufffd", element.tail)


def _elsewhere(html: bytes, label: str | None) -> Decoded | None:
    """The page in the encoding it says, where that is none of those which ``capture.encoding`` tells apart itself."""
    try:
        codec = codecs.lookup(label or "").name
        if codec.startswith(_OURS) or not codecs.lookup(codec)._is_text_encoding:
            return None
        return Decoded(html.decode(codec), codec, f"read as {codec}, as the page says")
    except (LookupError, UnicodeError):
        return None


def _flattened(page: str) -> str:
    """The page with only the tags that bear on what is text, for markup nested beyond all reason."""

    def kept(tag: re.Match[str]) -> str:
        return tag.group() if tag.group(1).lower() in _FLAT else " "

    return _TAG.sub(kept, _HIDDEN.sub(" ", page))


def _too_many(name: str) -> InputError:
    return InputError(f"{name}: more than {MAX_TAGS:,} tags, more than any article has; save its text as .txt")
