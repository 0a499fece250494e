"""From which received bytes a document's text was taken, how, and what a page said of it beside."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_STRING = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Older documents came from nowhere that is known: NULL."""
    for name in ("captured", "derived", "about"):
        op.add_column("documents", sa.Column(name, _STRING))
