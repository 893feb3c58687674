"""People are found without accents, and ticked rows are kept on the server."""

import sqlalchemy as sa
from alembic import op

from webapp.accounts.folding import searchable

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FOLDED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
AT_ONCE = 1000


def upgrade() -> None:
    """Make it true."""
    op.add_column("app_user", sa.Column("search", FOLDED, nullable=False, server_default=sa.text("''")))
    _fill(op.get_bind())
    with op.batch_alter_table("app_user", schema=None) as batch_op:
        batch_op.create_index("ix_app_user_list", ["employer_id", "search", "id"], unique=False)
        batch_op.create_index("ix_app_user_search", ["search", "id"], unique=False)
    op.create_table(
        "selected",
        sa.Column("chooser_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["chooser_id"], ["app_user.id"], name=op.f("fk_selected_chooser_id_app_user")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_selected_user_id_app_user")),
        sa.PrimaryKeyConstraint("chooser_id", "user_id", name=op.f("pk_selected")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("selected")
    op.drop_index("ix_app_user_search", table_name="app_user")
    op.drop_index("ix_app_user_list", table_name="app_user")
    op.execute("ALTER TABLE app_user DROP COLUMN search")


def _fill(connection: sa.Connection) -> None:
    people = sa.table("app_user", *(sa.column(name) for name in ("id", "last_name", "first_name", "email", "search")))
    rows = connection.execute(sa.select(people)).mappings().all()
    new = [{"row": r["id"], "found": searchable(r["last_name"], r["first_name"], r["email"])} for r in rows]
    statement = sa.update(people).where(people.c.id == sa.bindparam("row")).values(search=sa.bindparam("found"))
    for start in range(0, len(new), AT_ONCE):
        connection.execute(statement, new[start : start + AT_ONCE])
