"""Somebody may do more or less in each part of the portal."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it true."""
    op.add_column("app_user", sa.Column("topics", sa.JSON(), nullable=True))
    op.execute("UPDATE app_user SET topics = '{}'")


def downgrade() -> None:
    """Take it back."""
    op.drop_column("app_user", "topics")  # a batch would make the table anew, without its triggers
