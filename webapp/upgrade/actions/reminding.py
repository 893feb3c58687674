"""People are asked again, by e-mail, to move to the multi-factor login; nobody twice within a few days."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col

from webapp.accounts.actions.admitting import hold_companies
from webapp.accounts.models import User
from webapp.accounts.queries import portions
from webapp.ports import Outside
from webapp.upgrade.models import Reminder
from webapp.upgrade.queries import why_not_remind
from webapp.upgrade.reminders import NotReminded


def remind(db: Session, outside: Outside, user_ids: Collection[int], *, by: User) -> dict[int, NotReminded]:
    """Note it for all who may be asked again; who is not, and why. The caller writes to them, and commits."""
    hold_companies(db, user_ids)
    now = outside.now()
    left_out = why_not_remind(db, user_ids, by, now)
    for some in portions(set(user_ids) - set(left_out)):
        db.execute(sa.delete(Reminder).where(col(Reminder.user_id).in_(some)))
        db.execute(sa.insert(Reminder), [{"user_id": one, "reminded_at": now} for one in some])
    return left_out
