"""``marsad totals``: what is said of whole campaigns, beside what the incidents sum to."""

from datetime import date

import click

from marsad.cli.filters import actor_name, country_code, event_name, in_order
from marsad.cli.options import decider, filter_options, format_option, output_option, record_option
from marsad.cli.output import write_rows
from marsad.export.totals import exporters


@click.command()
@record_option
@filter_options
@format_option(exporters())
@output_option
def command(
    url: str,
    country: str | None,
    since: date | None,
    until: date | None,
    event: str | None,
    actor: str | None,
    form: str | None,
    output: str | None,
) -> None:
    """List what is said of whole campaigns.

    Totals such as "more than 360 raids since August", campaign by campaign, as they succeed each other. A total is
    never an incident. Beside each stands what the incidents of the same side, place and period sum to, and the gap:
    what the total counts and the record cannot show.

    \b
      marsad totals
      marsad totals --country LY --event air_drone_strike --from 2016-08-01
    """
    from marsad.record import Record  # the database opens here, not for --help
    from marsad.store.totals import Filter

    in_order(since, until)
    wanted = Filter(
        country=country_code(country),
        since=since,
        until=until,
        event=event_name(event),
        actor=actor_name(actor),
    )
    with Record.open(url) as record:
        ids = write_rows(record.totals(wanted), exporters(), form=form, output=output, thing="total")
        if output:
            record.custody.exported(what="totals", ids=ids, file=output, who=decider(None))
