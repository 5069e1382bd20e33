"""Boards are kept for some months instead of only the last, so that the past is folded from near by."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Begin anew: the next start makes what is missing."""
    op.drop_table("checkpoints")
    op.create_table(
        "checkpoints",
        sa.Column("fold", sa.String(64), primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Forget them: the journal tells everything."""
    op.drop_table("checkpoints")
    op.create_table(
        "checkpoints",
        sa.Column("fold", sa.String(64), primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
