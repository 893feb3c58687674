"""What somebody may do in each part of the portal: decided by an administrator or the fund, told to the person."""

from collections import defaultdict
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlmodel import Session, col

from webapp.accounts.actions.admitting import hold_companies, tell_of
from webapp.accounts.models import User
from webapp.accounts.objections import Objection, to_permit
from webapp.accounts.queries import portions, rights_of, standings
from webapp.accounts.topics import Levels, Rights
from webapp.audit.actions import note
from webapp.audit.events import Event
from webapp.ports import Outside


def permit(db: Session, outside: Outside, user: User, levels: Levels, *, by: User) -> Objection | None:
    """From now on ``user`` may do this; counts at once, in every session. Why nothing changed, if so."""
    before = hold_rights(db, [user.id or 0])
    objection = permit_many(db, outside, before, by=by, levels=levels).get(user.id or 0)
    if objection:
        db.rollback()
        return objection
    tell_of(db, outside, user, "permissions_changed", by, changes=before[user.id or 0].told_changes(levels))
    db.commit()
    return None


def hold_rights(db: Session, user_ids: Collection[int]) -> dict[int, Rights]:
    """What these people may do; nobody else changes it until the commit."""
    hold_companies(db, user_ids)
    return rights_of(db, user_ids, hold=True)


def permit_many(
    db: Session, outside: Outside, before: Mapping[int, Rights], *, by: User, levels: Levels
) -> dict[int, Objection]:
    """The same for many, in the caller's transaction and without a word to them; who stays as they are, and why.

    Topics that ``levels`` does not name stay as they are for each person. ``before`` was read while they are held, by
    hold_rights(): of two at once, with different topics, both count.
    """
    stay = to_permit(before, levels)
    change = before.keys() - stay.keys()
    alike = defaultdict[tuple[tuple[str, str], ...], list[int]](list)
    for user_id in change:
        alike[tuple(before[user_id].kept_with(levels).items())].append(user_id)
    for kept, people in alike.items():
        for some in portions(people):
            db.execute(sa.update(User).where(col(User.id).in_(some)).values(topics=dict(kept)))
    for one in standings(db, change):
        for topic, (_was, level) in before[one.id].changes(levels).items():
            about = {"about": one.id, "by": by.id, "employer_id": one.employer_id}
            note(db, outside, Event.RIGHTS_CHANGED, **about, topic=topic, level=level.word)
    return stay
