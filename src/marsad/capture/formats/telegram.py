"""A chat or channel exported from Telegram Desktop: ``result.json``, or the pages ``messages.html``."""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from marsad.capture.base import MAX_BYTES, Item, Source
from marsad.capture.chats import Message, documents
from marsad.capture.encoding import decode
from marsad.capture.markup import MAX_PAGE, decoded, tree_of
from marsad.capture.meta import day_in
from marsad.errors import InputError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

AMONG = (".json", ".jsonl", ".html", ".htm")
MAX_FILE = 64 * MAX_BYTES
_JSON = re.compile(rb'"messages"\s*:\s*\[|"chats"\s*:\s*\{')
_ABOUT = re.compile(rb'^\s*(?:\xef\xbb\xbf)?\{[^\[]*?"(?:type|name|id|about)"\s*:')
_PAGE = re.compile(
    rb'class="(?:tgme_page|page_wrap)[^"]*"[\s\S]{0,4000}?class="(?:page_body chat_page|history)|js/script\.js'
)
_DERIVED = "Telegram export"


class Part(msgspec.Struct, frozen=True):
    """A piece of a message's text that is more than plain: a link, a bold word."""

    text: str = ""


class Post(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """A message as Telegram Desktop exports it."""

    id: int = 0
    type: str = "message"
    date: str = ""
    sender: str | None = None
    text: str | list[str | Part] = ""
    forwarded_from: str | None = None
    media_type: str | None = None
    edited: str | None = None


class Chat(msgspec.Struct, frozen=True):
    """A chat or channel."""

    messages: list[Post] = []
    name: str | None = None
    id: int | None = None
    type: str = ""


class Chats(msgspec.Struct, frozen=True, rename={"items": "list"}):
    """The list of an account's chats."""

    items: list[Chat] = []


class Account(msgspec.Struct, frozen=True):
    """The export of a whole account."""

    chats: Chats


def recognises(head: bytes) -> bool:
    """An object with messages and what a chat is called, or a page of such an export."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return bool(_JSON.search(head) and _ABOUT.search(head))
    return b"page_wrap" in head and bool(_PAGE.search(head))


def read(source: Source) -> Iterator[Item]:
    """A document for each message with text, its day as the export tells it, the channel as its source."""
    data = source.whole(limit=MAX_FILE)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        for chat in _chats(decode(data, name=source.name).text, name=source.name):
            yield from documents(_posts(chat, source.name), chat=_called(chat), name=source.name, derived=_DERIVED)
    else:
        yield from _page(data, name=source.name)


def _chats(text: str, *, name: str) -> list[Chat]:
    try:
        chat = msgspec.json.decode(text, type=Chat)
        return [chat] if chat.messages else msgspec.json.decode(text, type=Account).chats.items
    except (msgspec.MsgspecError, RecursionError) as error:
        raise InputError(f"{name}: looks like a Telegram export, but cannot be read: {error}") from None


def _called(chat: Chat) -> str:
    return (chat.name or "").strip() or f"Telegram {chat.id or ''}".strip()


def _posts(chat: Chat, name: str) -> Iterator[Message]:
    for post in chat.messages:
        if post.type == "message":
            parts = [post.text] if isinstance(post.text, str) else post.text
            text = "".join(part if isinstance(part, str) else part.text for part in parts)
            about = {"author": post.sender, "forwarded_from": post.forwarded_from, "media": post.media_type}
            yield Message(
                key=f"{chat.id}/{post.id}",
                text=text,
                published=_day(post.date),
                where=f"{name}, message {post.id}",
                about={key: value.strip() for key, value in about.items() if value and value != chat.name},
            )


def _day(value: str) -> date | None:
    return day_in(value) if value else None


def _page(data: bytes, *, name: str) -> Iterator[Item]:
    """The messages of an exported page; a message without a sender's name is of the one before."""
    if len(data) > MAX_PAGE:
        raise InputError(f"{name}: more than {MAX_PAGE // 1_000_000} MB in one page; export it as JSON")
    tree = tree_of(decoded(data, name=name).text, name=name)
    header = tree.find_class("page_header")
    chat = " ".join(header[0].text_content().split()) if header else "Telegram"
    yield from documents(_boxes(tree.find_class("message"), chat, name), chat=chat, name=name, derived=_DERIVED)


def _boxes(boxes: list["HtmlElement"], chat: str, name: str) -> Iterator[Message]:
    sender = ""
    for box in boxes:
        if "service" in (box.get("class") or ""):
            continue
        names = [" ".join(found.text_content().split()) for found in box.find_class("from_name")]
        forwarded = bool(box.find_class("forwarded"))
        sender = names[0] if names and not (forwarded and len(names) == 1) else sender
        texts = [_words(found) for found in box.find_class("text") if found.getparent() is not None]
        stamp = next((found.get("title") or "" for found in box.find_class("date")), "")
        about = {"author": sender if sender != chat else "", "forwarded_from": names[-1] if forwarded and names else ""}
        number = (box.get("id") or "").removeprefix("message")
        yield Message(
            key=number,
            text="\n".join(texts),
            published=_day(stamp),
            where=f"{name}, message {number}",
            about=about,
        )


def _words(element: "HtmlElement") -> str:
    """The text of a message, its line breaks as they are."""
    parts = [element.text or ""]
    for child in element.iterdescendants():
        parts.append("\n" if child.tag == "br" else child.text or "")
        parts.append(child.tail or "")
    return "".join(parts).strip()
