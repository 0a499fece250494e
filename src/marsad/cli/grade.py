"""``marsad grade``: the grade of civilian harm of an incident, and setting another."""

import sys

import click

from marsad.assess.rules import GRADES
from marsad.cli.options import because_option, by_option, decider, record_option
from marsad.export.incidents.detail import write_grade
from marsad.export.page import Page


@click.command()
@click.argument("incident", metavar="ID")
@record_option
@click.option("--set", "code", type=click.Choice(GRADES), help="The grade that you give; needs --because.")
@by_option
@because_option
def command(incident: str, url: str, code: str | None, by: str | None, because: str) -> None:
    """Show the grade of an incident, or set another.

    Without --set you see the grade of the incident ID and the rule that gave it.

    \b
    confirmed    a belligerent has accepted responsibility for the harm
    fair         two or more independent reports, with likely actions of a belligerent
    weak         a single source
    contested    competing claims of responsibility
    discounted   those harmed were combatants, or other parties most likely responsible

    The grades are those of Airwars. A grade that a person sets outranks the rules and is kept with name and reason;
    "marsad undo" takes it back.

    \b
      marsad grade i3f0c1b2a4d5e
      marsad grade i3f0c1b2a4d5e --set confirmed --because "the ministry admitted it on 3 May"
    """
    from marsad.record import Record  # the database opens here, not for --help

    if code and not because.strip():
        raise click.UsageError("a grade needs a reason; add --because TEXT")
    with Record.open(url) as record:
        if code:
            record.grade(incident, code, who=decider(by), because=because)
        found = record.incident(incident)
    click.echo(found.id)
    write_grade(Page(sys.stdout, colour=False), found.assessment)
