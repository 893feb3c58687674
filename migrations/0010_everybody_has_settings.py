"""Everybody has settings of their own, and sees on which devices they are signed in."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

WORDS = ("shown_name", "phone", "notices_off")
CHOICES = ("low_rows", "large_print", "longer_session")


def upgrade() -> None:
    """Make it true."""
    for name in WORDS:
        op.add_column("app_user", sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''")))
    for name in CHOICES:
        op.add_column("app_user", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("letter", sa.Column("large_print", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("login_session", sa.Column("device", sa.String(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("login_session", "device")
    op.drop_column("letter", "large_print")
    for name in (*CHOICES, *WORDS):
        op.drop_column("app_user", name)
