"""What would become of several people who are changed together, and what became of them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.models import User
from webapp.accounts.objections import Objection
from webapp.accounts.queries import portions, why_not_deactivate, why_not_permit
from webapp.accounts.topics import Levels
from webapp.administration.change import Change
from webapp.administration.models import BulkChange, BulkChangeLine
from webapp.upgrade.queries import why_not_remind
from webapp.upgrade.reminders import NotReminded

ON_A_PAGE = 100
WHY_NOT: dict[Change, Callable[[Session, Sequence[int], User, datetime, Levels], Mapping[int, StrEnum]]] = {
    Change.DEACTIVATION: lambda db, ids, by, _now, _levels: why_not_deactivate(db, ids, by),
    Change.REMINDER: lambda db, ids, by, now, _levels: why_not_remind(db, ids, by, now),
    Change.PERMISSIONS: lambda db, ids, _by, _now, levels: why_not_permit(db, ids, levels),
}
WORDS: dict[Change, type[StrEnum]] = {
    Change.DEACTIVATION: Objection,
    Change.REMINDER: NotReminded,
    Change.PERMISSIONS: Objection,
}


@dataclass(frozen=True)
class Several:
    """Who is meant, by id and name, and why not: first those to whom it is done."""

    people: Sequence[tuple[int, StrEnum | None]]

    @property
    def done(self) -> int:
        """To how many."""
        return sum(why is None for _, why in self.people)

    @property
    def left_out(self) -> Mapping[StrEnum, int]:
        """How many are left out, by reason."""
        return Counter(why for _, why in self.people if why)


def several(db: Session, change: Change, user_ids: Sequence[int], by: User, now: datetime, levels: Levels) -> Several:
    """What would become of these people now; ``levels``: those of permissions."""
    reasons = WHY_NOT[change](db, user_ids, by, now, levels)
    return Several(_by_name(db, {one: reasons.get(one) for one in user_ids}))


def change_with(db: Session, change: Change, public_id: str, scope: int | None) -> BulkChange | None:
    """What was done, by its address; None for unknown ones and those of another company alike."""
    mine = (BulkChange.employer_id == scope,) if scope is not None else ()
    wanted = select(BulkChange).where(BulkChange.public_id == public_id, BulkChange.change == change)
    return db.exec(wanted.where(*mine)).first()


def became(db: Session, done: BulkChange) -> Several:
    """What became of everybody."""
    lines = db.exec(select(BulkChangeLine).where(BulkChangeLine.bulk_change_id == done.id)).all()
    words = WORDS[done.change]
    return Several(_by_name(db, {line.user_id: words(line.why_not) if line.why_not else None for line in lines}))


def told(db: Session, done: BulkChange) -> int:
    """How many were told by e-mail."""
    counted = sa.select(sa.func.count(col(BulkChangeLine.told_at)))
    return db.execute(counted.where(col(BulkChangeLine.bulk_change_id) == done.id)).scalar_one()


def shown(db: Session, found: Several, page: int) -> list[tuple[User, StrEnum | None]]:
    """One page of them."""
    some = dict(found.people[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    known = {user.id: user for user in db.exec(select(User).where(col(User.id).in_(some)))}
    return [(known[one], why) for one, why in some.items() if one in known]


def _by_name(db: Session, reasons: Mapping[int, StrEnum | None]) -> list[tuple[int, StrEnum | None]]:
    names = sa.select(col(User.id), col(User.search))
    rows = [row for some in portions(list(reasons)) for row in db.execute(names.where(col(User.id).in_(some)))]
    rows.sort(key=lambda row: (reasons[row.id] or "", row.search, row.id))
    return [(row.id, reasons[row.id]) for row in rows]
