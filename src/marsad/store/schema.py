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
Index(
    "documents_listed",
    documents.c.published,
    documents.c.source,
    documents.c.lang,
    sqlite_where=text("current"),
    postgresql_where=text("current"),
)
Index("documents_source", documents.c.source, sqlite_where=text("current"), postgresql_where=text("current"))

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
    Column("title_en", STRING, nullable=False),
    Column("title_ar", STRING, nullable=False),
    Column("date_precision", SmallInteger, nullable=False),
    Column("place", STRING, nullable=False),
    Column("precision", SmallInteger),
    Column("radius_km", Double),
    Column("killed_known", STRING, nullable=False),
    Column("killed_low", Integer),
    Column("killed_best", Integer),
    Column("killed_high", Integer),
    Column("injured_known", STRING, nullable=False),
    Column("injured_low", Integer),
    Column("injured_best", Integer),
    Column("injured_high", Integer),
    Column("civilians_known", STRING, nullable=False),
    Column("civilians_low", Integer),
    Column("civilians_best", Integer),
    Column("civilians_high", Integer),
    Column("documents", Integer, nullable=False),
    Column("lineages", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("parties", STRING, nullable=False),
)
Index("incidents_place", incidents.c.lat, incidents.c.lon)
Index("incidents_start", incidents.c.start, incidents.c.id)

incident_records = Table(
    "incident_records",
    metadata,
    Column("incident", STRING, ForeignKey("incidents.id"), primary_key=True),
    Column("record", STRING, nullable=False),
    Column("summand", STRING, nullable=False),
)
"""The whole of each incident, apart from what lists look through; ``summand`` is what totals sum of it."""

incident_sources = Table(
    "incident_sources",
    metadata,
    Column("incident", STRING, ForeignKey("incidents.id"), primary_key=True),
    Column("source", STRING, primary_key=True),
    Column("first", Boolean, nullable=False),
    Column("contradicted", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
Index("incident_sources_source", incident_sources.c.source, incident_sources.c.first, incident_sources.c.contradicted)

members = Table(
    "members",
    metadata,
    Column("claim", NUMBER, primary_key=True, autoincrement=False),
    Column("incident", STRING, ForeignKey("incidents.id"), nullable=False),
    Column("repeats", Boolean, nullable=False),
    Column("dissents", Boolean, nullable=False),
)
Index("members_incident", members.c.incident)

inbox = Table(
    "inbox",
    metadata,
    Column("claim", NUMBER, ForeignKey("claims.n"), primary_key=True, autoincrement=False),
    Column("document", NUMBER, ForeignKey("documents.n"), nullable=False),
    Column("state", STRING, nullable=False),
    Column("doubt", SmallInteger, nullable=False),
    Column("published", STRING, nullable=False),
    Column("event", STRING, nullable=False),
    Column("factuality", STRING, nullable=False),
    Column("lang", STRING, nullable=False),
    Column("country", STRING, nullable=False),
    Column("source", STRING, nullable=False),
    Column("day", STRING, nullable=False),
    Column("reasons", STRING, nullable=False),
    Column("said", BigInteger, nullable=False),
)
Index("inbox_document", inbox.c.document, inbox.c.state)
Index("inbox_doubt", inbox.c.state, inbox.c.doubt.desc(), inbox.c.published.desc(), inbox.c.claim)
Index("inbox_event", inbox.c.event, inbox.c.day)
Index("inbox_published", inbox.c.published.desc(), inbox.c.document, inbox.c.claim)
Index("inbox_facets", inbox.c.state, inbox.c.lang, inbox.c.event, inbox.c.factuality, inbox.c.country)
Index("inbox_source", inbox.c.state, inbox.c.source)

writes = Table("writes", metadata, Column("stamp", STRING, primary_key=True))
"""One row, of another word after every change to what lists show; none before the first."""

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
Index("decisions_verb", decisions.c.verb)

concerns = Table(
    "concerns",
    metadata,
    Column("about", STRING, primary_key=True),
    Column("seq", NUMBER, ForeignKey("decisions.seq"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Which decisions name a claim, a source or, for a claim that was added, a document; an undo names none."""

revised = Table(
    "revised",
    metadata,
    Column("claim", NUMBER, ForeignKey("claims.n"), primary_key=True, autoincrement=False),
    Column("state", STRING, nullable=False),
    Column("added", Boolean, nullable=False),
    Column("record", STRING),
)
"""What people made of a claim of a current document: ``record`` where it is another than was read or added."""

accounts = Table(
    "accounts",
    metadata,
    Column("key", STRING, primary_key=True),
    Column("name", STRING, nullable=False),
    Column("role", STRING, nullable=False),
    Column("password", STRING, nullable=False),
    Column("lang", STRING, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("made", STRING, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("hash", STRING, primary_key=True),
    Column("account", STRING, ForeignKey("accounts.key"), nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
)
Index("sessions_account", sessions.c.account)

invitations = Table(
    "invitations",
    metadata,
    Column("hash", STRING, primary_key=True),
    Column("account", STRING, nullable=False),
    Column("until", BigInteger, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("key", STRING, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last", BigInteger, nullable=False),
)

passing = (sessions, invitations, attempts)
"""What is of the moment, and goes into no backup."""

batches = Table(
    "batches",
    metadata,
    Column("n", NUMBER, primary_key=True, autoincrement=False),
    Column("at", STRING, nullable=False),
    Column("who", STRING, nullable=False),
    Column("name", STRING, nullable=False),
    Column("how", STRING, nullable=False),
    Column("first", STRING, nullable=False),
    Column("second", STRING, nullable=False),
)
"""Documents given to two people to review without seeing each other's work; ``how`` tells how they were picked."""

batch_documents = Table(
    "batch_documents",
    metadata,
    Column("batch", NUMBER, ForeignKey("batches.n"), primary_key=True, autoincrement=False),
    Column("document", STRING, primary_key=True),
    Column("place", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("batch_documents_document", batch_documents.c.document)

judgements = Table(
    "judgements",
    metadata,
    Column("seq", NUMBER, primary_key=True, autoincrement=False),
    Column("at", STRING, nullable=False),
    Column("who", STRING, nullable=False),
    Column("batch", NUMBER, ForeignKey("batches.n"), nullable=False),
    Column("document", STRING, nullable=False),
    Column("verb", STRING, nullable=False),
    Column("about", STRING, nullable=False),
    Column("value", STRING, nullable=False),
    Column("because", STRING, nullable=False),
)
"""What reviewers and adjudicators of a batch did, in order; it bears on the record by decisions only."""
Index("judgements_batch", judgements.c.batch, judgements.c.document)
