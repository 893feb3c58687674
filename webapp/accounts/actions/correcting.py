"""What an administrator, or the fund, sets right about a person: names and language. The person is told."""

from sqlmodel import Session

from webapp.accounts.actions.admitting import tell_of
from webapp.accounts.actions.noting import note_about
from webapp.accounts.actions.sessions import hold_still
from webapp.accounts.models import User
from webapp.audit.events import Event
from webapp.ports import Outside


def correct(
    db: Session, outside: Outside, user: User, *, by: User, first_name: str, last_name: str, language: str
) -> bool:
    """Take over what is different; whether anything was. The e-mail is written in the new language."""
    hold_still(db, user)
    db.refresh(user)
    named = user.full_name
    changed = user.change_here(first_name=first_name, last_name=last_name, language=language)
    if not changed:
        db.rollback()
        return False
    note_about(db, outside, Event.USER_CHANGED, user, by=by)
    was = named if user.full_name != named else None
    told = {"was": was, "other_language": "language" in changed, "other_email": False}
    tell_of(db, outside, user, "account_changed", by, **told)
    db.commit()
    return True
