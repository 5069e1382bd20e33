"""The tables. Moments are texts in UTC of one width, so that they sort in the order of time in both databases."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

# One row: the identity of this journal and the number of its last fact. Whoever writes locks this row first.
journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("epoch", String(36), nullable=False),
    Column("head", BigInteger, nullable=False),
    CheckConstraint("id = 1", name="journal_has_one_row"),
)

events = Table(
    "events",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("type", String(60), nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", String(27), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("body", Text, nullable=False),
)
Index("events_by_subject", events.c.subject, events.c.seq)
Index("events_by_type", events.c.type, events.c.at)

# What is bound to a fact but may be removed when its retention period is over; the fact itself stays. `stage` counts
# how much of it was removed so far.
enclosures = Table(
    "enclosures",
    metadata,
    Column("seq", BigInteger, ForeignKey("events.seq"), primary_key=True, autoincrement=False),
    Column("subject", String(200), nullable=False),
    Column("at", String(27), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("stage", Integer, nullable=False, server_default="0"),
)
Index("enclosures_by_subject", enclosures.c.subject)
Index("enclosures_by_moment", enclosures.c.at)

# The board as one version of the fold had it at some number: saves folding from the beginning at the next start. It can
# be thrown away at any time; `fold` identifies the code that made it, other code does not use it.
checkpoints = Table(
    "checkpoints",
    metadata,
    Column("fold", String(64), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("hospital", String(100), nullable=True),
    Column("region", String(100), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("created_at", String(27), nullable=False),
    Column("disabled_at", String(27), nullable=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_digest", String(64), primary_key=True),
    Column("user", String(100), ForeignKey("accounts.name"), nullable=False),
    Column("created_at", String(27), nullable=False),
    Column("seen_at", String(27), nullable=False),
    Column("idle_until", String(27), nullable=False),
    Column("expires_at", String(27), nullable=False),
    Column("revoked_at", String(27), nullable=True),
)
Index("sessions_by_user", sessions.c.user)
Index("sessions_by_expiry", sessions.c.expires_at)
