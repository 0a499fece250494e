"""What lists show of incidents and claims in columns of their own, apart from the whole records."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_STRING = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Empty columns and tables; ``versions.upgrade`` has them filled from what the record has."""
    for name, columns in (("listed", ["published", "source", "lang"]), ("source", ["source"])):
        op.create_index(
            f"documents_{name}",
            "documents",
            columns,
            sqlite_where=sa.text("current"),
            postgresql_where=sa.text("current"),
        )
    _records()
    _columns()
    op.create_table(
        "incident_sources",
        sa.Column("incident", _STRING, sa.ForeignKey("incidents.id"), primary_key=True),
        sa.Column("source", _STRING, primary_key=True),
        sa.Column("first", sa.Boolean, nullable=False),
        sa.Column("contradicted", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("incident_sources_source", "incident_sources", ["source", "first", "contradicted"])
    _inbox()
    op.create_table("writes", sa.Column("stamp", _STRING, primary_key=True))
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE sayings USING fts5(words, tokenize='unicode61 remove_diacritics 0')")
        return
    op.execute("CREATE TABLE sayings (claim BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)")
    op.execute("CREATE INDEX sayings_words ON sayings USING gin (words)")


def _records() -> None:
    """The whole of each incident moves into a table of its own, so that lists need not read past it."""
    op.create_table(
        "incident_records",
        sa.Column("incident", _STRING, sa.ForeignKey("incidents.id"), primary_key=True),
        sa.Column("record", _STRING, nullable=False),
        sa.Column("summand", _STRING, nullable=False),
    )
    op.execute("INSERT INTO incident_records (incident, record, summand) SELECT id, record, '' FROM incidents")
    op.drop_column("incidents", "record")


def _columns() -> None:
    def text(table: str, *names: str) -> None:
        for name in names:
            op.add_column(table, sa.Column(name, _STRING, nullable=False, server_default=""))

    def number(table: str, name: str, kind: sa.types.TypeEngine[int]) -> None:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default="0"))

    text("incidents", "title_en", "title_ar")
    number("incidents", "date_precision", sa.SmallInteger())
    text("incidents", "place")
    op.add_column("incidents", sa.Column("precision", sa.SmallInteger))
    op.add_column("incidents", sa.Column("radius_km", sa.Double))
    for figure in ("killed", "injured", "civilians"):
        text("incidents", f"{figure}_known")
        for bound in ("low", "best", "high"):
            op.add_column("incidents", sa.Column(f"{figure}_{bound}", sa.Integer))
    for name in ("documents", "lineages", "claims"):
        number("incidents", name, sa.Integer())
    text("incidents", "parties")
    op.create_index("incidents_start", "incidents", ["start", "id"])
    for name in ("repeats", "dissents"):
        op.add_column("members", sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()))


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("claim", _NUMBER, sa.ForeignKey("claims.n"), primary_key=True, autoincrement=False),
        sa.Column("document", _NUMBER, sa.ForeignKey("documents.n"), nullable=False),
        sa.Column("state", _STRING, nullable=False),
        sa.Column("doubt", sa.SmallInteger, nullable=False),
        *(
            sa.Column(name, _STRING, nullable=False)
            for name in ("published", "event", "factuality", "lang", "country", "source", "day", "reasons")
        ),
        sa.Column("said", sa.BigInteger, nullable=False),
    )
    op.create_index("inbox_document", "inbox", ["document", "state"])
    op.create_index("inbox_doubt", "inbox", ["state", sa.text("doubt DESC"), sa.text("published DESC"), "claim"])
    op.create_index("inbox_event", "inbox", ["event", "day"])
    op.create_index("inbox_published", "inbox", [sa.text("published DESC"), "document", "claim"])
    op.create_index("inbox_facets", "inbox", ["state", "lang", "event", "factuality", "country"])
    op.create_index("inbox_source", "inbox", ["state", "source"])
