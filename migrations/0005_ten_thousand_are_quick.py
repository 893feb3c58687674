"""Searching and sorting 100,000 people is quick, and a company's letters of a day have a limit."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BEFORE = (
    "inactive",
    "already_upgraded",
    "address_incomplete",
    "address_reported",
    "letter_waiting",
    "too_soon",
    "too_many",
)
CHECK = "ck_bulk_order_line_refusal"


def upgrade() -> None:
    """Make it true."""
    _allow((*BEFORE, "day_full"))
    op.create_index("ix_app_user_since", "app_user", ["activated_at", "search", "id"])
    if op.get_bind().dialect.name == "sqlite":
        _index_on_sqlite()
    else:
        _index_on_postgresql()


def downgrade() -> None:
    """Take it back."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER IF EXISTS trigram_{change}")
        op.execute("DROP TABLE IF EXISTS trigram")
    else:
        op.execute("DROP INDEX IF EXISTS trigram_app_user_search")
    op.drop_index("ix_app_user_since", "app_user")
    op.execute("DELETE FROM bulk_order_line WHERE refusal = 'day_full'")
    _allow(BEFORE)


def _allow(words: tuple[str, ...]) -> None:
    some = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table("bulk_order_line") as table:
        table.drop_constraint(op.f(CHECK), type_="check")
        table.create_check_constraint(op.f(CHECK), sa.text(f"refusal IN ({some})"))


def _index_on_sqlite() -> None:
    """Every three letters of ``app_user.search``; a SQLite without FTS5 reads all the people instead."""
    try:
        op.execute(
            "CREATE VIRTUAL TABLE trigram USING fts5"
            "(search, content='app_user', content_rowid='id', tokenize='trigram case_sensitive 1')"
        )
    except sa.exc.OperationalError:
        return
    op.execute("INSERT INTO trigram (trigram) VALUES ('rebuild')")
    gone = "INSERT INTO trigram (trigram, rowid, search) VALUES ('delete', old.id, old.search);"
    new = "INSERT INTO trigram (rowid, search) VALUES (new.id, new.search);"
    for change, done in (("INSERT", new), ("UPDATE OF search", gone + new), ("DELETE", gone)):
        name = f"trigram_{change.partition(' ')[0].lower()}"
        op.execute(f"CREATE TRIGGER {name} AFTER {change} ON app_user BEGIN {done} END")


def _index_on_postgresql() -> None:
    """The same with pg_trgm; a server that has it not, or does not let us, reads all the people instead."""
    try:
        with op.get_bind().begin_nested():
            op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except sa.exc.DBAPIError:
        return
    op.execute("CREATE INDEX trigram_app_user_search ON app_user USING gin (search gin_trgm_ops)")
