"""``marsad sources``: the register of sources, and a person's opinion of one."""

import click

from marsad.assess.sources import RELIABILITY, Standing
from marsad.cli.options import because_option, by_option, decider, format_option, output_option, record_option
from marsad.cli.output import as_table, opened
from marsad.errors import InputError
from marsad.export.record import encode
from marsad.export.screen import isolate, plain

_NUMBERS = ("documents", "incidents", "first", "repeats", "contradicted")


@click.command()
@click.argument("name", metavar="[NAME]", required=False)
@record_option
@click.option("--set", "code", type=click.Choice(list(RELIABILITY)), help="Its reliability, A to F; needs --because.")
@by_option
@because_option
@format_option(("table", "jsonl"))
@output_option
def command(
    name: str | None,
    url: str,
    code: str | None,
    by: str | None,
    because: str,
    form: str | None,
    output: str | None,
) -> None:
    """List the sources, or say how reliable one is.

    With NAME and --set the source NAME gets its reliability in the Admiralty code:

    \b
    A  completely reliable     D  not usually reliable
    B  usually reliable        E  unreliable
    C  fairly reliable         F  reliability cannot be judged

    Beside the code stands what the record shows: documents, incidents, those that it was first to report, documents
    that repeat an earlier one, incidents in which its figures dissent from the rest. The code is a person's opinion,
    kept with name and reason; it is never worked out from these numbers, nor from what is thought of single claims
    ("marsad credibility").

    \b
      marsad sources
      marsad sources "Local agency" --set B --because "confirmed by visits in 2017 and 2018"
    """
    from marsad.record import Record  # the database opens here, not for --help

    if code and not name:
        raise click.UsageError("--set gives one source its code; name it: marsad sources NAME --set CODE")
    if code and not because.strip():
        raise click.UsageError("a code needs a reason; add --because TEXT")
    with Record.open(url) as record, opened(output) as stream:
        if name and code:
            record.source(name, code, who=decider(by), because=because)
        found = [one for one in record.sources() if name in (None, one.source)]
        if name and not found:
            raise InputError(f"{plain(name)}: no document is from this source; marsad sources lists them")
        table = as_table(form, output, stream)
        stream.write("".join(f"{line}\n" for line in (_table(found) if table else map(encode, found))))


def _table(found: list[Standing]) -> list[str]:
    if not found:
        return ["no sources"]
    lines = ["code  " + "  ".join(f"{name:>{len(name)}}" for name in _NUMBERS) + "  source"]
    for one in found:
        numbers = "  ".join(f"{getattr(one, name):>{len(name)},}" for name in _NUMBERS)
        lines.append(f"{one.reliability or '-':<4}  {numbers}  {isolate(one.source) or '(no source given)'}")
    return lines
