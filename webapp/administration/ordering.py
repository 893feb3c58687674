"""What is ticked becomes an order: looked at, made smaller, and placed once."""

import hashlib
import re
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.models import Employer, User
from webapp.administration.models import Selected
from webapp.administration.queries.matching import of
from webapp.administration.queries.selection import selected_ids
from webapp.ports import Outside
from webapp.upgrade.actions.bulk import NotYours, order_for_many, placed_with
from webapp.upgrade.candidates import AT_ONCE
from webapp.upgrade.models import BulkOrder

PUBLIC_ID = re.compile("[0-9a-f]{32}")


def fingerprint(user_ids: Collection[int]) -> str:
    """The same for the same people: so that nobody is ordered for who was not on the page."""
    return hashlib.sha256(" ".join(map(str, sorted(user_ids))).encode()).hexdigest()


def order_selected(
    db: Session, outside: Outside, *, by: User, scope: int | None, key: str, seen: str
) -> tuple[BulkOrder, bool] | None:
    """Order for everybody whom ``by`` has ticked, and clear the ticks; None when it is not those that were ``seen``.

    The same ``key`` again gives the same order; the second answer says whether it is new.
    """
    ids = selected_ids(db, by, scope)
    earlier = placed_with(db, by, key)  # asked for after the ticks: whoever took them away has left the order
    if earlier or fingerprint(ids) != seen:
        db.rollback()
        return (earlier, False) if earlier else None
    db.execute(sa.delete(Selected).where(col(Selected.chooser_id) == by.id))
    return order_for_many(db, outside, by=by, user_ids=ids, employer_id=scope, key=key)


def order_named(
    db: Session, outside: Outside, *, by: User, scope: int | None, key: str, public_ids: Sequence[str]
) -> tuple[BulkOrder, bool]:
    """Order for the people with these public ids; NotYours when one of them is unknown or beyond ``scope``."""
    ids = ids_of(db, public_ids, scope)
    return order_for_many(db, outside, by=by, user_ids=ids, employer_id=scope, key=key)


def ids_of(db: Session, public_ids: Sequence[str], scope: int | None) -> list[int]:
    """The ids behind public ids; NotYours when one of them is unknown or beyond ``scope``."""
    wanted, found = sorted(set(public_ids)), list[int]()
    if not all(PUBLIC_ID.fullmatch(one) for one in wanted):
        raise NotYours
    for start in range(0, len(wanted), AT_ONCE):
        portion = wanted[start : start + AT_ONCE]
        found += db.execute(sa.select(col(User.id)).where(col(User.public_id).in_(portion), *of(scope))).scalars()
    if len(found) < len(wanted):
        db.rollback()
        raise NotYours
    return found


def remove(db: Session, *, chooser: User, scope: int | None, public_id: str) -> None:
    """Take one tick away, the others stay; NotYours for whoever is unknown or beyond ``scope``."""
    ids = ids_of(db, [public_id], scope)
    db.execute(sa.delete(Selected).where(col(Selected.chooser_id) == chooser.id, col(Selected.user_id).in_(ids)))
    db.commit()


def tick_companies(db: Session, *, chooser: User, numbers: Sequence[str]) -> list[str]:
    """Tick everybody of the companies with these member numbers, and nobody else.

    The numbers that no company has; if there is one, nothing is changed.
    """
    companies: dict[str, int | None] = {}
    for start in range(0, len(numbers), AT_ONCE):
        some = col(Employer.member_number).in_(numbers[start : start + AT_ONCE])
        companies |= dict(db.exec(select(Employer.member_number, Employer.id).where(some)).all())
    unknown = [number for number in numbers if number not in companies]
    if unknown:
        db.rollback()
        return unknown
    db.execute(sa.delete(Selected).where(col(Selected.chooser_id) == chooser.id))
    for company in sorted(filter(None, companies.values())):
        people = sa.select(sa.literal(chooser.id), col(User.id)).where(*of(company))
        db.execute(sa.insert(Selected).from_select(["chooser_id", "user_id"], people))
    db.commit()
    return []
