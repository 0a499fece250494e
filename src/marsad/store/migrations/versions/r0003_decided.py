"""What people decided about single claims: what each decision concerns, and what became of the claims."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_STRING = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Decisions of an older record are about incidents and sources; what they concern is entered."""
    op.create_table(
        "concerns",
        sa.Column("about", _STRING, primary_key=True),
        sa.Column("seq", _NUMBER, sa.ForeignKey("decisions.seq"), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_index("decisions_verb", "decisions", ["verb"])
    op.create_table(
        "revised",
        sa.Column("claim", _NUMBER, sa.ForeignKey("claims.n"), primary_key=True, autoincrement=False),
        sa.Column("state", _STRING, nullable=False),
        sa.Column("added", sa.Boolean, nullable=False),
        sa.Column("record", _STRING),
    )
    connection = op.get_bind()
    insert = sa.text("INSERT INTO concerns (about, seq) VALUES (:about, :seq)")
    for seq, verb, about, value in connection.execute(sa.text("SELECT seq, verb, about, value FROM decisions")).all():
        sides = value.split() if verb in ("merge", "split") else []
        for named in sorted({*json.loads(about), *sides} if verb != "undo" else ()):
            connection.execute(insert, {"about": named, "seq": seq})
