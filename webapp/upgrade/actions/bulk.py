"""Letters for many people with one press: all that may be written to are, or, if the process dies, none."""

from collections.abc import Collection, Sequence
from typing import NoReturn

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.actions import note_about, write_to
from webapp.accounts.models import User, public_id
from webapp.audit.actions import note
from webapp.audit.events import Event
from webapp.database import insert_unless_there
from webapp.formats import local_day
from webapp.jobs import job, scheduled
from webapp.letters.models import Purpose, Reason
from webapp.letters.working_days import expected_by
from webapp.ports import Outside
from webapp.upgrade.actions.placing import Placed, place_letters
from webapp.upgrade.models import BulkOrder, BulkOrderLine
from webapp.upgrade.screening import of_people

TOLD_AT_ONCE = 50  # e-mails written in one transaction: on SQLite everybody else waits meanwhile


class NotYours(Exception):
    """An order names somebody whom the orderer may not order for, or who does not exist: nothing was ordered."""


def order_for_many(
    db: Session,
    outside: Outside,
    *,
    by: User,
    user_ids: Collection[int],
    employer_id: int | None,
    key: str,
    reason: Reason = Reason.FIRST,
) -> tuple[BulkOrder, bool]:
    """Order a letter for each person who may have one, in one transaction; the people are told by a job.

    ``key`` names the form that was sent: the same key again is the same order, and changes nothing; the second answer
    says whether it is new. ``employer_id`` is the company to which everybody must belong, None at the fund's desk.
    Raises NotYours when somebody does not, or does not exist.
    """
    facts = {"key": key, "ordered_by_id": by.id, "employer_id": employer_id, "ordered_at": outside.now()}
    if not insert_unless_there(db, BulkOrder, public_id=public_id(), **facts):
        db.rollback()
        return placed_with(db, by, key) or _refuse(), False
    order = db.exec(select(BulkOrder).where(BulkOrder.key == key)).one()
    if not everybody_is_there(db, user_ids, employer_id):
        db.rollback()
        raise NotYours
    placed = place_letters(db, outside, user_ids, by=by, reason=reason)
    _remember(db, outside, order, placed, len(set(user_ids)))
    if placed.letters:
        outside.jobs.enqueue(db, tell, order.id or 0)
    db.commit()
    return order, True


def placed_with(db: Session, by: User, key: str) -> BulkOrder | None:
    """The order that ``by`` placed with this key; somebody else's key is as good as unknown."""
    return db.exec(select(BulkOrder).where(BulkOrder.key == key, BulkOrder.ordered_by_id == by.id)).first()


def _refuse() -> NoReturn:
    raise NotYours


def everybody_is_there(db: Session, user_ids: Collection[int], employer_id: int | None) -> bool:
    """Whether each id is a company's user, and, unless ``employer_id`` is None, one of that company."""
    known = of_people(db, user_ids, sa.func.count()).where(col(User.employer_id).is_not(None))
    known = known if employer_id is None else known.where(col(User.employer_id) == employer_id)
    return bool(db.execute(known).scalar_one() == len(set(user_ids)))


def _remember(db: Session, outside: Outside, order: BulkOrder, placed: Placed, people: int) -> None:
    """What became of each person; in the audit one event for all, for each of them has one when they are told."""
    counted = {"letters": placed.letters, "people": people, "order": order.id}
    note(db, outside, Event.LETTERS_ORDERED, by=order.ordered_by_id, employer_id=order.employer_id, **counted)
    found = placed.outcome.subquery()
    lines = sa.select(sa.literal(order.id), found.c.user_id, found.c.letter_id, found.c.refusal)
    db.execute(sa.insert(BulkOrderLine).from_select(["order_id", "user_id", "letter_id", "refusal"], lines))


@job
def tell(db: Session, outside: Outside, order_id: int) -> None:
    """Tell everybody to whom a letter is written, a portion in each transaction; nobody twice, whoever dies."""
    order = db.get(BulkOrder, order_id)
    by = db.get(User, order.ordered_by_id) if order else None
    db.commit()
    if order is None or by is None:
        return
    while claimed := _claim(db, outside, order_id):
        for person in db.exec(select(User).where(col(User.id).in_(claimed)).order_by(col(User.id))).all():
            tell_one(db, outside, person, by)
        db.commit()
    db.rollback()


def _claim(db: Session, outside: Outside, order_id: int) -> Sequence[int]:
    """Some people who are not told yet, marked as told; what is written to them is committed together with the mark."""
    untold = (
        col(BulkOrderLine.order_id) == order_id,
        col(BulkOrderLine.letter_id).is_not(None),
        col(BulkOrderLine.told_at).is_(None),
    )
    some = select(BulkOrderLine.user_id).where(*untold).order_by(col(BulkOrderLine.user_id)).limit(TOLD_AT_ONCE)
    ids = db.exec(some.with_for_update()).all()
    marked = sa.update(BulkOrderLine).where(*untold, col(BulkOrderLine.user_id).in_(ids)).values(told_at=outside.now())
    return db.execute(marked.returning(col(BulkOrderLine.user_id))).scalars().all()


def tell_one(db: Session, outside: Outside, person: User, by: User, purpose: Purpose = Purpose.UPGRADE) -> None:
    """Write to ``person`` that a letter comes, and note it."""
    note_about(db, outside, Event.LETTER_ORDERED, person, by=by, purpose=purpose)
    name = "recovery_ordered" if purpose is Purpose.RECOVERY else "letter_ordered"
    expected = expected_by(local_day(outside.now()), outside.config.fund.canton)
    ordered_by = by.full_name if by.id != person.id else None
    write_to(db, outside, person, name, ordered_by=ordered_by, expected_by=expected)


@scheduled("43 5 * * *")
def tell_the_rest(db: Session, outside: Outside) -> None:
    """Take up again what was given up after a long disturbance."""
    untold = select(BulkOrderLine.order_id).where(
        col(BulkOrderLine.letter_id).is_not(None), col(BulkOrderLine.told_at).is_(None)
    )
    for order_id in db.exec(untold.distinct()).all():
        outside.jobs.enqueue(db, tell, order_id)
    db.commit()
