"""What the program has and what the pages say are the same."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from marsad.cli import main
from tests.support import ROOT

CLI = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for verb in command.list_commands(context):
            found = command.get_command(context, verb)
            assert found is not None
            yield from commands(found, f"{name} {verb}")


EVERY = dict(commands(main, "marsad"))


def section(name: str) -> str:
    """The part of docs/cli.md under the heading of a command."""
    parts = re.split(r"^#+ `(marsad[^`\n]*)`$", CLI, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True)).get(name, "")


def spelling(parameter: click.Parameter) -> str:
    """The long form of an option, the first word of an argument."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return (parameter.metavar or parameter.name or "").split()[0]


@pytest.mark.parametrize("name", EVERY)
def test_every_command_is_documented(name: str) -> None:
    assert section(name), f"docs/cli.md has no heading for `{name}`"


@pytest.mark.parametrize("name", EVERY)
def test_every_option_and_argument_is_documented(name: str) -> None:
    wanted = [
        (
            max(option.opts, key=len)
            if isinstance(option, click.Option)
            else (option.metavar or option.name or "").split()[0]
        )
        for option in EVERY[name].params
    ]
    assert [option for option in wanted if option not in section(name)] == []


@pytest.mark.parametrize("name", EVERY)
def test_every_command_has_help(name: str) -> None:
    assert EVERY[name].help
    assert all(option.help for option in EVERY[name].params if isinstance(option, click.Option))


def test_no_page_speaks_of_a_command_that_is_not_there() -> None:
    for page in PAGES:
        for found in re.findall(r"`marsad ([a-z]+)", page.read_text(encoding="utf-8")):
            assert f"marsad {found}" in EVERY, f"{page.name}: marsad {found}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_make_target_is_in_the_readme_or_contributing() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    assert [target for target in targets if f"make {target}" not in text] == []
