"""A letter that the post could not deliver comes back; who made a code void is known."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NEW = (("letter", "returned_by_id"), ("upgrade_code", "voided_by_id"))


def upgrade() -> None:
    """Make it true."""
    op.add_column("letter", sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))
    for name, column in NEW:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column(column, sa.Integer(), nullable=True))
            table.create_foreign_key(op.f(f"fk_{name}_{column}_app_user"), "app_user", [column], ["id"])


def downgrade() -> None:
    """Take it back."""
    for name, column in reversed(NEW):
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"fk_{name}_{column}_app_user"), type_="foreignkey")
            table.drop_column(column)
    op.drop_column("letter", "returned_at")
