"""The list in pages. A page is found by the row before or after it, so that the last one is as quick as the first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from webapp.accounts.models import Employer, User
from webapp.administration.models import Selected
from webapp.administration.queries.matching import INACTIVE, NEW, asked_at, matching, of, process
from webapp.administration.wanted import Sort, Wanted
from webapp.database import UtcDateTime
from webapp.upgrade.letter_state import letter_state

AT_ONCE = 1000  # rows of an export fetched together
Keys = tuple[sa.ColumnElement[Any], ...]
Row = sa.Row[Any]
NOW = sa.bindparam("now", type_=UtcDateTime())  # what is asked of every row is built once, and given its time later
CHOOSER = sa.bindparam("chooser", type_=sa.Integer())
SCOPE = sa.bindparam("scope", type_=sa.Integer())
SHOWN = ("public_id", "last_name", "first_name", "email", "language", "activated_at", "deactivated_at")


@dataclass(frozen=True)
class Rows:
    """One page of the list, and whether there is more on either side."""

    people: Sequence[Row]
    earlier: bool
    later: bool


class Shape(NamedTuple):
    """What the statement for a page looks like, whoever is meant."""

    by: Sort
    size: int
    everywhere: bool
    beside: bool  # whether it begins at a row
    upwards: bool


def _keys(first: Any) -> Keys:
    """What the list is sorted by; the name and the id tell apart who is alike."""
    return (*([] if first is None else [first]), col(User.search), col(User.id))


def _company() -> sa.ColumnElement[Any]:
    name = sa.select(col(Employer.name)).where(col(Employer.id) == col(User.employer_id))
    return sa.func.coalesce(name.correlate(User).scalar_subquery(), "")


KEYS: dict[Sort, Keys] = {
    Sort.NAME: _keys(None),
    Sort.EMAIL: _keys(col(User.email)),
    Sort.LANGUAGE: _keys(col(User.language)),
    Sort.STATUS: _keys(sa.case((INACTIVE, 2), (NEW, 1), else_=0)),
    Sort.SINCE: _keys(col(User.activated_at)),
    Sort.PROCESS: _keys(process()),
    Sort.LETTER: _keys(letter_state(NOW)),
    Sort.COMPANY: _keys(_company()),
}
TICKED = sa.exists().where(col(Selected.chooser_id) == CHOOSER, col(Selected.user_id) == col(User.id))
LISTED: sa.Select[Any] = sa.select(
    *(col(getattr(User, name)) for name in SHOWN),
    NEW.label("new_here"),
    process().label("process"),
    letter_state(NOW).label("letter"),
    asked_at().label("asked_at"),
    TICKED.label("ticked"),
)
LISTED_EVERYWHERE = LISTED.add_columns(
    col(Employer.name).label("company"), col(Employer.member_number).label("member_number")
).join(Employer, col(Employer.id) == col(User.employer_id))


def one_page(db: Session, wanted: Wanted, scope: int | None, chooser: User, now: datetime) -> Rows | None:
    """The page that ``wanted`` means; None when it begins at a row that is not in ``scope`` or not at all."""
    anchor = wanted.after or wanted.before
    beside = _at(db, wanted, anchor, scope, now) if anchor else None
    if anchor and beside is None:
        return None
    back = bool(wanted.before or wanted.last)
    shape = Shape(wanted.by, wanted.size, scope is None, bool(anchor), upwards=wanted.from_the_end == back)
    statement = _among(shape, matching(db, wanted, scope, now)) if wanted.filtered else _among_all(shape)
    told = {"now": now, "chooser": chooser.id, "scope": scope} | {
        f"beside{at}": key for at, key in enumerate(beside or ())
    }
    found = db.connection().execute(statement, told).all()
    more, people = len(found) > wanted.size, found[: wanted.size]
    if not back:
        if not people and anchor:  # nobody is left behind the row: the end of the list
            return one_page(db, wanted.at("last", []), scope, chooser, now)
        return Rows(people, earlier=bool(anchor), later=more)
    if wanted.before and not more:  # a whole first page, not the few that were left
        return one_page(db, wanted.at_the_start(), scope, chooser, now)
    return Rows(people[::-1], earlier=more, later=bool(wanted.before))


def is_there(db: Session, wanted: Wanted, scope: int | None) -> bool:
    """Whether the row at which the page begins is in ``scope``; also where it begins at none."""
    anchor = wanted.after or wanted.before
    if not anchor:
        return True
    there = sa.select(col(User.id)).where(col(User.public_id) == anchor, *of(scope))
    return db.connection().execute(there).first() is not None


def all_rows(db: Session, wanted: Wanted, scope: int | None, chooser: User, now: datetime) -> Iterator[Row]:
    """Everybody who matches, in the order of the list."""
    listed = (LISTED_EVERYWHERE if scope is None else LISTED).where(*matching(db, wanted, scope, now))
    ordered = listed.order_by(*_turned(KEYS[wanted.by], upwards=not wanted.from_the_end))
    yield from db.execute(ordered, {"now": now, "chooser": chooser.id}, execution_options={"yield_per": AT_ONCE})


@cache
def _among_all(shape: Shape) -> sa.Select[Any]:
    """The statement where nobody is left out: built once, for it is the one that is asked most."""
    return _among(shape, of(None if shape.everywhere else SCOPE))


def _among(shape: Shape, conditions: Iterable[sa.ColumnElement[bool]]) -> sa.Select[Any]:
    """Everything that is shown, of the page's own people only: what has to be looked up is not for those behind."""
    keys, upwards = KEYS[shape.by], shape.upwards
    meant = sa.select(*(key.label(f"key{place}") for place, key in enumerate(keys))).where(*conditions)
    if shape.beside:
        place = sa.tuple_(*keys)
        values = sa.tuple_(*(sa.bindparam(f"beside{at}", type_=key.type) for at, key in enumerate(keys)))
        meant = meant.where(place > values if upwards else place < values)
    page = meant.order_by(*_turned(keys, upwards=upwards)).limit(shape.size + 1).subquery("meant")
    *_others, number = page.c  # the id is the last key
    listed = LISTED_EVERYWHERE if shape.everywhere else LISTED
    return listed.join(page, number == col(User.id)).order_by(*_turned(page.c, upwards=upwards))


def _turned(keys: Iterable[sa.ColumnElement[Any]], *, upwards: bool) -> list[sa.ColumnElement[Any]]:
    return [key if upwards else key.desc() for key in keys]


def _at(db: Session, wanted: Wanted, public_id: str, scope: int | None, now: datetime) -> Sequence[Any] | None:
    place = sa.select(*KEYS[wanted.by]).where(col(User.public_id) == public_id, *of(scope))
    row = db.connection().execute(place, {"now": now}).first()
    return None if row is None else tuple(row)
