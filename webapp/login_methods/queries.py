"""Which second factors somebody holds, and which question is open."""

from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from webapp.accounts.models import LoginSession, User
from webapp.login_methods.models import Challenge, Enrolment, EnrolmentTicket

# What is asked at every step is put into words once, here, not at each request.
OWN = select(Enrolment).where(
    col(Enrolment.user_id) == bindparam("user"),
    col(Enrolment.public_id) == bindparam("public_id"),
    col(Enrolment.removed_at).is_(None),
)
QUESTION = select(Challenge).where(col(Challenge.session_id) == bindparam("session"))
OPEN_TICKET = (
    select(EnrolmentTicket)
    .where(
        col(EnrolmentTicket.user_id) == bindparam("user"),
        col(EnrolmentTicket.closed_at).is_(None),
        col(EnrolmentTicket.expires_at) > bindparam("now"),
    )
    .order_by(col(EnrolmentTicket.expires_at).desc())
    .limit(1)
)


def held_by(db: Session, user: User) -> list[Enrolment]:
    """The confirmed methods, the one used last first."""
    held = select(Enrolment).where(
        Enrolment.user_id == user.id, col(Enrolment.confirmed_at).is_not(None), col(Enrolment.removed_at).is_(None)
    )
    return list(db.exec(held.order_by(col(Enrolment.used_at).desc(), col(Enrolment.id))))


def own(db: Session, user: User, public_id: str) -> Enrolment | None:
    """One's own enrolment, pending or confirmed."""
    return db.exec(OWN, params={"user": user.id, "public_id": public_id}).first()


def open_ticket(db: Session, user: User, now: datetime) -> EnrolmentTicket | None:
    """The right to enrol, if there is one now."""
    return db.exec(OPEN_TICKET, params={"user": user.id, "now": now}).first()


def question_in(db: Session, session: LoginSession) -> Challenge | None:
    """What this session was asked last."""
    return db.exec(QUESTION, params={"session": session.id}).first()
