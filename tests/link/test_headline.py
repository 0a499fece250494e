"""Which claim a document is about, and what its incident is called."""

from marsad.link.case import incident_id, make_case
from marsad.link.headline import ranked
from marsad.link.title import titles
from marsad.model import Estimate, Report
from tests.link.made import ARIHA, DAY, IDLIB, claim


def report(name: str, *, lineage: str = "", main: bool = False, **fields: object) -> Report:
    made = claim(name, document=f"of-{name}", **fields)  # type: ignore[arg-type]
    return Report(claim=made, role="reports", lineage=lineage or made.document, published=DAY, main=main)


def test_without_a_headline_the_first_claim_that_happened_is_the_main_one() -> None:
    planned, struck = claim("a", factuality="planned"), claim("b", killed=3)
    assert ranked([planned, struck], []) == [struck, planned]


def test_the_headline_tells_which() -> None:
    strike, arrests = claim("a"), claim("b", event="arrests", place=ARIHA)
    assert ranked([strike, arrests], [claim("h", event="arrests", place=None)])[0] == arrests
    assert ranked([strike, arrests], [claim("h", place=None)])[0] == strike


def test_arrests_for_an_attack_report_the_attack_where_the_headline_names_it() -> None:
    arrests, bombing = claim("a", event="arrests"), claim("b", event="remote_explosive", killed=12)
    headline = [claim("h", event="arrests"), claim("i", event="remote_explosive")]
    assert ranked([arrests, bombing], headline)[0] == bombing
    unrelated = [claim("h", event="arrests"), claim("i", event="remote_explosive", factuality="denied")]
    assert ranked([arrests, bombing], unrelated)[0] == arrests
    assert ranked([arrests, claim("c", event="remote_explosive")], headline)[0] == arrests


def test_a_figure_of_the_headline_tells_two_strikes_apart() -> None:
    first, second = claim("a", killed=4), claim("b", place=ARIHA, killed=30)
    assert ranked([first, second], [claim("h", place=None, killed=30)])[0] == second


def test_an_incident_is_called_after_its_first_report_whatever_comes_later() -> None:
    reports = [report("b"), report("a"), report("c")]
    case = make_case(reports, made_by=("a", "b", "c"), reasons={})
    assert case.id == incident_id("a")
    assert [r.claim.id for r in case.reports] == ["a", "b", "c"]
    assert make_case(reports[::-1], made_by=("c", "b", "a"), reasons={}) == case


def test_the_place_most_reports_give_and_no_more_exactly() -> None:
    def place_of(*places: object) -> object:
        reports = [report(f"r{n}", place=place) for n, place in enumerate(places)]
        case = make_case(reports, made_by=tuple(r.claim.id for r in reports), reasons={})
        return case.place and (case.place.name, case.place.precision)

    assert place_of(ARIHA, ARIHA, IDLIB) == ("Ariha", 1)
    assert place_of(IDLIB, IDLIB, IDLIB, ARIHA) == ("Idlib", 4)
    assert place_of(None, None) is None


def test_titles_in_both_languages() -> None:
    case = make_case([report("a")], made_by=("a",), reasons={})
    killed = Estimate(of="killed", whom="all", known="counted", low=4, best=5, high=7)
    english, arabic = titles(case, killed, arabic_place="سراقب")
    assert english == "Air or drone strike, Saraqib, 20 June 2019: 4–7 killed"
    assert arabic == "ضربة جوية أو بطائرة مسيّرة، سراقب، 20 يونيو 2019: عدد القتلى 4–7"
    unknown = Estimate(of="killed", whom="all", known="unknown", low=1)
    assert titles(case, unknown, arabic_place="")[0] == "Air or drone strike, Saraqib, 20 June 2019"
