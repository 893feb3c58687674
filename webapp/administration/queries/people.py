"""One person of the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.models import Employer, User
from webapp.accounts.queries import invited_until, waiting_email
from webapp.administration.queries.letters import PastLetter, past_letters
from webapp.administration.queries.matching import SPARE, asked_at, of
from webapp.letters.models import Purpose
from webapp.login_methods.queries import held_by
from webapp.messages.models import Message
from webapp.upgrade.candidates import people
from webapp.upgrade.eligibility import Refusal
from webapp.upgrade.letter_state import letter_state

WELCOME = "invitation"  # the e-mail to somebody new


@dataclass(frozen=True)
class Person:
    """Somebody, and everything that the detail shows."""

    user: User
    company: Employer
    processes: Sequence[str]  # login methods, the one asked for first first; none: password only
    letter: str  # a State
    asked_at: datetime | None
    recovery: Refusal | None  # why no letter for a new login may be ordered now
    free_at: datetime | None  # from when on one may
    letters: Sequence[PastLetter]
    welcomed_at: datetime | None  # when the welcome e-mail was written
    invited_until: datetime | None  # until when the code in it sets a password; none: not any more
    new_email: str | None  # an address that waits to be activated


def one_person(db: Session, public_id: str, scope: int | None, *, now: datetime) -> Person | None:
    """The person with that public id; None for unknown ones and those beyond ``scope`` alike."""
    facts = sa.select(User, Employer, letter_state(now), asked_at())
    facts = facts.join(Employer, col(Employer.id) == col(User.employer_id))
    row = db.execute(facts.where(col(User.public_id) == public_id, *of(scope))).first()
    if row is None:
        return None
    [judged] = people(db, [row[0].id], now, Purpose.RECOVERY)
    waiting = waiting_email(db, row[0])
    return Person(
        row[0],
        row[1],
        _processes(db, row[0]),
        row[2],
        row[3],
        judged.refusal(now),
        judged.free_from(now),
        past_letters(db, row[0], now),
        _welcomed(db, row[0]),
        invited_until(db, row[0], now),
        waiting.new_email if waiting else None,
    )


def one_user(db: Session, public_id: str, scope: int | None) -> User | None:
    """The same person, and nothing else about them."""
    return db.exec(select(User).where(col(User.public_id) == public_id, *of(scope))).first()


def _welcomed(db: Session, user: User) -> datetime | None:
    welcome = sa.select(sa.func.max(col(Message.written_at))).where(col(Message.name) == WELCOME)
    return db.execute(welcome.where(col(Message.user_id) == user.id)).scalar_one()


def _processes(db: Session, user: User) -> Sequence[str]:
    """Each kind once; spare codes are none."""
    return list(dict.fromkeys(held.method for held in held_by(db, user) if held.method not in SPARE))
