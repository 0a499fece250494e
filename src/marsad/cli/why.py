"""``marsad why``: the reason for each join and each figure."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from marsad.cli.ids import Reported, look_up
from marsad.cli.options import output_option, record_option
from marsad.cli.output import has_colour, opened
from marsad.export import totals
from marsad.export.incidents.detail import write_lines
from marsad.export.incidents.reasons import write_reasons, write_why_reported
from marsad.export.page import Page
from marsad.export.pages.decisions import told
from marsad.export.totals.reasons import write_why_total
from marsad.model import Claim, Decision, Incident

if TYPE_CHECKING:
    from marsad.record import Record


@click.command()
@click.argument("identity", metavar="ID")
@record_option
@output_option
def command(identity: str, url: str, output: str | None) -> None:
    """Say why ID is as it is.

    Of an incident: why each claim was joined; each figure with the rule that made it, the claims behind each bound,
    and what became of the other figures; the grade with the rule that fired; and what people decided about it. Of a
    document or a claim: why each field was read as it was, by the name of the rule or lexicon entry, and why it is in
    its incident. Of a total: why its statements are one.

    \b
      marsad why i3f0c1b2a4d5e
      marsad why 9d1f60c2a7b34e58
    """
    from marsad.record import Record  # the database opens here, not for --help

    with Record.open(url) as record, opened(output) as stream:
        found = look_up(record, identity)
        page = Page(stream, colour=has_colour(output, stream))
        if isinstance(found, Reported):
            claims = _explained(found)
            write_why_reported(page, found.document, claims, found.incidents, out=found.out, decided=found.decided)
        elif isinstance(found, Incident):
            write_reasons(page, found)
            _write_decisions(page, record, found)
        else:
            totals.exporters()["table"].open_writer(stream, colour=has_colour(output, stream)).write(found)
            write_why_total(page, found)


def _explained(found: Reported) -> list[Claim]:
    """The claims, those that were read read once more to have their reasons (one that this Marsad does not read any
    more comes without); a field that a person corrected has the decision for its reason."""
    from marsad.pipeline import read_document

    anew = {claim.id: claim.why for claim in read_document(found.document, explain=True)}
    return [replace(claim, why=anew.get(claim.id, {}) | _by_hand(found.decided(claim.id))) for claim in found.claims]


def _by_hand(decisions: Iterable[Decision]) -> dict[str, str]:
    standing = [decision for decision in decisions if not decision.undone]
    found: dict[str, str] = {}
    for one in standing:
        fields = one.content if one.verb == "correct" else ("event",) if one.verb == "add" else ()
        found |= dict.fromkeys(fields, f"decision {one.seq} by {one.who} ({one.verb})")
    return found


def _write_decisions(page: Page, record: "Record", incident: Incident) -> None:
    decided = record.decisions(incident.id)
    if decided:
        page.line()
        page.line("What people decided", style="bold")
        effects = record.effects(decided)
        write_lines(page, (told(one, effects[one.seq]) for one in decided), indent=2)
