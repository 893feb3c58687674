"""What the register said is kept beside what was changed in the portal, so that neither undoes the other."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it true."""
    op.add_column("app_user", sa.Column("register_said", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("app_user") as table:
        table.drop_column("register_said")
