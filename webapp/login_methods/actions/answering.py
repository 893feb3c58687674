"""Taking an answer: tries are spent before they are looked at, and a right answer counts once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Update
from sqlmodel import Session, col, update

from webapp.accounts.actions import hold_still, note_about
from webapp.accounts.models import LoginSession, User
from webapp.attempts import Limit, give_back, spend
from webapp.audit.events import Event
from webapp.config import (
    MESSAGE_CODE_PAUSE,
    MESSAGE_CODE_PAUSES_REMEMBERED,
    MESSAGE_CODE_TRIES,
    MESSAGE_CODE_TRIES_IN_ALL,
)
from webapp.login_methods import queries
from webapp.login_methods.actions.asking import ask
from webapp.login_methods.actions.confirming import confirm
from webapp.login_methods.actions.telling import tell_of_use
from webapp.login_methods.method import Proved
from webapp.login_methods.models import Challenge, Enrolment
from webapp.login_methods.shelf import shelf
from webapp.ports import Outside

ANSWERS = Limit(
    MESSAGE_CODE_TRIES_IN_ALL,
    timedelta(days=1),
    MESSAGE_CODE_PAUSE,
    doubling=True,
    remembered=MESSAGE_CODE_PAUSES_REMEMBERED,
)


class Outcome(StrEnum):
    """What became of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    USED = "used"  # right, but it had counted already
    LAPSED = "lapsed"  # too late, or too many wrong answers: only a new question helps
    PAUSED = "paused"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Answer:
    """``left`` tries for this question, or a pause until ``free_at``; ``why`` is the method's own sentence, if any.

    ``warning`` is what a right answer gives to think about, if anything.
    """

    outcome: Outcome
    left: int = 0
    free_at: datetime | None = None
    why: Any = None
    warning: Any = None


def answer(
    db: Session, outside: Outside, user: User, session: LoginSession, enrolment: Enrolment, typed: str
) -> Answer:
    """Take an answer: the try is spent before it is looked at, and a right one counts once."""
    now = outside.now()
    question = _question(db, outside, user, session, enrolment)
    if question is None or question.enrolment_id != enrolment.id or question.answered_at or enrolment.removed_at:
        return Answer(Outcome.NOT_ASKED)
    if now >= question.expires_at:
        return Answer(Outcome.LAPSED)
    taken = spend(db, f"message-code:{user.id}", ANSWERS, now)
    if taken.free_at:
        return Answer(Outcome.PAUSED, free_at=taken.free_at)
    if not _spend_a_try(db, question):
        return Answer(Outcome.LAPSED)
    method, kept = shelf()[enrolment.method], outside.seal.open(enrolment.kept)
    proof = method.proves(kept, outside.seal.open(question.kept), typed, outside)
    if isinstance(proof, Proved):
        return Answer(_accept(db, outside, user, session, enrolment, question, proof), warning=proof.warning)
    note_about(db, outside, Event.ANSWER_REFUSED, user, by=user, method=enrolment.method)
    db.commit()
    left = min(MESSAGE_CODE_TRIES - question.tries, taken.left) if method.asks else taken.left
    return Answer(Outcome.WRONG if left > 0 else Outcome.LAPSED, left, why=proof.why)


def _question(
    db: Session, outside: Outside, user: User, session: LoginSession, enrolment: Enrolment
) -> Challenge | None:
    """What this session was asked last; a method that needs no question is asked by the answer itself."""
    question = queries.question_in(db, session)
    waits = question and question.enrolment_id == enrolment.id and question.waits(outside.now())
    if waits or shelf()[enrolment.method].asks:
        return question
    ask(db, outside, user, session, enrolment, onward=question.onward if question else "")
    return queries.question_in(db, session)


def _spend_a_try(db: Session, question: Challenge) -> bool:
    open_one = update(Challenge).where(col(Challenge.id) == question.id, col(Challenge.answered_at).is_(None))
    granted = _changed(db, open_one.where(col(Challenge.tries) < MESSAGE_CODE_TRIES).values(tries=Challenge.tries + 1))
    db.commit()  # spent, whatever follows
    if granted:
        db.refresh(question)
        db.commit()  # what proves may ask elsewhere; nothing is held meanwhile
    return granted


def _changed(db: Session, change: Update) -> bool:
    return bool(db.execute(change).rowcount)  # type: ignore[attr-defined]


def _accept(
    db: Session,
    outside: Outside,
    user: User,
    session: LoginSession,
    enrolment: Enrolment,
    question: Challenge,
    proof: Proved,
) -> Outcome:
    """Conditional updates only: of however many right answers at once, one wins.

    Nothing counts any more in a session that was ended, or for a method that was removed, while this was looked at.
    """
    now = outside.now()
    open_one = update(Challenge).where(col(Challenge.id) == question.id, col(Challenge.answered_at).is_(None))
    if not _still_counts(db, user, session, enrolment) or not _changed(db, open_one.values(answered_at=now)):
        db.rollback()
        return Outcome.NOT_ASKED
    if not _keep(db, outside, enrolment, proof):
        db.rollback()
        return Outcome.USED
    if enrolment.confirmed_at is None and not confirm(db, outside, user, session, enrolment):
        db.rollback()
        return Outcome.NOT_ASKED
    _note_use(db, outside, user, enrolment, proof)
    _give_back(db, user, question, now)
    db.commit()
    return Outcome.RIGHT


def _note_use(db: Session, outside: Outside, user: User, enrolment: Enrolment, proof: Proved) -> None:
    """Of what is used up, typing one back so that the set counts is no use."""
    if proof.left is not None or not shelf()[enrolment.method].used_up:
        enrolment.used_at = outside.now()
    if proof.left is not None:
        tell_of_use(db, outside, user, proof.left)


def _give_back(db: Session, user: User, question: Challenge, now: datetime) -> None:
    """Only what was spent in this session: in another one somebody may be guessing who knows the password."""
    give_back(db, f"message-code:{user.id}", question.tries + question.tries_before, ANSWERS, now)


def _still_counts(db: Session, user: User, session: LoginSession, enrolment: Enrolment) -> bool:
    hold_still(db, user)
    db.refresh(session)
    db.refresh(enrolment, ["removed_at", "confirmed_at"])
    return session.ended_at is None and enrolment.removed_at is None


def _keep(db: Session, outside: Outside, enrolment: Enrolment, proof: Proved) -> bool:
    """What is kept changes only from what was looked at: a code, or a counter, that two used at once counts once."""
    if proof.kept is None:
        return True
    before = update(Enrolment).where(col(Enrolment.id) == enrolment.id, col(Enrolment.kept) == enrolment.kept)
    kept, shown_as = outside.seal.close(proof.kept), proof.shown_as or enrolment.shown_as
    if not _changed(db, before.values(kept=kept, shown_as=shown_as)):
        return False
    db.refresh(enrolment)
    return True
