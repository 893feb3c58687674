"""A mandate begins on a day, and both sides are told when it runs out."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NEW = (
    ("starts_on", sa.Date()),
    ("end_announced_at", sa.DateTime(timezone=True)),
    ("told_of_end_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Make it true."""
    for name, kind in NEW:
        op.add_column("mandate", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    """Take it back."""
    for name, _kind in reversed(NEW):
        op.drop_column("mandate", name)
