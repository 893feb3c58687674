"""Mandates: given, changed and ended by the company's administrators, told to whoever acts for it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from webapp.accounts.actions.noting import note_about
from webapp.accounts.actions.writing import write_to
from webapp.accounts.mandate_days import Days
from webapp.accounts.mandate_queries import holder_of, somebody_of
from webapp.accounts.mandates import Mandate
from webapp.accounts.models import Employer, LoginSession, User
from webapp.accounts.topics import Levels, Rights, Topic
from webapp.attempts import Limit, refund, spend
from webapp.audit.actions import note
from webapp.audit.events import Event
from webapp.config import DAY, MANDATE_TRIES_A_DAY
from webapp.database import insert_unless_there
from webapp.formats import local_day
from webapp.ports import Outside

TRIES = Limit(MANDATE_TRIES_A_DAY, DAY, DAY)


class Outcome(StrEnum):
    """What became of a change."""

    CHANGED = "changed"
    AS_IT_WAS = "as_it_was"  # nothing else was chosen
    ENDED = "ended"  # by somebody else, meanwhile


def find_somebody(
    db: Session, outside: Outside, company: Employer, *, by: User, member_number: str, email: str
) -> tuple[User | None, datetime | None]:
    """Who could act for ``company``: upgraded, active, of the company with this number, and not of this one.

    The same answer for everybody else; whoever tries often waits until the instant that comes second.
    """
    subject = f"mandate:{by.id}"
    taken = spend(db, subject, TRIES, outside.now())
    if taken.free_at:
        return None, taken.free_at
    user = somebody_of(db, member_number, email)
    if user is None or not user.upgraded or user.employer_id == company.id:
        return None, None
    refund(db, subject)
    return user, None


def give_mandate(
    db: Session, outside: Outside, company: Employer, user: User, levels: Levels, days: Days, *, by: User
) -> bool:
    """Let ``user``, of another company, act for ``company`` on these days; False when they have a mandate already."""
    mandate = Mandate(
        user_id=user.id or 0,
        employer_id=company.id or 0,
        topics=Rights().kept_with(levels),
        given_at=outside.now(),
        given_by_id=by.id or 0,
    )
    mandate.set_days(days, outside.now())
    if not insert_unless_there(db, Mandate, **mandate.model_dump(exclude={"id"})):
        db.rollback()
        return False
    _note(db, outside, Event.MANDATE_GIVEN, company.id, user, by)
    _write(db, outside, "mandate_given", mandate, by, **_said(mandate), before=None)
    db.commit()
    return True


def change_mandate(db: Session, outside: Outside, mandate: Mandate, levels: Levels, days: Days, *, by: User) -> Outcome:
    """Other rights, other days; they count at once, and the person is told. One that has ended stays as it was."""
    db.refresh(mandate, with_for_update=True)
    if mandate.ended_at is not None or (mandate.topics, mandate.days) == (Rights().kept_with(levels), days):
        outcome = Outcome.ENDED if mandate.ended_at else Outcome.AS_IT_WAS
        db.rollback()
        return outcome
    before = _levels(mandate)
    mandate.topics = Rights().kept_with(levels)
    mandate.set_days(days, outside.now())
    _note(db, outside, Event.MANDATE_CHANGED, mandate.employer_id, holder_of(db, mandate), by)
    _write(db, outside, "mandate_changed", mandate, by, **_said(mandate), before=before)
    db.commit()
    return Outcome.CHANGED


def end_mandate(db: Session, outside: Outside, mandate: Mandate, *, by: User) -> None:
    """From now on it opens nothing, in no session; ended twice, it is ended once."""
    db.refresh(mandate, with_for_update=True)
    if mandate.ended_at is None:
        mandate.ended_at = outside.now()
        _note(db, outside, Event.MANDATE_ENDED, mandate.employer_id, holder_of(db, mandate), by)
        _write(db, outside, "mandate_ended", mandate, by)
    db.commit()


def choose_company(db: Session, outside: Outside, user: User, session: LoginSession, mandate: Mandate | None) -> None:
    """This session goes on for the company of ``mandate``; None: for one's own."""
    session.mandate_id, session.chose_at = mandate.id if mandate else None, outside.now()
    note(db, outside, Event.COMPANY_CHOSEN, about=user.id, by=user.id, employer_id=_company(user, mandate))
    db.commit()


def has_mandates(db: Session, outside: Outside, user: User) -> bool:
    """Whether ``user`` may act today for a company that is not their own."""
    theirs = select(Mandate).where(Mandate.user_id == user.id, col(Mandate.ended_at).is_(None))
    return any(mandate.counts(local_day(outside.now())) for mandate in db.exec(theirs))


def _company(user: User, mandate: Mandate | None) -> int | None:
    return mandate.employer_id if mandate else user.employer_id


def _said(mandate: Mandate) -> dict[str, Any]:
    """Its days and its rights, as the e-mails tell them."""
    return {"first": mandate.days.first, "last": mandate.days.last, "levels": _levels(mandate)}


def _levels(mandate: Mandate) -> dict[str, str]:
    return {topic.value: mandate.rights.level(topic).word for topic in Topic}


def _write(db: Session, outside: Outside, name: str, mandate: Mandate, by: User, **context: Any) -> None:
    company = db.get_one(Employer, mandate.employer_id).name
    user, by_name = holder_of(db, mandate), by.full_name
    write_to(db, outside, user, name, at=outside.now(), by=by_name, company=company, **context)


def _note(db: Session, outside: Outside, event: Event, employer_id: int | None, user: User, by: User) -> None:
    """Noted where the company reads it, and where the person's own company does."""
    note(db, outside, event, about=user.id, by=by.id, employer_id=employer_id)
    note_about(db, outside, event, user, by=by)
