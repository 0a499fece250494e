"""Run by Alembic: the migrations go over the connection, and in the transaction, that the store hands in."""

from alembic import context

from marsad.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
