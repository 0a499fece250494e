"""The record's first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_STRING = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make all tables, and what each database has of its own."""
    _given()
    _made()
    _copies()
    _links()
    _incidents()
    _totals()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE searchable USING fts5"
            "(title, body, others, content='', tokenize='unicode61 remove_diacritics 0')"
        )
        return
    op.execute("CREATE TABLE searchable (document BIGINT NOT NULL REFERENCES documents (n), words TSVECTOR NOT NULL)")
    op.execute("CREATE INDEX searchable_words ON searchable USING gin (words)")
    op.execute(
        "ALTER TABLE incidents ADD COLUMN spot geography(Point, 4326) GENERATED ALWAYS AS "
        "(ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography) STORED"
    )
    op.execute("CREATE INDEX incidents_spot ON incidents USING gist (spot)")


def _given() -> None:
    """Documents and their versions."""
    op.create_table(
        "documents",
        sa.Column("n", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", _STRING, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("sha", _STRING, nullable=False),
        sa.Column("added", _STRING, nullable=False),
        sa.Column("published", _STRING),
        sa.Column("lang", _STRING),
        sa.Column("source", _STRING, nullable=False),
        sa.Column("title", _STRING, nullable=False),
        sa.Column("text", _STRING, nullable=False),
        sa.PrimaryKeyConstraint("n"),
        sa.UniqueConstraint("id", "version", name="documents_id_version"),
    )
    op.create_index(
        "documents_current",
        "documents",
        ["id"],
        unique=True,
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )


def _made() -> None:
    """What is read in documents, and what people decide."""
    op.create_table(
        "claims",
        sa.Column("n", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", _STRING, nullable=False),
        sa.Column("document", _NUMBER, nullable=False),
        sa.Column("seed", _STRING, nullable=False),
        sa.Column("record", _STRING, nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.n"]),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("claims_document", "claims", ["document"])
    op.create_index("claims_id", "claims", ["id"])
    op.create_index("claims_seed", "claims", ["seed"])
    op.create_table(
        "decisions",
        sa.Column("seq", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", _STRING, nullable=False),
        sa.Column("who", _STRING, nullable=False),
        sa.Column("verb", _STRING, nullable=False),
        sa.Column("about", _STRING, nullable=False),
        sa.Column("value", _STRING, nullable=False),
        sa.Column("because", _STRING, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )


def _copies() -> None:
    """Which documents share passages."""
    op.create_table(
        "prints",
        sa.Column("document", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", _STRING, nullable=False),
        sa.Column("lineage", _STRING),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.n"]),
        sa.PrimaryKeyConstraint("document"),
        sa.UniqueConstraint("id", name="prints_id"),
    )
    op.create_index("prints_lineage", "prints", ["lineage"])
    op.create_table(
        "print_hashes",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document", _NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("hash", "document"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pairs",
        sa.Column("a", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("b", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("containment", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("a", "b"),
        sqlite_with_rowid=False,
    )
    op.create_index("pairs_b", "pairs", ["b"])


def _links() -> None:
    """Which claims tell of one happening."""
    op.create_table(
        "nodes",
        sa.Column("claim", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", _STRING, nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("node", sa.LargeBinary(), nullable=False),
        sa.Column("blocks", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.n"]),
        sa.PrimaryKeyConstraint("claim"),
        sa.UniqueConstraint("id", name="nodes_id"),
    )
    op.create_table(
        "claim_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("claim", _NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "claim"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "edges",
        sa.Column("a", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("b", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("why", _STRING, nullable=False),
        sa.PrimaryKeyConstraint("a", "b"),
        sqlite_with_rowid=False,
    )
    op.create_index("edges_b", "edges", ["b"])


def _incidents() -> None:
    """Incidents and the claims in them."""
    op.create_table(
        "incidents",
        sa.Column("id", _STRING, nullable=False),
        sa.Column("event", _STRING, nullable=False),
        sa.Column("start", _STRING),
        sa.Column("end", _STRING),
        sa.Column("country", _STRING),
        sa.Column("lat", sa.Double()),
        sa.Column("lon", sa.Double()),
        sa.Column("grade", _STRING),
        sa.Column("actors", _STRING, nullable=False),
        sa.Column("words", _STRING, nullable=False),
        sa.Column("record", _STRING, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("incidents_place", "incidents", ["lat", "lon"])
    op.create_table(
        "members",
        sa.Column("claim", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("incident", _STRING, nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"]),
        sa.PrimaryKeyConstraint("claim"),
    )
    op.create_index("members_incident", "members", ["incident"])


def _totals() -> None:
    """Totals and the claims in them."""
    op.create_table(
        "totals",
        sa.Column("id", _STRING, nullable=False),
        sa.Column("campaign", _STRING, nullable=False),
        sa.Column("event", _STRING, nullable=False),
        sa.Column("start", _STRING),
        sa.Column("end", _STRING),
        sa.Column("country", _STRING),
        sa.Column("actors", _STRING, nullable=False),
        sa.Column("record", _STRING, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("totals_campaign", "totals", ["campaign"])
    op.create_table(
        "total_members",
        sa.Column("claim", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("total", _STRING, nullable=False),
        sa.ForeignKeyConstraint(["total"], ["totals.id"]),
        sa.PrimaryKeyConstraint("claim", "total"),
    )
    op.create_index("total_members_total", "total_members", ["total"])
