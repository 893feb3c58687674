"""A code sent by e-mail opens one thing once: a password, a new address, an invitation."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PURPOSES = ("password", "email", "invitation")
OPEN = sa.text("used_at IS NULL AND withdrawn_at IS NULL")


def upgrade() -> None:
    """Make it true."""
    kinds = sa.Enum(*PURPOSES, name="linkpurpose", native_enum=False, create_constraint=True)
    op.create_table(
        "account_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("purpose", kinds, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("new_email", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_account_link_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_link")),
        sa.UniqueConstraint("key", name=op.f("uq_account_link_key")),
    )
    op.create_index(op.f("ix_account_link_user_id"), "account_link", ["user_id"])
    where = {"sqlite_where": OPEN, "postgresql_where": OPEN}
    op.create_index("uq_account_link_open", "account_link", ["user_id", "purpose"], unique=True, **where)
    op.create_table(
        "forgotten_password",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forgotten_password")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("forgotten_password")
    op.drop_table("account_link")
