"""How many people match, ask, and are ticked."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from webapp.accounts.models import User
from webapp.administration.models import Selected
from webapp.administration.queries.matching import asking, matching, of
from webapp.administration.wanted import Wanted

CAP = 10_000  # counted so far and no further
SCOPE = sa.bindparam("scope", type_=sa.Integer())
CHOOSER = sa.bindparam("chooser", type_=sa.Integer())


class Counts(NamedTuple):
    """How many match, and how many ask an administrator for a code; ``CAP`` + 1 stands for more than ``CAP``."""

    found: int
    asking: int  # only where nobody is left out


def counts(db: Session, wanted: Wanted, scope: int | None, now: datetime) -> Counts:
    """What the page tells above the list."""
    if wanted.filtered:
        return Counts(count_of(db, wanted, scope, now), 0)
    found, wishing = db.connection().execute(_everybody(scope is None), {"scope": scope}).one()
    return Counts(found, wishing)


def count_of(db: Session, wanted: Wanted, scope: int | None, now: datetime) -> int:
    """How many match, no further than ``CAP`` + 1."""
    return db.connection().execute(sa.select(_how_many(matching(db, wanted, scope, now)))).scalar_one()


def how_many_ticked(db: Session, chooser: User, scope: int | None) -> int:
    """How many ``chooser`` has ticked."""
    told = {"chooser": chooser.id, "scope": scope}
    return db.connection().execute(_ticked(scope is None), told).scalar_one()


@cache
def _everybody(everywhere: bool) -> sa.Select[int, int]:  # noqa: FBT001 -- by itself
    all_of_them = of(None if everywhere else SCOPE)
    return sa.select(_how_many(all_of_them), _how_many((*all_of_them, asking())))


@cache
def _ticked(everywhere: bool) -> sa.Select[int]:  # noqa: FBT001 -- by itself
    joined = sa.select(sa.func.count()).select_from(Selected).join(User, col(Selected.user_id) == col(User.id))
    return joined.where(col(Selected.chooser_id) == CHOOSER, *of(None if everywhere else SCOPE))


def _how_many(conditions: Iterable[sa.ColumnElement[bool]]) -> sa.ScalarSelect[int]:
    some = sa.select(sa.literal(1)).select_from(User).where(*conditions).limit(CAP + 1).subquery()
    return sa.select(sa.func.count()).select_from(some).scalar_subquery()
