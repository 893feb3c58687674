"""Letters are ordered for many people at once, and what became of each is remembered."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REFUSALS = (
    "inactive",
    "already_upgraded",
    "address_incomplete",
    "address_reported",
    "letter_waiting",
    "too_soon",
    "too_many",
)


def upgrade() -> None:
    """Make it true."""
    op.create_table(
        "bulk_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("ordered_by_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_bulk_order_employer_id_employer")),
        sa.ForeignKeyConstraint(["ordered_by_id"], ["app_user.id"], name=op.f("fk_bulk_order_ordered_by_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_order")),
        sa.UniqueConstraint("key", name=op.f("uq_bulk_order_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bulk_order_public_id")),
    )
    op.create_index(op.f("ix_bulk_order_employer_id"), "bulk_order", ["employer_id"])
    op.create_table(
        "bulk_order_line",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column(
            "refusal", sa.Enum(*REFUSALS, name="refusal", native_enum=False, create_constraint=True), nullable=True
        ),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_bulk_order_line_letter_id_letter")),
        sa.ForeignKeyConstraint(["order_id"], ["bulk_order.id"], name=op.f("fk_bulk_order_line_order_id_bulk_order")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_bulk_order_line_user_id_app_user")),
        sa.PrimaryKeyConstraint("order_id", "user_id", name=op.f("pk_bulk_order_line")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_bulk_order_line_letter_id")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("bulk_order_line")
    op.drop_index(op.f("ix_bulk_order_employer_id"), "bulk_order")
    op.drop_table("bulk_order")
