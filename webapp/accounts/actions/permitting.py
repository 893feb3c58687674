"""What somebody may do in each part of the portal: decided by an administrator or the fund, told to the person."""

from collections.abc import Mapping

from sqlmodel import Session

from webapp.accounts.actions.admitting import tell_of
from webapp.accounts.actions.noting import note_about
from webapp.accounts.actions.sessions import hold_still
from webapp.accounts.models import User
from webapp.accounts.topics import USUAL, Level, Topic
from webapp.audit.events import Event
from webapp.ports import Outside


def permit(db: Session, outside: Outside, user: User, levels: Mapping[Topic, Level], *, by: User) -> list[Topic]:
    """From now on ``user`` may do this; counts at once, in every session. Which topics changed."""
    hold_still(db, user)
    db.refresh(user)
    before = user.rights
    changed = [topic for topic, level in levels.items() if before.level(topic) is not level]
    if user.administrator or not changed:
        db.rollback()
        return []
    user.topics = {topic: level.word for topic, level in levels.items() if level is not USUAL[topic]}
    for topic in changed:
        note_about(db, outside, Event.RIGHTS_CHANGED, user, by=by, topic=topic, level=levels[topic].word)
    tell_of(db, outside, user, "permissions_changed", by)
    db.commit()
    return changed
