"""A new e-mail address: wished for, activated with the code that was sent there, or withdrawn."""

from enum import StrEnum

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from webapp.accounts.actions.admitting import tell_of
from webapp.accounts.actions.links import Unopened, find_link, make_link, use_link, withdraw_links
from webapp.accounts.actions.noting import note_about
from webapp.accounts.actions.password import Paused
from webapp.accounts.actions.proving import Wrong, prove_password
from webapp.accounts.actions.sessions import end_other_sessions, hold_still
from webapp.accounts.actions.writing import write_to
from webapp.accounts.email_address import as_kept
from webapp.accounts.links import LinkPurpose
from webapp.accounts.models import LoginSession, User
from webapp.accounts.queries import waiting_email
from webapp.attempts import Limit, forgive, spend, spend_each
from webapp.audit.events import Event
from webapp.codes import as_printed
from webapp.config import (
    DAY,
    EMAIL_CODE_LIFE,
    HOUR,
    MAILED_CODES_A_DAY,
    MAILED_CODES_AN_HOUR,
    SIGN_IN_PAUSE,
    SIGN_IN_TRIES,
)
from webapp.ports import Outside

TRIES = Limit(SIGN_IN_TRIES, SIGN_IN_PAUSE, SIGN_IN_PAUSE)
SENDS = (
    ("hour", Limit(MAILED_CODES_AN_HOUR, HOUR, HOUR)),
    ("day", Limit(MAILED_CODES_A_DAY, DAY, DAY)),
)


class Taken(StrEnum):
    """Why an address that can be read cannot be activated."""

    TAKEN = "taken"  # another account has it


def wish_email(
    db: Session, outside: Outside, user: User, session: LoginSession, *, current: str, email: str
) -> Wrong | Paused | None:
    """Send a code to ``email``, whether or not it is somebody's, and tell the address of before; or say why not."""
    wrong = prove_password(db, outside, user, session, current)
    return wrong or send_email_code(db, outside, user, as_kept(email), by=user)


def send_email_code_again(db: Session, outside: Outside, user: User) -> Paused | bool:
    """Another code for the address that waits, in place of the one before; whether one waits, or when one may go."""
    paused = _spend_one(db, outside, user)
    if paused:
        return paused
    hold_still(db, user)
    waiting = waiting_email(db, user)
    if waiting:
        _send(db, outside, user, waiting.new_email or "", by=user)
    db.commit()
    return waiting is not None


def withdraw_email(db: Session, outside: Outside, user: User) -> bool:
    """The address of before stays; whether another one waited."""
    hold_still(db, user)
    withdrawn = withdraw_links(db, outside, user, LinkPurpose.EMAIL)
    if withdrawn:
        note_about(db, outside, Event.EMAIL_CHANGE_WITHDRAWN, user, by=user)
    db.commit()
    return withdrawn


def activate_email(
    db: Session, outside: Outside, user: User, session: LoginSession, typed: str
) -> Unopened | Taken | Paused | None:
    """From now on the address is the one to which the code went, for everything; or say why not.

    Codes that were sent to the former address open nothing any more: somebody else may read it by now.
    """
    subject = f"email-code:{user.id}"
    taken = spend(db, subject, TRIES, outside.now())
    if taken.free_at:
        return Paused(taken.free_at)
    hold_still(db, user)
    found = find_link(db, outside, typed, LinkPurpose.EMAIL)
    if isinstance(found, Unopened) or found.user.id != user.id:
        db.rollback()
        return found if isinstance(found, Unopened) else Unopened.UNKNOWN
    former, email = user.email, found.link.new_email or ""
    closed = use_link(db, outside, found.link)
    refused = closed or (None if take_email(db, user, email) else Taken.TAKEN)
    if refused is None:
        withdraw_links(db, outside, user)
        end_other_sessions(db, outside, user, but=session)
        forgive(db, subject)
        for recipient in (former, email):
            write_to(db, outside, user, "email_changed", recipient=recipient, new_email=email, at=outside.now())
        note_about(db, outside, Event.EMAIL_CHANGED, user, by=user)
    db.commit()
    return refused


def take_email(db: Session, user: User, email: str) -> bool:
    """Whether the address was free: the database says so, of two at once to one only."""
    try:
        with db.begin_nested():
            user.change_here(email=email)
            db.flush()
    except IntegrityError:
        return False
    return True


def send_email_code(db: Session, outside: Outside, user: User, email: str, *, by: User) -> Paused | None:
    """Send a code to another address that ``by`` has entered, and tell the address of before; or when one may go."""
    paused = _spend_one(db, outside, user)
    if paused:
        return paused
    hold_still(db, user)
    _send(db, outside, user, email, by=by)
    tell_of(db, outside, user, "email_wished", by, own=by.id == user.id, new_email=email)
    note_about(db, outside, Event.EMAIL_CHANGE_BEGUN, user, by=by)
    db.commit()
    return None


def _spend_one(db: Session, outside: Outside, user: User) -> Paused | None:
    taken = spend_each(db, {f"email-{of}:{user.id}": limit for of, limit in SENDS}, outside.now())
    return Paused(taken.free_at) if taken.free_at else None


def _send(db: Session, outside: Outside, user: User, email: str, *, by: User) -> None:
    """The code for ``email``, in place of the one before; the caller holds ``user`` still."""
    code = as_printed(make_link(db, outside, user, LinkPurpose.EMAIL, life=EMAIL_CODE_LIFE, new_email=email))
    given = {"new_email": email, "code": code, "until": outside.now() + EMAIL_CODE_LIFE}
    tell_of(db, outside, user, "email_code", by, own=by.id == user.id, recipient=email, **given)
