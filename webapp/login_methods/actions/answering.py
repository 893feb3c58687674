"""Taking an answer: tries are spent before they are looked at, and a right answer counts once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Update
from sqlmodel import Session, col, update

from webapp.accounts.models import LoginSession, User
from webapp.attempts import Limit, forgive, spend
from webapp.config import MESSAGE_CODE_PAUSE, MESSAGE_CODE_TRIES, MESSAGE_CODE_TRIES_IN_ALL
from webapp.login_methods import queries
from webapp.login_methods.models import Challenge, Enrolment, EnrolmentTicket
from webapp.login_methods.shelf import shelf
from webapp.ports import Outside

ANSWERS = Limit(MESSAGE_CODE_TRIES_IN_ALL, timedelta(days=1), MESSAGE_CODE_PAUSE, doubling=True)


class Outcome(StrEnum):
    """What became of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    LAPSED = "lapsed"  # too late, or too many wrong answers: only a new question helps
    PAUSED = "paused"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Answer:
    """``left`` tries for this question, or a pause until ``free_at``."""

    outcome: Outcome
    left: int = 0
    free_at: datetime | None = None


def answer(
    db: Session, outside: Outside, user: User, session: LoginSession, enrolment: Enrolment, typed: str
) -> Answer:
    """Take an answer: the try is spent before it is looked at, and a right one counts once."""
    now = outside.now()
    question = queries.question_in(db, session)
    if question is None or question.enrolment_id != enrolment.id or question.answered_at:
        return Answer(Outcome.NOT_ASKED)
    if now >= question.expires_at:
        return Answer(Outcome.LAPSED)
    taken = spend(db, f"message-code:{user.id}", ANSWERS, now)
    if taken.free_at:
        return Answer(Outcome.PAUSED, free_at=taken.free_at)
    if not _spend_a_try(db, question):
        return Answer(Outcome.LAPSED)
    method, kept = shelf()[enrolment.method], outside.seal.open(enrolment.kept)
    if method.proves(kept, outside.seal.open(question.kept), typed, outside):
        return Answer(Outcome.RIGHT if _accept(db, user, enrolment, question, now) else Outcome.NOT_ASKED)
    left = min(MESSAGE_CODE_TRIES - question.tries, taken.left)
    return Answer(Outcome.WRONG if left > 0 else Outcome.LAPSED, left)


def _spend_a_try(db: Session, question: Challenge) -> bool:
    open_one = update(Challenge).where(col(Challenge.id) == question.id, col(Challenge.answered_at).is_(None))
    granted = _changed(db, open_one.where(col(Challenge.tries) < MESSAGE_CODE_TRIES).values(tries=Challenge.tries + 1))
    db.commit()  # spent, whatever follows
    if granted:
        db.refresh(question)
    return granted


def _changed(db: Session, change: Update) -> bool:
    return bool(db.execute(change).rowcount)  # type: ignore[attr-defined]


def _accept(db: Session, user: User, enrolment: Enrolment, question: Challenge, now: datetime) -> bool:
    """One conditional update: of however many right answers at once, one wins."""
    open_one = update(Challenge).where(col(Challenge.id) == question.id, col(Challenge.answered_at).is_(None))
    if not _changed(db, open_one.values(answered_at=now)):
        db.rollback()
        return False
    if enrolment.confirmed_at is None and not _confirm(db, user, enrolment, now):
        db.rollback()
        return False
    enrolment.used_at = now
    forgive(db, f"message-code:{user.id}")
    db.commit()
    return True


def _confirm(db: Session, user: User, enrolment: Enrolment, now: datetime) -> bool:
    """Only with the ticket that is open now, and only what was not given up meanwhile."""
    pending = update(Enrolment).where(
        col(Enrolment.id) == enrolment.id, col(Enrolment.confirmed_at).is_(None), col(Enrolment.removed_at).is_(None)
    )
    tickets = update(EnrolmentTicket).where(
        col(EnrolmentTicket.user_id) == user.id,
        col(EnrolmentTicket.closed_at).is_(None),
        col(EnrolmentTicket.expires_at) > now,
    )
    if not (_changed(db, pending.values(confirmed_at=now)) and _changed(db, tickets.values(closed_at=now))):
        return False
    enrolment.confirmed_at = now
    user.factor_since = user.factor_since or now
    return True
