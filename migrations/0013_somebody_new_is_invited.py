"""What was done to several people with one press is kept, and somebody new is invited by a letter."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PURPOSES = ("upgrade", "recovery")
CHANGES = ("deactivations", "upgrade-reminders")


def upgrade() -> None:
    """Make it true."""
    _allow((*PURPOSES, "invitation"), before=8)
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
    op.execute("DELETE FROM bulk_order_line WHERE letter_id IN (SELECT id FROM letter WHERE purpose = 'invitation')")
    op.execute("DELETE FROM upgrade_code WHERE letter_id IN (SELECT id FROM letter WHERE purpose = 'invitation')")
    op.execute("DELETE FROM letter WHERE purpose = 'invitation'")
    _allow(PURPOSES, before=10)


def _allow(purposes: tuple[str, ...], before: int) -> None:
    """Letters of these purposes; ``before``: how long the column was."""
    lengths = sa.String(before), sa.String(max(map(len, purposes)))
    with op.batch_alter_table("letter") as letter:
        letter.drop_constraint(op.f("ck_letter_purpose"), type_="check")
        letter.alter_column("purpose", existing_type=lengths[0], type_=lengths[1], existing_nullable=False)
        letter.create_check_constraint(op.f("ck_letter_purpose"), sa.text(f"purpose IN {purposes}"))
