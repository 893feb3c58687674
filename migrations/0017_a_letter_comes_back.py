"""A letter that the post could not deliver comes back."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BY = "fk_letter_returned_by_id_app_user"


def upgrade() -> None:
    """Make it true."""
    with op.batch_alter_table("letter") as table:
        table.add_column(sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("returned_by_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f(BY), "app_user", ["returned_by_id"], ["id"])


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("letter") as table:
        table.drop_constraint(op.f(BY), type_="foreignkey")
        table.drop_column("returned_by_id")
        table.drop_column("returned_at")
