"""What the holder changes about the methods: names, which one is asked for first, and which one goes."""

from enum import StrEnum

from sqlmodel import Session

from webapp.accounts.actions import end_other_sessions
from webapp.accounts.models import LoginSession, User
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


def rename(db: Session, outside: Outside, user: User, enrolment: Enrolment, name: str) -> None:
    """Give it a name by which the person recognises it; an empty one takes the name away."""
    if name == enrolment.name:
        return
    enrolment.name = name
    tell(db, outside, user, Change.RENAMED, enrolment)
    db.commit()


def prefer(db: Session, outside: Outside, user: User, enrolment: Enrolment) -> None:
    """Have it asked for first from now on."""
    if queries.held_by(db, user)[0].id == enrolment.id and enrolment.preferred_at:
        return
    enrolment.preferred_at = outside.now()
    tell(db, outside, user, Change.PREFERRED, enrolment)
    db.commit()


def removable(db: Session, user: User, enrolment: Enrolment) -> Keep | None:
    """Why it must stay; None when it may go. Spare codes may always go."""
    strength = shelf()[enrolment.method].strength
    if strength is Strength.SPARE:
        return None
    others = [shelf()[held.method].strength for held in queries.held_by(db, user) if held.id != enrolment.id]
    if not any(other > Strength.SPARE for other in others):
        return Keep.LAST
    if strength >= Strength.STRONG and not any(other >= Strength.STRONG for other in others):
        return Keep.LAST_STRONG
    return None


def remove(db: Session, outside: Outside, user: User, session: LoginSession, enrolment: Enrolment) -> Keep | None:
    """Take it away for good, and sign out everywhere else; or say why it must stay."""
    db.refresh(user, with_for_update=True)  # of two who each remove another one, the second sees what the first did
    db.refresh(enrolment)
    keep = removable(db, user, enrolment)
    if keep or enrolment.removed_at:
        db.rollback()
        return keep
    enrolment.removed_at = outside.now()
    tell(db, outside, user, Change.REMOVED, enrolment)
    end_other_sessions(db, outside, user, but=session)
    db.commit()
    return None
