"""What was kept of a login method is erased with it: a number, a key, hashes of codes. Sessions long over go too."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, delete, select, update

from webapp.accounts.actions.tidying import erase
from webapp.accounts.models import LoginSession
from webapp.config import ERASED_AT_ONCE, SESSIONS_KEPT
from webapp.jobs import scheduled
from webapp.login_methods.models import ERASED, Challenge, Enrolment, EnrolmentTicket
from webapp.ports import Outside

ABANDONED = timedelta(days=1)  # no session lasts that long


@scheduled("3 5 * * *")
def forget_abandoned(db: Session, outside: Outside) -> None:
    """Erase, once a day, what was begun and never confirmed, what is still kept of methods that went, and questions."""
    now = outside.now()
    pending = (col(Enrolment.confirmed_at).is_(None), col(Enrolment.removed_at).is_(None))
    begun = update(Enrolment).where(*pending, col(Enrolment.started_at) < now - ABANDONED)
    db.execute(begun.values(removed_at=now, kept=ERASED))
    left = (col(Enrolment.kept) != ERASED) | (col(Enrolment.shown_as) != "") | (col(Enrolment.name) != "")
    gone = update(Enrolment).where(col(Enrolment.removed_at).is_not(None), left)
    db.execute(gone.values(kept=ERASED, shown_as="", name=""))
    db.commit()
    erase(db, Challenge, col(Challenge.expires_at) < now - ABANDONED)  # what was asked, in sessions that are over


@scheduled("19 5 * * *")
def forget_sessions(db: Session, outside: Outside) -> None:
    """Erase what began so long ago that it is over for months, with the questions that were put in it.

    A portion in each transaction; whatever interrupts it, the next night goes on.
    """
    now = outside.now()
    while ids := _sessions_long_over(db, now):
        db.execute(delete(Challenge).where(col(Challenge.session_id).in_(ids)))
        tickets = update(EnrolmentTicket).where(col(EnrolmentTicket.session_id).in_(ids))
        db.execute(tickets.values(session_id=None, closed_at=sa.func.coalesce(col(EnrolmentTicket.closed_at), now)))
        db.execute(delete(LoginSession).where(col(LoginSession.id).in_(ids)))
        db.commit()
    db.rollback()


def _sessions_long_over(db: Session, now: datetime) -> Sequence[int | None]:
    """Some of them; a session stays while what a letter's code has opened in it is open."""
    open_ticket = sa.exists().where(
        col(EnrolmentTicket.session_id) == col(LoginSession.id),
        col(EnrolmentTicket.closed_at).is_(None),
        col(EnrolmentTicket.expires_at) > now,
    )
    over = select(LoginSession.id).where(col(LoginSession.started_at) < now - SESSIONS_KEPT, ~open_ticket)
    return db.exec(over.order_by(col(LoginSession.id)).limit(ERASED_AT_ONCE)).all()
