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

# The board as one version of the fold had it at some numbers: saves folding from the beginning, at a start and when one
# looks back. All can be thrown away at any time; `fold` identifies the code that made them, other code does not use
# them. `at` is the moment of the last fact in it.
checkpoints = Table(
    "checkpoints",
    metadata,
    Column("fold", String(64), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
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
    Column("subject", String(400), nullable=False, server_default=""),
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
    Column("pairing", String(36), nullable=False, server_default=""),
)
Index("sessions_by_user", sessions.c.user)
Index("sessions_by_expiry", sessions.c.expires_at)
Index("sessions_by_pairing", sessions.c.pairing)

# The secret is sealed with a key that is not in the database; `last_step` is the time step of the last used code.
second_factors = Table(
    "second_factors",
    metadata,
    Column("name", String(100), ForeignKey("accounts.name"), primary_key=True),
    Column("secret", Text, nullable=False),
    Column("kept_at", String(27), nullable=False),
    Column("last_step", BigInteger, nullable=False, server_default="0"),
)

pairings = Table(
    "pairings",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("code_digest", String(64), nullable=False, unique=True),
    Column("crew", String(100), ForeignKey("accounts.name"), nullable=False),
    Column("device", String(100), nullable=False),
    Column("issued_by", String(100), nullable=False),
    Column("issued_at", String(27), nullable=False),
    Column("expires_at", String(27), nullable=False),
    Column("used_at", String(27), nullable=True),
    Column("ended_at", String(27), nullable=True),
)
Index("pairings_by_issue", pairings.c.issued_at)

# Lines are added and never changed: triggers refuse that, and refuse to drop a line of the past year.
access_log = Table(
    "access_log",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", String(27), nullable=False),
    Column("event", String(60), nullable=False),
    Column("action", String(10), nullable=False),
    Column("user", String(100), nullable=False),
    Column("role", String(20), nullable=False),
    Column("access_point", String(200), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("object", Text, nullable=False),
    Column("concerns", String(100), nullable=False),
    Column("outcome", String(10), nullable=False),
)
Index("access_log_by_user", access_log.c.user, access_log.c.seq)
Index("access_log_by_person", access_log.c.concerns, access_log.c.seq)
Index("access_log_by_object", access_log.c.object, access_log.c.seq)
Index("access_log_by_moment", access_log.c.at)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("source", String(40), nullable=False),
    Column("scopes", String(200), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("hospitals", Text, nullable=False),
    Column("created_at", String(27), nullable=False),
    Column("created_by", String(100), nullable=False),
    Column("expires_at", String(27), nullable=True),
    Column("revoked_at", String(27), nullable=True),
    Column("used_at", String(27), nullable=True),
)
Index("api_keys_by_source", api_keys.c.source)

# Which of several processes polls a source; a lease that ran out is anybody's.
leases = Table(
    "leases",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("holder", String(100), nullable=False),
    Column("until", String(27), nullable=False),
)
