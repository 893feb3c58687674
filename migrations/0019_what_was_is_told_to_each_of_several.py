"""Each of several people whose permissions are changed together is told what they were."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it true."""
    op.add_column("bulk_change_line", sa.Column("topics_before", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("bulk_change_line", "topics_before")
