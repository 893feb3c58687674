"""What happened is kept, and nobody can change it: the database refuses, and a chain of signatures shows who got by."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SHORTER = "NEW.chain <> OLD.chain OR NEW.count < OLD.count OR (NEW.count = OLD.count AND NEW.last <> OLD.last)"
REFUSED = "what happened is never taken back"
TRIGGERS = (  # name, when, table, condition
    ("audit_event_unchanged", "UPDATE", "audit_event", "1 = 1"),
    ("audit_event_kept", "DELETE", "audit_event", "1 = 1"),
    ("audit_chain_grows", "UPDATE", "audit_chain", SHORTER),
    ("audit_chain_kept", "DELETE", "audit_chain", "1 = 1"),
)
TABLES = ("audit_event", "audit_chain")


def upgrade() -> None:
    """Make it true."""
    op.create_table(
        "audit_event",
        sa.Column("chain", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "position", name=op.f("pk_audit_event")),
    )
    op.create_index("ix_audit_event_about", "audit_event", ["about_id", "at"])
    op.create_index("ix_audit_event_at", "audit_event", ["at"])
    op.create_index("ix_audit_event_event", "audit_event", ["event", "at"])
    op.create_table(
        "audit_chain",
        sa.Column("chain", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_audit_chain")),
    )
    (_on_sqlite if op.get_bind().dialect.name == "sqlite" else _on_postgresql)()


def _on_sqlite() -> None:
    for name, when, table, condition in TRIGGERS:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        )


def _on_postgresql() -> None:
    op.execute(
        f"CREATE FUNCTION audit_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
    )
    for name, when, table, condition in TRIGGERS:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW WHEN ({condition})"
            " EXECUTE FUNCTION audit_kept()"
        )
    for table in TABLES:
        op.execute(f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION audit_kept()")


def downgrade() -> None:
    """Take it back: the triggers go with their tables."""
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_kept()")
