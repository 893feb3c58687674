"""Orders for many people: what one would bring, what one has brought, and how far its e-mails are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.folding import fold
from webapp.accounts.models import Employer, User
from webapp.letters.models import Letter
from webapp.upgrade.candidates import Person, people
from webapp.upgrade.eligibility import Refusal
from webapp.upgrade.models import BulkOrder, BulkOrderLine

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

    people: Sequence[tuple[Person, Refusal | None]]

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


def preview(db: Session, user_ids: Sequence[int], now: datetime) -> Preview:
    """What an order for these people would bring."""
    found = [(person, person.refusal(now)) for person in people(db, user_ids, now)]
    reasons = list(Refusal)
    place = {None: -1} | {why: number for number, why in enumerate(reasons)}
    return Preview(sorted(found, key=lambda one: (place[one[1]], fold(one[0].listed_name), one[0].id)))


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
