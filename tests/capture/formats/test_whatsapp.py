"""WhatsApp chats as phones of several countries export them."""

from datetime import date
from pathlib import Path

import pytest

from marsad.capture import Notice, read_paths
from marsad.model import Document

SAID = "سقطت قذيفتان على السوق القديم قبل قليل"
AFTER = "الدفاع المدني يعمل في المكان والطريق مقطوع"


def read(tmp_path: Path, text: str, name: str = "_chat.txt") -> tuple[list[Document], list[str]]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with Path("/dev/null").open("rb") as stdin:
        items = list(read_paths([str(path)], stdin=stdin))
    documents = [item for item in items if isinstance(item, Document)]
    notes = [item.message if isinstance(item, Notice) else str(item) for item in items if item not in documents]
    return documents, notes


@pytest.mark.parametrize(
    "text",
    [
        f"[21/06/2016, 10:22:33 AM] راصد: {SAID}\n[13/07/2016, 9:01:00 PM] راصدة: {AFTER}\n",
        f"\u200e[21/06/2016، 10:22:33 ص] راصد: {SAID}\n\u200e[13/07/2016، 9:01:00 م] \u200eراصدة: {AFTER}\n",
        f"21/06/2016, 10:22 - راصد: {SAID}\n13/07/2016, 21:01 - راصدة: {AFTER}\n",
        f"6/21/16, 10:22 AM - راصد: {SAID}\n7/13/16, 9:01 PM - راصدة: {AFTER}\n",
        f"٢١/٦/٢٠١٦، ١٠:٢٢ ص - راصد: {SAID}\n١٣/٧/٢٠١٦، ٩:٠١ م - راصدة: {AFTER}\n",
        f"21.06.16, 10:22 - راصد: {SAID}\n13.07.16, 21:01 - راصدة: {AFTER}\n",
        f"2016/06/21, 10:22 - راصد: {SAID}\n2016/07/13, 21:01 - راصدة: {AFTER}\n",
        f"6/21/16, 10:22\u202fAM - راصد: {SAID}\n7/13/16, 9:01\u202fPM - راصدة: {AFTER}\n",
    ],
)
def test_each_way_of_writing_the_date(tmp_path: Path, text: str) -> None:
    documents, notes = read(tmp_path, text)
    assert [(d.text, d.published, d.about["author"]) for d in documents] == [
        (SAID, date(2016, 6, 21), "راصد"),
        (AFTER, date(2016, 7, 13), "راصدة"),
    ]
    assert notes == []


def test_what_the_program_wrote_is_no_text_and_lines_go_on(tmp_path: Path) -> None:
    documents, notes = read(
        tmp_path,
        "13/06/2016, 10:00 - الرسائل والمكالمات مشفرة تماماً بين الطرفين.\n"
        "13/06/2016, 10:01 - راصد أضاف راصدة\n"
        f"13/06/2016, 10:02 - راصد: {SAID}\nوأصيب ثلاثة: رجلان وامرأة\n"
        "13/06/2016, 10:03 - راصد: <تم استبعاد الوسائط>\n"
        "13/06/2016, 10:04 - راصدة: تم حذف هذه الرسالة\n"
        "13/06/2016, 10:05 - راصدة: نعم\n",
        name="WhatsApp Chat with غرفة الحي.txt",
    )
    assert [d.text for d in documents] == [f"{SAID}\nوأصيب ثلاثة: رجلان وامرأة"]
    assert documents[0].source == "غرفة الحي"
    assert documents[0].called.startswith(f"{tmp_path}/WhatsApp Chat with غرفة الحي.txt, line 3")
    assert [note.rpartition(": ")[2] for note in notes] == [
        "2 messages without text left out",
        "1 messages of fewer than 4 words left out",
    ]


def test_an_order_that_nothing_settles_is_told(tmp_path: Path) -> None:
    (document,), (note,) = read(tmp_path, f"05/06/2016, 10:22 - راصد: {SAID}\n")
    assert document.published == date(2016, 6, 5)
    assert note.endswith("the dates are read day first; if that is wrong, give the day with --published")


def test_an_article_is_no_chat(tmp_path: Path) -> None:
    text = f"21/06/2016 10:22 - دمشق: {SAID}\n{AFTER}"
    documents, _ = read(tmp_path, text.replace("21/06/2016 10:22 - ", "21/06/2016 "), name="a.txt")
    assert len(documents) == 1
    assert documents[0].text.startswith("21/06/2016")
