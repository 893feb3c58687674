"""The list in pages. A page is found by the row before or after it, so that the last one is as quick as the first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from webapp.accounts.models import Employer, User
from webapp.administration.models import Selected
from webapp.administration.queries.matching import asked_at, matching, of, process
from webapp.administration.wanted import Sort, Wanted
from webapp.upgrade.letter_state import letter_state

CAP = 10_000  # counted so far and no further
AT_ONCE = 1000  # rows of an export fetched together
Keys = tuple[sa.ColumnElement[Any], ...]
Row = sa.Row[Any]


@dataclass(frozen=True)
class Rows:
    """One page of the list, and whether there is more on either side."""

    people: Sequence[Row]
    earlier: bool
    later: bool


def one_page(db: Session, wanted: Wanted, scope: int | None, chooser: User, now: datetime) -> Rows | None:
    """The page that ``wanted`` means; None when it begins at a row that is not in ``scope`` or not at all."""
    keys = _keys(wanted, now)
    meant = sa.select(*(key.label(f"key{place}") for place, key in enumerate(keys)))
    meant = meant.where(*matching(db, wanted, scope, now))
    anchor = wanted.after or wanted.before
    beside = _at(db, keys, anchor, scope) if anchor else None
    if anchor and beside is None:
        return None
    back = bool(wanted.before or wanted.last)
    upwards = wanted.from_the_end == back
    if beside is not None:
        place = sa.tuple_(*keys)
        values = sa.tuple_(*(sa.literal(value, key.type) for key, value in zip(keys, beside, strict=True)))
        meant = meant.where(place > values if upwards else place < values)
    ordered = meant.order_by(*(key if upwards else key.desc() for key in keys)).limit(wanted.size + 1)
    found = db.execute(_of_these(_listed(scope, now, chooser), ordered.subquery("meant"), upwards=upwards)).all()
    more, people = len(found) > wanted.size, found[: wanted.size]
    if not back:
        if not people and anchor:  # nobody is left behind the row: the end of the list
            return one_page(db, wanted.at("last", []), scope, chooser, now)
        return Rows(people, earlier=bool(anchor), later=more)
    if wanted.before and not more:  # a whole first page, not the few that were left
        return one_page(db, wanted.at_the_start(), scope, chooser, now)
    return Rows(people[::-1], earlier=more, later=bool(wanted.before))


def all_rows(db: Session, wanted: Wanted, scope: int | None, chooser: User, now: datetime) -> Iterator[Row]:
    """Everybody who matches, in the order of the list."""
    keys = (key.desc() if wanted.from_the_end else key for key in _keys(wanted, now))
    listed = _listed(scope, now, chooser).where(*matching(db, wanted, scope, now)).order_by(*keys)
    yield from db.execute(listed, execution_options={"yield_per": AT_ONCE})


def count_of(db: Session, wanted: Wanted, scope: int | None, now: datetime) -> int:
    """How many match; ``CAP`` + 1 stands for more than ``CAP``."""
    some = sa.select(sa.literal(1)).select_from(User).where(*matching(db, wanted, scope, now)).limit(CAP + 1).subquery()
    return db.execute(sa.select(sa.func.count()).select_from(some)).scalar_one()


def _of_these(listed: sa.Select[Any], meant: sa.Subquery, *, upwards: bool) -> sa.Select[Any]:
    """Everything that is shown, of the page's own people only: what has to be looked up is not for those behind."""
    *_keys, number = meant.c  # the id is the last key
    listed = listed.join(meant, number == col(User.id))
    return listed.order_by(*(key if upwards else key.desc() for key in meant.c))


def _listed(scope: int | None, now: datetime, chooser: User) -> sa.Select[Any]:
    ticked = sa.exists().where(col(Selected.chooser_id) == chooser.id, col(Selected.user_id) == col(User.id))
    columns = [col(getattr(User, name)) for name in SHOWN]
    letter, wish = letter_state(now).label("letter"), asked_at().label("asked_at")
    listed = sa.select(*columns, process().label("process"), letter, wish, ticked.label("ticked"))
    if scope is not None:
        return listed
    company: list[Any] = [col(Employer.name).label("company"), col(Employer.member_number).label("member_number")]
    return listed.add_columns(*company).join(Employer, col(Employer.id) == col(User.employer_id))


SHOWN = ("public_id", "last_name", "first_name", "email", "language", "activated_at", "deactivated_at")


def _keys(wanted: Wanted, now: datetime) -> Keys:
    """What the list is sorted by; the name and the id tell apart who is alike."""
    by: dict[Sort, Any] = {
        Sort.EMAIL: col(User.email),
        Sort.LANGUAGE: col(User.language),
        Sort.STATUS: sa.case((col(User.deactivated_at).is_(None), 0), else_=1),
        Sort.SINCE: col(User.activated_at),
        Sort.PROCESS: process(),
        Sort.LETTER: letter_state(now),
        Sort.COMPANY: _company(),
    }
    first = (by[wanted.by],) if wanted.by in by else ()
    return (*first, col(User.search), col(User.id))


def _company() -> sa.ColumnElement[Any]:
    name = sa.select(col(Employer.name)).where(col(Employer.id) == col(User.employer_id))
    return sa.func.coalesce(name.correlate(User).scalar_subquery(), "")


def _at(db: Session, keys: Keys, public_id: str, scope: int | None) -> Sequence[Any] | None:
    row = db.execute(sa.select(*keys).where(col(User.public_id) == public_id, *of(scope))).first()
    return None if row is None else tuple(row)
