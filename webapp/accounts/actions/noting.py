"""Noting what happens to an account, in the chain that the company's administrators read."""

from sqlmodel import Session

from webapp.accounts.models import User
from webapp.audit.actions import note
from webapp.audit.events import Event
from webapp.ports import Outside


def note_about(db: Session, outside: Outside, event: Event, user: User, *, by: User | None, **details: object) -> None:
    """``event`` on the account of ``user``, done ``by`` somebody, or by nobody who signs in; the caller commits."""
    doer = by.id if by else None
    note(db, outside, event, about=user.id, by=doer, employer_id=user.employer_id, **details)
