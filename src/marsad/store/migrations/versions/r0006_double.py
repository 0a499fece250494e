"""Documents reviewed by two people, blind to each other, and what they made of them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_STRING = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """An older record has no reviews."""
    op.create_table(
        "batches",
        sa.Column("n", _NUMBER, primary_key=True, autoincrement=False),
        *(sa.Column(name, _STRING, nullable=False) for name in ("at", "who", "name", "how", "first", "second")),
    )
    op.create_table(
        "batch_documents",
        sa.Column("batch", _NUMBER, sa.ForeignKey("batches.n"), primary_key=True, autoincrement=False),
        sa.Column("document", _STRING, primary_key=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("batch_documents_document", "batch_documents", ["document"])
    op.create_table(
        "judgements",
        sa.Column("seq", _NUMBER, primary_key=True, autoincrement=False),
        *(sa.Column(name, _STRING, nullable=False) for name in ("at", "who")),
        sa.Column("batch", _NUMBER, sa.ForeignKey("batches.n"), nullable=False),
        *(sa.Column(name, _STRING, nullable=False) for name in ("document", "verb", "about", "value", "because")),
    )
    op.create_index("judgements_batch", "judgements", ["batch", "document"])
