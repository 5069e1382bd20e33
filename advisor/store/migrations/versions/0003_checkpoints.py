"""A place for the board as it was at some number."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Begin without a checkpoint: the next one is made soon enough."""
    op.create_table(
        "checkpoints",
        sa.Column("fold", sa.String(64), primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Forget it: the journal tells everything."""
    op.drop_table("checkpoints")
