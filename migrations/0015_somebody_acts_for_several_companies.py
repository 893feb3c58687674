"""Somebody acts for several companies, each with rights of its own, and chooses among them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

RUNNING = sa.text("ended_at IS NULL")
CHOSEN = "fk_login_session_mandate_id_mandate"


def upgrade() -> None:
    """Make it true."""
    op.create_table(
        "mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_mandate_user_id_app_user")),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_mandate_employer_id_employer")),
        sa.ForeignKeyConstraint(["given_by_id"], ["app_user.id"], name=op.f("fk_mandate_given_by_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mandate_public_id")),
    )
    op.create_index(op.f("ix_mandate_user_id"), "mandate", ["user_id"])
    op.create_index(op.f("ix_mandate_employer_id"), "mandate", ["employer_id"])
    running = {"sqlite_where": RUNNING, "postgresql_where": RUNNING}
    op.create_index("uq_mandate_running", "mandate", ["user_id", "employer_id"], unique=True, **running)
    with op.batch_alter_table("login_session") as table:
        table.add_column(sa.Column("has_mandates", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("mandate_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("chose_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(op.f(CHOSEN), "mandate", ["mandate_id"], ["id"])


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("login_session") as table:
        table.drop_constraint(op.f(CHOSEN), type_="foreignkey")
        for name in ("chose_at", "mandate_id", "has_mandates"):
            table.drop_column(name)
    op.drop_table("mandate")
