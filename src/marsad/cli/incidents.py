"""``marsad incidents``: what happened, as the reports tell it together."""

from datetime import date

import click

from marsad.assess.rules import GRADES
from marsad.cli.filters import actor_name, circle, country_code, event_name, in_order
from marsad.cli.options import decider, filter_options, format_option, near_options, output_option, record_option
from marsad.cli.output import write_rows
from marsad.export.incidents import exporters


@click.command()
@record_option
@filter_options
@near_options
@click.option("--grade", type=click.Choice(GRADES), help="Of this grade of civilian harm.")
@click.option("--text", metavar="WORDS", help="With these words, in any form, in its names or its evidence.")
@format_option(exporters())
@output_option
def command(
    url: str,
    country: str | None,
    since: date | None,
    until: date | None,
    event: str | None,
    actor: str | None,
    near: str | None,
    km: float | None,
    grade: str | None,
    text: str | None,
    form: str | None,
    output: str | None,
) -> None:
    """List the incidents of the record, by day.

    An incident is what the claims of many documents amount to when they speak of one happening. Its figures are
    ranges, killed and injured, from the reports that do not repeat each other. Options narrow the list; all must hold.

    In the table "3-5" is a range, "3+" has no end, "?" is what nobody counts, "-" is none reported, "0" is said to be
    none; "4 in 2" are four documents of two lineages, of which each counts once.

    \b
      marsad incidents --country Syria --from 2016-06-01 --to 2016-06-30
      marsad incidents --near سراقب --km 10 --event air_drone_strike
      marsad incidents --actor "Syrian air force" --grade fair --format csv --output strikes.csv
      marsad incidents --text مستشفى --format geojson --output hospitals.geojson

    Then "marsad show ID" prints the evidence of one, "marsad why ID" the reasons.
    """
    from marsad.record import Record  # the database opens here, not for --help
    from marsad.store.incidents import Filter

    in_order(since, until)
    code = country_code(country)
    wanted = Filter(
        country=code,
        since=since,
        until=until,
        event=event_name(event),
        actor=actor_name(actor),
        near=circle(near, km, country=code),
        grade=grade,
        text=text,
    )
    with Record.open(url) as record:
        ids = write_rows(record.incidents(wanted), exporters(), form=form, output=output, thing="incident")
        if output:
            record.custody.exported(what="incidents", ids=ids, file=output, who=decider(None))
