"""``marsad serve``: the workbench, for a browser on this machine or a team."""

import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import TYPE_CHECKING

import click

from marsad.cli.options import record_option
from marsad.cli.output import say
from marsad.errors import InputError

if TYPE_CHECKING:
    from marsad.record import Record
    from marsad.server.passwords import Passwords
    from marsad.server.settings import Settings

_FILE = click.Path(exists=True, dir_okay=False)


@click.command()
@record_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Which address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="On which port.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name by which browsers call it; repeatable.")
@click.option("--certificate", type=_FILE, help="For https: the certificate and its chain (PEM).")
@click.option("--key", type=_FILE, help="For https: the certificate's private key (PEM).")
@click.option("--behind-proxy", is_flag=True, help="A proxy on this machine does https; needs --name.")
@click.option("--admin", metavar="NAME", help="Print a link by which this admin, made if need be, sets a password.")
@click.option("--demo", is_flag=True, help="Try it: the sample articles, in a record that goes at the end.")
@click.option("--open/--no-open", "opens", default=False, show_default=True, help="Open it in a browser.")
@click.pass_context
def command(
    context: click.Context,
    url: str,
    host: str,
    port: int,
    names: tuple[str, ...],
    certificate: str | None,
    key: str | None,
    behind_proxy: bool,
    admin: str | None,
    demo: bool,
    opens: bool,
) -> None:
    """Serve the workbench, where people read, decide and see.

    It runs until Ctrl-C, and only this machine can reach it unless told otherwise. The first time it prints a link by
    which the first admin is made, who makes the accounts of the others.

    \b
      marsad serve --demo --open                       try it on the sample articles
      marsad serve --db aleppo.db
      marsad serve --host 0.0.0.0 --certificate cert.pem --key key.pem --name marsad.example.org
      marsad serve --behind-proxy --name marsad.example.org

    Needs: pip install 'marsad[serve]'.
    """
    settings_of = _settings_class()
    if bool(certificate) != bool(key):
        raise click.UsageError("https needs both --certificate and --key")
    if behind_proxy and not names:
        raise click.UsageError("--behind-proxy needs --name HOST, the name by which browsers call it")
    if demo and context.get_parameter_source("url") is click.core.ParameterSource.COMMANDLINE:
        raise click.UsageError("--demo makes a record of its own; leave out --db")
    secure = behind_proxy or certificate is not None
    settings = settings_of(
        url=url, host=host, port=port, names=names, secure=secure, behind_proxy=behind_proxy, demo=demo
    )
    with _ended_cleanly(), _place(settings) as placed:
        _run(placed, admin=admin, opens=opens, certificate=certificate, key=key)


def _settings_class() -> "type[Settings]":
    try:
        from marsad.server.app import make_app  # noqa: F401 - FastAPI loads here, not for --help
        from marsad.server.settings import Settings
    except ModuleNotFoundError as error:
        raise InputError(f"the package {error.name} is missing; pip install 'marsad[serve]'") from None
    return Settings


@contextmanager
def _place(settings: "Settings") -> Iterator["Settings"]:
    """The settings with the record that is served; that of a demonstration is gone afterwards."""
    if not settings.demo:
        yield settings
        return
    import secrets
    from dataclasses import replace

    from marsad.server.demo import make

    with TemporaryDirectory(prefix="marsad-demo-", ignore_cleanup_errors=True) as folder:
        url = str(Path(folder) / "marsad.db")
        say("reading the sample articles")
        make(url)
        yield replace(settings, url=url, demo_key=secrets.token_urlsafe(16))


def _run(settings: "Settings", *, admin: str | None, opens: bool, certificate: str | None, key: str | None) -> None:
    from dataclasses import replace

    import uvicorn

    from marsad.server.app import make_app, serving

    with _bound(settings.host, settings.port) as sock:
        settings = replace(settings, port=sock.getsockname()[1])
        app = make_app(settings)
        link = _tell(settings, app.state.record, app.state.passwords, admin=admin)
        more = {"ssl_certfile": certificate, "ssl_keyfile": key} if certificate else {}
        if opens:
            click.launch(link)
        uvicorn.Server(serving(app, **more)).run(sockets=[sock])


def _tell(settings: "Settings", record: "Record", passwords: "Passwords", *, admin: str | None) -> str:
    """Where it is, how to come in, how to stop it; returns the address to open."""
    from marsad.server.signing import Signing

    address, signing = _address(settings), Signing(record, passwords, settings)
    link = address
    click.echo(f"Marsad serves {'a demonstration' if settings.demo else record.name} at {address}")
    if settings.demo:
        link = f"{address}/demo?key={settings.demo_key}"
        click.echo(f"Come in by this link, in any role: {link}")
    elif admin:
        link = f"{address}/setup?token={signing.admin_link(admin)}"
        click.echo(f"{admin} sets a password by this link, once, within {settings.link // 3600} hours: {link}")
    elif token := signing.first_link():
        link = f"{address}/setup?token={token}"
        click.echo(f"There is no admin yet. Make one by this link, once, within an hour: {link}")
    if not settings.local and not settings.secure:
        say(
            "warning: other machines can reach it, and passwords go over the network unprotected. Give --certificate "
            "and --key, or listen on 127.0.0.1 behind a proxy that does https (--behind-proxy)"
        )
    click.echo("Ctrl-C stops it.")
    sys.stdout.flush()
    return link


def _address(settings: "Settings") -> str:
    if settings.behind_proxy:
        return f"https://{settings.names[0]}"
    host = settings.names[0] if settings.names else settings.host
    host = "localhost" if host in ("0.0.0.0", "::") else host
    return f"{'https' if settings.secure else 'http'}://{f'[{host}]' if ':' in host else host}:{settings.port}"


@contextmanager
def _bound(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens; InputError where that cannot be."""
    from marsad.server.app import listening

    try:
        sock = listening(host, port)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{host}:{port}: cannot listen there: {reason}; try another --port or --host") from None
    with sock:
        yield sock


@contextmanager
def _ended_cleanly() -> Iterator[None]:
    """Ctrl-C, and being told to end, run through all that is to be cleaned up."""

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    except KeyboardInterrupt:
        say("stopped")
    finally:
        signal.signal(signal.SIGTERM, before)
