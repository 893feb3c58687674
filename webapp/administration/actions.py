"""Ticking people in the list; what is ticked stays so until it is ordered or cleared."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from webapp.accounts.models import User
from webapp.administration.models import Selected
from webapp.administration.queries.matching import matching, of
from webapp.administration.wanted import Wanted


def keep_ticks(db: Session, *, chooser: User, scope: int | None, seen: Sequence[str], ticked: Sequence[str]) -> bool:
    """Of the rows ``seen``, exactly those in ``ticked`` are now selected (public ids); other rows stay as they were.

    False, and nothing is changed, when one of the ids is not in ``scope`` or does not exist.
    """
    ids = _ids(db, {*seen, *ticked}, scope)
    if len(ids) < len({*seen, *ticked}):
        return False
    gone = [ids[one] for one in seen if one not in set(ticked)]
    mine = sa.delete(Selected).where(col(Selected.chooser_id) == chooser.id, col(Selected.user_id).in_(gone))
    db.execute(mine)
    _select(db, chooser, [col(User.id).in_([ids[one] for one in ticked])])
    db.commit()
    return True


def select_all(db: Session, *, chooser: User, scope: int | None, wanted: Wanted, now: datetime) -> None:
    """Everybody who matches is selected, besides those who are."""
    _select(db, chooser, matching(db, wanted, scope, now))
    db.commit()


def clear(db: Session, *, chooser: User) -> None:
    """Nobody is selected any more."""
    db.execute(sa.delete(Selected).where(col(Selected.chooser_id) == chooser.id))
    db.commit()


def _ids(db: Session, public_ids: set[str], scope: int | None) -> dict[str, int]:
    askable = [one for one in public_ids if "\0" not in one]  # no database keeps that character
    found = sa.select(col(User.public_id), col(User.id)).where(col(User.public_id).in_(askable), *of(scope))
    return {public_id: number or 0 for public_id, number in db.execute(found)}


def _select(db: Session, chooser: User, conditions: Sequence[sa.ColumnElement[bool]]) -> None:
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    people = sa.select(sa.literal(chooser.id), col(User.id)).where(*conditions)
    db.execute(dialect.insert(Selected).from_select(["chooser_id", "user_id"], people).on_conflict_do_nothing())
