"""The versions of the schema, and the way from one to the next (Alembic)."""

from sqlalchemy import Connection

HEAD = "0002"
"""The schema that this Marsad reads and writes."""

OLDER: tuple[str, ...] = ("0001",)
"""Versions of the schema that can be brought up to ``HEAD``."""


def upgrade(connection: Connection) -> None:
    """Bring the schema up to ``HEAD`` within the connection's transaction."""
    from alembic import command  # takes a while to load, and a record that is up to date needs none of it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "marsad.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
