"""An upgrade is never taken back, whoever writes to the table: no way leads back to a password only."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TAKEN_BACK = (
    "(OLD.upgraded_at IS NOT NULL AND NEW.upgraded_at IS NULL)"
    " OR (OLD.factor_since IS NOT NULL AND NEW.factor_since IS NULL)"
)


def upgrade() -> None:
    """Make it true."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER upgrade_kept BEFORE UPDATE ON app_user WHEN {TAKEN_BACK}"
            " BEGIN SELECT RAISE(ABORT, 'an upgrade is never taken back'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION upgrade_kept() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'an upgrade is never taken back'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER upgrade_kept BEFORE UPDATE ON app_user FOR EACH ROW WHEN ({TAKEN_BACK})"
        " EXECUTE FUNCTION upgrade_kept()"
    )


def downgrade() -> None:
    """Take it back."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER upgrade_kept")
        return
    op.execute("DROP TRIGGER upgrade_kept ON app_user")
    op.execute("DROP FUNCTION upgrade_kept()")
