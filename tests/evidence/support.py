"""What the tests of evidence are made of: captures, documents that were read from them, and an incident."""

from datetime import date
from html import escape, unescape
from pathlib import Path

from marsad.evidence import Evidence, Kept, Read
from marsad.model import Assessment, Captured, Case, Claim, Document, Incident, Report

PERSON = "سليم الخياط"


def captured(number: int, *, text: str = "", status: int | None = 200) -> Captured:
    """What a server answered, or with no status, a file."""
    page = f"<!DOCTYPE html><meta charset=utf-8><title>خبر {number}</title><p>{escape(text or f'نص {number}')}</p>"
    return Captured(
        url=f"https://news.example/{number}?lang=ar" if status else f"C:\\files\\page {number}.html",
        at=f"2026-11-22T10:00:{number % 60:02}.250000Z",
        content=page.encode("utf-8"),
        media_type="text/html",
        status=status,
        request_headers=(("Host", "news.example"), ("User-Agent", "marsad")) if status else (),
        response_headers=(("Content-Type", "text/html; charset=utf-8"), ("X-Cache", f"HIT {number}")) if status else (),
        software="marsad test",
    )


def filled(folder: Path, captures: int = 6) -> tuple[Evidence, list[Kept]]:
    """An evidence folder with so many captures, one by one."""
    evidence = Evidence.create(folder)
    return evidence, [evidence.capture([captured(n)], who="tester")[0] for n in range(captures)]


def text_of(received: Captured, document: Document) -> str:
    """How the texts of these tests are derived from bytes."""
    return unescape(received.content.decode("utf-8").partition("<p>")[2].removesuffix("</p>"))


TEXTS = {
    "one": "قال سليم الخياط إن ثلاثة مدنيين قتلوا في غارة جوية على سوق المدينة. وأضاف أنه رأى الطائرة.",
    "two": "Three civilians were killed in an air strike on the market.",
    "three": "مقتل ثلاثة مدنيين بقصف جوي على السوق، وفق مصدر طبي.",
}


def story(folder: Path) -> tuple[Evidence, Incident, dict[str, Document]]:
    """An incident that three documents tell, with its evidence, among other things in the ledger."""
    evidence, _ = filled(folder, 2)
    documents: dict[str, Document] = {}
    for number, (identity, text) in enumerate(TEXTS.items(), 100):
        (kept,) = evidence.capture([captured(number, text=text, status=None if identity == "three" else 200)], who="t")
        documents[identity] = Document(
            id=identity, text=text, title=f"title {identity}", published=date(2026, 11, 21), captured=kept.content
        )
        read = Read(document=documents[identity], content=kept.content, capture=kept.capture, claims=1)
        evidence.reading([read], who="t")
        evidence.capture([captured(number + 50)], who="another")
    reports = tuple(
        Report(claim=claim(document), role="reports", lineage=document.id) for document in documents.values()
    )
    case = Case(id="i0123456789ab", event="air_drone_strike", reports=reports)
    incident = Incident(case=case, assessment=Assessment(), title_en="Air strike on a market", title_ar="غارة على سوق")
    return evidence, incident, documents


def claim(document: Document) -> Claim:
    """The claim of a document: its first sentence."""
    end = document.text.find(".") + 1 or len(document.text)
    return Claim(
        id=f"claim-{document.id}",
        document=document.id,
        event="air_drone_strike",
        factuality="asserted",
        scope="single",
        trigger=document.text[:4],
        trigger_span=(0, 4),
        evidence=(document.text[:end],),
        evidence_spans=((0, end),),
    )
