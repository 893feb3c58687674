"""What was done to several people with one press is kept, and when somebody was last asked again to upgrade."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CHANGES = ("deactivations", "upgrade-reminders")


def upgrade() -> None:
    """Make it true."""
    op.create_table(
        "reminder",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_reminder_user_id_app_user")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_reminder")),
    )
    op.create_table(
        "bulk_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("change", sa.String(length=max(map(len, CHANGES))), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"change IN {CHANGES}", name=op.f("ck_bulk_change_change")),
        sa.ForeignKeyConstraint(["by_id"], ["app_user.id"], name=op.f("fk_bulk_change_by_id_app_user")),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_bulk_change_employer_id_employer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_change")),
        sa.UniqueConstraint("key", name=op.f("uq_bulk_change_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bulk_change_public_id")),
    )
    op.create_index(op.f("ix_bulk_change_employer_id"), "bulk_change", ["employer_id"])
    op.create_table(
        "bulk_change_line",
        sa.Column("bulk_change_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("why_not", sa.String(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["bulk_change_id"], ["bulk_change.id"], name=op.f("fk_bulk_change_line_bulk_change_id_bulk_change")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_bulk_change_line_user_id_app_user")),
        sa.PrimaryKeyConstraint("bulk_change_id", "user_id", name=op.f("pk_bulk_change_line")),
    )


def downgrade() -> None:
    """Take it back."""
    for table in ("bulk_change_line", "bulk_change", "reminder"):
        op.drop_table(table)
