"""Pages in the manner of agencies, local outlets, blogs, forums and social exports, with true text, date, title.

A page is a skeleton (``skeletons/*.html``: a site's furniture, with [[places]]) with a story (``stories.txt``), a day
in one style of writing and an encoding, as ``pages.tsv`` says. All texts are written for this project.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from hijridate import Gregorian

FOLDER = Path(__file__).parent
_GULF = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
_LEVANT = "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول".split(",")
_ALGERIA = "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر".split()
_MOROCCO = "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split()
_HIJRI = "محرم,صفر,ربيع الأول,ربيع الآخر,جمادى الأولى,جمادى الآخرة,رجب,شعبان,رمضان,شوال,ذو القعدة,ذو الحجة".split(",")
_ENGLISH = "January February March April May June July August September October November December".split()
_WEEKDAYS = "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split()
_COMMENTS = (
    "الله يرحم الشهداء ويصبر أهلهم، إلى متى هذا الحال؟ نحن نعيش هنا ولا أحد يسمع.",
    "شكراً على النقل. هل من معلومات عن حال الطريق العام الآن؟ أهلي يريدون السفر غداً.",
    "الأرقام غير دقيقة برأيي، جاري يعمل في المشفى وقال غير ذلك، تأكدوا قبل النشر.",
    "حسبنا الله ونعم الوكيل. أرجو من الإدارة تثبيت الموضوع.",
)


@dataclass(frozen=True)
class Page:
    """What a reader is given (``html``, ``url``), and what it should find; ``title`` is empty where there is none.

    ``unseen``: of a layout written last, for which the extraction was not changed.
    """

    name: str
    html: bytes
    url: str
    text: str
    title: str
    published: date
    unseen: bool = False


@cache
def stories() -> list[tuple[str, list[str]]]:
    parts = (FOLDER / "stories.txt").read_text(encoding="utf-8").split("====\n")
    return [(lines[0], lines[1:]) for lines in (part.strip().split("\n") for part in parts)]


def written(day: date, style: str) -> str:
    """A day as a page writes it."""
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    d, m, y, week = day.day, day.month - 1, day.year, _WEEKDAYS[day.weekday()]
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    in_hijri = f"{hijri.day} {_HIJRI[hijri.month - 1]} {hijri.year}"
    return {
        "gulf": f"{d} {_GULF[m]} {y}",
        "weekday": f"{week}، {d} {_GULF[m]} {y} - 18:45",
        "levant": f"{week} {d} {_LEVANT[m]} {y}",
        "dual": f"{d} {_GULF[m]}/{_LEVANT[m]} {y}",
        "bracket": f"{d} {_LEVANT[m]} ({_GULF[m]}) {y}",
        "algeria": f"{week} {d} {_ALGERIA[m]} {y} ,14:20",
        "morocco": f"{d} {_MOROCCO[m]} {y} - 09:05",
        "arabic": f"{d} {_LEVANT[m]}، {y}".translate(arabic),
        "numeric": f"{d:02}/{m + 1:02}/{y} 02:30 م",
        "dashes": f"{d:02}-{m + 1:02}-{y}",
        "dots": f"{d}.{m + 1}.{y}",
        "iso": f"{y}-{m + 1:02}-{d:02} 10:12:00",
        "arabic-numeric": f"{y}/{m + 1}/{d}".translate(arabic),
        "hijri": f"{week} {in_hijri} هـ",
        "both": f"{week} {in_hijri}هـ - {d} {_GULF[m]} {y}م",
        "both-turned": f"{_GULF[m]} {d}, {y} الموافق {in_hijri}".translate(arabic),
        "english": f"{_ENGLISH[m]} {d}, {y}",
        "english-short": f"{d} {_ENGLISH[m][:3]} {y}",
        "month-first": f"{_GULF[m]} {d}, {y} 11:20 ص",
    }[style]


def page(row: str, *, unseen: bool = False) -> Page:
    """The page of one line of ``pages.tsv``: skeleton, story, day, style, encoding, label of the encoding, address."""
    skeleton, number, iso, style, encoding, label, url = (row + "\t" * 6).split("\t")[:7]
    day, index = date.fromisoformat(iso), int(number)
    title, paragraphs = stories()[index]
    source = (FOLDER / "skeletons" / f"{skeleton}.html").read_text(encoding="utf-8")
    wrapper = re.search(r"<!--body (.*?)-->\n?", source, re.S)
    assert wrapper is not None
    after = {int(n): html for n, html in re.findall(r"<!--after (\d+) (.*?)-->\n", source)}
    body = "\n".join(wrapper.group(1).replace("[[p]]", text) + after.get(n, "") for n, text in enumerate(paragraphs, 1))
    html = re.sub(r"<!--(?:body|after|notitle).*?-->\n?", "", source, flags=re.S)
    later = day + timedelta(days=2)
    values = {
        "title": title,
        "body": body,
        "teaser": paragraphs[0][:60],
        "iso": day.isoformat(),
        "date": written(day, style),
        "later": later.isoformat(),
        "laterdate": written(later, style),
        "nowdate": written(date(2024, 3, 9), "levant"),
        "nowyear": "2024",
    }
    for n in range(1, 5):
        other_title, other = stories()[(index + 5 * n) % len(stories())]
        values |= {f"other{n}": other_title, f"teaser{n}": other[0], f"comment{n}": _COMMENTS[(index + n) % 4]}
    html = re.sub(r"\[\[(\w+)\]\]", lambda place: values[place.group(1)], html)
    if label:
        html = re.sub(r"charset=[\"']?[\w-]+", f"charset={label}", html, flags=re.I)
    shown = "" if "<!--notitle-->" in source else title
    name = f"{skeleton}-{number}-{style}-{encoding}"
    address = url or "http://example.org/a/77"
    return Page(name, encoded(html, encoding), address, "\n".join(paragraphs), shown, day, unseen)


def encoded(html: str, encoding: str) -> bytes:
    """The page as bytes; ``entities``: letters as references, ``mixed``: every third line in Windows-1256."""
    if encoding == "entities":
        return html.encode("ascii", "xmlcharrefreplace")
    if encoding == "mixed":
        lines = html.split("\n")
        return b"\n".join(
            line.encode("cp1256", "replace") if n % 3 == 2 else line.encode() for n, line in enumerate(lines)
        )
    return html.encode(encoding or "utf-8", "xmlcharrefreplace")


@cache
def pages() -> list[Page]:
    """All pages of the set."""
    lines = (FOLDER / "pages.tsv").read_text(encoding="utf-8").splitlines()
    last = next(number for number, line in enumerate(lines) if line.startswith("# unseen"))
    rows = [(number, line) for number, line in enumerate(lines) if line and not line.startswith("#")]
    return [page(line, unseen=number > last) for number, line in rows]
