"""A person may hold several login methods, with names, and one that is asked for first."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


ADDED = (
    ("enrolment", "name", sa.String(), sa.text("''")),
    ("enrolment", "preferred_at", sa.DateTime(timezone=True), None),
    ("challenge", "onward", sa.String(), sa.text("''")),
    ("login_session", "owes_method", sa.Boolean(), sa.false()),
)


def upgrade() -> None:
    """Make it true."""
    for table, name, kind, usual in ADDED:
        op.add_column(table, sa.Column(name, kind, nullable=usual is None, server_default=usual))


def downgrade() -> None:
    """Take it back."""
    for table, name, _kind, _usual in reversed(ADDED):
        op.drop_column(table, name)
