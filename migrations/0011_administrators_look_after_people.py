"""What the register said is kept beside what was changed in the portal, so that neither undoes the other."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it true."""
    op.add_column("app_user", sa.Column("register_said", sa.JSON(), nullable=True))
    op.execute("UPDATE app_user SET register_said = '{}'")


def downgrade() -> None:
    """Take it back."""
    op.drop_column("app_user", "register_said")  # a batch would make the table anew, without its triggers
