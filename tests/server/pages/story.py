"""What tests of the incident pages share: incidents of the samples, forms, documents of one's own."""

import re
from datetime import date
from random import Random

import httpx

from marsad.batch.local import Reading
from marsad.model import Document
from marsad.pipeline import read_document
from marsad.store.incidents import Filter
from marsad.store.lists import IncidentRow
from tests.server.running import Workbench

_WORDS = (
    "river kitchen garden window letter orange bread music winter paper engine basket mirror copper bottle "
    "carpet lemon pencil ladder candle button feather ribbon saddle thread walnut velvet hammer olive barley"
).split()
_SEEN = re.compile(r'action="([^"]*)"(?:(?!</form>).)*?name="seen" value="([^"]*)"', re.DOTALL)


def kunduz(bench: Workbench) -> IncidentRow:
    """The strike on the hospital, which four articles tell of."""
    return bench.record.lists.incidents(Filter(country="AF", event="air_drone_strike"), order="-documents").rows[0]


def other(bench: Workbench) -> IncidentRow:
    """Another incident of the same town and days."""
    found = bench.record.lists.incidents(Filter(country="AF"), order="start").rows
    return next(row for row in found if row.event == "armed_clash")


def seen(client: httpx.Client, id: str, verb: str) -> str:
    """The revision that the form of a verb holds on the page of an incident."""
    forms = dict(_SEEN.findall(client.get(f"/incidents/{id}").text))
    return forms[f"/incidents/{id}/{verb}"]


def claims_of(bench: Workbench, id: str) -> list[str]:
    """The claims of an incident, in the order of its reports."""
    return [report.claim.id for report in bench.record.incident(id).case.reports]


def chatter(seed: int) -> str:
    """Sentences in which nothing happens, others for each seed, so that articles do not pass for copies."""
    drawn = Random(seed)
    return " ".join(f"The {' '.join(drawn.sample(_WORDS, 9))} is {drawn.choice(_WORDS)}." for _ in range(5))


def add(bench: Workbench, *texts: str, source: str = "paper", day: date = date(2016, 6, 21)) -> None:
    """Put articles into the record, each of its own id."""
    made = [
        Document(id=f"{source}-{n}", text=text, lang="en", published=day, title=f"Title {n}", source=source)
        for n, text in enumerate(texts)
    ]
    bench.record.add([Reading(one, tuple(read_document(one))) for one in made])
