"""What the holder changes about the methods: names, which one is asked for first, and which one goes."""

from datetime import date
from enum import StrEnum

from sqlmodel import Session

from webapp.accounts.actions import end_other_sessions, hold_still
from webapp.accounts.models import LoginSession, User
from webapp.config import Config
from webapp.formats import local_day
from webapp.login_methods import queries
from webapp.login_methods.actions.telling import Change, tell
from webapp.login_methods.method import Strength
from webapp.login_methods.models import Enrolment
from webapp.login_methods.shelf import shelf
from webapp.ports import Outside


class Keep(StrEnum):
    """Why a method can't be removed."""

    LAST = "last"
    LAST_STRONG = "last_strong"
    LAST_ACCEPTED = "last_accepted"


def rename(db: Session, outside: Outside, user: User, enrolment: Enrolment, name: str) -> bool:
    """Give it a name by which the person recognises it, or none. Whether there was a change."""
    if not _still_there(db, user, enrolment) or name == enrolment.name:
        db.rollback()
        return False
    enrolment.name = name
    tell(db, outside, user, Change.RENAMED, enrolment)
    db.commit()
    return True


def prefer(db: Session, outside: Outside, user: User, enrolment: Enrolment) -> bool:
    """Have it asked for first from now on. Whether there was a change."""
    if not _still_there(db, user, enrolment) or (enrolment.preferred_at and _is_first(db, user, enrolment)):
        db.rollback()
        return False
    enrolment.preferred_at = outside.now()
    tell(db, outside, user, Change.PREFERRED, enrolment)
    db.commit()
    return True


def _is_first(db: Session, user: User, enrolment: Enrolment) -> bool:
    """Whether it is the one that comes first at sign-in."""
    return queries.held_by(db, user)[0].id == enrolment.id


def removable(db: Session, config: Config, user: User, enrolment: Enrolment, today: date) -> Keep | None:
    """Why it must stay; None when it may go. Spare codes may always go.

    What the fund has switched off, or does not accept alone any more, takes nobody's last way in with it and is none.
    """
    if _strength(enrolment) is Strength.SPARE:
        return None
    others = [one for one in queries.held_by(db, user) if one.id != enrolment.id]
    if not any(_strength(other) > Strength.SPARE for other in others):
        return Keep.LAST
    if not queries.satisfies(enrolment.method, config, today):
        return None
    left = [_strength(other) for other in others if queries.satisfies(other.method, config, today)]
    if _strength(enrolment) >= Strength.STRONG and not any(other >= Strength.STRONG for other in left):
        return Keep.LAST_STRONG
    return None if left else Keep.LAST_ACCEPTED


def remove(db: Session, outside: Outside, user: User, session: LoginSession, enrolment: Enrolment) -> Keep | None:
    """Take it away for good, and sign out everywhere else; or say why it must stay."""
    if not _still_there(db, user, enrolment):
        db.rollback()
        return None
    keep = removable(db, outside.config, user, enrolment, local_day(outside.now()))
    if keep:
        db.rollback()
        return keep
    tell(db, outside, user, Change.REMOVED, enrolment)
    enrolment.remove(outside.now())
    end_other_sessions(db, outside, user, but=session)
    db.commit()
    return None


def _still_there(db: Session, user: User, enrolment: Enrolment) -> bool:
    """Whether it still counts; of two who change something at once, the second sees what the first did."""
    hold_still(db, user)
    db.refresh(enrolment)
    return enrolment.confirmed_at is not None and enrolment.removed_at is None


def _strength(enrolment: Enrolment) -> Strength:
    return shelf()[enrolment.method].strength
