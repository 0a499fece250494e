"""Telegram chats exported as JSON and as pages."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

from marsad.capture import Notice, read_paths
from marsad.capture.base import Item
from marsad.errors import InputError
from marsad.model import Document

SAID = "غارة جوية على محيط المطار وأنباء عن جرحى"
CHANNEL = {
    "name": "شبكة الميدان",
    "type": "public_channel",
    "id": 9911,
    "messages": [
        {"id": 1, "type": "service", "date": "2020-02-01T08:00:00", "action": "create_channel", "text": ""},
        {
            "id": 2,
            "type": "message",
            "date": "2020-02-03T21:10:55",
            "date_unixtime": "1580764255",
            "from": "شبكة الميدان",
            "from_id": "channel9911",
            "forwarded_from": "مرصد الشمال",
            "text": [SAID, " ", {"type": "hashtag", "text": "#ميدان"}, "\n\nاشترك في قناتنا على تلغرام"],
        },
        {"id": 3, "type": "message", "date": "2020-02-04T00:01:00", "photo": "p.jpg", "text": ""},
        {"id": 4, "type": "message", "date": "2020-02-04T00:02:00", "text": "عاجل"},
    ],
}
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title>
<script src="js/script.js"></script></head><body onload="CheckLocation();"><div class="page_wrap">
<div class="page_header"><div class="content"><div class="text bold">شبكة الميدان</div></div></div>
<div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">3 February 2020</div></div>
<div class="message default clearfix" id="message2"><div class="body">
<div class="pull_right date details" title="03.02.2020 21:10:55 UTC+03:00">21:10</div>
<div class="from_name">شبكة الميدان</div><div class="text">{SAID}<br>والطيران لا يزال في الأجواء</div></div></div>
<div class="message default clearfix joined" id="message3"><div class="body">
<div class="pull_right date details" title="04.02.2020 00:01:00">00:01</div><div class="forwarded body">
<div class="from_name">مرصد الشمال <span class="date details" title="03.02.2020 23:00:00">03.02.2020</span></div>
<div class="text">هدوء حذر يسود الجبهة منذ منتصف الليل</div></div></div></div>
</div></div></div></body></html>"""


def read(path: Path) -> list[Item]:
    return list(read_paths([str(path)], stdin=io.BytesIO()))


@pytest.mark.parametrize("account", [False, True])
def test_json(tmp_path: Path, account: bool) -> None:
    path = tmp_path / "result.json"
    data = {"about": "Here is your data", "chats": {"about": "x", "list": [CHANNEL]}} if account else CHANNEL
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    document, *notes = read(path)
    assert isinstance(document, Document)
    assert document.text == f"{SAID} #ميدان"
    assert (document.source, document.published) == ("شبكة الميدان", date(2020, 2, 3))
    assert document.about == {"forwarded_from": "مرصد الشمال"}
    assert document.origin == f"{path}, message 2"
    assert [note.message.partition(": ")[2] for note in notes if isinstance(note, Notice)] == [
        "1 messages without text left out",
        "1 messages of fewer than 4 words left out",
    ]


def test_page(tmp_path: Path) -> None:
    path = tmp_path / "messages.html"
    path.write_text(PAGE, encoding="utf-8")
    first, second = read(path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.text == f"{SAID}\nوالطيران لا يزال في الأجواء"
    assert (first.source, first.published) == ("شبكة الميدان", date(2020, 2, 3))
    assert (second.text, second.published) == ("هدوء حذر يسود الجبهة منذ منتصف الليل", date(2020, 2, 4))


def test_the_same_message_has_the_same_id_in_each_export(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(CHANNEL), encoding="utf-8")
    again = tmp_path / "again.json"
    again.write_text(json.dumps({**CHANNEL, "messages": CHANNEL["messages"][1:2]}), encoding="utf-8")  # type: ignore[index]
    items = list(read_paths([str(path), str(again)], stdin=io.BytesIO()))
    assert sum(isinstance(item, Document) for item in items) == 1
    assert any(isinstance(item, Notice) and "read before" in item.message for item in items)


def test_a_cut_export_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(CHANNEL)[:-20], encoding="utf-8")
    (error,) = read(path)
    assert isinstance(error, InputError)
    assert "looks like a Telegram export" in str(error)


def test_a_document_is_no_chat(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"text": SAID, "id": "7"}), encoding="utf-8")
    assert [item.id for item in read(path) if isinstance(item, Document)] == ["7"]
