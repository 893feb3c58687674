"""Putting the upgrade off, making it effective, and ending what nobody needs or may use any more."""

from collections.abc import Collection

from sqlmodel import Session, col, update

from webapp.accounts.actions import end_other_sessions, note_about, write_to
from webapp.accounts.models import LoginSession, User
from webapp.accounts.queries import portions
from webapp.audit.events import Event
from webapp.database import insert_unless_there
from webapp.login_methods.actions import close_tickets
from webapp.login_methods.method import as_written
from webapp.login_methods.models import EnrolmentTicket
from webapp.login_methods.queries import held_by
from webapp.login_methods.shelf import shelf
from webapp.ports import Outside
from webapp.upgrade import queries
from webapp.upgrade.actions.placing import close_all, close_all_of
from webapp.upgrade.models import Postponement


def postpone(db: Session, outside: Outside, user: User) -> None:
    """Not now: the question rests for a while."""
    now = outside.now()
    if not insert_unless_there(db, Postponement, user_id=user.id, postponed_at=now):
        db.execute(update(Postponement).where(col(Postponement.user_id) == user.id).values(postponed_at=now))
    db.commit()


def close(db: Session, outside: Outside, user: User, session: LoginSession) -> bool:
    """Make the upgrade effective: sign out everywhere else, tell the person. False when there is nothing to close."""
    held = held_by(db, user)
    if not held or user.upgraded:
        return False
    now = outside.now()
    closed = update(User).where(col(User.id) == user.id, col(User.upgraded_at).is_(None)).values(upgraded_at=now)
    if not db.execute(closed).rowcount:  # type: ignore[attr-defined]
        db.rollback()
        return False
    user.upgraded_at = now
    note_about(db, outside, Event.UPGRADED, user, by=user)
    close_all(db, outside, user)  # an administrator may have ordered while the telephone was registered
    end_other_sessions(db, outside, user, but=session)
    process = as_written(shelf()[held[0].method].process)
    write_to(db, outside, user, "upgrade_done", at=now, method=process, shown_as=held[0].shown_as)
    db.commit()
    return True


def close_recovery(db: Session, outside: Outside, user: User) -> bool:
    """Whoever proves the second factor has not lost it: no letter ordered after a loss is of use. Whether one was.

    So a letter that somebody else had ordered, with a stolen password, ends with the holder's next sign-in.
    """
    if not queries.is_recovering(db, user):
        return False
    close_all(db, outside, user)
    close_tickets(db, outside, user)
    note_about(db, outside, Event.RECOVERY_ENDED, user, by=user)
    db.commit()
    return True


def close_for(db: Session, outside: Outside, user_ids: Collection[int], by: User) -> None:
    """Whoever may not come in any more: no code and no ticket opens anything, no letter that waits is printed.

    The caller commits.
    """
    close_all_of(db, outside, user_ids, by=by)
    for some in portions(user_ids):
        open_ones = update(EnrolmentTicket).where(col(EnrolmentTicket.user_id).in_(some))
        open_ones = open_ones.where(col(EnrolmentTicket.closed_at).is_(None))
        db.execute(open_ones.values(closed_at=outside.now()))
