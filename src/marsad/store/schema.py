"""The tables of the record, for SQLite and PostgreSQL alike (docs/store.md draws them).

Rows of one kind are numbered within the record (``n``); the numbers join tables and are never shown. What a person or a
document gave stands in ``documents``, ``claims`` and ``decisions``; everything else is derived and can be made again.
Each database has things of its own, which the migrations make: the index of search, and PostGIS's ``incidents.spot``.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

# Order and comparison by code point, whatever the server's locale: the record reads the same from every database.
STRING = Text().with_variant(Text(collation="C"), "postgresql")
NUMBER = BigInteger().with_variant(Integer(), "sqlite")

documents = Table(
    "documents",
    metadata,
    Column("n", NUMBER, primary_key=True, autoincrement=False),
    Column("id", STRING, nullable=False),
    Column("version", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("sha", STRING, nullable=False),
    Column("added", STRING, nullable=False),
    Column("published", STRING),
    Column("lang", STRING),
    Column("source", STRING, nullable=False),
    Column("title", STRING, nullable=False),
    Column("text", STRING, nullable=False),
    Column("captured", STRING),
    Column("derived", STRING),
    Column("about", STRING),
    UniqueConstraint("id", "version", name="documents_id_version"),
)
Index("documents_current", documents.c.id, unique=True, sqlite_where=text("current"), postgresql_where=text("current"))

prints = Table(
    "prints",
    metadata,
    Column("document", NUMBER, ForeignKey("documents.n"), primary_key=True, autoincrement=False),
    Column("id", STRING, nullable=False),
    Column("lineage", STRING),
    Column("hashes", LargeBinary, nullable=False),
    UniqueConstraint("id", name="prints_id"),
)
Index("prints_lineage", prints.c.lineage)

print_hashes = Table(
    "print_hashes",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("document", NUMBER, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

pairs = Table(
    "pairs",
    metadata,
    Column("a", NUMBER, primary_key=True, autoincrement=False),
    Column("b", NUMBER, primary_key=True, autoincrement=False),
    Column("containment", Double, nullable=False),
    sqlite_with_rowid=False,
)
Index("pairs_b", pairs.c.b)

claims = Table(
    "claims",
    metadata,
    Column("n", NUMBER, primary_key=True, autoincrement=False),
    Column("id", STRING, nullable=False),
    Column("document", NUMBER, ForeignKey("documents.n"), nullable=False),
    Column("seed", STRING, nullable=False),
    Column("record", STRING, nullable=False),
)
Index("claims_id", claims.c.id)
Index("claims_document", claims.c.document)
Index("claims_seed", claims.c.seed)

nodes = Table(
    "nodes",
    metadata,
    Column("claim", NUMBER, ForeignKey("claims.n"), primary_key=True, autoincrement=False),
    Column("id", STRING, nullable=False),
    Column("rank", SmallInteger, nullable=False),
    Column("node", LargeBinary, nullable=False),
    Column("blocks", LargeBinary, nullable=False),
    UniqueConstraint("id", name="nodes_id"),
)

claim_keys = Table(
    "claim_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("claim", NUMBER, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

edges = Table(
    "edges",
    metadata,
    Column("a", NUMBER, primary_key=True, autoincrement=False),
    Column("b", NUMBER, primary_key=True, autoincrement=False),
    Column("score", Double, nullable=False),
    Column("why", STRING, nullable=False),
    sqlite_with_rowid=False,
)
Index("edges_b", edges.c.b)

incidents = Table(
    "incidents",
    metadata,
    Column("id", STRING, primary_key=True),
    Column("event", STRING, nullable=False),
    Column("start", STRING),
    Column("end", STRING),
    Column("country", STRING),
    Column("lat", Double),
    Column("lon", Double),
    Column("grade", STRING),
    Column("actors", STRING, nullable=False),
    Column("words", STRING, nullable=False),
    Column("record", STRING, nullable=False),
)
Index("incidents_place", incidents.c.lat, incidents.c.lon)

members = Table(
    "members",
    metadata,
    Column("claim", NUMBER, primary_key=True, autoincrement=False),
    Column("incident", STRING, ForeignKey("incidents.id"), nullable=False),
)
Index("members_incident", members.c.incident)

totals = Table(
    "totals",
    metadata,
    Column("id", STRING, primary_key=True),
    Column("campaign", STRING, nullable=False),
    Column("event", STRING, nullable=False),
    Column("start", STRING),
    Column("end", STRING),
    Column("country", STRING),
    Column("actors", STRING, nullable=False),
    Column("record", STRING, nullable=False),
)
Index("totals_campaign", totals.c.campaign)

total_members = Table(
    "total_members",
    metadata,
    Column("claim", NUMBER, primary_key=True, autoincrement=False),
    Column("total", STRING, ForeignKey("totals.id"), primary_key=True),
)
Index("total_members_total", total_members.c.total)

decisions = Table(
    "decisions",
    metadata,
    Column("seq", NUMBER, primary_key=True, autoincrement=False),
    Column("at", STRING, nullable=False),
    Column("who", STRING, nullable=False),
    Column("verb", STRING, nullable=False),
    Column("about", STRING, nullable=False),
    Column("value", STRING, nullable=False),
    Column("because", STRING, nullable=False),
)
