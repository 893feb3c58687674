"""Which second factors somebody holds, and which question is open."""

from datetime import datetime

from sqlmodel import Session, col, select

from webapp.accounts.models import LoginSession, User
from webapp.login_methods.models import Challenge, Enrolment, EnrolmentTicket


def held_by(db: Session, user: User) -> list[Enrolment]:
    """The confirmed methods, the one used last first."""
    held = select(Enrolment).where(
        Enrolment.user_id == user.id, col(Enrolment.confirmed_at).is_not(None), col(Enrolment.removed_at).is_(None)
    )
    return list(db.exec(held.order_by(col(Enrolment.used_at).desc(), col(Enrolment.id))))


def own(db: Session, user: User, public_id: str) -> Enrolment | None:
    """One's own enrolment, pending or confirmed."""
    mine = select(Enrolment).where(
        Enrolment.user_id == user.id, Enrolment.public_id == public_id, col(Enrolment.removed_at).is_(None)
    )
    return db.exec(mine).first()


def open_ticket(db: Session, user: User, now: datetime) -> EnrolmentTicket | None:
    """The right to enrol, if there is one now."""
    mine = select(EnrolmentTicket).where(
        EnrolmentTicket.user_id == user.id,
        col(EnrolmentTicket.closed_at).is_(None),
        col(EnrolmentTicket.expires_at) > now,
    )
    return db.exec(mine.order_by(col(EnrolmentTicket.expires_at).desc())).first()


def last_ticket(db: Session, user: User) -> EnrolmentTicket | None:
    """The latest right to enrol, lapsed or not."""
    mine = select(EnrolmentTicket).where(EnrolmentTicket.user_id == user.id)
    return db.exec(mine.order_by(col(EnrolmentTicket.opened_at).desc())).first()


def question_in(db: Session, session: LoginSession) -> Challenge | None:
    """What this session was asked last."""
    return db.exec(select(Challenge).where(Challenge.session_id == session.id)).first()
