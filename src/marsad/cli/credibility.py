"""``marsad credibility``: a person's opinion of a claim."""

import click

from marsad.assess.sources import CREDIBILITY
from marsad.cli.options import because_needed, by_option, decider, record_option


@click.command()
@click.argument("claim", metavar="CLAIM")
@record_option
@click.option("--set", "code", type=click.Choice(list(CREDIBILITY)), required=True, help="The credibility, 1 to 6.")
@by_option
@because_needed
def command(claim: str, url: str, code: str, by: str | None, because: str) -> None:
    """Say how credible a claim is.

    The claim gets its credibility in the Admiralty code:

    \b
    1  confirmed by other sources      4  doubtful
    2  probably true                   5  improbable
    3  possibly true                   6  truth cannot be judged

    It is your opinion of this one claim, kept with your name and reason, and is never worked out from what is thought
    of its source ("marsad sources"), nor that from this. "marsad show ID" prints the ids of the claims.

    \b
      marsad credibility 9d1f60c2a7b34e58 --set 2 --because "the video shows the crater"
    """
    from marsad.record import Record  # the database opens here, not for --help

    with Record.open(url) as record:
        decision = record.credibility(claim, code, who=decider(by), because=because)
        click.echo(f"claim {claim} has credibility {code}, {CREDIBILITY[code]} (decision {decision.seq})")
