"""The versions of the schema, and the way from one to the next (Alembic)."""

from sqlalchemy import Connection

HEAD = "0006"
"""The schema that this Marsad reads and writes."""

OLDER: tuple[str, ...] = ("0001", "0002", "0003", "0004", "0005")
"""Versions of the schema that can be brought up to ``HEAD``."""

UNLISTED: tuple[str, ...] = ("0001", "0002", "0003")
"""Those of them that kept no columns for lists, which are filled from incidents and claims when they are opened."""


def upgrade(connection: Connection) -> None:
    """Bring the schema up to ``HEAD`` within the connection's transaction."""
    from alembic import command  # takes a while to load, and a record that is up to date needs none of it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "marsad.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
