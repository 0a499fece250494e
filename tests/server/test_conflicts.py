"""The page of a conflict: it tells in words what one wanted and what another set meanwhile."""

import re
from html import unescape

from tests.server.running import Workbench
from tests.server.test_two_reviewers import OTHER, form, send


def test_two_corrections_of_one_figure_are_told_in_words(own: Workbench) -> None:
    claim = next(
        report.claim
        for one in own.record.incidents()
        for report in one.case.reports
        if any(figure.of == "killed" and figure.low for figure in report.claim.quantities)
    )
    at = next(n for n, one in enumerate(claim.quantities) if one.of == "killed" and one.low)
    one, other = own.client("reviewer"), own.client(OTHER)
    path = one.get(f"/claims/{claim.id}").headers["location"]
    forms = form(one, path, "/correct"), form(other, path, "/correct")

    def figure(count: int) -> dict[str, object]:
        return {f"quantities.{at}.low": count, f"quantities.{at}.high": count, "because": "as the text says"}

    assert send(one, forms[0], **figure(7777)).status_code == 303
    answer = send(other, forms[1], **figure(8888))
    assert answer.status_code == 409
    mine, theirs = (
        " ".join(unescape(re.sub(r"<[^>]*>", " ", part)).split())
        for part in re.findall(
            r'<section class="card" aria-labelledby="(?:mine|theirs)">(.*?)</section>', answer.text, re.S
        )
    )
    assert re.search(r"[^\W\d]+: 8,888$", mine), mine
    assert "killed" not in mine
    assert mine.count(":") == 1
    assert ": 7,777" in theirs
