"""Enclosures remember how much of them was removed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Begin with nothing removed."""
    op.add_column("enclosures", sa.Column("stage", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    """Refuse: facts are never thrown away."""
    raise NotImplementedError("the journal is never taken apart")
