"""``marsad``: the way in, and the help that teaches."""

from importlib import import_module
from pkgutil import iter_modules

import click

from marsad import __version__, cli
from marsad.errors import MarsadError

_NOT_VERBS = {"custody", "filters", "ids", "main", "options", "output"}


class Verbs(click.Group):
    """A group whose commands are the modules of ``marsad/cli``; only the one that is called is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return sorted(m.name for m in iter_modules(cli.__path__) if m.name not in _NOT_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The ``command`` of the module ``cmd_name``."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found = import_module(f"{cli.__name__}.{cmd_name}").command
        return found if isinstance(found, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an error that Marsad raises on purpose is one line on stderr and exit code 1."""
        try:
            return super().invoke(ctx)
        except MarsadError as error:
            from marsad.export.screen import plain  # an error may quote an id or a path that someone else wrote

            raise click.ClickException(plain(str(error))) from error


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="marsad %(version)s")
def main() -> None:
    """Marsad reads Arabic and English reporting on armed conflict, and keeps a record of what was reported.

    A claim is one source saying, in one document, that something happened, did not happen, is planned or might
    happen: with who did it to whom, where, when, how many, who says so, and the sentence it rests on.

    \b
    Read an article, a folder, a file of documents, or what is piped in:
      marsad read article.txt --published 2016-06-21
      marsad read articles/ --format jsonl --output claims.jsonl
      cat article.txt | marsad read -

    \b
    Ask why a field has its value:
      marsad read article.txt --explain

    A record joins the claims of many documents into incidents, with a range of killed and injured, a grade, and the
    reason for each; people's decisions are kept beside it.

    \b
    Make a record, put documents into it, see what happened, and why Marsad thinks so:
      marsad init
      marsad add articles/
      marsad incidents --country Syria
      marsad show ID
      marsad why ID

    Everything runs on this machine; nothing is sent anywhere, but to the database that you name.
    """
