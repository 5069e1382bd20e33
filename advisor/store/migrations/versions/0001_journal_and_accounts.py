"""The journal with its enclosures, accounts and sessions."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables and give the journal its identity."""
    journal = op.create_table(
        "journal",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("epoch", sa.String(36), nullable=False),
        sa.Column("head", sa.BigInteger, nullable=False),
        sa.CheckConstraint("id = 1", name="journal_has_one_row"),
    )
    op.bulk_insert(journal, [{"id": 1, "epoch": str(uuid.uuid4()), "head": 0}])
    op.create_table(
        "events",
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("type", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("events_by_subject", "events", ["subject", "seq"])
    op.create_index("events_by_type", "events", ["type", "at"])
    op.create_table(
        "enclosures",
        sa.Column("seq", sa.BigInteger, sa.ForeignKey("events.seq"), primary_key=True, autoincrement=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_index("enclosures_by_subject", "enclosures", ["subject"])
    op.create_index("enclosures_by_moment", "enclosures", ["at"])
    op.create_table(
        "accounts",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("hospital", sa.String(100), nullable=True),
        sa.Column("region", sa.String(100), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("disabled_at", sa.String(27), nullable=True),
    )
    op.create_table(
        "sessions",
        sa.Column("token_digest", sa.String(64), primary_key=True),
        sa.Column("user", sa.String(100), sa.ForeignKey("accounts.name"), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("seen_at", sa.String(27), nullable=False),
        sa.Column("idle_until", sa.String(27), nullable=False),
        sa.Column("expires_at", sa.String(27), nullable=False),
        sa.Column("revoked_at", sa.String(27), nullable=True),
    )
    op.create_index("sessions_by_user", "sessions", ["user"])
    op.create_index("sessions_by_expiry", "sessions", ["expires_at"])


def downgrade() -> None:
    """Refuse: facts are never thrown away."""
    raise NotImplementedError("the journal is never taken apart")
