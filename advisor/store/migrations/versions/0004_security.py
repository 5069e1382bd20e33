"""Second factors, paired devices, and the access log that is only ever added to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TOO_YOUNG = "a line of the access log is kept for at least a year"
UNCHANGED = "the access log is only ever added to"

# Moments are texts like 2026-03-10T14:00:00.000000Z; up to the seconds they compare as they are.
SQLITE = (
    f"""CREATE TRIGGER access_log_unchanged BEFORE UPDATE ON access_log
    BEGIN SELECT RAISE(ABORT, '{UNCHANGED}'); END""",
    f"""CREATE TRIGGER access_log_kept BEFORE DELETE ON access_log
    WHEN OLD.at >= strftime('%Y-%m-%dT%H:%M:%S', 'now', '-1 year')
    BEGIN SELECT RAISE(ABORT, '{TOO_YOUNG}'); END""",
)
POSTGRESQL = (
    f"""CREATE FUNCTION access_log_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.at < to_char((now() AT TIME ZONE 'UTC') - interval '1 year', 'YYYY-MM-DD"T"HH24:MI:SS') THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION '{TOO_YOUNG}';
        END IF;
        RAISE EXCEPTION '{UNCHANGED}';
    END $$""",
    """CREATE TRIGGER access_log_rows BEFORE UPDATE OR DELETE ON access_log
    FOR EACH ROW EXECUTE FUNCTION access_log_guard()""",
    """CREATE TRIGGER access_log_whole BEFORE TRUNCATE ON access_log
    FOR EACH STATEMENT EXECUTE FUNCTION access_log_guard()""",
)


def upgrade() -> None:
    """Begin without second factors, devices and lines."""
    op.add_column("accounts", sa.Column("subject", sa.String(400), nullable=False, server_default=""))
    op.add_column("sessions", sa.Column("pairing", sa.String(36), nullable=False, server_default=""))
    op.create_index("sessions_by_pairing", "sessions", ["pairing"])
    op.create_table(
        "second_factors",
        sa.Column("name", sa.String(100), sa.ForeignKey("accounts.name"), primary_key=True),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("kept_at", sa.String(27), nullable=False),
        sa.Column("last_step", sa.BigInteger, nullable=False, server_default="0"),
    )
    op.create_table(
        "pairings",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("code_digest", sa.String(64), nullable=False, unique=True),
        sa.Column("crew", sa.String(100), sa.ForeignKey("accounts.name"), nullable=False),
        sa.Column("device", sa.String(100), nullable=False),
        sa.Column("issued_by", sa.String(100), nullable=False),
        sa.Column("issued_at", sa.String(27), nullable=False),
        sa.Column("expires_at", sa.String(27), nullable=False),
        sa.Column("used_at", sa.String(27), nullable=True),
        sa.Column("ended_at", sa.String(27), nullable=True),
    )
    op.create_index("pairings_by_issue", "pairings", ["issued_at"])
    _make_access_log()


def _make_access_log() -> None:
    op.create_table(
        "access_log",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("event", sa.String(60), nullable=False),
        sa.Column("action", sa.String(10), nullable=False),
        sa.Column("user", sa.String(100), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("access_point", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("object", sa.Text, nullable=False),
        sa.Column("concerns", sa.String(100), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
    )
    op.create_index("access_log_by_user", "access_log", ["user", "seq"])
    op.create_index("access_log_by_person", "access_log", ["concerns", "seq"])
    op.create_index("access_log_by_object", "access_log", ["object", "seq"])
    op.create_index("access_log_by_moment", "access_log", ["at"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Refuse: facts are never thrown away."""
    raise NotImplementedError("the access log is never taken apart")
