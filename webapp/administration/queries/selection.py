"""Who is ticked."""

import sqlalchemy as sa
from sqlmodel import Session, col

from webapp.accounts.models import User
from webapp.administration.models import Selected
from webapp.administration.queries.matching import of


def selected_ids(db: Session, chooser: User, scope: int | None) -> list[int]:
    """The ids of the people whom ``chooser`` has ticked, in their order; only of the company ``scope``, or of all."""
    mine = sa.select(col(Selected.user_id)).join(User, col(Selected.user_id) == col(User.id))
    mine = mine.where(col(Selected.chooser_id) == chooser.id, *of(scope)).order_by(col(Selected.user_id))
    return list(db.connection().execute(mine).scalars())  # the session would take its time over each of 10,000
