"""After a loss a letter opens the enrolment again; what its code opened belongs to the session it was typed in."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
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
    "day_full",
)
PURPOSE, REFUSAL = "ck_letter_purpose", "ck_bulk_order_line_refusal"
SESSION = "fk_enrolment_ticket_session_id_login_session"


def upgrade() -> None:
    """Make it true."""
    _allow("letter", "purpose", PURPOSE, ("upgrade", "recovery"), before=7)
    _allow("bulk_order_line", "refusal", REFUSAL, (*REFUSALS, "not_upgraded", "fund_staff"))
    with op.batch_alter_table("enrolment_ticket") as table:
        table.add_column(sa.Column("session_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f(SESSION), "login_session", ["session_id"], ["id"])


def downgrade() -> None:
    """Take it back: what was ordered after a loss goes."""
    op.execute("UPDATE enrolment_ticket SET closed_at = expires_at WHERE session_id IS NOT NULL AND closed_at IS NULL")
    with op.batch_alter_table("enrolment_ticket") as table:
        table.drop_constraint(op.f(SESSION), type_="foreignkey")
        table.drop_column("session_id")
    op.execute("DELETE FROM bulk_order_line WHERE refusal IN ('not_upgraded', 'fund_staff')")
    op.execute("DELETE FROM upgrade_code WHERE letter_id IN (SELECT id FROM letter WHERE purpose = 'recovery')")
    op.execute("DELETE FROM letter WHERE purpose = 'recovery'")
    _allow("bulk_order_line", "refusal", REFUSAL, REFUSALS)
    _allow("letter", "purpose", PURPOSE, ("upgrade",), before=8)


def _allow(table: str, column: str, check: str, words: tuple[str, ...], before: int = 0) -> None:
    """A column of these words; ``before``: how long it was, where it grows or shrinks with them."""
    some = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(check), type_="check")
        if before:
            lengths = sa.String(before), sa.String(max(map(len, words)))
            batch.alter_column(column, existing_type=lengths[0], type_=lengths[1], existing_nullable=False)
        batch.create_check_constraint(op.f(check), sa.text(f"{column} IN ({some})"))
