"""Whoever's login methods change is told at once, on a way that the change does not touch."""

from enum import StrEnum

from sqlmodel import Session

from webapp.accounts.actions import note_about, write_to
from webapp.accounts.models import User
from webapp.audit.events import Event
from webapp.login_methods.method import as_written
from webapp.login_methods.models import Enrolment
from webapp.login_methods.shelf import shelf
from webapp.messages.actions import send_sms
from webapp.ports import Outside


class Change(StrEnum):
    """What happened to a login method."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    PREFERRED = "preferred"


def tell_of_use(db: Session, outside: Outside, user: User, left: int) -> None:
    """Write to whoever is signed in with what is used up, and of which so many are ``left``; the caller commits."""
    note_about(db, outside, Event.SPARE_CODE_USED, user, by=user, left=left)
    write_to(db, outside, user, "recovery_code_used", at=outside.now(), left=left)


def tell(db: Session, outside: Outside, user: User, change: Change, enrolment: Enrolment) -> None:
    """Write to the person, and to the telephone that is no longer asked; the caller commits."""
    note_about(db, outside, Event(f"method_{change}"), user, by=user, method=enrolment.method)
    label, called = as_written(shelf()[enrolment.method].label), enrolment.name or enrolment.shown_as
    write_to(db, outside, user, f"method_{change}", at=outside.now(), method=label, shown_as=called)
    number = outside.seal.open(enrolment.kept).get("number")
    if number and change is Change.REMOVED:
        send_sms(db, outside, user_id=user.id, number=number, name="number_removed", language=user.language)
