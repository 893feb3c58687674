"""A right answer forgives its own session's wrong ones, and nobody else's; pauses are remembered for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it true."""
    op.add_column("attempts", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("challenge", sa.Column("tries_before", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("challenge") as table:
        table.drop_column("tries_before")
    with op.batch_alter_table("attempts") as table:
        table.drop_column("paused_at")
