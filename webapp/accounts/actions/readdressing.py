"""Another e-mail address for somebody, entered by an administrator or the fund; who has a password activates it."""

from enum import StrEnum

from sqlmodel import Session

from webapp.accounts.actions.admitting import tell_of
from webapp.accounts.actions.email import send_email_code, take_email
from webapp.accounts.actions.links import withdraw_links
from webapp.accounts.actions.noting import note_about
from webapp.accounts.actions.sessions import hold_still
from webapp.accounts.actions.welcoming import welcome
from webapp.accounts.email_address import as_kept
from webapp.accounts.models import User
from webapp.attempts import Limit, refund, spend
from webapp.audit.events import Event
from webapp.config import DAY, NEW_PEOPLE_REFUSED
from webapp.ports import Outside

REFUSED_A_DAY = Limit(NEW_PEOPLE_REFUSED, DAY, DAY)  # addresses that are somebody's already


class Readdressed(StrEnum):
    """What became of it."""

    SAME = "same"
    AT_ONCE = "at_once"  # the person has never had a password: another welcome e-mail goes there
    BEGUN = "begun"  # the person activates it
    TAKEN = "taken"  # somebody, of whatever company, has it
    TOO_OFTEN = "too_often"


def readdress(db: Session, outside: Outside, user: User, *, by: User, email: str) -> Readdressed:
    """Send a code to the address ``email``, which counts once ``user`` activates it; at once for who is still new.

    Nobody else can so take over an account that somebody uses: the code counts only behind the present password.
    Of one that nobody uses yet, the former address is told who did it, and the company reads it in what
    happened; what PartnerWeb 2.0 holds opens only with the code in the letter, which no e-mail address redirects.
    """
    email = as_kept(email)
    db.refresh(user)
    if email == user.email:
        return Readdressed.SAME
    if not user.new_here:
        return Readdressed.TOO_OFTEN if send_email_code(db, outside, user, email, by=by) else Readdressed.BEGUN
    if not spend(db, f"new-people:{by.id}", REFUSED_A_DAY, outside.now()).granted:
        return Readdressed.TOO_OFTEN
    return _at_once(db, outside, user, by, email)


def _at_once(db: Session, outside: Outside, user: User, by: User, email: str) -> Readdressed:
    hold_still(db, user)
    db.refresh(user)
    if not user.new_here:  # a password was set meanwhile, with the first welcome e-mail
        db.rollback()
        return Readdressed.TOO_OFTEN
    former = user.email
    if not take_email(db, user, email):
        db.rollback()
        return Readdressed.TAKEN
    withdraw_links(db, outside, user)
    changed = {"was": None, "other_language": False, "other_email": True}
    tell_of(db, outside, user, "account_changed", by, recipient=former, **changed)
    welcome(db, outside, user, by=by, expected_by=None)
    note_about(db, outside, Event.EMAIL_CHANGED, user, by=by)
    refund(db, f"new-people:{by.id}")
    db.commit()
    return Readdressed.AT_ONCE
