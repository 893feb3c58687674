"""Enrolling a second factor, being asked for it, and answering."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Update
from sqlmodel import Session, col, update

from webapp.accounts.actions import end_other_sessions
from webapp.accounts.models import LoginSession, User
from webapp.attempts import Limit, forgive, spend
from webapp.config import (
    BETWEEN_MESSAGES,
    ENROLMENT_TICKET_LIFE,
    MESSAGE_CODE_LIFE,
    MESSAGE_CODE_PAUSE,
    MESSAGE_CODE_TRIES,
    MESSAGE_CODE_TRIES_IN_ALL,
    MESSAGES_A_DAY,
    MESSAGES_AN_HOUR,
)
from webapp.database import insert_unless_there
from webapp.login_methods import queries
from webapp.login_methods.method import Asking
from webapp.login_methods.models import Challenge, Enrolment, EnrolmentTicket
from webapp.login_methods.shelf import shelf
from webapp.ports import Outside

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SENDS = (("hour", Limit(MESSAGES_AN_HOUR, HOUR, HOUR)), ("day", Limit(MESSAGES_A_DAY, DAY, DAY)))
ANSWERS = Limit(MESSAGE_CODE_TRIES_IN_ALL, DAY, MESSAGE_CODE_PAUSE, doubling=True)


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


@dataclass(frozen=True)
class Asked:
    """The question is on its way; or it may be put again only from ``free_at`` on."""

    free_at: datetime | None = None


def open_ticket(db: Session, outside: Outside, user: User, origin: str) -> bool:
    """Give the right to enrol a method for half an hour, once for ``origin``; the caller commits."""
    now = outside.now()
    return insert_unless_there(
        db, EnrolmentTicket, user_id=user.id, origin=origin, opened_at=now, expires_at=now + ENROLMENT_TICKET_LIFE
    )


def begin(
    db: Session, outside: Outside, user: User, session: LoginSession, *, slug: str, answers: dict[str, Any]
) -> tuple[Enrolment, Asked]:
    """Start an enrolment, or start it anew with another number; the first question follows at once."""
    begun = shelf()[slug].begin(answers, outside)
    pending = (
        col(Enrolment.user_id) == user.id,
        col(Enrolment.confirmed_at).is_(None),
        col(Enrolment.removed_at).is_(None),
    )
    db.execute(update(Enrolment).where(*pending).values(removed_at=outside.now()))
    enrolment = Enrolment(
        user_id=user.id or 0,
        method=slug,
        kept=outside.seal.close(begun.kept),
        shown_as=begun.shown_as,
        started_at=outside.now(),
    )
    db.add(enrolment)
    db.commit()
    return enrolment, ask(db, outside, user, session, enrolment)


def ask(db: Session, outside: Outside, user: User, session: LoginSession, enrolment: Enrolment) -> Asked:
    """Put the question to the holder, within the budgets of the person and of the number."""
    now = outside.now()
    method, kept = shelf()[enrolment.method], outside.seal.open(enrolment.kept)
    before = queries.question_in(db, session)
    if method.sends:
        free_at = _spend_a_message(db, outside, user, before, method.budgets(kept), now)
        if free_at:
            return Asked(free_at)
    until = now + MESSAGE_CODE_LIFE
    question = method.ask(kept, Asking(db, outside, user.id or 0, user.language, until))
    challenge = before or Challenge(
        session_id=session.id or 0, enrolment_id=0, kept=b"", asked_at=now, expires_at=until
    )
    challenge.enrolment_id, challenge.kept = enrolment.id or 0, outside.seal.close(question)
    challenge.asked_at, challenge.expires_at, challenge.tries, challenge.answered_at = now, until, 0, None
    db.add(challenge)
    db.commit()
    return Asked()


def _spend_a_message(
    db: Session, outside: Outside, user: User, before: Challenge | None, budgets: list[str], now: datetime
) -> datetime | None:
    if before and now < before.asked_at + BETWEEN_MESSAGES:
        return before.asked_at + BETWEEN_MESSAGES
    owners = [f"user {user.id}", *budgets]
    for owner in owners:
        for period, limit in SENDS:
            taken = spend(db, f"message-{period}:{outside.seal.recognise('budget', owner)}", limit, now)
            if taken.free_at:
                return taken.free_at
    return None


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
    enrolment.used_at = now
    if enrolment.confirmed_at is None:
        enrolment.confirmed_at = now
        user.factor_since = user.factor_since or now
        tickets = update(EnrolmentTicket).where(col(EnrolmentTicket.user_id) == user.id)
        db.execute(tickets.where(col(EnrolmentTicket.closed_at).is_(None)).values(closed_at=now))
    forgive(db, f"message-code:{user.id}")
    db.commit()
    return True


def hand_out(db: Session, outside: Outside, user: User, *, slug: str, answers: dict[str, Any]) -> None:
    """Give a clerk of the fund a method by command, in place of any other; the upgrade counts as done."""
    now = outside.now()
    begun = shelf()[slug].begin(answers, outside)
    earlier = update(Enrolment).where(col(Enrolment.user_id) == user.id, col(Enrolment.removed_at).is_(None))
    db.execute(earlier.values(removed_at=now))
    db.add(
        Enrolment(
            user_id=user.id or 0,
            method=slug,
            kept=outside.seal.close(begun.kept),
            shown_as=begun.shown_as,
            started_at=now,
            confirmed_at=now,
        )
    )
    user.factor_since = user.factor_since or now
    user.upgraded_at = user.upgraded_at or now
    end_other_sessions(db, outside, user, but=None)
    db.commit()
