"""Several people get the same permissions with one press."""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CHANGES = ("deactivations", "upgrade-reminders")


def upgrade() -> None:
    """Make it true."""
    with op.batch_alter_table("bulk_change") as table:
        table.add_column(sa.Column("topics", sa.JSON(), nullable=True))
        _allow(table, (*CHANGES, "permissions"))


def downgrade() -> None:
    """Take it back."""
    gone = "(SELECT id FROM bulk_change WHERE change = 'permissions')"
    op.execute(f"DELETE FROM bulk_change_line WHERE bulk_change_id IN {gone}")  # noqa: S608 -- no foreign word in it
    op.execute("DELETE FROM bulk_change WHERE change = 'permissions'")
    with op.batch_alter_table("bulk_change") as table:
        table.drop_column("topics")
        _allow(table, CHANGES)


def _allow(table: BatchOperations, changes: tuple[str, ...]) -> None:
    table.drop_constraint(op.f("ck_bulk_change_change"), type_="check")
    table.create_check_constraint(op.f("ck_bulk_change_change"), sa.text(f"change IN {changes}"))
