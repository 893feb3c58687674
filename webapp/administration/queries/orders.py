"""Orders for many people: what one would bring, what one has brought, and how far its e-mails are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.models import Employer, User
from webapp.letters.models import Letter
from webapp.upgrade.candidates import Person, people
from webapp.upgrade.eligibility import Refusal
from webapp.upgrade.models import BulkOrder, BulkOrderLine
from webapp.upgrade.screening import left_for, of_people, refusal

ON_A_PAGE = 100
LATEST = 50
SHOWN: tuple[Any, ...] = (
    User.last_name,
    User.first_name,
    Employer.member_number,
    BulkOrderLine.refusal,
    Letter.printed_at,
    Letter.posted_at,
)


@dataclass(frozen=True)
class Preview:
    """What an order would bring now: who gets a letter, then who gets none and why, each part by name."""

    people: Sequence[tuple[int, Refusal | None]]  # by user id

    @property
    def letters(self) -> int:
        """How many get one."""
        return sum(why is None for _, why in self.people)

    @property
    def refused(self) -> Mapping[Refusal, int]:
        """How many get none, by reason; reasons that do not occur are left out."""
        return in_order(Counter(why for _, why in self.people if why))


def in_order(counted: Mapping[Refusal, int]) -> dict[Refusal, int]:
    """By reason, in the order of the rules."""
    return {why: counted[why] for why in Refusal if counted.get(why)}


def preview(db: Session, user_ids: Sequence[int], by: User, now: datetime) -> Preview:
    """What an order of ``by`` for these people would bring."""
    asked = of_people(db, user_ids, col(User.id), refusal(now).label("why"), col(User.search)).subquery()
    place = sa.case({why.value: number for number, why in enumerate(Refusal)}, value=asked.c.why, else_=-1)
    listed = sa.select(asked.c.id, asked.c.why).order_by(place, asked.c.search, asked.c.id)
    found = [(user_id, Refusal(why) if why else None) for user_id, why in db.connection().execute(listed)]
    left = left_for(db, by, now)
    free = [user_id for user_id, why in found if why is None]
    if left is None or left >= len(free):
        return Preview(found)
    first = set(sorted(free)[:left])  # as they would be ordered
    some = [one for one in found if one[0] in first]
    late: list[tuple[int, Refusal | None]] = [(one, Refusal.DAY_FULL) for one in free if one not in first]
    return Preview([*some, *(one for one in found if one[1]), *late])


def shown(db: Session, found: Preview, page: int, now: datetime) -> list[tuple[Person, Refusal | None]]:
    """One page of a preview."""
    some = dict(found.people[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    known = {person.id: person for person in people(db, some, now)}
    return [(known[user_id], why) for user_id, why in some.items() if user_id in known]


@dataclass(frozen=True)
class Placed:
    """What an order has brought, and how far it is; counts of people."""

    order: BulkOrder
    by: str
    letters: int
    told: int
    printed: int
    posted: int
    refused: Mapping[Refusal, int]

    @property
    def everybody(self) -> int:
        """For how many it was placed."""
        return self.letters + sum(self.refused.values())

    @property
    def done(self) -> bool:
        """Whether everybody who gets a letter was told."""
        return self.told == self.letters


def order_with(db: Session, public_id: str, scope: int | None) -> BulkOrder | None:
    """The order behind an address; None for unknown ones and those of another company alike."""
    return db.exec(select(BulkOrder).where(BulkOrder.public_id == public_id, *_in(scope))).first()


def orders(db: Session, scope: int | None) -> list[Placed]:
    """The latest orders of a company, or of all, newest first."""
    latest = select(BulkOrder).where(*_in(scope)).order_by(col(BulkOrder.id).desc()).limit(LATEST)
    return [placed(db, order) for order in db.exec(latest).all()]


def placed(db: Session, order: BulkOrder) -> Placed:
    """What ``order`` has brought."""
    line = BulkOrderLine
    counted = (line.letter_id, line.told_at, Letter.printed_at, Letter.posted_at)
    counts = sa.select(*(sa.func.count(col(one)) for one in counted)).select_from(line)
    lettered = counts.outerjoin(Letter, col(Letter.id) == col(line.letter_id))
    letters, told, printed, posted = db.execute(lettered.where(col(line.order_id) == order.id)).one()
    reasons = sa.select(col(line.refusal), sa.func.count()).where(col(line.order_id) == order.id)
    refused = db.execute(reasons.where(col(line.refusal).is_not(None)).group_by(col(line.refusal))).all()
    by = db.get(User, order.ordered_by_id)
    counts_by_reason = in_order({why: number for why, number in refused if why})
    return Placed(order, by.full_name if by else "", letters, told, printed, posted, counts_by_reason)


def lines(db: Session, order: BulkOrder, page: int) -> Sequence[Any]:
    """One page of an order's people: those without a letter first, then by name."""
    listed = (
        sa.select(*(col(one) for one in SHOWN))
        .select_from(BulkOrderLine)
        .join(User, col(User.id) == col(BulkOrderLine.user_id))
        .outerjoin(Employer, col(Employer.id) == col(User.employer_id))
        .outerjoin(Letter, col(Letter.id) == col(BulkOrderLine.letter_id))
        .where(col(BulkOrderLine.order_id) == order.id)
    )
    by_name = listed.order_by(col(BulkOrderLine.letter_id).is_not(None), col(User.search), col(User.id))
    return db.execute(by_name.limit(ON_A_PAGE).offset((page - 1) * ON_A_PAGE)).all()


def _in(scope: int | None) -> tuple[sa.ColumnElement[bool], ...]:
    return () if scope is None else (col(BulkOrder.employer_id) == scope,)
