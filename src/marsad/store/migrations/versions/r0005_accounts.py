"""Accounts, who is signed in, links to set a password, and attempts to sign in."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_STRING = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """An older record has no accounts; "marsad serve" prints a link by which the first is made."""
    op.create_table(
        "accounts",
        sa.Column("key", _STRING, primary_key=True),
        *(sa.Column(name, _STRING, nullable=False) for name in ("name", "role", "password", "lang")),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("made", _STRING, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("hash", _STRING, primary_key=True),
        sa.Column("account", _STRING, sa.ForeignKey("accounts.key"), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
    )
    op.create_index("sessions_account", "sessions", ["account"])
    op.create_table(
        "invitations",
        sa.Column("hash", _STRING, primary_key=True),
        sa.Column("account", _STRING, nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "attempts",
        sa.Column("key", _STRING, primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
    )
