"""A method counts from its first right answer on; with a letter after a loss it takes the place of all others."""

from sqlmodel import Session, col, update

from webapp.accounts.actions import end_other_sessions, note_about
from webapp.accounts.models import LoginSession, User
from webapp.audit.events import Event
from webapp.config import FRESH_PROOF
from webapp.login_methods import queries
from webapp.login_methods.actions.enrolling import close_tickets
from webapp.login_methods.actions.telling import Change, tell
from webapp.login_methods.method import Strength
from webapp.login_methods.models import Enrolment, EnrolmentTicket
from webapp.login_methods.shelf import shelf
from webapp.ports import Outside


def confirm(db: Session, outside: Outside, user: User, session: LoginSession, enrolment: Enrolment) -> bool:
    """Only with the ticket that is open now, or beside a method that was proved lately; the caller commits.

    What is only spare is confirmed beside another one and never by a ticket: it must not be all that somebody holds.
    False when neither is there, or when it was given up meanwhile. The caller holds the person still.
    """
    now = outside.now()
    held = queries.held_by(db, user)
    pending = update(Enrolment).where(
        col(Enrolment.id) == enrolment.id, col(Enrolment.confirmed_at).is_(None), col(Enrolment.removed_at).is_(None)
    )
    if not db.execute(pending.values(confirmed_at=now)).rowcount:  # type: ignore[attr-defined]
        return False
    beside = session.level > 1 and now - session.proved_at <= FRESH_PROOF
    if not beside and (_spare(enrolment) or not _use_ticket(db, outside, user, session)):
        return False
    enrolment.confirmed_at = now
    user.factor_since = user.factor_since or now
    if held:
        for former in held:
            if not beside or (former.method == enrolment.method and _spare(former)):
                tell(db, outside, user, Change.REMOVED, former)
                former.remove(now)
        tell(db, outside, user, Change.ADDED, enrolment)
        end_other_sessions(db, outside, user, but=session)
    else:
        note_about(db, outside, Event.METHOD_ADDED, user, by=user, method=enrolment.method)
    return True


def _spare(enrolment: Enrolment) -> bool:
    return shelf()[enrolment.method].strength is Strength.SPARE


def _use_ticket(db: Session, outside: Outside, user: User, session: LoginSession) -> bool:
    """The one that this session has; no other one is left open."""
    ticket = queries.open_ticket(db, user, outside.now(), session)
    since = user.factor_since
    if ticket is None or (since and ticket.opened_at <= since):
        return False
    mine = update(EnrolmentTicket).where(col(EnrolmentTicket.id) == ticket.id, col(EnrolmentTicket.closed_at).is_(None))
    used = db.execute(mine.values(closed_at=outside.now())).rowcount  # type: ignore[attr-defined]
    close_tickets(db, outside, user)
    return bool(used)
