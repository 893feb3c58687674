"""Who is ticked."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from webapp.accounts.models import User
from webapp.administration.models import Selected
from webapp.administration.queries.matching import of


def selected_ids(db: Session, chooser: User, scope: int | None) -> list[int]:
    """The ids of the people whom ``chooser`` has ticked, in their order; only of the company ``scope``, or of all."""
    ids = _ticked(col(Selected.user_id), chooser, scope).order_by(col(Selected.user_id))
    return list(db.connection().execute(ids).scalars())  # the session would take its time over each of 10,000


def how_many_ticked(db: Session, chooser: User, scope: int | None) -> int:
    """How many ``chooser`` has ticked."""
    return db.execute(_ticked(sa.func.count(), chooser, scope)).scalar_one()


def _ticked(what: Any, chooser: User, scope: int | None) -> sa.Select[Any]:
    mine = sa.select(what).select_from(Selected).join(User, col(Selected.user_id) == col(User.id))
    return mine.where(col(Selected.chooser_id) == chooser.id, *of(scope))
