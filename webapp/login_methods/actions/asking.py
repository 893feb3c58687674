"""Putting the question to whoever holds a method, within what may be sent."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, update

from webapp.accounts.models import LoginSession, User
from webapp.attempts import Limit, spend_each, waiting_until
from webapp.config import BETWEEN_MESSAGES, DAY, HOUR, MESSAGES_A_DAY, MESSAGES_AN_HOUR
from webapp.database import insert_unless_there
from webapp.login_methods.method import Asking
from webapp.login_methods.models import Challenge, Enrolment
from webapp.login_methods.shelf import shelf
from webapp.ports import Outside

SENDS = (
    ("gap", Limit(1, BETWEEN_MESSAGES, BETWEEN_MESSAGES)),
    ("hour", Limit(MESSAGES_AN_HOUR, HOUR, HOUR)),
    ("day", Limit(MESSAGES_A_DAY, DAY, DAY)),
)


@dataclass(frozen=True)
class Asked:
    """The question is on its way; or it may be put again only from ``free_at`` on."""

    free_at: datetime | None = None


def ask(
    db: Session, outside: Outside, user: User, session: LoginSession, enrolment: Enrolment, *, onward: str = ""
) -> Asked:
    """Put the question to the holder, within the budgets of the person and of the number.

    ``onward`` is the page that was asked for: whoever proves elsewhere and comes back goes on to it.
    """
    now = outside.now()
    method, kept = shelf()[enrolment.method], outside.seal.open(enrolment.kept)
    if method.sends:
        free_at = _spend_a_message(db, outside, [f"user {user.id}", *_shared(method.budgets(kept), enrolment)], now)
        if free_at:
            return Asked(free_at)
    until = now + method.life
    question = method.ask(kept, circumstances(db, outside, user, session, until))
    asked = {
        "enrolment_id": enrolment.id,
        "kept": outside.seal.close(question),
        "asked_at": now,
        "expires_at": until,
        "tries": 0,
        "answered_at": None,
        "onward": onward,
    }
    if not insert_unless_there(db, Challenge, session_id=session.id, **asked):
        unproved = col(Challenge.answered_at).is_(None)
        before = {"tries_before": sa.case((unproved, col(Challenge.tries_before) + col(Challenge.tries)), else_=0)}
        db.execute(update(Challenge).where(col(Challenge.session_id) == session.id).values(**asked, **before))
    db.commit()
    return Asked()


def circumstances(db: Session, outside: Outside, user: User, session: LoginSession, until: datetime) -> Asking:
    """Who is asked, where, and until when."""
    return Asking(db, outside, user.id or 0, user.email, session.id or 0, user.language, until)


def _shared(budgets: list[str], enrolment: Enrolment) -> list[str]:
    """Who only says that a number is theirs has another share of it than who has proved it: nobody is locked out."""
    return budgets if enrolment.confirmed_at else [f"{budget}, unproved" for budget in budgets]


def _spend_a_message(db: Session, outside: Outside, owners: list[str], now: datetime) -> datetime | None:
    """From when on the next message may go; None when one may go now, which is then spent."""
    budgets = [
        (f"message-{period}:{outside.seal.recognise('budget', owner)}", limit)
        for period, limit in SENDS
        for owner in owners
    ]
    waits = [until for subject, limit in budgets if (until := waiting_until(db, subject, limit, now))]
    if waits:
        return max(waits)
    return spend_each(db, dict(budgets), now).free_at
